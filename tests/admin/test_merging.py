"""Rows that may be one, on the desk: asked about, merged, decided on, undone, and hidden."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from claims.models import Claim, Merge, Party, SamenessQuestion
from claims.workflow.merging import approve_merge, propose_merge
from claims.workflow.sameness import ask_sameness
from tests import factories as make
from tests.admin.conftest import hidden_of

pytestmark = pytest.mark.django_db


def public_pair() -> tuple[Party, Party]:
    old, new = make.party("Agence", kind="outlet"), make.party("Agency", kind="outlet")
    claim = make.claim()
    make.figure(claim, 5, speaker=old)
    make.approve(claim)
    return old, new


def url(name: str, row: Any) -> str:
    return reverse(f"admin:claims_{name}", args=[row.pk])


def post(client: Client, address: str, **data: str) -> Any:
    hidden = hidden_of(client.get(address))
    return client.post(address, {**hidden, "reason": "One and the same.", **data})


def test_merge_is_proposed_from_the_page_of_a_row(contributor: Client) -> None:
    old, new = public_pair()
    assert url("party_merge", old) in contributor.get(url("party_change", old)).content.decode()
    assert post(contributor, url("party_merge", old), into=new.ref).status_code == 302
    item = Merge.objects.get()
    assert (item.merged, item.into, item.state) == (old.pk, new.pk, "proposed")


@pytest.mark.parametrize("text", ["P9999999999999999999", "Agency", "S1"])
def test_row_that_is_not_there_is_refused_at_its_field(contributor: Client, text: str) -> None:
    page = post(contributor, url("party_merge", make.party()), into=text)
    assert "There is no such row" in page.content.decode()
    assert not Merge.objects.exists()


def test_measure_is_named_by_its_short_name(contributor: Client) -> None:
    old, new = make.measure(slug="boats_lost"), make.measure(slug="lost-boats")
    post(contributor, url("measure_merge", old), into="lost-boats")
    assert Merge.objects.get().into == new.pk


def test_decision_shows_both_rows_and_the_claims(editor: Client) -> None:
    old, new = public_pair()
    claim = Claim.objects.get()
    item = propose_merge(
        noun="party", merged=old.pk, into=new.pk, by=make.contributor(), reason="The same."
    )
    page = editor.get(url("merge_approve", item)).content.decode()
    for words in ("Agence", "Agency", "The same.", claim.question, "gives readers 1 claim with it"):
        assert words in page
    assert post(editor, url("merge_approve", item)).status_code == 302
    item.refresh_from_db()
    claim.refresh_from_db()
    assert (item.state, claim.state) == ("done", "published")
    assert post(editor, url("merge_undo", item)).status_code == 302
    item.refresh_from_db()
    assert item.state == "undoing"


def test_claims_that_ask_the_same_come_with_their_subjects(
    contributor: Client, editor: Client
) -> None:
    old, new, what = make.subject(), make.subject(), make.measure()
    first, second = (make.claim(subject=row, measure=what) for row in (old, new))
    for claim in (first, second):
        make.figure(claim, 5)
        make.approve(claim)
    page = post(contributor, url("claim_merge", first), into=second.ref)
    assert f"If {old.ref} and {new.ref} are one, merge these" in page.content.decode()

    post(contributor, url("subject_merge", old), into=new.ref)
    item = Merge.objects.get()
    page = editor.get(url("merge_approve", item)).content.decode()
    assert "Claims that become one with it" in page
    assert f'<a href="{url("claim_change", first)}">{first.ref}</a>' in page
    assert post(editor, url("merge_approve", item)).status_code == 302
    part = Merge.objects.get(part_of=item)
    assert f"came with merge {item.pk}" in editor.get("/admin/claims/merge/").content.decode()
    assert url("merge_undo", part) not in editor.get(url("merge_change", part)).content.decode()
    second.refresh_from_db()
    assert (second.state, second.assertions.count()) == ("in_review", 2)


def test_decision_on_what_changed_since_is_refused(editor: Client) -> None:
    old, new = public_pair()
    item = propose_merge(
        noun="party", merged=old.pk, into=new.pk, by=make.contributor(), reason="The same."
    )
    address = url("merge_approve", item)
    hidden = hidden_of(editor.get(address))
    make.figure(make.claim(), 7, speaker=old)
    page = editor.post(address, {**hidden, "reason": "So it is."})
    assert "read it again" in page.content.decode()


def test_proposer_gets_no_button(editor: Client) -> None:
    old, new = public_pair()
    item = propose_merge(
        noun="party", merged=old.pk, into=new.pk, by=make.editor(), reason="The same."
    )
    page = editor.get(url("merge_approve", item)).content.decode()
    assert "somebody else must decide" in page
    assert '<input type="submit"' not in page


def test_questions_are_listed_and_answered(contributor: Client) -> None:
    one, two = make.party("Agence"), make.party("Agency")
    question = ask_sameness(
        noun="party", one=one.pk, other=two.pk, why="alike", by=make.contributor(), reason="Seen."
    )
    listed = contributor.get(reverse("admin:claims_samenessquestion_changelist"))
    assert f"{one.ref} Agence – {two.ref} Agency" in listed.content.decode()
    asked = f"samenessquestion/{question.pk}/"
    assert asked in contributor.get(url("party_change", one)).content.decode()
    page = contributor.get(url("samenessquestion_no", question)).content.decode()
    assert "Agence" in page
    post(contributor, url("samenessquestion_no", question))
    question.refresh_from_db()
    assert (question.answer, question.answered_by) == ("no", make.contributor())
    assert asked not in contributor.get(url("party_change", one)).content.decode()


def test_new_row_that_looks_like_another_is_asked_about(contributor: Client, form_of: Any) -> None:
    one = make.party("Jane Holt", description="mayor")
    address = reverse("admin:claims_party_add")
    data = {"name": "Jane Holt", "kind": "person", "description": "a miner", "reason": "Needed."}
    assert contributor.post(address, form_of(contributor, address) | data).status_code == 302
    question = SamenessQuestion.objects.get()
    assert (question.first, question.why) == (one.pk, "called the same, in another role")


NOUNS = {"party": make.party, "source": make.source, "subject": make.subject}


@pytest.mark.parametrize("noun", NOUNS)
def test_merged_row_is_offered_nowhere_and_its_page_leads_on(
    contributor: Client, noun: str
) -> None:
    maker: Any = NOUNS[noun]
    old, new = maker("Zq one"), maker("Zq two")
    propose_merge(noun=noun, merged=old.pk, into=new.pk, by=make.contributor(), reason="The same.")
    for asked in ("", "?q=Zq", f"?q={old.ref}"):
        page = contributor.get(reverse(f"admin:claims_{noun}_changelist") + asked)
        assert old not in list(page.context["cl"].result_list)
    picker = {
        "party": ("source", "publisher"),
        "source": ("assertion", "source"),
        "subject": ("claim", "subject"),
    }[noun]
    asked = {"app_label": "claims", "model_name": picker[0], "field_name": picker[1], "term": "Zq"}
    found = contributor.get(reverse("admin:autocomplete"), asked).json()["results"]
    assert [row["id"] for row in found] == [str(new.pk)]
    page = contributor.get(url(f"{noun}_change", old)).content.decode()
    assert f"This row was merged into {new.ref}" in page
    assert url(f"{noun}_merge", old) not in page


def test_tiles_count_what_waits(editor: Client) -> None:
    old, new = public_pair()
    propose_merge(noun="party", merged=old.pk, into=new.pk, by=make.contributor(), reason="Same.")
    tiles = {str(one["label"]): one for one in editor.get("/admin/").context["tiles"]}
    assert tiles["Merges to decide"]["count"] == "1"
    assert editor.get(tiles["Merges to decide"]["url"]).status_code == 200
    assert editor.get(tiles["The same?"]["url"]).status_code == 200
    approve_merge(merge=Merge.objects.get(), by=make.editor(), reason="So it is.")
