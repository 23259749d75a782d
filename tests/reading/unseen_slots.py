"""Whether one draft statement says what the annotation of its figure says, slot by slot."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from tests.reading.unseen_answers import Draft, Statement

Row = dict[str, Any]
FOLDER = Path(__file__).parent / "unseen"
MEASURES: dict[str, list[str]] = json.loads((FOLDER / "measures.json").read_text(encoding="utf-8"))
PERSONS = frozenset(
    "people person man dead death died victim casualty fatality killed soldier troop defender "
    "fighter norrlander marcher demonstrator case personne mort victime tué homme blessé".split()
)
UNITS = {
    "people": ("person", "personne", "human"),
    "percent": ("%", "per cent", "pct", "pour cent"),
    "share": ("fraction", "proportion"),
    "acres": ("acre",),
    "ha": ("hectare",),
    "km": ("kilometre", "kilometer", "kilomètre"),
    "km2": ("km²", "square kilometre"),
    "m": ("metre", "meter", "mètre"),
    "m3": ("m³", "cubic metre", "mètre cube"),
    "cm": ("centimetre", "centimètre"),
    "g": ("gram", "gramme"),
    "°C": ("degree", "celsius", "degré", "degrees celsius", "degré celsius"),
    "tonnes": ("t", "ton"),
    "gallons": ("us gallon", "gallon", "usgal"),
    "barrels": ("bbl",),
    "bodies": ("people", "body"),
    "FRF": ("franc",),
    "USD": ("us$", "$"),
}
SAID = frozenset("people percent share USD EUR GBP FRF".split())
"""Units that a draft must say."""
SMALL = frozenset(
    "the a an of to in for and by at on s from le la les l de des du d un une et au aux à en in all"
    " during their its whole total".split()
)
HARM = frozenset(
    "killed injured missing destroyed damaged casualties lost survived captured".split()
)
NONE_OF = re.compile(
    r"\b(?:none|neither|not one|no|aucune?)\s+(?:of\s+(?:the|its|\w+'s)|des|de ses)\s+$",
    re.IGNORECASE,
)


def words(text: str) -> set[str]:
    """Return the words that matter, singular, without case: both "Children's" and "child"."""
    found = re.findall(r"[^\W_]+", text.casefold())
    return {_singular(word) for word in found if word not in SMALL}


def names(wanted: str, text: str) -> bool:
    """Whether the text holds most words of the wanted one."""
    asked = words(wanted)
    return bool(asked) and len(asked & words(text)) / len(asked) >= 0.6


def is_gap(question: str) -> bool:
    """Whether a question quotes the words around a figure and leaves the figure out."""
    return bool(re.search(r"…|\.\.\.|_{2,}|\b(?:is|are) meant in\b", question))


def is_worded(question: str) -> bool:
    """Whether a question is a sentence without names of fields; its grammar is for human eyes."""
    asked = question.partition(" (")[0]
    return not re.search(r"given as “|\bside \d", question) and len(asked.split()) > 3


def wrong_slots(gold: Row, draft: Draft, said: Statement) -> list[str]:
    """Name the slots among measure, counted noun, value and polarity that are not right."""
    tests = {
        "measure": _measure(gold, draft),
        "counted": _counted(gold, draft) and _unit(gold, draft),
        "value": _value(gold, draft, said),
        "polarity": not polarity_error(gold, said),
    }
    return [name for name, is_right in tests.items() if not is_right]


def wrong_place(gold: Row, draft: Draft, article: Row) -> list[str]:
    """Name what else keeps a draft from being ready: event, place, side, date, gap, wording."""
    tests = {
        "event": _event(gold, draft, article),
        "place": _place(gold, draft, article),
        "side": _side(gold, draft),
        "date": _date(gold, draft, article),
        "gap": not is_gap(draft.question),
        "wording": is_worded(draft.question),
    }
    return [name for name, is_right in tests.items() if not is_right]


def polarity_error(gold: Row, said: Statement) -> bool:
    """Whether a draft asserts what nobody says, denies what somebody says, or turns a bound."""
    denied = said.stance == "denies"
    is_zero = (said.low, said.high) == (0, 0)
    if gold["polarity"] == "asserted":
        if (gold["low"] is None) != (gold["high"] is None) and not denied:
            return _same(gold["low"], said.high) and _same(gold["high"], said.low)
        return denied and not _same_bounds(_turned(gold), said)
    if gold["polarity"] == "zero" or (gold["low"], gold["high"]) == (0, 0):
        return not (denied or is_zero)
    return not (denied or _same_bounds(_turned(gold), said))


def counts_nobody(text: str, gold: Row, draft: Draft, said: Statement) -> bool:
    """Whether "none of the 40" was read as 40 killed."""
    if not NONE_OF.search(text[max(0, gold["start"] - 24) : gold["start"]]):
        return False
    harm = any(draft.measure in (one, *MEASURES.get(one, ())) for one in HARM)
    return harm and said.stance == "asserts" and bool(said.low or said.high)


def _measure(gold: Row, draft: Draft) -> bool:
    wanted = gold["measure"]
    slug = draft.measure.casefold().replace("_", "-")
    known = {wanted.replace("_", "-"), *MEASURES[wanted]}
    return slug in known or any(
        names(one.replace("-", " "), slug.replace("-", " ")) for one in known
    )


def _counted(gold: Row, draft: Draft) -> bool:
    """A person where people are asked for needs no closer noun unless the draft has another one."""
    shown = f"{draft.question} {draft.unit} {draft.population}"
    if not gold["counted"] or any(names(noun, shown) for noun in gold["counted"]):
        return True
    persons = all(words(noun) & PERSONS for noun in gold["counted"])
    return persons and draft.unit.casefold() in ("people", "persons", "personnes", "person")


def _unit(gold: Row, draft: Draft) -> bool:
    if not gold["unit"]:
        return True
    shown = words(draft.unit) | {draft.unit.casefold()}
    known: set[str] = set()
    for unit in gold["unit"]:
        for one in (unit, *UNITS.get(unit, ())):
            known |= {one.casefold(), *words(one)}
    if not draft.unit:  # things are counted without a unit: the noun stands in the question
        return any(unit not in SAID and names(unit, draft.question) for unit in gold["unit"])
    return bool(shown & known)


def _value(gold: Row, draft: Draft, said: Statement) -> bool:
    if gold["polarity"] != "asserted" and (gold["low"], gold["high"]) == (0, 0):
        return said.stance == "denies" or (said.low, said.high) == (0, 0)
    if gold["vague"]:
        return bool(said.vague)
    if said.vague:
        return False
    if _same_bounds(gold, said):
        return said.approximate == gold["approximate"]
    if "share" in gold["unit"] and "percent" in draft.unit.replace(" ", ""):
        scaled = {end: gold[end] and gold[end] * 100 for end in ("low", "high")}
        return _same_bounds(gold | scaled, said)
    return (
        said.stance != "denies"
        and _same_bounds(_turned(gold), said)
        and gold["polarity"] == "denied"
    )


def _turned(gold: Row) -> Row:
    """What is left when a bound is denied: not "more than 40" is "up to 40"."""
    return gold | {
        "low": gold["high"],
        "high": gold["low"],
        "low_strict": not gold["high_strict"] and gold["high"] is not None,
        "high_strict": not gold["low_strict"] and gold["low"] is not None,
    }


def _same_bounds(gold: Row, said: Statement) -> bool:
    return (
        _same(gold["low"], said.low)
        and _same(gold["high"], said.high)
        and (gold["low_strict"], gold["high_strict"]) == (said.low_strict, said.high_strict)
    )


def _same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= 1e-3 * max(1e-9, abs(one))


def _event(gold: Row, draft: Draft, article: Row) -> bool:
    shown = f"{draft.subject} {draft.question}"
    wanted = (
        gold["event"],
        article["event"]["title"],
        Path(article["file"]).stem.replace("_", " "),
    )
    return any(words(one) & words(shown) for one in wanted)


def _place(gold: Row, draft: Draft, article: Row) -> bool:
    shown = f"{draft.question} {draft.population} {draft.subject} {draft.place}"
    if gold["place"]:
        return any(names(place, shown) for place in gold["place"])
    allowed = words(f"{article['event']['title']} {article['event']['place']} {gold['event']}")
    elsewhere = [p for q in article["questions"].values() for p in q["place"]]
    own = words(" ".join((*gold["population"], *gold["counted"])))
    return not any(names(p, shown) and not words(p) <= allowed | own for p in elsewhere)


def _side(gold: Row, draft: Draft) -> bool:
    if gold["population"]:
        shown = f"{draft.population} {draft.question}"
        return any(names(side, shown) for side in gold["population"])
    free = words(
        " ".join((*gold["counted"], *gold["unit"], *gold["place"], draft.subject, draft.unit))
    )
    return words(draft.population) <= free | PERSONS | words("in all")


def _date(gold: Row, draft: Draft, article: Row) -> bool:
    day = article["event"]["date"]
    if gold["date"]:
        return draft.when in gold["date"] or (not draft.when and day in gold["date"])
    return draft.when in ("", day) or (
        len(day) == 10 and len(draft.when) >= 4 and day.startswith(draft.when)
    )


def _singular(word: str) -> str:
    irregular = {"men": "man", "women": "woman", "children": "child", "people": "people",
                 "bodies": "body", "batteries": "battery", "deaths": "death"}  # fmt: skip
    if word in irregular:
        return irregular[word]
    return word[:-1] if len(word) > 3 and word.endswith(("s", "x")) else word
