"""One file's documents checked: seals, chain, derived members, sums, the end of the file."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeGuard, cast

from claims.domain.document_format import upgraded
from claims.domain.earlier_rules import is_earlier
from claims.domain.published import ClaimDocument
from claims.domain.published_sums import part_figure, parts_of
from claims.domain.quantity import Figure
from claims.domain.recheck import Misstatement, misstatements, sum_misstatements
from claims.domain.sealed_text import document_text, hash_of_line, sealed_hash, verify_seal
from claims.domain.vocabulary import is_numeric, states_figures
from claims.verifier.chain import Chain
from claims.verifier.pieces import FileLayout, JsonPiece
from claims.verifier.report import Aspect, CheckReport, Fault, value_words

UNREADABLE: Final = (
    *(ArithmeticError, AttributeError, LookupError),
    *(RecursionError, TypeError, ValueError),
)
_REF = re.compile(r"C[1-9][0-9]{0,17}")
_HASH = re.compile(r"[0-9a-f]{64}")
_LARGEST: Final = 2**63
# Answers that are no numbers are compared in pairs: beyond this it would take minutes.
_MOST_COMPARED: Final = 2_000
_SOURCE_OF: Final = {
    "as_of_words": "its as_of gives",
    "subject.when_words": "its subject's date gives",
    "arithmetic": "its parts give",
}


@dataclass(slots=True)
class Examination:
    """What is known of one file while its pieces go by."""

    report: CheckReport
    chain: Chain
    file: str = ""
    count: int = 0
    newest: int = 0
    ended: bool = False
    whole: bool = False
    earlier: int = 0  # documents sealed under earlier rules
    last_earlier: tuple[int, str] = (0, "")
    first_today: tuple[int, str] = (_LARGEST, "")
    sums: int = 0
    unsummed: int = 0
    parts: dict[str, tuple[int, Figure | None]] = field(default_factory=dict)
    totals: list[ClaimDocument] = field(default_factory=list)
    figures: dict[Figure | None, Figure | None] = field(default_factory=dict)
    lines: Any = field(default_factory=hashlib.sha256)  # over the documents as they stand
    hashes: Any = field(default_factory=hashlib.sha256)  # over the hashes that seal them
    known: list[tuple[str, int, str]] = field(default_factory=list)  # the first two documents

    def take(self, piece: JsonPiece) -> None:
        """Check one piece."""
        if piece.members is None:
            self._blame("form", piece, f"{_place(piece)}: {piece.fault}.")
        elif piece.members.get("type") == "end":
            self._end(piece, piece.members)
        elif self.ended:
            self._blame("end", piece, f"{_place(piece)}: it comes after the end record.")
        else:
            self._document(piece, piece.members)

    def finish(self, layout: FileLayout, *, part: bool) -> None:
        """Check what needs the whole file: that it has an end, the sums of parts all here."""
        if layout != "single" and self.count and not self.ended and not part:
            what = "There is no end record: it was cut, or is a part of a file (then use --part)."
            self.report.blame(Fault("end", f"{self._lead()}{what}", self.file))
        for document in self.totals:
            try:
                self._sum(document)
            except UNREADABLE as problem:
                self._blame_document("form", document, _misbuilt(document["ref"], problem))
        if self.last_earlier > self.first_today:
            (_, ref), (_, before) = self.last_earlier, self.first_today
            what = f"{ref}: it states no format, and {before}, sealed before it, does."
            self.report.blame(Fault("derived", f"{self._lead()}{what}", self.file, ref=ref))
        self._conclude()

    def _conclude(self) -> None:
        """Note what holds."""
        lead, report = self._lead(), self.report
        if self.count and "form" not in report.wrong:
            report.conclude("seal", f"{lead}{_documents(self.count)}: sealed with the right hash.")
            what = "every label, range and word follows from its figures"
            if self.count > self.earlier:
                given = _documents(self.count - self.earlier)
                report.conclude("derived", f"{lead}{given}: {what}.")
        if self.earlier:
            what = "sealed under earlier rules; today's do not judge its headline"
            report.unchecked.append(f"{lead}{_documents(self.earlier)}: {what}.")
        if self.sums:
            sums = "One sum" if self.sums == 1 else f"{self.sums:,} sums"
            report.conclude("sum", f"{lead}{sums} of parts against their total: right.")
        if self.unsummed:
            sums = "one sum" if self.unsummed == 1 else f"{self.unsummed:,} sums"
            why = "a part is not in the file, or is newer than the total"
            report.unchecked.append(f"{lead}{sums}: {why}.")
        if self.whole:
            what = "the end record counts every document and hashes their hashes"
            report.conclude("end", f"{lead}The file is whole: {what}.")

    def _document(self, piece: JsonPiece, document: dict[str, Any]) -> None:
        self.count += 1
        self.report.documents += 1
        line = piece.text.encode()
        self.lines.update(line + b"\n")
        self.hashes.update(hash_of_line(line) + b"\n")
        wrong = _wrong_frame(document)
        if wrong:
            self._blame("form", piece, f"{_place(piece)}: {wrong}")
            return
        ref, sequence = document["ref"], document["sequence"]
        self.newest = max(self.newest, sequence)
        if not _is_sealed(piece, document):
            what = f"{ref}: its text does not have the hash that it is sealed with."
            self._blame_document("seal", document, what, piece.line)
        if len(self.known) < 2:
            self.known.append((ref, document["version"], document["sha256"]))
        place = (self.file, piece.line, ref)
        for fault in self.chain.add(
            place, sequence, document["sha256"], document["previous_sha256"]
        ):
            self.report.blame(fault)
        if document["status"] != "retired":
            self._derived(piece, document)

    def _derived(self, piece: JsonPiece, document: dict[str, Any]) -> None:
        try:
            kind = document["measure"]["value_kind"]
            if not is_numeric(kind) and len(document["figures"]) > _MOST_COMPARED:
                what = f"{document['ref']}: it has more answers than this program compares."
                self._blame_document("form", document, what, piece.line)
                return
            claim = cast("ClaimDocument", upgraded(document, ClaimDocument))
            self._note_rules(claim)
            for found in misstatements(claim):
                self._misstated(claim, found, piece.line)
            self._remember(claim)
        except UNREADABLE as problem:
            self._blame_document("form", document, _misbuilt(document["ref"], problem), piece.line)

    def _note_rules(self, document: ClaimDocument) -> None:
        """Note under which rules it was sealed; they only ever go forward."""
        at = document["sequence"], document["ref"]
        if is_earlier(document):
            self.earlier += 1
            self.last_earlier = max(self.last_earlier, at)
        else:
            self.first_today = min(self.first_today, at)

    def _remember(self, document: ClaimDocument) -> None:
        """Keep what the sums need once all of the file is known."""
        has_figures = states_figures(document["measure"]["value_kind"])
        if has_figures and isinstance(document.get("inputs"), list):
            figure = part_figure(document)
            # Many claims state the same small number: it is kept once.
            kept = self.figures.setdefault(figure, figure)
            self.parts[document["ref"]] = (document["sequence"], kept)
        if document["arithmetic"]:
            names = ("ref", "sequence", "measure", "figures", "relations", "arithmetic")
            members: Mapping[str, object] = document
            kept_members = {name: members[name] for name in names}
            self.totals.append(cast("ClaimDocument", kept_members))

    def _sum(self, document: ClaimDocument) -> None:
        """Check a sum, unless a part is not here or was published again after the total."""
        refs = parts_of(document)
        parts = {ref: self.parts[ref] for ref in refs if ref in self.parts}
        if (
            not self.whole
            or len(parts) < len(refs)
            or any(at > document["sequence"] for at, _ in parts.values())
        ):
            self.unsummed += 1
            return
        self.sums += 1
        figures = {ref: figure for ref, (_, figure) in parts.items()}
        for found in sum_misstatements(document, figures):
            self._misstated(document, found)

    def _end(self, piece: JsonPiece, end: dict[str, Any]) -> None:
        self.ended = held = True
        for name, found in self._counted(end).items():
            if end.get(name) != found or isinstance(end.get(name), bool):
                says, held = value_words(end.get(name)), False
                what = f"The end record's {name} says {says}; the documents above give {found}."
                self._blame("end", piece, what)
        sequence = end.get("sequence")
        if not _is_number(sequence, least=0) or sequence < self.newest:
            says, held = value_words(sequence), False
            what = f"The end record's sequence says {says}; a document above has {self.newest}."
            self._blame("end", piece, what)
        self.whole = held

    def _counted(self, end: dict[str, Any]) -> dict[str, Any]:
        """What an end record tells of the documents; earlier releases hashed the lines."""
        hashes = {"sha256": self.lines, "hashes_sha256": self.hashes}
        told = [name for name in hashes if name in end] or ["hashes_sha256"]
        return {"count": self.count} | {name: hashes[name].hexdigest() for name in told}

    def _misstated(self, document: ClaimDocument, found: Misstatement, line: int = 0) -> None:
        place = f"{document['ref']}, {found.figure}" if found.figure else document["ref"]
        top = found.path if found.path in _SOURCE_OF else found.path.partition(".")[0]
        source = "what it states gives" if found.figure else _SOURCE_OF.get(top, "its figures give")
        says, gives = value_words(found.says), value_words(found.gives)
        self.report.blame(
            Fault(
                aspect="sum" if found.path.startswith("arithmetic") else "derived",
                sentence=f"{self._lead()}{place}: {found.path} says {says}; {source} {gives}.",
                file=self.file,
                line=line,
                ref=document["ref"],
                figure=found.figure,
                member=found.path,
                says=says,
                gives=gives,
            )
        )

    def _blame_document(
        self, aspect: Aspect, document: Mapping[str, Any], what: str, line: int = 0
    ) -> None:
        ref = document["ref"]
        self.report.blame(Fault(aspect, f"{self._lead()}{what}", self.file, line, ref))

    def _blame(self, aspect: Aspect, piece: JsonPiece, what: str) -> None:
        self.report.blame(Fault(aspect, f"{self._lead()}{what}", self.file, piece.line))

    def _lead(self) -> str:
        return f"{self.file}: " if self.file else ""


def _documents(count: int) -> str:
    return "One document" if count == 1 else f"{count:,} documents"


def _place(piece: JsonPiece) -> str:
    return f"Line {piece.line}"


def _is_sealed(piece: JsonPiece, document: dict[str, Any]) -> bool:
    """Whether the text, or what was published if it is spelt another way, has its hash."""
    try:
        text = piece.text or document_text(document)
    except RecursionError:
        return False
    return sealed_hash(text) == document["sha256"] and verify_seal(text)


def _is_number(value: Any, least: int = 1) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value < _LARGEST


def _is_hash(value: Any) -> bool:
    return isinstance(value, str) and _HASH.fullmatch(value) is not None


def _wrong_frame(document: dict[str, Any]) -> str:
    """Return what keeps an object from being a version of a claim; '' when nothing does."""
    if document.get("type") != "claim":
        return "it is no document of a claim."
    ref = document.get("ref")
    if not isinstance(ref, str) or not _REF.fullmatch(ref):
        return "its ref is not that of a claim, such as C12."
    for name in ("sha256", "previous_sha256", "version", "sequence", "status"):
        if name not in document:
            return f"{ref} is here only in part: it has no {name}."
    for name in ("version", "sequence"):
        if not _is_number(document.get(name)):
            return f"{ref}: its {name} is no number above 0."
    if not _is_hash(document["sha256"]):
        return f"{ref}: its sha256 is no hash."
    if document.get("previous_sha256") != "" and not _is_hash(document.get("previous_sha256")):
        return f"{ref}: its previous_sha256 is no hash."
    if document.get("status") not in ("published", "retired"):
        return f"{ref}: its status is neither published nor retired."
    return ""


def _misbuilt(ref: str, problem: Exception) -> str:
    """Say that a document lacks or mixes what a claim's document has."""
    if isinstance(problem, KeyError):
        why = f"{value_words(problem.args[0] if problem.args else '')} is missing or unknown"
    elif isinstance(problem, ValueError) and str(problem):
        why = value_words(str(problem))
    else:
        why = "a member is not of the kind that it must be"
    return f"{ref}: it is not built as a claim's document is: {why}."
