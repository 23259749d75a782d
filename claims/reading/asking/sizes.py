"""Areas, lengths, amounts of goods and shares, where a verb or noun says of what they are."""

from __future__ import annotations

from typing import Final

from claims.reading.asking.owners import bare, verb_subject
from claims.reading.asking.told import Told
from claims.reading.languages.english import ENGLISH
from claims.reading.proposals import ProposedFigure

_AREA, _LENGTH, _AMOUNT = (
    frozenset(ENGLISH.words(f"sizes.{kind}_units")) for kind in ("area", "length", "amount")
)
_TO_LAND, _TO_GOODS, _TO_COAST = (
    frozenset(ENGLISH.words(f"sizes.to_{kind}")) for kind in ("land", "goods", "coast")
)
_SAME: Final = ENGLISH.table("sizes.same")
_BEHIND = ENGLISH.pattern("sizes.behind")
_AHEAD = ENGLISH.pattern("sizes.ahead")
_OF_NOUN = ENGLISH.pattern("sizes.of_noun")
_DIMENSION = ENGLISH.pattern("sizes.dimension")
_BURNED_AREA = ENGLISH.pattern("sizes.burned_area")
_CONTAINED = ENGLISH.pattern("sizes.contained")
_VOTE_SHARE = ENGLISH.pattern("sizes.vote_share")
_OF_VOTES = ENGLISH.pattern("sizes.of_votes")
_SHARE_OF = ENGLISH.pattern("sizes.share_of")
AREA, LENGTH, VOTE_SHARE, CONTAINED = "area", "length", "vote_share", "contained"
SIZES: Final = frozenset(
    {AREA, LENGTH, VOTE_SHARE, CONTAINED, "share_of", "depth", "height", "width", "altitude"}
    | {f"{_SAME.get(verb, verb)}_amount" for verb in _TO_GOODS}
)
"""Measures of sizes that need not be whole numbers."""


def told_of_size(figure: ProposedFigure) -> Told | None:
    """Return of what a figure with a unit is, None where the words do not say."""
    unit = figure.unit
    if unit == "percent":
        return _share(figure)
    if dimension := _DIMENSION.search(figure.before):
        noun = dimension["noun"].casefold()
        return Told(noun, asks=f"What was the {noun}") if unit in _LENGTH else None
    if unit in _AREA:
        return _area(figure)
    verb, _ = _verb(figure)
    if unit in _LENGTH and verb in _TO_COAST:
        of = _noun(figure)
        return Told(LENGTH, of, asks=f"What length of {of} was {verb}") if of else None
    if unit in _AMOUNT and verb in _TO_GOODS:
        same, of = _SAME.get(verb, verb), _noun(figure)
        goods = f"{_unit_words(unit)} of {of}" if of else ""
        return Told(f"{same}_amount", of, asks=f"How many {goods} were {same}") if of else None
    return None


def _unit_words(unit: str) -> str:
    return {"t": "tonnes", "kg": "kilograms"}.get(unit, unit if unit.endswith("s") else f"{unit}s")


def _area(figure: ProposedFigure) -> Told | None:
    if named := _BURNED_AREA.search(figure.before):
        verb = _SAME.get(named["verb"].casefold(), named["verb"].casefold())
        return Told(AREA, "", asks=f"What area was {verb}")
    verb, lead = _verb(figure)
    if verb not in _TO_LAND:
        return None
    same = _SAME.get(verb, verb)
    who = verb_subject(lead) if same == "covered" else ""
    return Told(AREA, bare(who), asks=f"What area was {same}{f' by {who}' if who else ''}")


def _verb(figure: ProposedFigure) -> tuple[str, str]:
    """The verb that governs a size, with the words before it where it stands ahead."""
    known = _TO_LAND | _TO_GOODS | _TO_COAST
    behind = _BEHIND.match(figure.after)
    if behind and behind["verb"] in known:
        return behind["verb"], ""
    ahead = _AHEAD.search(figure.before)
    if ahead and ahead["verb"] in known:
        return ahead["verb"], figure.before[: ahead.start()]
    return "", ""


def _noun(figure: ProposedFigure) -> str:
    found = _OF_NOUN.search(figure.after[:60])
    return found["noun"] if found else ""


def _share(figure: ProposedFigure) -> Told | None:
    if _CONTAINED.match(figure.after):
        return Told(CONTAINED, asks="What share of the fire was contained")
    won = _VOTE_SHARE.search(figure.before)
    if (
        won
        and _OF_VOTES.match(figure.after)
        and (who := verb_subject(figure.before[: won.start()]))
    ):
        return Told(VOTE_SHARE, bare(who), asks=f"What share of the vote did {who} win")
    if share := _SHARE_OF.match(figure.after):
        whole, verb = share["whole"], share["verb"]
        be = "were" if whole.endswith("s") else "was"
        return Told("share_of", f"{bare(whole)} {verb}", asks=f"What share of {whole} {be} {verb}")
    return None
