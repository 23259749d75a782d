"""Print precision and recall of the figures by how they are written."""

# Run as `python -m tests.reading.pattern_scores`: the articles beside this file and, where it is
# present, the reference article in ../shared. Precision is over the figures read in that form.

import json
import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from claims.reading.article import read_article
from claims.reading.proposals import ProposedFigure

FOLDER = Path(__file__).parent / "articles"
SAMPLE = Path(__file__).resolve().parents[3] / "shared/data/tuareg-rebellion-2012.txt"
FLAGS = ("approximate", "lower_open", "upper_open", "vague")
PLUS_MINUS = re.compile(r"\u00b1|\+/[-\u2013]|plus or minus")
PART = re.compile(
    r"%|per ?cent|\b(?:half|third|quarter|fifth|tenth)s?\b|\bone in\b|[\u00bc-\u00be]",
    re.IGNORECASE,
)
PATTERNS = (
    "exact", "words", "approximate", "range", "open above", "open below", "plus-minus",
    "fraction or percent", "vague",
)  # fmt: skip


def pattern_of(figure: dict[str, Any]) -> str:
    """Name how a figure is written, from its quote, bounds and flags."""
    quote = figure["quote"]
    tests = {
        "vague": figure["vague"],
        "plus-minus": PLUS_MINUS.search(quote),
        "fraction or percent": PART.search(quote),
        "open above": figure["upper_open"],
        "open below": figure["lower_open"],
        "range": figure["low"] != figure["high"],
        "approximate": figure["approximate"],
        "words": not re.search(r"[0-9]", quote),
    }
    return next((name for name, holds in tests.items() if holds), "exact")


def same_value(read: ProposedFigure, wanted: dict[str, Any]) -> bool:
    """Whether bounds (within 0.1 %) and flags are those of the annotation."""
    for mine, theirs in ((read.low, wanted["low"]), (read.high, wanted["high"])):
        if mine is None or theirs is None:
            if not (mine is theirs is None):
                return False
        elif abs(mine - Decimal(str(theirs))) > abs(mine) / 1000:
            return False
    return all(getattr(read, flag) == wanted[flag] for flag in FLAGS)


def overlap(one: ProposedFigure, other: dict[str, Any]) -> bool:
    """Whether two spans share a character."""
    return one.char_start < other["char_end"] and other["char_start"] < one.char_end


def articles() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each text with its annotation."""
    paths = sorted(p for p in FOLDER.iterdir() if p.suffix in (".txt", ".wiki"))
    for path in [*paths, *([SAMPLE] if SAMPLE.exists() else [])]:
        gold = path.with_suffix(".gold.json").read_text(encoding="utf-8")
        yield path.read_bytes().decode(), json.loads(gold)


def scores() -> tuple[Counter[str], Counter[str], Counter[str]]:
    """Count by pattern: figures annotated, read right, read although nothing is there."""
    wanted: Counter[str] = Counter()
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for text, gold in articles():
        every = [f for claim in gold["claims"] for f in claim["figures"]]
        core = [f for f in every if f["tier"] == "core"]
        soft = [f for f in every if f["tier"] != "core"] + gold.get("ignore", [])
        found = read_article(text).figures
        for figure in core:
            wanted[pattern_of(figure)] += 1
            held = any(overlap(f, figure) and same_value(f, figure) for f in found)
            right[pattern_of(figure)] += held
        for one in found:
            near = [figure for figure in core if overlap(one, figure)]
            if any(same_value(one, figure) for figure in near):
                continue
            if near or not any(overlap(one, figure) for figure in soft):
                row = {name: getattr(one, name) for name in ("quote", "low", "high", *FLAGS)}
                wrong[pattern_of(row)] += 1
    return wanted, right, wrong


def main() -> None:
    """Print the table as Markdown."""
    wanted, right, wrong = scores()
    print("| pattern | annotated | precision | recall |\n|--|--:|--:|--:|")
    for name in PATTERNS:
        if wanted[name]:
            precision = right[name] / max(1, right[name] + wrong[name])
            recall = right[name] / wanted[name]
            print(f"| {name} | {wanted[name]} | {precision:.2f} | {recall:.2f} |")


if __name__ == "__main__":
    main()
