"""The demo's files agree with each other, with the article and with the sample's facts."""

from __future__ import annotations

import calendar
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from claims.choices import (
    Aggregation,
    AttributionMode,
    AttributionRole,
    Cardinality,
    ClaimState,
    CslType,
    DisputeKind,
    DisputeOutcome,
    DisputeState,
    Extent,
    Ground,
    PartyKind,
    PartyMode,
    RelationKind,
    Stance,
    SubjectKind,
    UrlStatus,
    ValueKind,
)
from claims.domain.dates import parse_edtf
from claims.importers.demo.bundle import (
    AnchorRecord,
    AssertionRecord,
    BundleError,
    ClaimRecord,
    read_bundle,
)

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data"
SAMPLE = SHARED / "tuareg-rebellion-2012.txt"
GOLD = SHARED / "tuareg-rebellion-2012.gold.json"
needs_sample = pytest.mark.skipif(
    not GOLD.exists(), reason="the sample article lies beside the repository, not in it"
)
ACCOUNTS = {"contributor", "editor", "second_editor", "chief"}
SPELT = {
    "AU": "African Union",
    "Haji": "Hadj",
    "Konare": "Konaré",
    "Refugees": "UNHCR",
    "Sidibe": "Sidibé",
    "Studies": "SOAS",
}
BUNDLE = read_bundle()


def keys(rows: tuple[dict[str, Any], ...]) -> set[str]:
    return {row["key"] for row in rows}


def assertions() -> Iterator[tuple[ClaimRecord, AssertionRecord]]:
    return ((claim, each) for claim in BUNDLE.claims for each in claim.assertions)


def prose_words(text: str) -> list[str]:
    """The words of a text without its table, whose cells carry over as they are."""
    lines = (line for line in text.splitlines() if not line.startswith("|"))
    return re.findall(r"[^\W_]+(?:[,.]\d+)*", "\n".join(lines).casefold())


def runs(words: list[str], length: int) -> set[tuple[str, ...]]:
    return {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}


def occurrences(phrase: str, text: str) -> int:
    return len(re.findall(rf"(?<!\w){re.escape(phrase.casefold())}(?!\w)", text.casefold()))


def rows_of_table(text: str) -> list[list[str]]:
    rows = [line for line in text.splitlines() if line.startswith("|")][1:]
    return [[cell.strip(" .") for cell in row.strip("| ").split("|")] for row in rows]


def spoken_form(edtf: str) -> str:
    """How the article writes an EDTF date: by day, month, season, decade or year."""
    first = re.search(r"(\d{3}[\dX])(?:-(\d\d))?(?:-(\d\d))?", edtf)
    if first is None:
        return "?"
    year, month, day = first.groups()
    if month is None:
        return year.replace("X", "0s")
    if int(month) > 12:
        return f"spring of {year}"
    return (
        f"{int(day)} {calendar.month_name[int(month)]}" if day else calendar.month_name[int(month)]
    )


def surname(source: str) -> str:
    """The last capitalised word of a source, as this article spells it."""
    words = re.findall(r"[A-Z][\w-]+", re.sub(r", the (?:chairman|leader).*", "", source))
    return SPELT.get(words[-1], words[-1]) if words else ""


def test_demo_has_at_least_sixty_claims_with_keys_of_their_own() -> None:
    claim_keys = [claim.key for claim in BUNDLE.claims]
    assertion_keys = [each.key for _, each in assertions()]
    assert len(claim_keys) >= 60
    assert len(set(claim_keys)) == len(claim_keys)
    assert len(set(assertion_keys)) == len(assertion_keys)


def test_demo_anchors_stand_exactly_once_in_the_article() -> None:
    for _, each in assertions():
        assert each.anchors, each.key
        for anchor in each.anchors:
            start, end = anchor.span(BUNDLE.text)
            assert BUNDLE.text[start:end] == anchor.exact


def test_anchor_refuses_words_that_the_article_repeats() -> None:
    with pytest.raises(BundleError, match="stands 2 times"):
        AnchorRecord("town").span("town by town")


def test_demo_keys_resolve() -> None:
    parties, sources = keys(BUNDLE.parties), keys(BUNDLE.sources)
    claims = {claim.key for claim in BUNDLE.claims}
    for source in BUNDLE.sources:
        assert source["publisher"] in parties
    for subject in BUNDLE.subjects:
        assert subject["parent"] is None or subject["parent"] in keys(BUNDLE.subjects)
        assert {link["party"] for link in subject["belligerents"]} <= parties
    for claim in BUNDLE.claims:
        assert claim.subject in keys(BUNDLE.subjects)
        assert claim.measure in keys(BUNDLE.measures)
        assert {link.to for link in claim.relations} <= claims
    for _, each in assertions():
        assert each.source is None or each.source in sources
        assert {link.party for link in each.attributions} <= parties
        assert set(each.value.get("parties", ())) <= parties


def test_demo_references_inside_a_claim_resolve() -> None:
    for claim in BUNDLE.claims:
        own = {each.key for each in claim.assertions}
        assert {each.target for each in claim.assertions} <= own | {""}
        assert {dispute.preferred for dispute in claim.disputes} <= own | {""}
        assert set(claim.life.change.adds if claim.life.change else ()) <= own


def test_demo_uses_every_party_source_subject_and_measure() -> None:
    assert keys(BUNDLE.sources) == {each.source for _, each in assertions()} - {None}
    assert keys(BUNDLE.measures) == {claim.measure for claim in BUNDLE.claims}
    named = {link.party for _, each in assertions() for link in each.attributions}
    named |= {party for _, each in assertions() for party in each.value.get("parties", ())}
    named |= {row["publisher"] for row in BUNDLE.sources}
    named |= {link["party"] for row in BUNDLE.subjects for link in row["belligerents"]}
    assert keys(BUNDLE.parties) == named
    parents = {subject["parent"] for subject in BUNDLE.subjects}
    assert keys(BUNDLE.subjects) <= {claim.subject for claim in BUNDLE.claims} | parents


