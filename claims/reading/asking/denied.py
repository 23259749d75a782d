"""Who denies what an article states: how much of it, and on what ground."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from claims.domain.vocabulary import Extent, Ground, Stance
from claims.reading.asking.denied_accounts import Account, DeniedAccounts
from claims.reading.asking.scope import Scope
from claims.reading.asking.silence import silence_of
from claims.reading.asking.spans import Within
from claims.reading.asking.statement import Statement
from claims.reading.languages.english import ENGLISH
from claims.reading.proposals import (
    AttributedStatement,
    ProposedAttribution,
    ProposedConflict,
    Reading,
    Span,
)

_GROUNDS: Final = {
    "fabricat": Ground.FABRICATED,
    "unverified": Ground.UNVERIFIED,
    "exaggerat": Ground.EXAGGERATED,
    "inflated": Ground.EXAGGERATED,
}

_ONE = ENGLISH.pattern("denied.one")


def denials_of(reading: Reading, placed: Sequence[tuple[Span, Scope]]) -> list[Statement]:
    """Return the denials of answers, given where each answer stands and what it is about.

    What is denied in words ("denied that shots were fired") is a question of its own, with what
    the article says for it.
    """
    denied = DeniedAccounts(reading)
    answers = Within(placed, lambda one: one[0].char_start)
    found: list[Statement] = []
    for conflict in reading.conflicts:
        if conflict.kind == "denied":
            found += _denials_in(conflict, denied, answers)
    return found


def _denials_in(
    conflict: ProposedConflict, denied: DeniedAccounts, answers: Within[tuple[Span, Scope]]
) -> Iterator[Statement]:
    denial = denied.cue_in(conflict)
    if denial is None:
        return
    cue, member = denial
    before = [span for span in conflict.members if span != member]
    own = answers.of(member)
    account = denied.outright(cue, [*before, member], [place for place, _ in own])
    words = denied.text[member.char_start : member.char_end]
    scopes = [] if account else _denied_scopes(answers, before, words)
    if not (account or scopes or own):
        account = denied.before(member, before)
    if account is not None:
        yield from _about(account)
        scopes = [account.scope]
    for scope in scopes:
        yield _denial(cue, scope, member, words)


def _about(account: Account) -> Iterator[Statement]:
    """The statement that the account holds, where somebody says so."""
    told = account.told
    if told is None:
        return
    cue = told.by
    doubt = f"“{told.words}”: what is denied is unclear" if account.is_unclear else ""
    yield Statement(
        scope=account.scope,
        value={"boolean": True},
        quote=told.words,
        stance=Stance.ASSERTS,
        attribution=_speaker(cue) if cue and cue.source else None,
        citation="",
        places=[told.place],
        doubts=[doubt] if doubt else [],
    )


def _speaker(cue: AttributedStatement) -> ProposedAttribution:
    return ProposedAttribution(cue.source, cue.role, cue.via, cue.anonymous)


def _denial(cue: AttributedStatement, scope: Scope, place: Span, words: str) -> Statement:
    ground = next((one for stem, one in _GROUNDS.items() if stem in words.lower()), "")
    part = re.search(r"\bpart(?:ly|ially)?\b", words)
    return Statement(
        scope=scope,
        value={},
        quote=" ".join(words.split()),
        stance=Stance.DENIES,
        attribution=_speaker(cue),
        citation="",
        places=[place],
        objection={"extent": Extent.PART if part else Extent.WHOLE, "ground": ground},
        silence=silence_of(scope),
    )


def _denied_scopes(
    answers: Within[tuple[Span, Scope]], denied: Sequence[Span], denial: str
) -> list[Scope]:
    """The questions whose answers stand in what is denied, each once.

    "This estimate" is the last that was given, "these numbers" are all.
    """
    near = denied[-1:] if _ONE.search(denial) else denied
    for spans in (near, denied):
        inside = [
            scope
            for span in spans
            for place, scope in answers.of(span)
            if place.char_end <= span.char_end
        ]
        if inside:
            return list(dict.fromkeys(inside))
    return []
