"""Print what the reader makes of the unseen articles: its figures, and the drafts of an import."""

# Run as `python -m tests.reading.unseen_scores [--errors | --drafts N]` from the top folder. It
# makes the database of tests (DATABASE_URL, else SQLite), imports every article and takes all away.

from __future__ import annotations

import argparse
import itertools
import json
import random
from collections import Counter
from pathlib import Path
from typing import Any

from tests.reading.counting import NUMERIC, Count, count_all, pair_up, same_name
from tests.reading.unseen_answers import Answer, import_all, test_database
from tests.reading.unseen_drafts import count_drafts

Row = dict[str, Any]
FOLDER = Path(__file__).parent / "unseen"
TEXTS = sorted(path for path in FOLDER.iterdir() if path.suffix in (".txt", ".wiki"))
SPEAKING: dict[str, list[str]] = json.loads(
    (FOLDER / "others_who_speak.json").read_text(encoding="utf-8")
)
READING = (
    "span", "value", "dates", "relative", "citations", "speakers", "conflicts", "agreements",
)  # fmt: skip
DRAFTS = (
    "slots", "ready", "worth", "gaps", "polarity", "speakers of drafts", "disputes", "recall",
    "recall right", "together", "mixed", "revised", "works of drafts",
)  # fmt: skip
PAIRS = frozenset({"conflicts"})
ERRORS = frozenset({"agreements", "gaps", "polarity", "mixed"})
"""Metrics of which only the number of errors is shown."""


def gold_of(path: Path) -> Row:
    """Return the annotation beside a text."""
    found: Row = json.loads(path.with_suffix(".drafts.json").read_text(encoding="utf-8"))
    return found


def count_article(path: Path, answer: Answer) -> dict[str, Count]:
    """Count one article: {metric: Count}, the drafts included."""
    gold, text = gold_of(path), path.read_text(encoding="utf-8")
    read = count_all(plain_gold(gold), answer.reading)
    figures = [
        {**row, "char_start": row["start"], "char_end": row["end"]} for row in gold["figures"]
    ]
    pairs = pair_up(figures, answer.reading["figures"])
    counts = {name: read[name] for name in READING if name in read}
    counts["speakers"] = _speakers(figures, answer.reading["figures"], pairs)
    counts["citations"] = _works(gold, answer.reading["figures"], pairs)
    counts["conflicts"], counts["agreements"] = _conflicts(gold, figures, answer.reading)
    counts |= count_drafts(gold, answer, text, SPEAKING[path.stem])
    return {name: counts[name] for name in (*READING, *DRAFTS)}


def plain_gold(gold: Row) -> Row:
    """Return the annotation in the format of the other annotated articles."""
    claims = [
        {"id": row["id"], "attribution": [], "citations": [],
         "figures": [_plain_figure(row)], "char_start": row["start"], "char_end": row["end"]}
        for row in gold["figures"]
    ]  # fmt: skip
    place = {"char_start": "start", "char_end": "end"}
    return {
        "claims": claims,
        "date_mentions": [row | _moved(row, place) for row in gold["dates"]],
        "ignore": [_moved(row, place) for row in gold["optional"]],
    }


def _plain_figure(row: Row) -> Row:
    """A zero in words is no figure to be found; a denied bound may be read turned round."""
    low, high = row["low"], row["high"]
    in_words = (low, high) == (0, 0) and not row["quote"][0].isdigit()
    figure = {
        "quote": row["quote"],
        "char_start": row["start"],
        "char_end": row["end"],
        "tier": "zero" if in_words else "core",
        "low": low,
        "high": high,
        "approximate": row["approximate"],
        "lower_open": low is None and high is not None,
        "upper_open": high is None and low is not None,
        "vague": bool(row["vague"]),
    }
    if row.get("polarity") == "denied" and (low is None) != (high is None):
        figure["alt"] = [
            {"low": high, "high": low, "lower_open": high is None, "upper_open": low is None}
        ]
    return figure


def _moved(row: Row, names: dict[str, str]) -> Row:
    return {new: row[old] for new, old in names.items()}


def _speakers(wanted: list[Row], read: list[Row], pairs: dict[int, int]) -> Count:
    total = Count()
    for i, row in enumerate(wanted):
        given = [dict(one) for one in (read[pairs[i]]["attribution"] if i in pairs else [])]
        lost = []
        for speaker in row.get("speakers", ()):
            held = next((k for k, one in enumerate(given) if _is_speaker(speaker, one)), None)
            if held is None:
                lost.append(speaker["names"][0])
            else:
                given.pop(held)
        extra = [
            one["name"]
            for one in given
            if not any(same_name(name, one["name"]) for name in row.get("may_speak", ()))
        ]
        if not row["worth"]:  # who speaks is annotated where a claim is worth it
            lost, extra = [], []
        total.right += len(row.get("speakers", ())) - len(lost)
        total.missed += len(lost)
        total.wrong += len(extra)
        if lost or extra:
            total.notes.append(f"speaker of {row['quote']!r}: {lost} read as {extra}")
    return total


def _works(gold: Row, read: list[Row], pairs: dict[int, int]) -> Count:
    """A short note ({{sfn}}) counts as the work it leads to; drafts are asked for the work."""
    total = Count()
    for i, row in enumerate(gold["figures"]):
        if not row["worth"] or row["works"] is None:
            continue
        given = [str(one).casefold() for one in (read[pairs[i]]["citations"] if i in pairs else [])]
        lost = []
        for work in row["works"]:
            known = (work, gold["short_notes"].get(work, work))
            if not any(name.casefold() in one for name in known for one in given):
                lost.append(work)
        total.right += len(row["works"]) - len(lost)
        total.missed += len(lost)
        total.wrong += bool(given and not row["works"])
        if lost or (given and not row["works"]):
            total.notes.append(f"work of {row['quote']!r}: {lost} read as {given}")
    return total


