"""Statements that somebody denies or takes back."""

import re
from collections.abc import Iterator, Sequence

from claims.reading.conflicts.rivals import CLAUSE_BREAK
from claims.reading.languages.english import ENGLISH
from claims.reading.text.blocks import Layout
from claims.reading.text.sentences import Sentence, Sentences
from claims.reading.voices.cues import DENIED
from claims.reading.voices.statements import CuedStatement

DENIAL = "denied"
FromTo = tuple[int, int]
DenialConflict = tuple[str, tuple[FromTo, ...], str]

MANY_TAKE_BACK = ENGLISH.pattern("denials.many_take_back")
UNVERIFIED = ENGLISH.pattern("denials.unverified")
NEAR = 2
"""How many sentences back a denial may reach."""


def denial_conflicts(
    layout: Layout, sentences: Sentences, statements: Sequence[CuedStatement]
) -> Iterator[DenialConflict]:
    """Yield (kind, plain spans of the members, why)."""
    yield from _denials(layout, sentences, statements)
    yield from _taken_back(layout, sentences, statements)


def _denials(
    layout: Layout, sentences: Sentences, statements: Sequence[CuedStatement]
) -> Iterator[DenialConflict]:
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


def _clause_at(text: str, position: int, sentence: Sentence) -> FromTo:
    """The clause around a position, without "However, "."""
    start, end = sentence.start, sentence.end
    for found in CLAUSE_BREAK.finditer(text, sentence.start, sentence.end):
        if found.end() <= position:
            start = found.end()
        else:
            end = found.start()
            break
    return start, end


def _close(sentences: Sentences, statement: CuedStatement, sentence: Sentence) -> bool:
    own = sentences.at(statement.cue_start)
    gap = sentences.at(sentence.start) - own
    return (
        not statement.anonymous and sentences.all[own].block == sentence.block and 0 < gap <= NEAR
    )


def _span_of(statement: CuedStatement, sentences: Sentences) -> FromTo:
    sentence = sentences.all[sentences.at(statement.cue_start)]
    start = max(sentence.start, min(statement.source_start, statement.cue_start))
    return start, max(statement.cue_end, min(statement.scope_end, sentence.end))


def _taken_back(
    layout: Layout, sentences: Sentences, statements: Sequence[CuedStatement]
) -> Iterator[DenialConflict]:
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
