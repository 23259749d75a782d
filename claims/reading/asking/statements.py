"""What an article says, one statement an assertion: its figures, rival answers and denials."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Any, Final

from claims.domain.quantity import Figure, FigureError, check_count
from claims.domain.vocabulary import Aggregation, Extent, PartyMode, Stance
from claims.reading.asking.denied import denials_of
from claims.reading.asking.measuring import UNCLEAR
from claims.reading.asking.opposed import silence_unopposed
from claims.reading.asking.scope import Scope
from claims.reading.asking.silence import Silence, silence_of
from claims.reading.asking.statement import Statement, Unkept
from claims.reading.asking.terms import known_date, scopes_of
from claims.reading.languages.language import is_read
from claims.reading.proposals import (
    MOST_OF_A_KIND,
    Asked,
    ProposedAnswer,
    ProposedFigure,
    Reading,
    Span,
)

MOST_CITATIONS: Final = 5  # of one figure; more say the same


def statements_of(reading: Reading) -> tuple[list[Statement], list[Unkept]]:
    """Return the article's statements, repetitions joined, and what cannot be kept.

    Statements that are only highlights are among them.
    """
    gathered: list[Statement] = []
    unkept: list[Unkept] = []
    scopes = scopes_of(reading)
    unkept += [Unkept(one.char_start, one.quote, one.why) for one in reading.unkept]
    for figure, scope in zip(reading.figures, scopes, strict=True):
        try:
            if figure.is_count:
                check_count(figure.figure)
        except FigureError as error:
            unkept.append(Unkept(figure.char_start, figure.quote, str(error)))
            continue
        told = list(_of_figure(figure, scope, stated_fields(figure.figure), reading.text))
        if figure.replaces is not None and scopes[figure.replaces] == scope:
            told[0].replaces = reading.figures[figure.replaces].char_start
        gathered += told
    if not is_read(reading.language):
        for one in gathered:
            one.silence = Silence.LANGUAGE
    gathered += answers_of(reading)
    if reading.read_to is not None:
        unkept.append(_rest_after(reading.read_to))
    joined = _joined(gathered)
    silence_unopposed(joined, reading)
    placed = [(place, one.scope) for one in gathered for place in one.places]
    return [*joined, *denials_of(reading, placed)], unkept


def _rest_after(offset: int) -> Unkept:
    rule = f"over {MOST_OF_A_KIND:,} figures, dates or statements in one article; split it"
    return Unkept(offset, "the rest of the article", rule)


def stated_fields(figure: Figure) -> dict[str, Any]:
    """The value fields of the assertion that says so; what is not said is left out."""
    said = ((field, getattr(figure, field.name)) for field in fields(figure))
    return {field.name: value for field, value in said if value != field.default}


def to_draft(statements: Iterable[Statement]) -> list[Statement]:
    """Those that are no highlights."""
    return [one for one in statements if not one.is_highlight]


def count_highlights(statements: Iterable[Statement]) -> int:
    """How many places of the text are only highlights, each counted once."""
    return len({place for one in statements if one.is_highlight for place in one.places})


def doubts_of(answers: Iterable[Statement]) -> str:
    """What the import is not sure of, for the editor; '' when nothing."""
    doubts = [doubt for one in answers for doubt in one.doubts]
    return f"The import is in doubt. {'; '.join(doubts)}"[:2000] if doubts else ""


def _joined(statements: Iterable[Statement]) -> list[Statement]:
    """Each answer once, with all its places."""
    found: dict[tuple[Any, ...], Statement] = {}
    for one in statements:
        known = found.setdefault(one.key, one)
        if known is not one:
            known.places += one.places
            known.replaces = one.replaces if known.replaces is None else known.replaces
    return list(found.values())


def _of_figure(
    figure: ProposedFigure, scope: Scope, value: dict[str, Any], text: str
) -> Iterator[Statement]:
    """One statement for each work cited, unless a speaker stands behind all of them."""
    named = next((one for one in figure.attribution if one.name), None)
    citations: Iterable[str] = figure.citations[: 1 if named else MOST_CITATIONS] or ("",)
    denied = figure.stance == Stance.DENIES
    for citation in citations:
        yield Statement(
            scope=scope,
            value=value,
            quote=_quote(figure, text),
            stance=Stance.DENIES if denied else Stance.ASSERTS,
            attribution=named,
            citation=citation,
            places=[Span(figure.char_start, figure.char_end)],
            doubts=_doubts(figure, scope),
            objection={"extent": Extent.WHOLE} if denied else {},
            silence=silence_of(scope, figure),
        )


def _doubts(figure: ProposedFigure, scope: Scope) -> list[str]:
    """What the reading doubts, and that no measure is named where it saw one."""
    unnamed = scope.measure in UNCLEAR and figure.event and "what is counted is unclear"
    words = "; ".join(part for part in (figure.doubt, unnamed) if part)
    return [f"“{figure.quote}”: {words}"] if words else []


def _quote(figure: ProposedFigure, text: str) -> str:
    return " ".join(text[slice(*quoted_span(figure, text))].split())


def quoted_span(figure: ProposedFigure, text: str) -> tuple[int, int]:
    """The figure with the words that it counts, when they follow at once; the end is exclusive."""
    after = text.find(figure.counted, figure.char_end, figure.char_end + len(figure.counted) + 8)
    end = after + len(figure.counted) if figure.counted and after >= 0 else figure.char_end
    return figure.char_start, end


def answers_of(reading: Reading) -> list[Statement]:
    """Return the statements of the conflicts that say on what they disagree.

    A conflict of which the desk could keep less than two answers leads to none.
    """
    found: list[Statement] = []
    for conflict in reading.conflicts:
        if conflict.asked is not None:
            scope = _scope_of(conflict.asked)
            kept = [one for one in conflict.answers if one.parties or known_date(one.edtf)]
            if len(kept) > 1:
                found += [_of_answer(one, scope, reading.text) for one in kept]
    return found


def _scope_of(asked: Asked) -> Scope:
    return Scope(
        measure=asked.measure,
        unit="",
        population=asked.of,
        aggregation=Aggregation.EVENT,
        as_of="",
        place=asked.place[:200],
        when=known_date(asked.when),
    )


def _of_answer(answer: ProposedAnswer, scope: Scope, text: str) -> Statement:
    mode = PartyMode.EITHER if answer.either else PartyMode.UNSPECIFIED
    return Statement(
        scope=scope,
        value={"party_mode": mode} if answer.parties else {"edtf": answer.edtf},
        quote=" ".join(text[answer.char_start : answer.char_end].split()),
        stance=Stance.ASSERTS,
        attribution=next((one for one in answer.attribution if one.name), None),
        citation=next(iter(answer.citations), ""),
        places=[Span(answer.char_start, answer.char_end)],
        parties=answer.parties,
    )
