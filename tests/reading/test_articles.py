"""Articles of many kinds, annotated by hand: figures, speakers, references, dates."""

import json
from pathlib import Path

import pytest

from claims.reading.article import read_article
from tests.reading.article_scores import FOLDER, article_counts, folder_counts, pooled
from tests.reading.counting import Count

ARTICLES = sorted(p for p in FOLDER.iterdir() if p.suffix in (".txt", ".wiki"))
UNSEEN = (
    "anvers_mutiny", "cape_dorrin", "corran_fire", "harvest_crush", "lissen_wave", "meridian_bank",
)  # fmt: skip
"""No rule at all was changed after these were read: they measure."""
HELD_OUT = (
    *UNSEEN, "alcorra_quake", "aldermoor_budget", "fort_amadeo", "kadur_famine", "karsa_cholera",
    "lady_tressilian", "quarry_lane", "sevari_people", "shield_final", "torva_election",
)  # fmt: skip
"""No rule of figures, speakers or dates was changed after these were read."""
LEAST_UNSEEN = {"span": 0.97, "value": 0.95, "attribution": 0.85, "citations": 0.9, "dates": 0.95}
LEAST = {"span": 0.93, "value": 0.93, "attribution": 0.9, "dates": 0.9, "citations": 0.8}
"""F1 that each article keeps; all together keep more."""
DEVELOPED = [path for path in ARTICLES if path.stem not in HELD_OUT]
LEAST_OF_ALL = {
    "span": 0.98, "value": 0.98, "attribution": 0.96, "dates": 0.97, "citations": 0.93,
}  # fmt: skip


@pytest.fixture(scope="module")
def everything() -> dict[str, Count]:
    return pooled(list(folder_counts(FOLDER).values()))


def test_unseen_articles_reach_the_targets() -> None:
    rows = folder_counts(FOLDER)
    held_out, unseen = (pooled([rows[name] for name in names]) for names in (HELD_OUT, UNSEEN))
    for name, least in LEAST_UNSEEN.items():
        assert held_out[name].f1 >= least, (name, held_out[name].notes)
    assert not held_out["agreements"].wrong, held_out["agreements"].notes
    for name in ("numeric", "strong"):
        assert min(unseen[name].precision, unseen[name].recall) >= 0.6, unseen[name].notes


@pytest.mark.parametrize("path", DEVELOPED, ids=lambda path: path.stem)
def test_each_article_keeps_its_scores(path: Path) -> None:
    counts = article_counts(path)
    low = {name: counts[name].notes for name, least in LEAST.items() if counts[name].f1 < least}
    assert not low
    assert counts["relative"].missed <= 1, counts["relative"].notes
    assert not counts["agreements"].wrong, counts["agreements"].notes


def test_all_articles_together_keep_more(everything: dict[str, Count]) -> None:
    assert {
        name: everything[name].f1
        for name in LEAST_OF_ALL
        if everything[name].f1 < LEAST_OF_ALL[name]
    } == {}


def test_disagreements_are_found_and_few_are_wrong(everything: dict[str, Count]) -> None:
    for name in ("numeric", "strong"):
        assert everything[name].precision >= 0.8, name
        assert everything[name].recall >= 0.6, name


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_annotations_quote_the_text(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    gold = json.loads(path.with_suffix(".gold.json").read_text(encoding="utf-8"))
    figures = [figure for claim in gold["claims"] for figure in claim["figures"]]
    for row in (*figures, *gold["date_mentions"]):
        assert text[row["char_start"] : row["char_end"]] == row["quote"]


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_article_spans_quote_the_text(path: Path) -> None:
    reading = read_article(path.read_text(encoding="utf-8"))
    for row in (*reading.figures, *reading.dates):
        assert reading.text[row.char_start : row.char_end] == row.quote
