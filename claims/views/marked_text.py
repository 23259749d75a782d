"""The text of an article with the marks of its claims, as the page of the article shows it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from claims.choices import Contention
from claims.domain.headline import answer_words
from claims.domain.published import ClaimDocument
from claims.domain.said_by import said_by
from claims.domain.vocabulary import AssertionStatus
from claims.reading.text.cutting import Run
from claims.reading.text.page_text import Passage, Piece

SHOWN_FIGURES: Final = 3
# Where passages overlap, readers see the status that asks most for their attention.
STATUSES: Final = tuple(str(status) for status in Contention)


@dataclass(frozen=True, slots=True)
class MarkedClaim:
    """A claim that the text states: its document, and its number in the order of the text."""

    number: int
    document: ClaimDocument

    @property
    def status(self) -> str:
        return str(self.document["contention"])

    @property
    def count(self) -> int:
        return len(self.document["figures"])

    @property
    def answer(self) -> str:
        return answer_words(self.document)

    @property
    def sayings(self) -> str:
        """Who says what, the first of those that stand."""
        standing = [
            one for one in self.document["figures"] if one["status"] == AssertionStatus.LIVE
        ]
        told = [
            f"{said_by(self.document, one).name}: {one['words']}"
            for one in standing[:SHOWN_FIGURES]
            if one["words"]
        ]
        return "; ".join(told)


@dataclass(frozen=True, slots=True)
class Mark:
    """A passage that a claim rests on: its span in code points, the statement that it holds."""

    claim: MarkedClaim
    span: tuple[int, int]
    figure: str


@dataclass(frozen=True, slots=True)
class ShownMark:
    """The button behind a passage; ``name`` is the fragment that leads to it."""

    claim: MarkedClaim
    name: str


@dataclass(frozen=True, slots=True)
class ShownRun:
    """Words with their look, the status of the claim they belong to, the marks that end there.

    ``notes`` are the numbers of references, each with whether it is cited for the first time.
    """

    laid: Run
    status: str
    marks: tuple[ShownMark, ...]
    notes: tuple[tuple[int, bool], ...]


@dataclass(frozen=True, slots=True)
class ShownPiece:
    """A line of the text, or a cell: its words with their marks, and what else is ``laid`` out."""

    runs: list[ShownRun]
    laid: Piece


@dataclass(frozen=True, slots=True)
class ShownPassage:
    """A passage with the claims whose first mark is in it, for their popovers."""

    laid: Passage
    pieces: list[ShownPiece]
    head: list[list[ShownPiece]]
    rows: list[list[ShownPiece]]
    claims: list[MarkedClaim]


def shown_passages(passages: Iterable[Passage], marks: Sequence[Mark]) -> list[ShownPassage]:
    """The passages with what stands at each mark; a claim is told of where it is marked first."""
    told: set[int] = set()
    cited: set[int] = set()
    return [_shown_passage(passage, marks, told, cited) for passage in passages]


def _shown_passage(
    passage: Passage, marks: Sequence[Mark], told: set[int], cited: set[int]
) -> ShownPassage:
    fresh: list[MarkedClaim] = []

    def shown(piece: Piece) -> ShownPiece:
        runs = []
        for run in piece.runs:
            ending = _ending([marks[one] for one in run.ends], told, fresh) if run.ends else ()
            notes = tuple((number, number not in cited) for number in run.notes)
            for number in run.notes:
                cited.add(number)
            runs.append(ShownRun(run, _status(run.marks, marks), ending, notes))
        return ShownPiece(runs, piece)

    pieces = [shown(piece) for piece in passage.pieces]
    rows = [[shown(cell) for cell in row] for row in passage.rows]
    return ShownPassage(passage, pieces, rows[: passage.head], rows[passage.head :], fresh)


def _ending(
    marks: Iterable[Mark], told: set[int], fresh: list[MarkedClaim]
) -> tuple[ShownMark, ...]:
    """One button for each claim; the first of a claim bears the claim's own name."""
    found: dict[int, ShownMark] = {}
    for mark in marks:
        claim = mark.claim
        if claim.number in found:
            continue
        name = claim.document["ref"]
        if claim.number in told:
            name = f"{name}-{mark.figure}"
        else:
            told.add(claim.number)
            fresh.append(claim)
        found[claim.number] = ShownMark(claim, name)
    return tuple(found.values())


def _status(covering: Sequence[int], marks: Sequence[Mark]) -> str:
    """The status that counts most: disputed before everything else."""
    statuses = {marks[one].claim.status for one in covering}
    if Contention.DISPUTED in statuses:
        return str(Contention.DISPUTED)
    return min(statuses, key=STATUSES.index, default="")
