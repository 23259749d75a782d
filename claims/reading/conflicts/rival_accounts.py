"""Rival accounts in words: denials that hang on a claim, blame laid or an event dated twice."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from claims.reading.conflicts.denials import DENIAL, DenialConflict
from claims.reading.conflicts.occasions import days_apart
from claims.reading.conflicts.rivals import ACTORS, DATES
from claims.reading.dates.date_mentions import DateMention
from claims.reading.languages.english import ENGLISH
from claims.reading.text.blocks import Layout
from claims.reading.text.sentences import Sentence, Sentences
from claims.reading.voices.cues import DENIED
from claims.reading.voices.statements import CuedStatement

TRAILING_DENIAL = ENGLISH.pattern("rival_accounts.trailing_denial")
ANSWERED = ENGLISH.pattern("rival_accounts.answered")
BASELESS = ENGLISH.pattern("rival_accounts.baseless")
BLAME = ENGLISH.pattern("rival_accounts.blame")
CONTENDS = ENGLISH.pattern("rival_accounts.contends")
RIVAL_WORDS = frozenset(ENGLISH.words("rival_accounts.rival_words"))
"""A sentence without any of these neither denies nor blames nor contends."""
DATED_AGAIN = ENGLISH.pattern("rival_accounts.dated_again")
SAID_OF_IT: Final = re.compile(r"(?: [^,.;]{1,50})?, (?:on|in) \Z")
ACCORDING = re.compile(r" according to\b")
PRONOUNS = frozenset(ENGLISH.words("rival_accounts.pronouns"))
SMALL = frozenset(ENGLISH.words("rival_accounts.small"))
NEAR: Final = 2
"""How many sentences apart blame is laid twice."""


def rival_accounts(
    layout: Layout,
    sentences: Sentences,
    dates: Sequence[DateMention],
    statements: Sequence[CuedStatement],
    speaker_at: Callable[[int], str],
) -> Iterator[DenialConflict]:
    """Yield (kind, plain spans of the members, why)."""
    text = layout.plain.text
    told = [s for s in sentences.all if layout.blocks[s.block].kind == "paragraph"]
    rival = [s for s in sentences.holding("rival") if layout.blocks[s.block].kind == "paragraph"]
    denied = sorted(s.cue_start for s in statements if s.role == DENIED)
    yield from _denials(text, rival, sentences, denied)
    yield from _blame(text, rival, sentences, speaker_at)
    yield from _contentions(text, rival)
    yield from _dated_twice(text, told, dates)


def _denials(
    text: str, rival: Sequence[Sentence], sentences: Sentences, denied: Sequence[int]
) -> Iterator[DenialConflict]:
    for sentence in rival:
        words = text[sentence.start : sentence.end]
        known = bisect_left(denied, sentence.start) < bisect_left(denied, sentence.end)
        if not known and (found := TRAILING_DENIAL.search(words)):
            at = sentence.start + found.start()
            yield DENIAL, ((sentence.start, at), (at + 2, sentence.end)), found[0][2:]
        elif not known and (found := ANSWERED.search(words) or BASELESS.search(words)):
            clause = (sentence.start, sentence.end)
            before = sentences.all[max(0, sentences.at(sentence.start) - 1)]
            near = before is not sentence and before.block == sentence.block
            spans = ((before.start, before.end), clause) if near else (clause,)
            yield DENIAL, spans, words[: found.end()]


def _blame(
    text: str,
    rival: Sequence[Sentence],
    sentences: Sentences,
    speaker_at: Callable[[int], str],
) -> Iterator[DenialConflict]:
    """Two speakers lay one deed at different doors, a sentence or two apart."""
    last: tuple[int, Sentence, int, str] | None = None
    for sentence in rival:
        index = sentences.at(sentence.start)
        for found in BLAME.finditer(text, sentence.start, sentence.end):
            who = _accuser(text, sentence, found, speaker_at)
            if last and who and _rival(last, index, sentence, who):
                spans = ((last[2], last[1].end), (found.start(), sentence.end))
                if last[1] is sentence:
                    spans = ((last[2], found.start()), spans[1])
                yield ACTORS, spans, f"{last[3]} and {who} blame different sides"
            last = (index, sentence, found.start(), who)


def _rival(last: tuple[int, Sentence, int, str], index: int, now: Sentence, who: str) -> bool:
    near = last[1].block == now.block and index - last[0] <= NEAR
    return near and last[3] != "" and last[3] != who


def _accuser(
    text: str, sentence: Sentence, found: re.Match[str], speaker_at: Callable[[int], str]
) -> str:
    """Who blames: the speaker there, else the words before the verb in its clause."""
    if said := speaker_at(found.start()):
        return said
    clause = re.split(r"[,;:]", text[sentence.start : found.start()])[-1].casefold().split()
    return (
        "" if clause and clause[-1] in PRONOUNS else " ".join(w for w in clause if w not in SMALL)
    )


def _contentions(text: str, rival: Sequence[Sentence]) -> Iterator[DenialConflict]:
    """As in "He was shot, according to the army, but former rebels maintain that he ..."."""
    for sentence in rival:
        found = CONTENDS.search(text, sentence.start, sentence.end)
        if found and not any(c.isdecimal() for c in text[found.end() : sentence.end]):
            spans = ((sentence.start, found.start()), (found.start(1), sentence.end))
            yield ACTORS, spans, f"{found[1]} tell it differently"


def _dated_twice(
    text: str, told: Sequence[Sentence], dates: Sequence[DateMention]
) -> Iterator[DenialConflict]:
    """As in "signed on 4 May according to Hald, on 9 May according to the chronicle"."""
    at = 0
    for sentence in told:
        while at < len(dates) and dates[at].start < sentence.start:
            at += 1
        for index in range(at, len(dates) - 1):
            one, other = dates[index : index + 2]
            if other.end > sentence.end:
                break
            between = text[one.end : other.start]
            again = DATED_AGAIN.search(between[-80:]) or (
                SAID_OF_IT.fullmatch(between) and ACCORDING.match(text, other.end)
            )
            if again and _unlike(one.edtf, other.edtf):
                spans = ((one.start, one.end), (other.start, other.end))
                yield DATES, spans, f"{one.edtf} against {other.edtf}"


def _unlike(one: str, other: str) -> bool:
    return len(one) == len(other) and days_apart(one, other)
