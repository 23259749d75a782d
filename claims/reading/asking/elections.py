"""Seats, votes and shares of the vote, and who won them: in sentences, infoboxes and tables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from claims.reading.asking.owners import bare, verb_subject
from claims.reading.asking.told import Told
from claims.reading.languages.english import ENGLISH
from claims.reading.proposals import ArticleBlock, ProposedFigure

_WON = ENGLISH.pattern("elections.won")
_OF_SEATS = ENGLISH.pattern("elections.of_seats")
_BY_MAJORITY = ENGLISH.pattern("elections.by_majority")
_CONTENDERS = ENGLISH.pattern("elections.contenders")
_LABELS: Final = (
    ("vote_share", ENGLISH.pattern("elections.share_label")),
    ("votes", ENGLISH.pattern("elections.vote_label")),
    ("seats", ENGLISH.pattern("elections.seat_label")),
)
_ASKED: Final = ENGLISH.table("elections.asked")
WON: Final = frozenset(_ASKED)
"""Measures of what is won."""
_NUMBERED = re.compile(r"(?P<label>\D+?)[ _]?(?P<side>\d)")
_BODY = ENGLISH.pattern("elections.body")
_REST_OF_NAME = re.compile(r"[\[\]'*{}|]+")


def told_of_election(
    figure: ProposedFigure, block: ArticleBlock | None, text: str, sides: Mapping[str, str]
) -> Told | None:
    """Return whose seats, votes or share of them a figure is, None where nobody says."""
    if block is not None and block.kind == "infobox":
        numbered = _NUMBERED.fullmatch(" ".join(block.label.replace("_", " ").split()))
        who = sides.get(numbered["side"], "") if numbered else ""
        return _labelled(numbered["label"], who, figure) if numbered and who else None
    if block is not None and block.kind == "table_row":
        return _in_table(figure, block, text)
    if figure.unit == "percent":
        return None
    if figure.event in ("votes", "seats") or _OF_SEATS.match(figure.after):
        return _told_in_words(figure)
    return None


def _told_in_words(figure: ProposedFigure) -> Told | None:
    measure = "seats" if re.search(r"^[^.;,]{0,24}\bseats?\b", figure.after) else "votes"
    if measure == "votes" and _BY_MAJORITY.search(figure.before):
        return Told("majority", "", asks="How many votes was the majority", unit="votes")
    won = _WON.search(figure.before)
    named = _OF_SEATS.match(figure.after) or re.match(r"[.,;]| and\b|$", figure.after)
    if won is None or not named:
        return None
    who = verb_subject(figure.before[: won.start()])
    if won["verb"] == "with" and not re.match(r"(?:the )?[A-Z]", who):
        return None
    return _asked(measure, who) if who else None


def _asked(measure: str, who: str) -> Told:
    unit = "percent" if measure == "vote_share" else measure
    return Told(measure, bare(who), asks=_ASKED[measure].format(who=who), unit=unit)


def _labelled(label: str, who: str, figure: ProposedFigure) -> Told | None:
    measure = next((name for name, words in _LABELS if words.match(label.strip())), "")
    percent = figure.unit == "percent"
    if not measure or percent != (measure == "vote_share"):
        measure = "vote_share" if percent and measure == "votes" else ""
    if not measure:
        return None
    return _asked(measure, _with_article(who))


def _in_table(figure: ProposedFigure, block: ArticleBlock, text: str) -> Told | None:
    if len(block.cells) < 2:
        return None
    header = next((h for h, start, end in block.cells if start <= figure.char_start < end), "")
    first, start, end = block.cells[0]
    who = " ".join(_REST_OF_NAME.sub(" ", text[start:end]).split())
    if not _CONTENDERS.match(first.strip()) or not re.search(r"[^\W\d_]{2}", who):
        return None
    measure = next((name for name, words in _LABELS if words.match(header.strip())), "")
    if measure == "vote_share" and figure.unit not in ("percent", ""):
        return None
    return _asked(measure, _with_article(who)) if measure and len(who) <= 60 else None


def _with_article(who: str) -> str:
    body = _BODY.search(who) and not who.startswith("The ")
    return f"the {who}" if body else who
