"""Whose number a proposed figure is, told apart within one event and said in its question."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from claims.reading.asking.measuring import COMPOUND, COST, UNCLEAR, outcomes_of
from claims.reading.asking.nouns import counts_people, noun_of
from claims.reading.asking.sides import FOUGHT, Sides, is_fighters, loser_of
from claims.reading.languages.english import ENGLISH
from claims.reading.proposals import ArticleBlock, ProposedFigure

LONGEST: Final = 200  # characters
FLAG: Final = 30  # characters of a template before the words that it shows
BY_WORDS: Final = UNCLEAR | {"votes", "seats", COST}
_COST_OF = ENGLISH.pattern("populations.cost_of")
_OWNER = re.compile(r"(?:^|[\n;,)•*>]|[a-z]\) |,, )\s*([A-ZÀ-Þ][^\n:;,()\d]{1,40}): ?[~≈]?$")
_BOLD = re.compile(r"'{2,}")
_FLAG = re.compile(
    r"(?:\{\{(?:flag\w*\|(?P<name>[^{}|]+)[^{}]*|(?P<code>[A-Z]{3}))\}\})"
    r"(?: ?[A-Z]\w+)?:? ?(?:~|≈|about |some )?$"
)
_BRACKET = re.compile(r"^[^\S\n]?\(([A-ZÀ-Þ][^()\n]{1,39})\)")
_KINDS_OF_PEOPLE: Final = frozenset(ENGLISH.words("populations.kinds_of_people"))
_OF_ANY_SIDE: Final = frozenset(ENGLISH.words("populations.of_any_side"))
_TOTAL: Final = frozenset(ENGLISH.words("populations.total"))
# Labels that say no more than the measure; "confirmed cases" says more.
_PLAIN_LABELS = ENGLISH.pattern("populations.plain_labels")
# Words of the article that stand on either side of a gap.
BEFORE, AFTER, LEAST = 7, 9, 2
LONGEST_GAP: Final = 150  # characters
_END = re.compile(r"[;:()\[\]—–]|\.(?=\s|$)|\n")
_QUOTES = re.compile(r"[\"“”„«»]")
_LOOSE = ENGLISH.pattern("populations.loose")


@dataclass(frozen=True, slots=True)
class CountedGroup:
    """`population` tells figures of one event and measure apart; `who` and `words` say so.

    `words` is a passage of the article with a gap where the figure stands, or the label under
    which an infobox gives it; '' where measure and noun say enough.
    """

    population: str
    who: str
    words: str = ""
    is_unowned: bool = False


def counted_group(
    figure: ProposedFigure, measure: str, block: ArticleBlock | None, text: str, sides: Sides
) -> CountedGroup:
    """Return who or what is counted; `sides` are those of the infobox.

    Fighters of whom nobody says for which of two sides they fought are unowned.
    """
    noun = noun_of(figure)
    if block is not None and block.kind == "infobox" and block.label:
        return _in_infobox(figure, measure, block, text, sides.names)
    told = block is None or block.kind != "table_row"
    if told and measure in FOUGHT and not outcomes_of(figure):
        return _of_a_side(figure, noun, sides)
    if measure == COST and (named := _COST_OF.search(figure.before)):
        return CountedGroup("", "", f"“{named[1].lower()}”")
    if measure in BY_WORDS:
        gap = gap_of(figure)
        who = noun or ("people" if re.match(r"\W*(?:people|persons)\b", figure.after) else "")
        return CountedGroup(" ".join(part for part in (noun, gap) if part)[:LONGEST], who, gap)
    if measure == COMPOUND and (words := outcomes_of(figure)):
        return CountedGroup(words, words)
    return CountedGroup(noun[:LONGEST], noun)


def _of_a_side(figure: ProposedFigure, noun: str, sides: Sides) -> CountedGroup:
    """Whose the people are that a fight killed, or who stood in it."""
    if not sides:
        loser = loser_of(figure) if is_fighters(noun) else ""
        if not loser:
            return CountedGroup(noun[:LONGEST], noun)
        the = "the " if re.search(rf"\b[Tt]he {re.escape(loser)}\b", figure.before) else ""
        return CountedGroup(f"of {loser}"[:LONGEST], f"{noun or 'people'} of {the}{loser}")
    owner = sides.owner(figure, noun)
    if owner:
        rest = noun.rsplit(" ", 1)[-1] if sides.named(noun) else noun
        told = "" if is_fighters(rest) else rest
        who = f"{rest or 'people'} of {owner}"
        return CountedGroup(", ".join(filter(None, (told, f"of {owner}")))[:LONGEST], who)
    unowned = noun in _OF_ANY_SIDE
    return CountedGroup(noun[:LONGEST], noun, is_unowned=unowned)


def _in_infobox(
    figure: ProposedFigure,
    measure: str,
    block: ArticleBlock,
    text: str,
    sides: Mapping[str, str],
) -> CountedGroup:
    """Sides and owners tell the figures of an infobox apart, else the label does."""
    label, side = _label(block.label)
    owner = _owner(figure, block, text) or sides.get(side, "")
    total = owner.casefold() in _TOTAL
    noun = outcomes_of(figure) or noun_of(figure)
    if counts_people(owner.casefold()) and owner.casefold() in _KINDS_OF_PEOPLE:
        return CountedGroup(owner.casefold(), owner.casefold())
    of = "" if total or not owner else f"of {_with_article(owner, text)}"
    on = f"on side {side}" if side and not of else ""
    who = " ".join(part for part in (noun or "people", of, on) if part) if of or on else noun
    plain = _PLAIN_LABELS.fullmatch(label.casefold()) is not None
    words = "" if plain and measure not in BY_WORDS else f"“{label}”"
    if words and measure == "infected" and label.casefold().endswith(" cases"):
        return CountedGroup(label.casefold(), label.casefold())
    if measure in BY_WORDS and (gap := gap_of(figure)):
        words = f"“{label}: {gap[1:]}"
    about = "" if words or of or on else "in all"
    told = "" if of and measure in FOUGHT and is_fighters(noun) else noun
    whose = f"of {owner}" if of else ""
    population = ", ".join(part for part in (told, whose, on, words or about) if part)
    return CountedGroup(population[:LONGEST], who, words)


def _label(written: str) -> tuple[str, str]:
    """Split "Casualties2" and "area_total_km2" into words and the side that a digit names."""
    words = " ".join(written.replace("_", " ").split())
    numbered = re.fullmatch(r"(?i)(strength|casualties|losses|combatant)s? ?(\d)", words)
    return (numbered[1], numbered[2]) if numbered else (words, "")


def _owner(figure: ProposedFigure, block: ArticleBlock, text: str) -> str:
    """Whose number it is, as in "Old Guard: ~300" and "~500 (FLA)"."""
    lead = text[block.char_start : figure.char_start]
    flag = _FLAG.search(text[max(0, block.char_start - FLAG) : figure.char_start])
    if flag:
        return (flag["name"] or flag["code"]).strip()
    before = _OWNER.search(_BOLD.sub("", lead))
    if before:
        return before[1].strip()
    after = _BRACKET.match(text[figure.char_end : block.char_end])
    return after[1] if after and not figure.attribution else ""


def _with_article(name: str, text: str) -> str:
    return f"the {name}" if re.search(rf"\b[Tt]he {re.escape(name)}(?!\w)", text) else name


def gap_of(figure: ProposedFigure) -> str:
    """Return “the junta had … hours to relinquish control”; '' when no words stand near."""
    before = _QUOTES.sub("", _END.split(figure.before)[-1]).lstrip(" ,.-")
    after = _QUOTES.sub("", _END.split(figure.after, maxsplit=1)[0])
    lead, tail = _lead(before.split()), _tail(after)
    words = f"{lead} …{tail}".strip()
    return f"“{words[:LONGEST_GAP]}”" if lead or tail else ""


def _lead(words: list[str]) -> str:
    """The words of the clause before the gap."""
    kept = words[-BEFORE:]
    for place in range(len(kept) - LEAST, 0, -1):
        if kept[place - 1].endswith(",") or kept[place - 1] in ("that", "while", "but"):
            return " ".join(kept[place:])
    return " ".join(kept)


def _tail(after: str) -> str:
    """The words of the clause behind the gap, with the space that parts them from it."""
    words = after.split()
    kept = words[:AFTER]
    for place in range(LEAST, len(kept)):
        if kept[place - 1].endswith(",") or kept[place] in ("and", "but", "while", "before"):
            kept = kept[:place]
            break
    joined = " ".join(kept)
    if len(kept) < len(words):
        joined = _LOOSE.sub("", joined)
    joined = joined.rstrip(" ,.")
    return joined if after[:1] in ("-", "%", ",") or not joined else f" {joined}"
