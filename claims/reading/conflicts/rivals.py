"""Rival answers of one article: dates, holders and doers that disagree."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from claims.reading.conflicts.holders import Holding, Holdings
from claims.reading.dates.date_mentions import DateMention
from claims.reading.languages.english import ENGLISH
from claims.reading.proposals import Asked
from claims.reading.text.blocks import Cell, Layout
from claims.reading.text.sentences import Sentences
from claims.reading.voices.names import actors_in
from claims.reading.voices.speakers import FINITE, speaker_before

DATES, ACTORS = "dates disagree", "attribution disagrees"
SpeakerAt = Callable[[int], str]
"""Who speaks at a plain position, "" for the article itself."""

ATROCITY = ENGLISH.pattern("rivals.atrocity")
DEED_WORDS = frozenset(ENGLISH.words("rivals.deed_words"))
"""A sentence without any of these tells of no such deed."""
DEEDS: Final = ENGLISH.table("rivals.deeds")
MOST_TOLD = 20
CLAUSE_BREAK = ENGLISH.pattern("rivals.clause_break")


@dataclass(frozen=True, slots=True)
class Rival:
    """One side of a disagreement: a plain span with the date or the parties that it gives.

    `said` is the part of it that a speaker answers for, without a date ahead of it.
    """

    start: int
    end: int
    said: tuple[int, int]
    edtf: str = ""
    parties: tuple[str, ...] = ()
    either: bool = False


@dataclass(frozen=True, slots=True)
class Rivalry:
    """Sides that disagree; `asked` is None where the text does not say on what exactly."""

    kind: str
    rivals: tuple[Rival, ...]
    why: str
    asked: Asked | None = None


@dataclass(frozen=True, slots=True)
class _Deed:
    rival: Rival
    actors: dict[str, str]
    days: frozenset[str]
    name: str


def rivalries(
    layout: Layout, sentences: Sentences, dates: Sequence[DateMention], speaker_at: SpeakerAt
) -> Iterator[Rivalry]:
    """Yield the disagreements on dates and actors, those of tables first."""
    holdings = Holdings(layout, sentences, dates)
    yield from _dates_of_capture(holdings, speaker_at)
    yield from _holders(holdings)
    yield from _takers(holdings, speaker_at)
    yield from _doers(layout, sentences, holdings)
    yield from _start_dates(layout, dates)


def bounds(edtf: str) -> tuple[date, date] | None:
    """Return the first and last day of an EDTF date; None when an end is open or unknown."""
    ends = re.sub(r"[~?\[\]]", "", edtf).replace("..", "").split("/")
    if "X" in edtf or ".." in edtf or not all(ends):
        return None
    days = [_period(end) for end in (ends[0], ends[-1])]
    if days[0] is None or days[1] is None:
        return None
    pad = timedelta(days=1 if len(ends[0]) == 10 else 31) if "~" in edtf else timedelta()
    return days[0][0] - pad, days[1][1] + pad


def _period(written: str) -> tuple[date, date] | None:
    parts = [int(part) for part in written.split("-")]
    try:
        if len(parts) == 3:
            return date(*parts), date(*parts)
        if len(parts) == 2:
            first = date(parts[0], parts[1], 1)
            return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        return date(parts[0], 1, 1), date(parts[0], 12, 31)
    except ValueError:
        return None


def _apart(one: str, other: str) -> bool:
    first, second = bounds(one), bounds(other)
    return bool(first and second and (first[1] < second[0] or second[1] < first[0]))


def _dates_of_capture(holdings: Holdings, speaker_at: SpeakerAt) -> Iterator[Rivalry]:
    first_in_text = [h for h in holdings.in_text if h.edtf and not h.again]
    by_place = _by_place(first_in_text)
    for place, _, taken, _, _ in holdings.in_tables:
        listed = holdings.dates_of(taken) if taken else []
        told = by_place.get(place, [])[:MOST_TOLD]
        rivals = [h for h in told if listed and all(_apart(h.edtf, d.edtf) for d in listed)]
        if rivals and taken:
            # Two dates in one cell are two captures: which of them the text means is not said.
            asked = _captured(rivals[0]) if len(listed) == 1 else None
            sides = (_written(taken, listed[0].edtf), *map(_dated, rivals))
            place = rivals[0].place_name
            why = f"{place}: the table and the text give different dates of capture"
            yield Rivalry(DATES, sides, why, asked)
    yield from _told_twice(holdings, first_in_text, speaker_at)


def _told_twice(
    holdings: Holdings, told: Sequence[Holding], speaker_at: SpeakerAt
) -> Iterator[Rivalry]:
    """Two sections, or two speakers, date one capture differently."""
    in_tables = {place for place, *_ in holdings.in_tables}
    for place, of_place in _by_place(told).items():
        one = of_place[0]
        for other in of_place[1:MOST_TOLD]:
            apart = place not in in_tables and _apart(one.edtf, other.edtf)
            if apart and _independent(holdings, one, other, speaker_at):
                why = f"{one.place_name}: {one.edtf} against {other.edtf}"
                yield Rivalry(DATES, (_dated(one), _dated(other)), why, _captured(one))
                break


def _independent(holdings: Holdings, one: Holding, other: Holding, speaker_at: SpeakerAt) -> bool:
    blocks = holdings.layout.blocks
    if blocks[one.block].section != blocks[other.block].section:
        return True
    return _two_speakers(one, other, speaker_at)


def _two_speakers(one: Holding, other: Holding, speaker_at: SpeakerAt) -> bool:
    speakers = {speaker_at(one.end - 1), speaker_at(other.end - 1)}
    return len(speakers) == 2 and "" not in speakers


def _by_place(told: Sequence[Holding]) -> dict[str, list[Holding]]:
    by_place: dict[str, list[Holding]] = {}
    for holding in told:
        by_place.setdefault(holding.place, []).append(holding)
    return by_place


def _written(place: Cell | DateMention, edtf: str = "", parties: tuple[str, ...] = ()) -> Rival:
    """What a cell or a date of an infobox says by itself."""
    return Rival(place.start, place.end, (place.start, place.end), edtf, parties)


def _dated(one: Holding) -> Rival:
    return Rival(*one.dated, (one.start, one.end), one.edtf)


def _named(one: Holding) -> Rival:
    span = one.start, one.end
    return Rival(*span, span, parties=tuple(one.actors.values()), either=one.either)


def _captured(one: Holding) -> Asked:
    return Asked("date_captured", place=one.place_name)


def _holders(holdings: Holdings) -> Iterator[Rivalry]:
    """The holder in the table against those who took the place in the text."""
    by_place = _by_place([h for h in holdings.in_text if h.actors])
    for place, held, _, _, _ in holdings.in_tables:
        listed = holdings.actors_of(held)
        told = by_place.get(place, [])[:MOST_TOLD]
        if not listed or not told or held.header == "":
            continue
        if any(h.actors.keys() == listed.keys() for h in told):
            continue
        names = _listed({key: name for h in told for key, name in h.actors.items()})
        sides = (
            _written(held, parties=tuple(listed.values())),
            *map(_named, told[:3]),
        )
        place = told[0].place_name
        why = f"{place}: held by {_listed(listed)} in the table, {names} in the text"
        yield Rivalry(ACTORS, sides, why, Asked("held_by", place=place))


def _takers(holdings: Holdings, speaker_at: SpeakerAt) -> Iterator[Rivalry]:
    """Two speakers lay the capture of one place on one day at different doors."""
    in_tables = {place for place, *_ in holdings.in_tables}
    told = [h for h in holdings.in_text if h.actors and h.edtf and h.place not in in_tables]
    for of_place in _by_place(told).values():
        one = of_place[0]
        for other in of_place[1:MOST_TOLD]:
            differ = one.edtf == other.edtf and not one.actors.keys() & other.actors.keys()
            if differ and _two_speakers(one, other, speaker_at):
                why = f"{one.place_name}: {_listed(one.actors)} against {_listed(other.actors)}"
                asked = Asked("captured_by", place=one.place_name, when=one.edtf)
                yield Rivalry(ACTORS, (_named(one), _named(other)), why, asked)
                break


def _listed(names: dict[str, str]) -> str:
    return ", ".join(sorted(names.values()))


def _doers(layout: Layout, sentences: Sentences, holdings: Holdings) -> Iterator[Rivalry]:
    """Two sentences lay one deed of one day at different doors."""
    deeds = list(_deeds(layout, sentences, holdings))
    for index, one in enumerate(deeds):
        for other in deeds[index + 1 : index + 8]:
            shared = one.days & other.days
            if shared and not one.actors.keys() & other.actors.keys():
                why = f"{_listed(one.actors)} against {_listed(other.actors)}"
                # "Bombed" and "carried out the shooting" need not be one deed.
                same = one.name == other.name
                asked = Asked("perpetrator", when=min(shared), of=one.name) if same else None
                yield Rivalry(ACTORS, (one.rival, other.rival), why, asked)


def _deeds(layout: Layout, sentences: Sentences, holdings: Holdings) -> Iterator[_Deed]:
    text = layout.plain.text
    for sentence in sentences.holding("deed"):
        if layout.blocks[sentence.block].kind != "paragraph":
            continue
        for match in ATROCITY.finditer(text, sentence.start, sentence.end):
            start, subject = _nearest(*speaker_before(text, match.start(), sentence.start))
            actors = actors_in(subject, holdings.short)
            days = frozenset(d.edtf for d in holdings.dates_in(sentence) if d.day)
            if actors and days:
                end = _clause_end(text, match.end(), sentence.end)
                parties = tuple(actors.values())
                span = start, end
                side = Rival(*span, span, parties=parties, either=" or " in subject)
                yield _Deed(side, actors, days, _deed_named(match[0]))


def _nearest(start: int, subject: str) -> tuple[int, str]:
    """As in "the rebels captured Arden the group XY", without a comma, only "the group XY"."""
    verb = FINITE.search(subject)
    at = subject.find(" the ", verb.end()) + 1 if verb else 0
    return start + at, subject[at:]


def _deed_named(words: str) -> str:
    return next((name for stem, name in DEEDS.items() if stem in words), "")


def _clause_end(text: str, start: int, limit: int) -> int:
    found = CLAUSE_BREAK.search(text, start, limit)
    return found.start() if found else limit


def _start_dates(layout: Layout, dates: Sequence[DateMention]) -> Iterator[Rivalry]:
    """The infobox date against the first full date of the lead's first sentence."""
    boxed = [
        d
        for block in layout.blocks
        if block.kind == "infobox"
        and block.label.casefold() in ("date", "event_date", "election_date")
        for d in dates[:MOST_TOLD]
        if block.start <= d.start < block.end
    ][:MOST_TOLD]
    lead = next((block for block in layout.blocks if block.kind == "paragraph"), None)
    if lead is None or not boxed:
        return
    first = layout.plain.text.find(". ", lead.start, lead.end)
    told = [
        d for d in dates if lead.start <= d.start < (first if first > 0 else lead.end) and d.day
    ]
    if told and all(_apart(one.edtf, other.edtf) for one in boxed for other in told):
        sides = tuple(_written(d, d.edtf) for d in (boxed[0], told[0]))
        why = f"infobox {boxed[0].edtf}, lead {told[0].edtf}"
        yield Rivalry(DATES, sides, why, Asked("date_of_event"))
