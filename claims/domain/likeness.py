"""Whether two rows are one, and how that is known."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, Literal

from claims.domain.edtf_text import EdtfError, date_interval
from claims.domain.identity import WorkKeys, match_key, slug_key, work_keys

Sameness = Literal["same", "maybe", "other"]


@dataclass(frozen=True, slots=True)
class Likeness:
    """Whether two rows are the same, and why: words for an editor."""

    answer: Sameness
    why: str = ""


@dataclass(frozen=True, slots=True)
class LikelyRow[Row]:
    """A row that may be the one looked for, and why."""

    row: Row
    why: str


@dataclass(frozen=True, slots=True)
class Match[Row]:
    """What is there of something: one row for certain, or those that it may be.

    ``row`` is None where nothing is there (no ``candidates`` then), or where it is unsure.
    """

    row: Row | None = None
    candidates: tuple[LikelyRow[Row], ...] = ()

    @property
    def is_unsure(self) -> bool:
        return self.row is None and bool(self.candidates)


@dataclass(frozen=True, slots=True)
class PartyTraits:
    """What a party is known by; ``kind`` is '' where nothing says it."""

    name: str
    aliases: tuple[str, ...] = ()
    kind: str = ""
    description: str = ""
    qid: str = ""

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(match_key(name) for name in (self.name, *self.aliases)) - {""}


@dataclass(frozen=True, slots=True)
class SourceTraits:
    """What a work is known by; ``issued`` is EDTF, ``publisher`` the number of a party."""

    title: str
    url: str = ""
    issued: str = ""
    doi: str = ""
    isbn: str = ""
    publisher: int | None = None

    @property
    def keys(self) -> WorkKeys:
        return work_keys(self.title, url=self.url, doi=self.doi, isbn=self.isbn)


@dataclass(frozen=True, slots=True)
class SubjectTraits:
    """What an event is known by; ``when`` is EDTF."""

    title: str
    when: str = ""


@dataclass(frozen=True, slots=True)
class MeasureTraits:
    """What a measure is known by; ``takes`` says which answers it takes."""

    slug: str
    label: str
    takes: tuple[str, bool]
    wikidata: str = ""

    @property
    def words(self) -> frozenset[str]:
        """Slug and label, however the words are joined."""
        return frozenset({slug_key(self.slug), slug_key(match_key(self.label))}) - {""}


_OTHER: Final = Likeness("other")
UNNAMED: Final = "unnamed"


def party_likeness(wanted: PartyTraits, other: PartyTraits) -> Likeness:
    """Whether a party is the one that is wanted.

    Speakers without a name are never found by what they are called: two articles need not mean
    the same officer.
    """
    if UNNAMED in (wanted.kind, other.kind):
        return _OTHER
    if wanted.qid and other.qid:
        return Likeness("same", "the same Wikidata item") if wanted.qid == other.qid else _OTHER
    if not wanted.keys & other.keys:
        return _OTHER
    if wanted.kind not in ("", other.kind):
        return Likeness("maybe", "called the same, of another kind")
    role = match_key(wanted.description)
    if role in {"", match_key(other.description)} | other.keys:
        return Likeness("same", "called the same")
    return Likeness("maybe", "called the same, in another role")


def source_likeness(wanted: SourceTraits, other: SourceTraits) -> Likeness:
    """Whether a work is the one that is wanted."""
    mine, theirs = wanted.keys, other.keys
    if mine["doi"] and theirs["doi"]:
        return Likeness("same", "the same DOI") if mine["doi"] == theirs["doi"] else _OTHER
    titled = mine["key"] == theirs["key"]
    if mine["isbn"] and theirs["isbn"]:
        if mine["isbn"] != theirs["isbn"]:
            return _OTHER
        return _if(titled, "the same ISBN and title", "the same ISBN, another title")
    dated = dates_agree(wanted.issued, other.issued)
    if mine["address"] and mine["address"] == theirs["address"]:
        maybe = "the same address, another date" if titled else "the same address, another title"
        return _if(titled and dated is not False, "the same address and title", maybe)
    if not titled or dated is False or _conflict(wanted.publisher, other.publisher):
        return _OTHER
    return _same_title(wanted, other, dated)


def subject_likeness(wanted: SubjectTraits, other: SubjectTraits) -> Likeness:
    """Whether an event is the one that is wanted."""
    if match_key(wanted.title) != match_key(other.title):
        return _OTHER
    if wanted.when == other.when:
        return Likeness("same", "the same title and date")
    agree = dates_agree(wanted.when, other.when)
    return (
        _OTHER
        if agree is False
        else Likeness("maybe", "the same title, the date otherwise written")
    )


def measure_likeness(wanted: MeasureTraits, other: MeasureTraits) -> Likeness:
    """Whether a measure is the one that is wanted; those of other answers never are."""
    if wanted.takes != other.takes:
        return _OTHER
    if wanted.words & other.words:
        return Likeness("maybe", "called the same")
    if wanted.wikidata and wanted.wikidata == other.wikidata:
        return Likeness("maybe", "the same Wikidata property")
    return _OTHER


def dates_agree(one: str, other: str) -> bool | None:
    """Whether two EDTF dates may be one day; None where one of them is not known."""
    if not one or not other:
        return None
    try:
        return date_interval(one).intersects(date_interval(other))
    except EdtfError:
        return one == other


def pick[Row](rows: Iterable[Row], judge: Callable[[Row], Likeness]) -> Match[Row]:
    """The one row that is certainly the one wanted; else all that it may be.

    Where several are the same by their traits nobody can tell which is meant.
    """
    judged = [(row, judge(row)) for row in rows]
    same = [(row, found) for row, found in judged if found.answer == "same"]
    if len(same) == 1:
        return Match(same[0][0])
    likely = same or [(row, found) for row, found in judged if found.answer == "maybe"]
    return Match(None, tuple(LikelyRow(row, found.why) for row, found in likely))


def _same_title(wanted: SourceTraits, other: SourceTraits, dated: bool | None) -> Likeness:
    """Works of one title whose dates and publishers do not forbid that they are one."""
    mine, theirs = wanted.keys["address"], other.keys["address"]
    here = (mine, wanted.url, wanted.issued)
    if not mine and here == (theirs, other.url, other.issued):
        return Likeness("same", "the same title and date")
    published = wanted.publisher is not None and wanted.publisher == other.publisher
    if published and dated and not (mine and theirs):
        return Likeness("same", "the same title, publisher and date")
    if mine and theirs:
        return Likeness("maybe", "the same title, another address")
    return Likeness("maybe", "the same title")


def _conflict(one: int | None, other: int | None) -> bool:
    return one is not None and other is not None and one != other


def _if(holds: bool, same: str, maybe: str) -> Likeness:
    return Likeness("same", same) if holds else Likeness("maybe", maybe)
