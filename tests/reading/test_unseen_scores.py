"""The tool that scores unseen articles gives full marks to a perfect answer, and only to that."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.reading.counting import Count
from tests.reading.unseen_answers import Answer, Draft, Row, Statement, answer_of
from tests.reading.unseen_scores import DRAFTS, READING, TEXTS, count_article, gold_of

BATTLE, MASSACRE = (
    next(path for path in TEXTS if path.stem.startswith(name)) for name in ("battle", "ossery")
)


def perfect(path: Path) -> Answer:
    """What a reader would give that reads as the annotation does."""
    gold = gold_of(path)
    numbers = {key: number for number, key in enumerate(gold["questions"], 1)}
    answer = Answer(reading=perfect_reading(gold))
    for key, question in gold["questions"].items():
        own = [row for row in gold["figures"] if row.get("question") == key]
        rivals = {one for pair in gold["conflicts"] for one in pair}
        spans = [(row["start"], row["end"]) for row in own if row["id"] in rivals]
        answer.drafts.append(
            Draft(
                number=numbers[key],
                question=" ".join((question["wordings"][0], *question["counted"][:1])),
                measure=question["measure"],
                unit=own[0]["unit"][0] if own[0]["unit"] else "",
                population=(question["population"] or [""])[0],
                subject=question["event"],
                place=(question["place"] or [""])[0],
                when=(question["date"] or [""])[0],
                disputes=[spans] if len(spans) > 1 else [],
            )
        )
    starts = {row["id"]: row["start"] for row in gold["figures"]}
    newer = {r["from"]: starts[r["to"]] for r in gold["relations"] if r["kind"] == "revises"}
    for row in gold["figures"]:
        if row["worth"]:
            answer.statements.append(
                Statement(
                    claim=numbers[row["question"]],
                    char_start=row["start"],
                    char_end=row["end"],
                    stance="denies" if row["polarity"] == "denied" else "asserts",
                    speakers=tuple(one["names"][0] for one in row["speakers"]),
                    replaces=newer.get(row["id"]),
                    work=(row["works"] or [""])[0],
                    **{name: row[name] for name in VALUE},
                )
            )
    return answer


VALUE = ("quote", "low", "high", "low_strict", "high_strict", "approximate", "vague")


def perfect_reading(gold: Row) -> Row:
    """The JSON of a dry run that reads as the annotation does."""
    places = {r["id"]: {"char_start": r["start"], "char_end": r["end"]} for r in gold["figures"]}
    figures = [
        places[row["id"]]
        | {name: row[name] for name in ("quote", "low", "high", "approximate")}
        | {
            "lower_open": row["low"] is None and row["high"] is not None,
            "upper_open": row["high"] is None and row["low"] is not None,
            "vague": bool(row["vague"]),
            "attribution": [
                {"name": one["names"][0], "via": one["via"]} for one in row.get("speakers", ())
            ],
            "citations": row.get("works") or [],
        }
        for row in gold["figures"]
    ]
    dates = [
        {"char_start": row["start"], "char_end": row["end"], "quote": row["quote"]}
        | {"edtf": row["edtf"], "kind": row["kind"]}
        for row in gold["dates"]
    ]
    conflicts = [
        {"kind": "figures disagree", "why": "", "members": [places[one] for one in pair]}
        for pair in gold["conflicts"]
    ]
    return {"figures": figures, "dates": dates, "conflicts": conflicts, "sources": []}


def is_full(count: Count) -> bool:
    return not count.wrong and not count.missed


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_perfect_answer_has_full_marks(path: Path) -> None:
    counts = count_article(path, perfect(path))
    assert {name: count.notes for name, count in counts.items() if not is_full(count)} == {}
    assert set(counts) == {*READING, *DRAFTS}


def _first(answer: Answer, quote: str) -> Statement:
    return next(said for said in answer.statements if said.quote == quote)


def _draft_of(answer: Answer, said: Statement) -> Draft:
    return next(draft for draft in answer.drafts if draft.number == said.claim)


def _change_draft(quote: str, **fields: str) -> Callable[[Answer], None]:
    def spoil(answer: Answer) -> None:
        for name, value in fields.items():
            setattr(_draft_of(answer, _first(answer, quote)), name, value)

    return spoil


def _change_said(quote: str, **fields: object) -> Callable[[Answer], None]:
    def spoil(answer: Answer) -> None:
        for name, value in fields.items():
            setattr(_first(answer, quote), name, value)

    return spoil


def _read(number: int, **fields: object) -> Callable[[Answer], None]:
    return lambda answer: answer.reading["figures"][number].update(fields)


def _claim_a_highlight(answer: Answer) -> None:
    row = next(row for row in gold_of(BATTLE)["figures"] if not row["worth"])
    said = _first(answer, "340")
    answer.statements.append(
        Statement(said.claim, row["start"], row["end"], row["quote"], row["low"], row["high"])
    )


def _apart(answer: Answer) -> None:
    _first(answer, "9,800").claim = _first(answer, "340").claim


def _dispute_parts(answer: Answer) -> None:
    _draft_of(answer, _first(answer, "340")).disputes.append([(0, 1), (1, 2)])


def _conflict_of_agreement(answer: Answer) -> None:
    gold = gold_of(BATTLE)
    places = {r["id"]: {"char_start": r["start"], "char_end": r["end"]} for r in gold["figures"]}
    members = [places[one] for one in gold["agreements"][0]]
    answer.reading["conflicts"].append({"kind": "figures disagree", "why": "", "members": members})


SPOILT: dict[str, tuple[Callable[[Answer], object], set[str]]] = {
    "figure missed": (lambda a: a.reading["figures"].pop(0), {"span", "value", "citations"}),
    "value": (_read(0, low=1), {"value"}),
    "date": (lambda a: a.reading["dates"][3].update(edtf="1066"), {"dates"}),
    "work": (_read(0, citations=["Another book"]), {"citations"}),
    "speaker": (_read(11, attribution=[]), {"speakers"}),
    "conflict missed": (lambda a: a.reading["conflicts"].clear(), {"conflicts"}),
    "agreement": (_conflict_of_agreement, {"conflicts", "agreements"}),
    "measure": (_change_draft("340", measure="area"), {"slots", "ready", "recall right"}),
    "noun": (
        _change_draft("96", question="How many at Hallin?", unit="people"),
        {"slots", "ready", "recall right"},
    ),
    "value of a draft": (_change_said("340", low=34.0), {"slots", "ready", "recall right"}),
    "bound turned": (
        _change_said("at least 900", low=None, high=900),
        {"slots", "ready", "recall right", "polarity"},
    ),
    "denied": (
        _change_said("340", stance="denies"), {"slots", "ready", "recall right", "polarity"},
    ),
    "nobody counted": (
        _change_said("None", low=430, high=430), {"slots", "ready", "recall right", "polarity"},
    ),
    "side": (_change_draft("340", question="How many?", population="Sarre"), {"ready"}),
    "date of a draft": (_change_draft("340", when="1900"), {"ready"}),
    "gap": (_change_draft("340", question="How many men in “… men” (Hallin)?"), {"ready", "gaps"}),
    "wording": (_change_draft("340", question="How many men on side 1 were lost?"), {"ready"}),
    "worth": (_claim_a_highlight, {"worth"}),
    "nobody speaks": (_change_said("340", speakers=("27 June 1866",)), {"speakers of drafts"}),
    "dispute": (_dispute_parts, {"disputes"}),
    "work of a draft": (_change_said("at least 900", work=""), {"works of drafts"}),
    "draft missed": (lambda a: a.statements.pop(2), {"recall", "recall right"}),
    "two questions": (_apart, {"mixed", "together"}),
}  # fmt: skip


@pytest.mark.parametrize("name", SPOILT)
def test_a_spoilt_answer_loses_marks(name: str) -> None:
    spoil, falls = SPOILT[name]
    answer = copy.deepcopy(perfect(BATTLE))
    spoil(answer)
    low = {name for name, count in count_article(BATTLE, answer).items() if not is_full(count)}
    assert falls <= low


def test_a_revision_that_replaces_nothing_loses_marks() -> None:
    answer = perfect(MASSACRE)
    _first(answer, "275").replaces = None
    assert count_article(MASSACRE, answer)["revised"].missed == 1


def test_drafts_for_nothing_lose_marks() -> None:
    answer = perfect(MASSACRE)
    answer.drafts, answer.statements = [], []
    counts = count_article(MASSACRE, answer)
    assert counts["recall"].recall == 0
    assert not counts["slots"].right


def test_groups_of_conflicts_hang_together() -> None:
    answer = perfect(MASSACRE)
    conflicts = count_article(MASSACRE, answer)["conflicts"]
    assert conflicts.right == 3


@pytest.mark.django_db
def test_what_a_real_import_drafts_is_taken_down(tmp_path: Path) -> None:
    path = tmp_path / "flood_of_arden.txt"
    path.write_text(
        "Flood of Arden\n\nOn 4 May 1987 the river rose. The mayor, Jane Holt, said that 60 "
        "people had been killed in Arden. The Red Cross said that 97 people had been killed.\n",
        encoding="utf-8",
    )
    answer = answer_of(path)
    assert {said.quote for said in answer.statements} >= {"60", "97"}
    assert {said.claim for said in answer.statements} == {one.number for one in answer.drafts}
    assert any("Jane Holt" in name for said in answer.statements for name in said.speakers)
    assert answer.reading["figures"]
