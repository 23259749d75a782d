"""Figures that answer one question share a key; parts name the figure that includes them."""

import itertools
import re
from collections.abc import Sequence

from claims.domain.quantity import stated_number
from claims.reading.counts.money import is_money
from claims.reading.languages.english import ENGLISH
from claims.reading.questions.evidence import FigureEvidence

UNCLEAR = "what is counted is unclear"
PART_LEAD = ENGLISH.pattern("groups.part_lead")
WORD = re.compile(r"[a-z]{3,}")
PLURAL_ONLY = frozenset(ENGLISH.words("groups.plural_only"))


def group_keys(evidence: Sequence[FigureEvidence]) -> list[str]:
    """Return one key per figure: event, population or counted noun, unit, place, date."""
    return [_key(one) for one in evidence]


def _key(one: FigureEvidence) -> str:
    asked = one.question
    noun = asked.population or next(
        (w for w in WORD.findall(asked.counted.lower()) if w not in PLURAL_ONLY), ""
    )
    if not asked.event and not noun:
        return f"figure-{one.index + 1}"
    parts = (asked.event, noun, asked.unit, asked.place.casefold(), asked.date_edtf)
    return "|".join(parts)


def included_in(evidence: Sequence[FigureEvidence], text: str) -> dict[int, int]:
    """Return {index of a part: index of the figure before it in the sentence that includes it}."""
    found: dict[int, int] = {}
    for before, one in itertools.pairwise(evidence):
        if before.question.sentence != one.question.sentence:
            continue
        between = text[before.mention.end : one.mention.start]
        after = text[one.mention.end : one.mention.end + 14]
        if PART_LEAD.search(between) or after.startswith(
            (" of them", " of whom", " of which", " of these")
        ):
            found[one.index] = found.get(before.index, before.index)
    return found


def doubt_about(one: FigureEvidence) -> str:
    """Say in a few words why an editor should look twice; "" when nothing is unusual."""
    doubts = []
    if one.mention.vague:
        doubts.append("no number given")
    if not one.question.event:
        doubts.append(UNCLEAR)
    if one.sources and one.sources[0].anonymous:
        doubts.append("the source is not named")
    if one.mention.form == "words" and stated_number(one.mention.figure) == 1:
        doubts.append("may be a turn of phrase")
    if one.question.unit and is_money(one.question.unit) and not one.question.currency:
        doubts.append("the currency is unclear")
    return "; ".join(doubts)
