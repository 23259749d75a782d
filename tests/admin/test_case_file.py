"""The page of a dispute: sides with notes, decisions of before, releasing, the reader's page."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from claims.errors import TransitionError
from claims.models import Claim, Dispute
from claims.workflow.disputes import dispute_witness, release_dispute, resolve_dispute, take_dispute
from tests import factories as make
from tests.admin.conftest import hidden_of
from tests.workflow.merges import clean

pytestmark = pytest.mark.django_db


def case(*points: int) -> Dispute:
    return make.published_claim(*(points or (60, 97))).claim.disputes.get()


def url(name: str, row: Any) -> str:
    return reverse(f"admin:claims_{name}", args=[row.pk])


def test_statements_stand_by_value_and_origin(editor: Client) -> None:
    claim, one = make.claim(), make.party("Ann Bell")
    for point, speaker in ((60, one), (60, one), (60, make.party()), (97, make.party())):
        make.figure(claim, point, speaker=speaker)
    make.approve(claim)
    sides = editor.get(url("dispute_change", Dispute.objects.get())).context["sides"]
    told = {
        one.side.words: sorted(len(rows) for rows in one.side.origins.values()) for one in sides
    }
    assert told == {"60": [1, 2], "97": [1]}
    assert list(told) == ["60", "97"]  # what more origins hold comes first


def test_notes_for_and_against_stand_with_their_side(editor: Client) -> None:
    dispute = case()
    page = editor.get(url("dispute_change", dispute))
    side = next(one for one in page.context["sides"] if one.side.words == "97")
    form = editor.get(side.against_url)
    body = form.context["form"]["body"].value() + "She was not there."
    editor.post(side.against_url.partition("?")[0], {**hidden_of(form), "body": body})
    sides = editor.get(url("dispute_change", dispute)).context["sides"]
    notes = {one.side.words: [(word, text) for word, text, _ in one.notes] for one in sides}
    assert notes == {"60": [], "97": [("against", "She was not there.")]}


def test_page_reads_as_many_rows_for_nine_notes_as_for_one(
    editor: Client, django_assert_max_num_queries: Any
) -> None:
    dispute = case()
    figure, counted = dispute.claim.assertions.order_by("pk")[0], []
    comment = url("claim_comment", dispute.claim)
    editor.get(url("dispute_change", dispute))
    for number in (1, 9):
        for _ in range(number):
            editor.post(comment, {"body": f"{dispute.ref} for {figure.ref}: So."})
        with django_assert_max_num_queries(200) as queries:
            editor.get(url("dispute_change", dispute))
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_decision_of_before_is_told_once_the_case_is_reopened(editor: Client) -> None:
    dispute = case()
    resolve_dispute(dispute=dispute, by=make.second_editor(), reason="?", outcome="range_stands",
                    rationale="Both counted.", witness=dispute_witness(dispute))  # fmt: skip
    page = editor.get(url("dispute_change", dispute)).content.decode()
    assert "Decided before" not in page
    make.figure(Claim.objects.get(pk=dispute.claim_id), 200)
    dispute.refresh_from_db()
    assert (dispute.state, dispute.rationale) == ("open", "")
    page = editor.get(url("dispute_change", dispute))
    (one,) = page.context["earlier"]
    assert (one.rationale, one.decided_by) == ("Both counted.", make.second_editor())
    assert "Both counted." in page.content.decode()


def test_preview_shows_the_page_of_readers_as_it_would_be(editor: Client) -> None:
    dispute = case()
    chosen = dispute.claim.assertions.get(point=97)
    sent = {"outcome": "prefer", "preferred": chosen.pk, "rationale": "An eyewitness.",
            "reason": "Read.", "witness": dispute_witness(dispute), "_preview": "1"}  # fmt: skip
    page = editor.post(url("dispute_change", dispute), sent)
    shown = page.context["preview"]
    assert shown["document"]["contention"] == "resolved"
    assert len(shown["evidence"]["rows"]) == 2
    text = page.content.decode()
    assert f'<section class="case" aria-labelledby="{dispute.ref}">' in text
    assert text.count("An eyewitness.") >= 2
    dispute.refresh_from_db()
    assert dispute.state == "open"


def taken(by: Any) -> Dispute:
    dispute = case()
    return take_dispute(dispute=dispute, by=by, reason="Mine.", witness=dispute_witness(dispute))


def test_case_that_was_taken_goes_back(editor: Client) -> None:
    dispute = taken(make.editor())
    address = url("dispute_release", dispute)
    assert address in editor.get(url("dispute_change", dispute)).content.decode()
    page = editor.get(address)
    assert (
        editor.post(address, {**hidden_of(page), "reason": "Others know more."}).status_code == 302
    )
    dispute.refresh_from_db()
    assert (dispute.state, dispute.taken_by) == ("open", None)
    clean()


def test_only_who_took_a_case_or_a_chief_releases_it() -> None:
    dispute = taken(make.editor())
    with pytest.raises(TransitionError, match=f"editor took {dispute.ref}; only they, or a chief"):
        release_dispute(dispute=dispute, by=make.second_editor(), reason="?")
    assert release_dispute(dispute=dispute, by=make.chief(), reason="On leave.").state == "open"


def test_case_that_nobody_took_is_not_released() -> None:
    with pytest.raises(TransitionError, match="to release it, it must be under review"):
        release_dispute(dispute=case(), by=make.editor(), reason="?")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (("", "2012"), "has no date"),
        (("2012", ""), "None of the other statements has a date"),
        (("2012", "2012-03"), "was not said after"),
    ],
)
def test_superseded_is_refused_without_a_later_statement(said: tuple[str, str], words: str) -> None:
    claim = make.claim()
    later, _ = (make.figure(claim, point, asserted_on=day) for point, day in zip(
        (97, 60), said, strict=True))  # fmt: skip
    make.approve(claim)
    dispute = Dispute.objects.get()
    fields = {"outcome": "superseded", "rationale": "A later count."}
    with pytest.raises(Exception, match=words) as refused:
        resolve_dispute(dispute=dispute, by=make.editor(), reason="?", preferred=later, **fields)
    assert refused.value.field == "preferred"
    with pytest.raises(Exception, match="Choose the later statement"):
        resolve_dispute(dispute=dispute, by=make.editor(), reason="?", **fields)


def test_superseded_names_the_later_statement() -> None:
    claim = make.claim()
    make.figure(claim, 60, asserted_on="2012-01")
    later = make.figure(claim, 97, asserted_on="2012-02-13")
    make.approve(claim)
    fields = {"outcome": "superseded", "rationale": "A later count.", "preferred": later}
    done = resolve_dispute(dispute=Dispute.objects.get(), by=make.editor(), reason="?", **fields)
    assert done.preferred == later
    claim.refresh_from_db()
    assert claim.contention == "resolved"
    clean()
