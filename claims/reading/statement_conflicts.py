"""Dates, holders and doers that disagree, and statements that somebody denies."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from claims.reading.blocks import Layout
from claims.reading.cues import DENIED
from claims.reading.dates import DateMention
from claims.reading.holders import Holding, Holdings
from claims.reading.names import actors_in
from claims.reading.sentences import Sentence, Sentences
from claims.reading.speakers import speaker_before
from claims.reading.statements import Statement

DATES, ACTORS, DENIAL = "dates disagree", "attribution disagrees", "denied"
Span = tuple[int, int]
Conflict = tuple[str, tuple[Span, ...], str]

MANY_TAKE_BACK = re.compile(
    r"\b(?:pretend\w*|retract\w*|recant\w*|withdr[ae]w\w*|backtrack\w*|took back|taken back|"
    r"disavow\w*|later admitted|had lied)\b"
)
ATROCITY = re.compile(
    r"\b(?:(?P<verb>(?:summarily )?(?:executed|massacred|beheaded|murdered|assassinated|bombed|"
    r"poisoned))|(?P<noun>carried out (?:the |an? )?(?:[a-z]+ )?"
    r"(?:executions?|massacres?|attacks?|bombings?|killings?|shootings?|murders?)))\b"
)
UNVERIFIED = re.compile(
    r"\b(?:unverified|unconfirmed|could not be (?:independently )?(?:verified|confirmed)|not "
    r"(?:independently )?verified)\b"
)
MOST_TOLD = 20
NEAR = 2
"""How many sentences back a denial may reach."""
CLAUSE_BREAK = re.compile(
    r", (?=while |but |although |though |albeit |whereas |and (?:[a-z]+ed|said) )|; | (?=although |"
    r"albeit |but )"
)


def statement_conflicts(
    layout: Layout,
    sentences: Sentences,
    dates: Sequence[DateMention],
    statements: Sequence[Statement],
) -> Iterator[Conflict]:
    """Yield (kind, plain spans of the members, why)."""
    holdings = Holdings(layout, sentences, dates)
    yield from _dates_of_capture(holdings)
    yield from _holders(holdings)
    yield from _doers(layout, sentences, dates, holdings)
    yield from _start_dates(layout, dates)
    yield from _denials(layout, sentences, statements)
    yield from _taken_back(layout, sentences, statements)


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


def _dates_of_capture(holdings: Holdings) -> Iterator[Conflict]:
    first_in_text = [h for h in holdings.in_text if h.edtf and not h.again]
    by_place = _by_place(first_in_text)
    for place, _, taken, _, _ in holdings.in_tables():
        listed = holdings.dates_of(taken) if taken else []
        told = by_place.get(place, [])[:MOST_TOLD]
        rivals = [h for h in told if listed and all(_apart(h.edtf, d.edtf) for d in listed)]
        if rivals and taken:
            spans = ((taken.start, taken.end), *((h.start, h.end) for h in rivals))
            yield DATES, spans, f"{place}: the table and the text give different dates of capture"
    yield from _told_twice(holdings, first_in_text)


def _told_twice(holdings: Holdings, told: Sequence[Holding]) -> Iterator[Conflict]:
    """Two sentences of different sections date one capture differently."""
    in_tables = {place for place, *_ in holdings.in_tables()}
    blocks = holdings.layout.blocks
    for place, of_place in _by_place(told).items():
        one = of_place[0]
        for other in of_place[1:MOST_TOLD]:
            apart = place not in in_tables and _apart(one.edtf, other.edtf)
            if apart and blocks[one.block].section != blocks[other.block].section:
                yield (
                    DATES,
                    _sentence_spans(one, other),
                    f"{place}: {one.edtf} against {other.edtf}",
                )
                break


def _by_place(told: Sequence[Holding]) -> dict[str, list[Holding]]:
    by_place: dict[str, list[Holding]] = {}
    for holding in told:
        by_place.setdefault(holding.place, []).append(holding)
    return by_place


def _sentence_spans(*members: Holding) -> tuple[Span, ...]:
    return tuple((member.start, member.end) for member in members)


def _holders(holdings: Holdings) -> Iterator[Conflict]:
    """The holder in the table against those who took the place in the text."""
    by_place = _by_place([h for h in holdings.in_text if h.actors])
    for place, held, _, _, _ in holdings.in_tables():
        listed = holdings.actors_of(held)
        told = by_place.get(place, [])[:MOST_TOLD]
        if not listed or not told or held.header == "":
            continue
        last = [h for h in told if h.actors != listed]
        if last and not any(h.actors == listed for h in told):
            spans = ((held.start, held.end), *((h.start, h.end) for h in last[:3]))
            names = ", ".join(sorted({a for h in last for a in h.actors}))
            yield (
                ACTORS,
                spans,
                f"{place}: held by {', '.join(sorted(listed))} in the table, {names} in the text",
            )


def _doers(
    layout: Layout, sentences: Sentences, dates: Sequence[DateMention], holdings: Holdings
) -> Iterator[Conflict]:
    """Two sentences lay one deed of one day at different doors."""
    text = layout.plain.text
    deeds: list[tuple[Span, frozenset[str], frozenset[str], int]] = []
    for sentence in sentences.all:
        if layout.blocks[sentence.block].kind != "paragraph":
            continue
        for match in ATROCITY.finditer(text, sentence.start, sentence.end):
            start, subject = speaker_before(text, match.start(), sentence.start)
            actors = actors_in(subject, holdings.short)
            days = frozenset(d.edtf for d in holdings.dates_in(sentence) if d.day)
            if actors and days:
                end = _clause_end(text, match.end(), sentence.end)
                deeds.append(((start, end), actors, days, sentence.block))
    for index, (span, actors, days, _) in enumerate(deeds):
        for other_span, others, other_days, _ in deeds[index + 1 : index + 8]:
            if days & other_days and not actors & others:
                why = f"{', '.join(sorted(actors))} against {', '.join(sorted(others))}"
                yield ACTORS, (span, other_span), why


def _clause_end(text: str, start: int, limit: int) -> int:
    found = CLAUSE_BREAK.search(text, start, limit)
    return found.start() if found else limit


def _start_dates(layout: Layout, dates: Sequence[DateMention]) -> Iterator[Conflict]:
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
        yield (
            DATES,
            ((boxed[0].start, boxed[0].end), (told[0].start, told[0].end)),
            (f"infobox {boxed[0].edtf}, lead {told[0].edtf}"),
        )


def _denials(
    layout: Layout, sentences: Sentences, statements: Sequence[Statement]
) -> Iterator[Conflict]:
    for index, denial in enumerate(statements):
        if denial.role != DENIED:
            continue
        at = sentences.at(denial.cue_start)
        sentence = sentences.all[at]
        clause = _clause_at(layout.plain.text, denial.cue_start, sentence)
        inside = [
            s
            for s in statements[max(0, index - 4) : index]
            if s.role != DENIED and s.cue_start >= sentence.start
        ]
        if inside:
            said = inside[-1]
            start = min(said.source_start, said.cue_start)
            own = max(said.cue_end, min(denial.source_start, denial.cue_start))
            yield DENIAL, ((start, own), (own, sentence.end)), f"{denial.source} denies it"
            continue
        earlier = [
            s
            for s in statements[max(0, index - 4) : index]
            if _close(sentences, s, sentence) and s.source != denial.source
        ]
        targets = [_span_of(s, sentences) for s in earlier[-3:]]
        why = f"denied by {denial.source}"
        if UNVERIFIED.search(layout.plain.text, sentence.start, sentence.end):
            why += "; called unverified"
        yield DENIAL, (*targets, clause), why


def _clause_at(text: str, position: int, sentence: Sentence) -> Span:
    """The clause around a position, without "However, "."""
    start, end = sentence.start, sentence.end
    for found in CLAUSE_BREAK.finditer(text, sentence.start, sentence.end):
        if found.end() <= position:
            start = found.end()
        else:
            end = found.start()
            break
    return start, end


def _close(sentences: Sentences, statement: Statement, sentence: Sentence) -> bool:
    own = sentences.at(statement.cue_start)
    gap = sentences.at(sentence.start) - own
    return (
        not statement.anonymous and sentences.all[own].block == sentence.block and 0 < gap <= NEAR
    )


def _span_of(statement: Statement, sentences: Sentences) -> Span:
    sentence = sentences.all[sentences.at(statement.cue_start)]
    start = max(sentence.start, min(statement.source_start, statement.cue_start))
    return start, max(statement.cue_end, min(statement.scope_end, sentence.end))


def _taken_back(
    layout: Layout, sentences: Sentences, statements: Sequence[Statement]
) -> Iterator[Conflict]:
    """The same speaker says later that it was not so."""
    text = layout.plain.text
    for index, statement in enumerate(statements):
        sentence = sentences.all[sentences.at(statement.cue_start)]
        if statement.anonymous or not MANY_TAKE_BACK.search(
            text, statement.cue_end, min(sentence.end, statement.cue_end + 50)
        ):
            continue
        for earlier in reversed(statements[max(0, index - 3) : index]):
            if (
                earlier.source
                and statement.source
                and _same_speaker(earlier.source, statement.source)
                and _close(sentences, earlier, sentence)
            ):
                yield (
                    DENIAL,
                    (_span_of(earlier, sentences), _span_of(statement, sentences)),
                    f"{statement.source} takes it back",
                )
                break


def _same_speaker(one: str, other: str) -> bool:
    first, second = (
        {w for w in re.findall(r"\w+", n.casefold()) if len(w) > 2} for n in (one, other)
    )
    return bool(first & second) and (first <= second or second <= first)