def _is_speaker(wanted: Row, read: Row) -> bool:
    known = (*wanted["names"], *filter(None, [wanted["via"]]))
    given = filter(None, (read["name"], read.get("via")))
    return any(same_name(one, other) for one in known for other in given)


def _conflicts(gold: Row, figures: list[Row], reading: Row) -> tuple[Count, Count]:
    """Count conflicts (groups that hang together are one) and agreements taken for conflicts."""
    asked, allowed, agreed = (
        {frozenset(pair) for pair in gold[name]}
        for name in ("conflicts", "may_conflict", "agreements")
    )
    count, agreements, found = Count(), Count(), set()
    for conflict in reading["conflicts"]:
        if conflict["kind"] not in NUMERIC or len(conflict["members"]) < 2:
            continue
        inside = pair_up(figures, conflict["members"])
        ids = sorted(figures[i]["id"] for i in inside)
        pairs = {frozenset(pair) for pair in itertools.combinations(ids, 2)}
        found |= pairs & asked
        if not pairs & (asked | allowed):
            count.wrong += 1
            count.notes.append(f"no conflict: {ids} {conflict['why']}")
            if pairs and pairs <= agreed:
                agreements.wrong += 1
                agreements.notes.append(f"agree: {ids} {conflict['why']}")
    for group in _joined(asked):
        if group & found:
            count.right += 1
        else:
            count.missed += 1
            count.notes.append(f"missed {sorted(set().union(*group))}")
    return count, agreements


def _joined(pairs: set[frozenset[str]]) -> list[set[frozenset[str]]]:
    groups: list[set[frozenset[str]]] = []
    for pair in sorted(pairs, key=sorted):
        touched = [group for group in groups if any(pair & other for other in group)]
        groups = [group for group in groups if group not in touched]
        groups.append({pair}.union(*touched))
    return groups


def pooled(rows: list[dict[str, Count]]) -> dict[str, Count]:
    """Add the counts of articles up."""
    return {name: sum((row[name] for row in rows), Count()) for name in rows[0]}


def cell(name: str, count: Count) -> str:
    """Return what the table shows of a metric."""
    if name in ERRORS:
        return str(count.wrong)
    if not count.asked:
        return ""
    if name in PAIRS:
        return f"{count.precision:.2f} / {count.recall:.2f}"
    if name in DRAFTS:
        return f"{count.recall if count.missed else count.precision:.2f}"
    return f"{count.f1:.3f}" if name != "relative" else f"{count.recall:.2f}"


def _table(names: tuple[str, ...], rows: dict[str, dict[str, Count]]) -> None:
    print("\n| article |", " | ".join(names), "|")
    print("|--|" + "--:|" * len(names))
    for article, row in rows.items():
        print(f"| {article} |", " | ".join(cell(name, row[name]) for name in names), "|")


def _classes(name: str, rows: list[dict[str, Count]]) -> str:
    """Say how often each slot is what makes a draft not right or not ready."""
    slots = [note.split(" of ")[0] for row in rows for note in row[name].notes]
    found = Counter(slot for one in slots for slot in one.split(", "))
    return ", ".join(f"{slot} {number}" for slot, number in found.most_common())


def _list_drafts(answers: dict[str, Answer], number: int) -> None:
    every = [(name, draft) for name, one in answers.items() for draft in one.drafts]
    every = [row for row in every if gold_of_name(row[0])["language"] == "en"]
    for name, draft in random.Random(10).sample(every, min(number, len(every))):
        print(f"{name}: {draft.question} [{draft.measure}, {draft.unit}, {draft.when}]")
        for said in answers[name].statements:
            if said.claim == draft.number:
                text = (FOLDER / gold_of_name(name)["file"]).read_text(encoding="utf-8")
                around = text[max(0, said.char_start - 90) : said.char_end + 60].replace("\n", "/")
                print(f"    {said.stance} {said.low}..{said.high} {said.speakers} «{around}»")


def gold_of_name(name: str) -> Row:
    """Return the annotation of an article by its name."""
    return gold_of(FOLDER / f"{name}.txt")


def main() -> None:
    """Print the tables as Markdown; with `--errors` what went wrong, with `--drafts` drafts."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--errors", action="store_true", help="list what went wrong")
    asked.add_argument("--drafts", type=int, default=0, help="list so many random drafts")
    options = asked.parse_args()
    with test_database():
        answers = import_all(TEXTS)
    counts = {path.stem: count_article(path, answers[path.stem]) for path in TEXTS}
    rows = dict(counts)
    for language, name in (("en", "English"), ("fr", "French")):
        own = [row for stem, row in counts.items() if gold_of_name(stem)["language"] == language]
        rows[f"**{name}**"] = pooled(own)
    _table(READING, rows)
    _table(DRAFTS, rows)
    drafted = sum(len(answer.drafts) for answer in answers.values())
    print(f"\n{drafted} drafts, {sum(a.others for a in answers.values())} about something else.")
    english = [row for stem, row in counts.items() if gold_of_name(stem)["language"] == "en"]
    for name in ("slots", "ready"):
        print(f"English, what is wrong with {name}: {_classes(name, english)}.")
    for stem, answer in answers.items():
        if answer.refused:
            print(f"{stem} refused: {answer.refused}")
    if options.errors:
        for stem, row in counts.items():
            for name, count in row.items():
                for note in count.notes:
                    print(f"{stem} {name}: {note}")
    if options.drafts:
        _list_drafts(answers, options.drafts)


if __name__ == "__main__":
    main()
