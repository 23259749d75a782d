"""Print the scores of every annotated article of a folder, and of all together."""

# Run as `python -m tests.reading.article_scores [FOLDER] [--errors]`; without a folder, the
# articles beside this file. An article is NAME.txt or NAME.wiki with NAME.gold.json beside it.
# "pooled" adds the counts up, "macro" is the mean over the articles that have any.

import argparse
import json
from pathlib import Path

from claims.reading.article import read_article
from tests.reading.counting import Count, count_all

FOLDER = Path(__file__).parent / "articles"
PAIRS = ("numeric", "strong")
"""Metrics shown as precision / recall instead of F1."""


def article_counts(path: Path) -> dict[str, Count]:
    """Count one article: {metric: Count}."""
    gold = json.loads(path.with_suffix(".gold.json").read_text(encoding="utf-8"))
    with path.open(encoding="utf-8", newline="") as file:
        return count_all(gold, read_article(file.read()).to_json())


def folder_counts(folder: Path) -> dict[str, dict[str, Count]]:
    """Count every article of a folder: {name: {metric: Count}}."""
    paths = sorted(p for p in folder.iterdir() if p.suffix in (".txt", ".wiki"))
    return {p.stem: article_counts(p) for p in paths if p.with_suffix(".gold.json").exists()}


def pooled(rows: list[dict[str, Count]]) -> dict[str, Count]:
    """Add the counts of all articles up."""
    return {name: sum((row[name] for row in rows), Count()) for name in rows[0]}


def _cell(name: str, count: Count) -> str:
    if name == "agreements":
        return str(count.wrong)
    if not count.asked:
        return ""
    if name == "relative":
        return f"{count.recall:.2f}"
    if name in PAIRS:
        return f"{count.precision:.2f} / {count.recall:.2f}"
    return f"{count.f1:.3f}"


def _macro(name: str, rows: list[dict[str, Count]]) -> str:
    counts = [row[name] for row in rows if row[name].asked]
    if not counts or name == "agreements":
        return ""
    shares = ["precision", "recall"] if name in PAIRS else ["f1"]
    if name == "relative":
        shares = ["recall"]
    means = [sum(getattr(c, share) for c in counts) / len(counts) for share in shares]
    return " / ".join(f"{mean:.3f}" for mean in means)


def main() -> None:
    """Print the table as Markdown, with `--errors` what went wrong below it."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    asked.add_argument("--errors", action="store_true", help="list what went wrong")
    options = asked.parse_args()
    counts = folder_counts(options.folder)
    if not counts:
        asked.error(f"no annotated article in {options.folder}")
    rows = list(counts.values())
    names = list(rows[0])
    print("| article |", " | ".join(names), "|")
    print("|--|" + "--:|" * len(names))
    for article, row in {**counts, "pooled": pooled(rows)}.items():
        print(f"| {article} |", " | ".join(_cell(name, row[name]) for name in names), "|")
    print("| macro |", " | ".join(_macro(name, rows) for name in names), "|")
    if options.errors:
        for article, row in counts.items():
            for name in names:
                for note in row[name].notes:
                    print(f"{article} {name}: {note}")


if __name__ == "__main__":
    main()
