"""Which sum of money a figure gives, by the verb or noun beside it."""

from __future__ import annotations

import re
from typing import Final

from claims.reading.asking.owners import bare, verb_subject
from claims.reading.asking.told import Told
from claims.reading.languages.english import ENGLISH
from claims.reading.proposals import ProposedFigure

_ASKED: Final = ENGLISH.table("sums_of_money.asked")
_NAMES: Final = ENGLISH.table("sums_of_money.names")
_VERBS = ENGLISH.pattern("sums_of_money.verbs")
_AFTER = ENGLISH.pattern("sums_of_money.passive_after")
_NOUNS = ENGLISH.pattern("sums_of_money.nouns")
_AGAIN = ENGLISH.pattern("sums_of_money.again")
_BY_SUBJECT: Final = frozenset({"spent", "paid", "raised", "lent", "pledged", "offered"})
_UNREAL = ENGLISH.pattern("sums_of_money.unreal")
_TAIL = ENGLISH.pattern("sums_of_money.tail")
_TO_WHOM: Final = frozenset({"paid", "lent", "awarded", "offered", "pledged"})
_BY_VERB: Final = _BY_SUBJECT | {"awarded", "received", "demanded", "invested"}
SUMS: Final = frozenset(_ASKED)


def told_of_money(figure: ProposedFigure) -> Told | None:
    """Return what sum the words say it is, None where they do not."""
    before = figure.before
    if noun := _NOUNS.search(before) or _AGAIN.search(before):
        return _told(noun["noun"].casefold())
    if verb := _VERBS.search(before):
        return _of_verb(before[: verb.start()], verb, _tail(figure.after))
    if after := _AFTER.match(figure.after):
        return _told(after["verb"].strip())
    return None


def _told(word: str, population: str = "", asks: str = "") -> Told | None:
    slug = _NAMES.get(word, word)
    if slug not in _ASKED:
        return None
    return Told(slug, population, asks=asks or _ASKED[slug])


def _tail(after: str) -> str:
    """What a sum was for, as in "in compensation to the families"."""
    found = _TAIL.match(after)
    tail = " ".join(re.sub(r"\b(?:its|their)\b", "the", found["tail"]).split()) if found else ""
    return f" {tail}" if tail else ""


def _of_verb(lead: str, verb: re.Match[str], tail: str) -> Told | None:
    if _UNREAL.search(lead):
        return None
    word = verb["passive"] or verb["verb"]
    slug = _NAMES.get(word, word)
    subject = verb_subject(lead)
    whom = verb["whom"] or ""
    if slug == "fined":
        who = subject if verb["passive"] else whom
        return Told(slug, bare(who), asks=f"How much was {who} fined") if who else _told(slug)
    if slug == "insured":
        return Told(slug, bare(subject), asks=f"For how much was {subject or 'it'} insured")
    if slug == "cost":
        return _told(slug, bare(subject), f"How much did {subject} cost" if subject else "")
    if slug not in _ASKED:
        return None
    by = f" by {subject}" if slug in _BY_SUBJECT and subject and not verb["passive"] else ""
    to = f" to {whom}" if whom and slug in _TO_WHOM and "to " not in tail else ""
    asks = f"{_ASKED[slug]}{to}{tail}{by}" if slug in _BY_VERB else _ASKED[slug]
    population = " ".join(filter(None, (bare(subject) if by else "", to[4:], tail.strip())))
    return Told(slug, population, asks=asks)