def test_demo_speaks_the_vocabularies_of_the_model() -> None:
    assert {row["kind"] for row in BUNDLE.parties} <= set(PartyKind.values)
    assert {row["kind"] for row in BUNDLE.subjects} <= set(SubjectKind.values)
    assert {row["csl_type"] for row in BUNDLE.sources} <= set(CslType.values)
    assert {row["url_status"] for row in BUNDLE.sources} == {UrlStatus.NONE}
    # The article states no sum of money.
    assert {row["value_kind"] for row in BUNDLE.measures} == {*ValueKind.values} - {"money"}
    for claim in BUNDLE.claims:
        assert claim.aggregation in Aggregation.values
        assert claim.cardinality in Cardinality.values
        assert claim.life.state in ClaimState.values
        assert {link.kind for link in claim.relations} <= set(RelationKind.values)
        for dispute in claim.disputes:
            assert dispute.kind in DisputeKind.values
            assert dispute.state in DisputeState.values
            assert dispute.outcome in {"", *DisputeOutcome.values}


def test_demo_assertions_speak_the_vocabularies_of_the_model() -> None:
    for _, each in assertions():
        assert each.stance in Stance.values
        assert each.extent in {"", *Extent.values}
        assert each.ground in {"", *Ground.values}
        assert each.value.get("mode", PartyMode.JOINT) in PartyMode.values
        assert {link.role for link in each.attributions} <= set(AttributionRole.values)
        assert {link.mode for link in each.attributions} <= set(AttributionMode.values)
        assert bool(each.attributions) == (each.source is not None)


def test_demo_dates_are_edtf() -> None:
    texts = [each.value["edtf"] for _, each in assertions() if "edtf" in each.value]
    texts += [each.asserted_on for _, each in assertions() if each.asserted_on]
    texts += [claim.as_of for claim in BUNDLE.claims if claim.as_of]
    texts += [row["issued"] for row in BUNDLE.sources] + [row["when"] for row in BUNDLE.subjects]
    assert [text for text in texts if text and parse_edtf(text).text != text] == []


def test_demo_scopes_are_asked_once() -> None:
    scopes = Counter(
        (c.subject, c.measure, c.unit, c.population, c.aggregation, c.as_of) for c in BUNDLE.claims
    )
    assert [scope for scope, times in scopes.items() if times > 1] == []


def test_demo_nobody_approves_their_own_draft() -> None:
    for claim in BUNDLE.claims:
        life, change = claim.life, claim.life.change
        assert {life.drafted_by, life.approved_by, life.returned_by} <= ACCOUNTS | {""}
        assert (life.state == ClaimState.PUBLISHED) == bool(life.approved_by)
        assert life.approved_by != life.drafted_by
        assert change is None or change.approved_by != change.drafted_by


def test_demo_nobody_decides_or_publishes_their_own_dispute() -> None:
    for claim in BUNDLE.claims:
        published = claim.life.state == ClaimState.PUBLISHED
        for dispute in claim.disputes:
            assert bool(dispute.rationale) == (dispute.state == DisputeState.RESOLVED)
            assert bool(dispute.decided_by) == (dispute.state == DisputeState.RESOLVED)
            assert bool(dispute.approved_by) == published
            assert not dispute.decided_by or dispute.decided_by != dispute.opened_by
            assert dispute.approved_by not in {dispute.opened_by, dispute.decided_by} - {""}


def test_demo_shows_every_state_of_the_desk() -> None:
    states = Counter(claim.life.state for claim in BUNDLE.claims)
    assert states[ClaimState.PUBLISHED] > len(BUNDLE.claims) / 2
    assert 6 <= states[ClaimState.IN_REVIEW] <= 10
    assert states[ClaimState.DRAFT] == 2
    assert states[ClaimState.CHANGES_REQUESTED] == 1


@needs_sample
def test_article_shares_no_eight_words_in_a_row_with_the_sample() -> None:
    sample = runs(prose_words(SAMPLE.read_text(encoding="utf-8")), 8)
    assert sample & runs(prose_words(BUNDLE.text), 8) == set()


@needs_sample
def test_article_carries_every_figure_of_the_sample_as_often() -> None:
    gold = json.loads(GOLD.read_text(encoding="utf-8"))
    stated = Counter(f["quote"].casefold() for claim in gold["claims"] for f in claim["figures"])
    missing = {q: n for q, n in stated.items() if occurrences(q, BUNDLE.text) < n}
    assert sum(stated.values()) == 67
    assert missing == {}


@needs_sample
def test_article_carries_every_date_of_the_sample() -> None:
    mentions = json.loads(GOLD.read_text(encoding="utf-8"))["date_mentions"]
    missing = [
        mention["edtf"]
        for mention in mentions
        if not occurrences(mention["quote"], BUNDLE.text)
        and not occurrences(spoken_form(mention["edtf"]), BUNDLE.text)
    ]
    assert len(mentions) == 98
    assert missing == []


@needs_sample
def test_article_carries_every_row_of_the_table_of_towns() -> None:
    sample = rows_of_table(SAMPLE.read_text(encoding="utf-8"))
    assert len(sample) == 17
    assert rows_of_table(BUNDLE.text) == sample


@needs_sample
def test_article_names_every_source_of_the_sample() -> None:
    gold = json.loads(GOLD.read_text(encoding="utf-8"))["attribution_mentions"]
    names = {surname(mention["source"] or "") for mention in gold}
    assert len(names) > 30
    assert {name for name in names if name not in BUNDLE.text} == set()
