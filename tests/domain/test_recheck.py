"""What a document derives is named where it does not follow; sums too."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from claims.domain.document_format import upgraded
from claims.domain.documents import read_document
from claims.domain.published import ClaimDocument
from claims.domain.published_sums import part_figure, parts_of, sum_members
from claims.domain.recheck import Misstatement, misstatements, sum_misstatements
from claims.domain.recompute import recompute_from_document
from claims.models import Claim
from claims.workflow.claims import relate_claims
from tests import factories as make

pytestmark = pytest.mark.django_db


def published(draft: Claim) -> dict[str, Any]:
    return read_document(make.approve(draft).payload)


@pytest.mark.parametrize(
    "value",
    [
        {"point": Decimal("97.5")},
        {"low": Decimal(1000), "high": Decimal(1500), "high_open": True, "approximate": True},
        {"low": Decimal(200), "low_strict": True},
        {"high": Decimal("400.25"), "high_strict": True},
        {"point": Decimal(999999999999999), "approximate": True},
        {"vague_term": "dozens"},
        {"value_state": "unknown"},
    ],
)
def test_a_published_figure_of_each_form_is_right(value: dict[str, Any]) -> None:
    draft = make.claim()
    make.figure(draft, **value)
    make.figure(draft, 300)
    assert list(misstatements(published(draft))) == []


@pytest.mark.parametrize(
    "point", ["0.123456789012345", "12345678901234.5", "1234567.12345678", "0.1", "-3.7"]
)
def test_a_published_figure_that_counts_nothing_is_right(point: str) -> None:
    draft = make.claim(measure=make.measure(slug="rainfall", is_count=False))
    make.figure(draft, point, approximate=True)
    make.figure(draft, "1.5")
    assert list(misstatements(published(draft))) == []


@pytest.mark.parametrize(
    "edtf", ["2012-02~", "2012-01-16/2012-01-17", "../2012-07", "2012-21", "199X"]
)
def test_a_published_date_of_each_form_is_right(edtf: str) -> None:
    draft = make.claim("date", as_of="2012-03")
    make.figure(draft, edtf=edtf)
    assert list(misstatements(published(draft))) == []


def test_published_parties_answers_and_texts_are_right() -> None:
    for mode in ("joint", "either", "unspecified"):
        draft = make.claim("party")
        make.figure(draft, parties=[make.party(), make.party()], party_mode=mode)
        assert list(misstatements(published(draft))) == []
    asked, told = make.claim("boolean"), make.claim("text")
    make.figure(asked, boolean=False)
    make.figure(told, text="They left by night.")
    for draft in (asked, told):
        assert list(misstatements(published(draft))) == []


def test_the_party_to_a_conflict_is_told_from_the_subject() -> None:
    rebels = make.party("Rebels", kind="armed_group")
    draft = make.claim(subject=make.subject(belligerents=[(rebels, "rebels")]))
    stated = make.figure(draft, 60)
    make.figure(draft, speaker=rebels, stance="denies", extent="whole", target=stated)
    document = published(draft)
    assert list(misstatements(document)) == []
    document["subject"]["belligerents"] = []
    found = {(one.path, one.says, one.gives) for one in misstatements(document)}
    assert ("speaker.belligerent", True, False) in found
    assert ("attribution.0.belligerent", True, False) in found


def total_and_part(parts: list[int], total: int) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The documents of a total and of its parts, which leave nothing out."""
    whole, documents = make.claim(), []
    make.figure(whole, total)
    for number in parts:
        part = make.claim()
        make.figure(part, number)
        more: dict[str, Any] = {"exhaustive": True, "scope_exact": True, "kind": "part_of_total"}
        relate_claims(from_claim=part, to_claim=whole, by=make.contributor(), reason="A.", **more)
        documents.append(published(part))
    return published(whole), documents


@pytest.mark.parametrize(("total", "hard"), [(97, False), (60, True)])
def test_a_sum_follows_from_the_published_parts(total: int, hard: bool) -> None:
    whole, documents = total_and_part([60, 37], total)
    figures = {document["ref"]: part_figure(document) for document in documents}
    assert parts_of(whole) == [document["ref"] for document in documents]
    assert whole["arithmetic"] == [sum_members(whole, figures)]
    assert whole["arithmetic"][0]["hard"] is hard
    assert list(sum_misstatements(whole, figures)) == []


def test_a_wrong_sum_is_named() -> None:
    whole, documents = total_and_part([60, 37], 97)
    figures = {document["ref"]: part_figure(document) for document in documents}
    whole["arithmetic"][0] |= {"hard": True, "sum_low": 96}
    assert list(sum_misstatements(whole, figures)) == [
        Misstatement("", "arithmetic.hard", True, False),
        Misstatement("", "arithmetic.sum_low", 96, Decimal(97)),
    ]
    whole["arithmetic"] *= 2
    assert [one.path for one in sum_misstatements(whole, figures)] == ["arithmetic"]
    figures[documents[0]["ref"]] = None
    assert [one.gives for one in sum_misstatements(whole, figures)] == [[]]


def test_a_sum_needs_all_its_parts() -> None:
    whole, documents = total_and_part([60, 37], 97)
    with pytest.raises(KeyError):
        sum_members(whole, {documents[0]["ref"]: part_figure(documents[0])})


def test_a_wrong_date_of_saying_is_named() -> None:
    draft = make.claim()
    row = make.figure(draft, 97, source=make.source(issued="2012-03-01"))
    document = published(draft)
    entry = document["figures"][0]
    assert entry["said_on"] == "2012-03-01"
    entry["said_on"] = "2013"
    found = list(misstatements(document))
    assert Misstatement(row.ref, "said_on", "2013", "2012-03-01") in found


def test_a_document_of_before_dates_of_saying_is_right() -> None:
    """Its late report came in first and did not count; it stays as it was sealed."""
    draft, office = make.claim(), make.party()
    for point, issued in ((84, "2014-06-20"), (52, "2014-06-03")):
        make.figure(draft, point, speaker=office, source=make.source(issued=issued))
    document = published(draft)
    assert document["inputs"] == [document["figures"][0]["ref"]]
    for entry in document["figures"]:
        del entry["said_on"]
    del document["format"]
    old = upgraded(document, ClaimDocument)
    assert {one.path.partition(".")[0] for one in misstatements(old)} >= {"inputs"}
    again = recompute_from_document(old)
    assert again["inputs"] == [old["figures"][1]["ref"]]
    assert list(misstatements({**old, **again})) == []
