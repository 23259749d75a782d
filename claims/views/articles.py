"""Articles: the approved text, each published claim marked where the text says it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from claims.choices import Contention
from claims.domain.document_format import read_claim
from claims.domain.published import ClaimDocument
from claims.domain.published_figures import FigureEntry
from claims.models import ArticleRevision, PublishedAnchor
from claims.reading.text.page_text import Passage, Piece, lay_out

SHOWN_FIGURES = 3
# Where passages overlap, readers see the status that asks most for their attention.
_ORDER = [str(status) for status in Contention]


@dataclass(frozen=True, slots=True)
class MarkedClaim:
    """One marked claim: its document, the number of its note, its leading figures."""

    number: int
    document: ClaimDocument
    figures: list[FigureEntry]

    @property
    def status(self) -> str:
        return str(self.document["contention"])

    @property
    def others(self) -> int:
        return len(self.document["figures"]) - len(self.figures)


@dataclass(frozen=True, slots=True)
class ShownRun:
    """Words with the status of the claim they belong to and the notes that end with them."""

    text: str
    status: str
    notes: list[MarkedClaim]


@dataclass(frozen=True, slots=True)
class ShownPiece:
    """A line of the text, or a cell: its words with their marks, and what else is ``laid`` out."""

    runs: list[ShownRun]
    laid: Piece


@dataclass(frozen=True, slots=True)
class ShownPassage:
    """A passage with the notes of the claims that end in it, for their popovers."""

    kind: str
    pieces: list[ShownPiece]
    head: list[list[ShownPiece]]
    rows: list[list[ShownPiece]]
    notes: list[MarkedClaim]


def article_list(request: HttpRequest) -> HttpResponse:
    """Every article with an approved text, by title."""
    revisions = ArticleRevision.objects.newest_approved().with_claim_counts()
    shown = revisions.select_related("article").order_by("title", "pk")
    return render(request, "articles/list.html", {"revisions": shown, "current": "articles"})


def article_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One article; ``?contention=`` shows the marks of one status only."""
    revisions = ArticleRevision.objects.newest_approved().with_approved_data()
    revision = revisions.select_related("article").under(slug).first()
    if revision is None:
        raise Http404
    notes = notes_of(revision)
    wanted = request.GET.get("contention", "")
    chosen = [pair for pair in notes if not wanted or pair[0].status == wanted]
    context = {
        "current": "articles",
        "revision": revision,
        "passages": shown_passages(revision, chosen),
        "counts": count_statuses(note for note, _ in notes),
        "wanted": wanted,
        "total": len(notes),
        "sources": cited_sources(note for note, _ in notes),
    }
    return render(request, "articles/detail.html", context)


def notes_of(revision: ArticleRevision) -> list[tuple[MarkedClaim, PublishedAnchor]]:
    """Each claim that the text states, once, in the order of its first passage."""
    anchors = PublishedAnchor.objects.shown_in(revision.pk)
    first: dict[int, PublishedAnchor] = {}
    for anchor in anchors.select_related("version").order_by("start", "end", "pk"):
        first.setdefault(anchor.claim_id, anchor)
    return [
        (_note(number, anchor), anchor) for number, anchor in enumerate(first.values(), start=1)
    ]


def _note(number: int, anchor: PublishedAnchor) -> MarkedClaim:
    document = read_claim(anchor.version.payload)
    live = [figure for figure in document["figures"] if figure["status"] == "live"]
    return MarkedClaim(number, document, live[:SHOWN_FIGURES])


def count_statuses(notes: Iterable[MarkedClaim]) -> list[tuple[str, str, int]]:
    """(status, its label, how many claims), in the order of the vocabulary."""
    counted = Counter(note.status for note in notes)
    return [
        (status, str(Contention(status).label), counted[status])
        for status in _ORDER
        if counted[status]
    ]


def cited_sources(notes: Iterable[MarkedClaim]) -> list[dict[str, Any]]:
    """Each source that the claims cite, with the notes that cite it."""
    found: dict[str, dict[str, Any]] = {}
    for note in notes:
        for source in note.document["sources"]:
            entry = found.setdefault(source["ref"], {"source": source, "notes": []})
            entry["notes"].append(note)
    return sorted(found.values(), key=lambda entry: str(entry["source"]["title"]).casefold())


def shown_passages(
    revision: ArticleRevision, notes: Sequence[tuple[MarkedClaim, PublishedAnchor]]
) -> list[ShownPassage]:
    """The text with its marks."""
    spans = [(anchor.start, anchor.end) for _, anchor in notes]
    passages = lay_out(revision.text, spans, revision.format)
    by_position = [note for note, _ in notes]
    return [_shown_passage(passage, by_position) for passage in passages]


def _shown_passage(passage: Passage, notes: list[MarkedClaim]) -> ShownPassage:
    pieces = [_shown_piece(piece, notes) for piece in passage.pieces]
    rows = [[_shown_piece(cell, notes) for cell in row] for row in passage.rows]
    all_pieces = [*pieces, *(cell for row in rows for cell in row)]
    ended = [note for piece in all_pieces for run in piece.runs for note in run.notes]
    return ShownPassage(passage.kind, pieces, rows[: passage.head], rows[passage.head :], ended)


def _shown_piece(piece: Piece, notes: list[MarkedClaim]) -> ShownPiece:
    runs = [
        ShownRun(run.text, _status(run.marks, notes), [notes[mark] for mark in run.ends])
        for run in piece.runs
    ]
    return ShownPiece(runs, piece)


def _status(marks: Sequence[int], notes: list[MarkedClaim]) -> str:
    """The status that counts most: disputed before everything else."""
    statuses = {notes[mark].status for mark in marks}
    if Contention.DISPUTED in statuses:
        return str(Contention.DISPUTED)
    return min(statuses, key=_ORDER.index, default="")
