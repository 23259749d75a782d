"""The one sentence on a claim: decision, figures, why it is disputed, the best one."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from claims.choices import DisputeOutcome
from claims.domain.agreement import ClaimTerms, Evidence
from claims.domain.contention import Case
from claims.domain.decisions import DECIDED
from claims.domain.derived import derived_members
from claims.domain.fingerprint import fingerprint
from claims.domain.summary import LONGEST_ANSWER
from tests.domain.strategies import denies, says

COUNT = ClaimTerms()
NAMES = {1: "AQIM", 2: "MNLA", 3: "MOJWA", 4: "Ansar Dine"}
# Of each kind of value: two answers that cannot both hold, and the words for both.
CLASHES: dict[str, tuple[dict[str, Any], dict[str, Any], str, str]] = {
    "quantity": (
        {"figure": says(0, "", "60").figure},
        {"figure": says(0, "", "97").figure},
        "60",
        "97",
    ),
    "date": ({"edtf": "2012-04-05"}, {"edtf": "2013-01"}, "5 April 2012", "January 2013"),
    "party": ({"parties": frozenset({1})}, {"parties": frozenset({2})}, "AQIM", "MNLA"),
    "boolean": ({"boolean": True}, {"boolean": False}, "yes", "no"),
    "text": ({"text": "won"}, {"text": "lost"}, "won", "lost"),
}
KINDS = tuple(CLASHES)


def answer(kind: str, which: int, number: int, origin: str, **more: Any) -> Evidence:
    value = CLASHES[kind][which]
    return Evidence(id=number, origin=origin, value_kind=kind, **value, **more)  # type: ignore[arg-type]


def derived(kind: str, evidence: list[Evidence], cases: list[Case] | None = None) -> dict[str, Any]:
    said = {
        one.id: CLASHES[kind][2 if _is_first(kind, one) else 3] for one in evidence if one.has_value
    }
    return derived_members(evidence, ClaimTerms(value_kind=kind), cases or [], said)  # type: ignore[arg-type]


def _is_first(kind: str, one: Evidence) -> bool:
    return all(getattr(one, name) == value for name, value in CLASHES[kind][0].items())


def resolved(value_kind: str, evidence: list[Evidence], **more: Any) -> Case:
    today = fingerprint(evidence, ClaimTerms(value_kind=value_kind))  # type: ignore[arg-type]
    case = {"kind": "value", "rationale": "The counts were compared.", **more}
    return Case(state="resolved", covers_fingerprint=today, **case)


def lone(kind: str) -> list[Evidence]:
    return [answer(kind, 0, 1, "P1")]


def clash(kind: str) -> list[Evidence]:
    return [answer(kind, 0, 1, "P1"), answer(kind, 1, 2, "P2")]


def voiced(kind: str) -> list[Evidence]:
    return [answer(kind, 0, 1, "", sourced=False)]


def unknown(kind: str) -> list[Evidence]:
    return [Evidence(id=1, origin="P1", value_kind=kind, has_value=False)]  # type: ignore[arg-type]


def agreed(kind: str) -> list[Evidence]:
    return [answer(kind, 0, 1, "P1"), answer(kind, 0, 2, "P2")]


SETS = {
    "unsourced": voiced,
    "single_origin": lone,
    "corroborated": agreed,
    "unknown_only": unknown,
}


@pytest.mark.parametrize(("kind", "label"), list(product(KINDS, SETS)))
def test_the_sentence_names_the_answer_in_every_contention(kind: str, label: str) -> None:
    found = derived(kind, SETS[label](kind))
    assert found["contention"] == label
    words = CLASHES[kind][2]
    assert (words in found["summary"]) is (label != "unknown_only")
    assert ("without a source" in found["summary"]) is (label == "unsourced")
    assert "Disputed" not in found["summary"]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "text"])
def test_two_origins_that_disagree_are_said_to(kind: str) -> None:
    found = derived(kind, clash(kind))
    assert found["contention"] == "disputed"
    assert CLASHES[kind][2] in found["summary"]
    assert CLASHES[kind][3] in found["summary"]
    why = {
        "quantity": "independent origins disagree",
        "date": "independent origins disagree",
        "party": "Disputed: independent origins name different parties.",
        "boolean": "Disputed: independent origins state values that cannot all hold.",
    }
    assert why[kind] in found["summary"]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "text"])
def test_the_article_that_contradicts_a_source_is_said_to(kind: str) -> None:
    evidence = [answer(kind, 0, 1, "P1"), answer(kind, 1, 2, "", sourced=False)]
    summary = derived(kind, evidence)["summary"]
    assert "Disputed: the article, which names no source, contradicts a source" in summary
    assert f"without a source: {CLASHES[kind][3]}" in summary


@pytest.mark.parametrize(
    ("kind", "base", "by"),
    list(product(KINDS, (voiced, lone, agreed), (False, True))),
)
def test_a_denial_is_said_whatever_is_denied(kind: str, base: Any, by: bool) -> None:
    evidence = [*base(kind), denies(9, "P9", value_kind=kind, denier_is_belligerent=by)]
    who = "a party to the conflict" if by else "a source"
    summary = derived(kind, evidence)["summary"]
    assert f"Disputed: {who} denies what is stated." in summary
    assert CLASHES[kind][2] in summary


@pytest.mark.parametrize(
    ("kind", "label", "case"),
    list(product(KINDS, SETS, ("editor", "arithmetic"))),
)
def test_a_case_that_is_open_is_said_with_its_reason_under_every_label(
    kind: str, label: str, case: str
) -> None:
    for stage in ("open", "under_review"):
        open_case = Case(case, stage, reason="Two lists were mixed.")  # type: ignore[arg-type]
        summary = derived(kind, SETS[label](kind), [open_case])["summary"]
        assert "Disputed: Two lists were mixed." in summary


@pytest.mark.parametrize(
    ("kind", "outcome"),
    list(product(KINDS, sorted({*DisputeOutcome.values} - {DisputeOutcome.PREFER}))),
)
def test_a_decision_in_force_speaks_first(kind: str, outcome: str) -> None:
    evidence = clash(kind)
    of_kind = {"date": "date", "party": "attribution"}.get(kind, "value")
    case = resolved(kind, evidence, kind=of_kind, outcome=outcome)
    found = derived(kind, evidence, [case])
    lead = f"Editors decided: {DECIDED[outcome]}. The counts were compared. 2 statements, "
    assert found["summary"].startswith(lead)
    assert CLASHES[kind][3] in found["summary"]
    assert "referred" not in found["summary"].removeprefix(lead)
    assert "Best supported" not in found["summary"]
    assert (found["best"]["value"], found["best"]["figure"]) == (None, None)
    assert found["contention"] == ("disputed" if outcome == "unresolvable" else "resolved")


@pytest.mark.parametrize("kind", KINDS)
def test_what_editors_prefer_leads_and_is_best(kind: str) -> None:
    evidence = clash(kind)
    case = resolved(kind, evidence, outcome=DisputeOutcome.PREFER, preferred=2)
    found = derived(kind, evidence, [case])
    words = CLASHES[kind][3]
    assert found["summary"].startswith(f"Editors prefer: {words} (F2). The counts were compared. ")
    best = found["best"]
    assert (best["words"], best["figure"], best["rule"]) == (words, "F2", "preferred")


def test_a_decision_and_what_it_leaves_open_are_both_said() -> None:
    evidence = [*clash("quantity"), denies(3, "P3")]
    case = resolved("quantity", evidence, outcome="range_stands")
    found = derived("quantity", evidence, [case])
    assert found["contention"] == "disputed"
    assert found["summary"] == (
        "Editors decided: the range stands. The counts were compared. "
        "3 statements, 2 figures, 60 to 97. Disputed: a source denies what is stated."
    )


def test_a_decision_on_earlier_evidence_does_not_speak() -> None:
    case = resolved("quantity", clash("quantity"), outcome="range_stands", reason="They differ.")
    evidence = [*clash("quantity"), answer("quantity", 1, 3, "P3")]
    assert derived("quantity", evidence, [case])["summary"].startswith("3 statements, 3 figures")


def test_the_summary_names_the_range_and_why_no_figure_is_preferred() -> None:
    evidence = [says(1, "P1", "about 60"), says(2, "P2", "97")]
    found = derived_members(evidence, COUNT, [], {1: "about 60", 2: "97"})
    assert found["summary"] == (
        "2 statements, 2 figures, about 60 to 97. No figure is preferred: independent origins "
        "disagree and no decision prefers one."
    )


def test_the_summary_names_the_best_figure_and_the_rule() -> None:
    evidence = [says(1, "P1", "20"), says(2, "P2", "10-30")]
    assert derived_members(evidence, COUNT, [], {})["summary"] == (
        "2 statements, 2 figures, 10 to 30. Best supported: 20 (the only exact value, and every "
        "counted figure is compatible with it)."
    )


def test_the_summary_says_a_vague_word_outside_the_range() -> None:
    evidence = [says(1, "P1", "100"), says(2, "P2", "thousands")]
    assert derived_members(evidence, COUNT, [], {})["summary"].startswith(
        "2 statements, 2 figures, 100 and “thousands”. No figure is preferred"
    )


def test_an_answer_that_was_taken_back_is_named_as_such() -> None:
    evidence = [says(1, "P1", "500"), says(2, "P1", stance="retracts", target=1)]
    assert derived_members(evidence, COUNT, [], {1: "500"})["summary"].startswith(
        "2 statements, 1 figure, taken back: 500. "
    )


def test_many_and_long_answers_are_cut() -> None:
    evidence = [
        Evidence(id=n, origin=f"P{n}", value_kind="text", text=f"{n} " + "word " * 40)
        for n in range(1, 6)
    ]
    said = {one.id: one.text for one in evidence}
    found = derived_members(evidence, ClaimTerms(value_kind="text"), [], said)
    assert found["summary"].endswith("word …; 2 more.")
    assert len(found["summary"]) < 3 * LONGEST_ANSWER + 60


def test_a_long_rationale_is_cut_behind_a_sentence() -> None:
    evidence = clash("quantity")
    long = "It was counted twice. " * 20
    case = resolved("quantity", evidence, outcome="both_wrong", rationale=long)
    summary = derived("quantity", evidence, [case])["summary"]
    assert "It was counted twice. … 2 statements" in summary
