"""Relations between sources on the desk: proposals beside two quotes, decided one by one."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains

from claims.models import Claim, SourceRelation
from tests import factories as make
from tests.admin.conftest import BACKEND, hidden_of
from tests.kept import made_once
from tests.workflow.printing import printed

pytestmark = pytest.mark.django_db


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def url_of(row: SourceRelation, verb: str) -> str:
    return reverse(f"admin:claims_sourcerelation_{verb}", args=[row.pk])


@made_once
def proposal() -> SourceRelation:
    claim, first, second = make.claim(), make.source("Wire"), make.source("Evening Post")
    printed(claim, first, quote="Sixty men fell at the bridge.")
    printed(claim, second, quote="At the bridge sixty men fell.")
    return make.relation(second, first, confirmed=False, words="It prints the wire.")


def test_a_proposal_stands_beside_both_quotes(proposal: SourceRelation) -> None:
    client = client_of(make.editor())
    for name in ("change", "confirm", "reject", "never"):
        page = client.get(url_of(proposal, name))
        assertContains(page, "Sixty men fell at the bridge.")
        assertContains(page, "At the bridge sixty men fell.")
        assertContains(page, "It prints the wire.")


def decide(client: Client, row: SourceRelation, verb: str) -> SourceRelation:
    url = url_of(row, verb)
    client.post(url, {**hidden_of(client.get(url)), "reason": "Read both."})
    return SourceRelation.objects.get(pk=row.pk)


@pytest.mark.parametrize(
    ("verb", "state", "final"),
    [("confirm", "confirmed", False), ("reject", "rejected", False), ("never", "rejected", True)],
)
def test_an_editor_says_yes_no_or_never_again(proposal, verb, state, final) -> None:
    row = decide(client_of(make.editor()), proposal, verb)
    assert (row.state, row.final, row.decision_reason) == (state, final, "Read both.")
    single = Claim.objects.get().contention == "single_origin"
    assert single is (verb == "confirm")


def test_a_confirmed_relation_can_be_withdrawn(proposal: SourceRelation) -> None:
    client = client_of(make.editor())
    decide(client, proposal, "confirm")
    assert decide(client, proposal, "withdraw").state == "withdrawn"


def test_what_was_decided_meanwhile_is_refused(proposal: SourceRelation) -> None:
    client = client_of(make.editor())
    url = url_of(proposal, "reject")
    seen = hidden_of(client.get(url))
    decide(client_of(make.chief()), proposal, "confirm")
    page = client.post(url, {**seen, "reason": "Not so."})
    assertContains(page, "changed since you read it")


def test_a_contributor_proposes_by_hand(proposal: SourceRelation) -> None:
    asked = {
        "from_source": proposal.to_source_id,
        "to_source": make.source().pk,
        "kind": "cites",
        "words": "Its note 7.",
        "reason": "Read in it.",
    }
    client_of(make.contributor()).post(reverse("admin:claims_sourcerelation_add"), asked)
    row = SourceRelation.objects.latest("pk")
    assert (row.kind, row.state, row.proposed_by) == ("cites", "proposed", make.contributor())
    assert row.evidence == [{"signal": "seen", "words": "Its note 7."}]


def test_a_refusal_of_the_verb_stands_at_its_field(proposal: SourceRelation) -> None:
    source = proposal.to_source_id
    asked = {"from_source": source, "to_source": source, "kind": "cites", "words": "W.",
             "reason": "R."}  # fmt: skip
    page = client_of(make.contributor()).post(reverse("admin:claims_sourcerelation_add"), asked)
    assertContains(page, "a source cannot rest on itself")


def test_the_dashboard_counts_what_waits(proposal: SourceRelation) -> None:
    page = client_of(make.editor()).get(reverse("admin:index"))
    assertContains(page, "Relations between sources to decide")


def test_the_list_finds_what_waits(proposal: SourceRelation) -> None:
    page = client_of(make.contributor()).get(
        reverse("admin:claims_sourcerelation_changelist"), {"state__exact": "proposed"}
    )
    assertContains(page, proposal.ref)
    assertContains(page, "seen by an editor")


def test_an_article_that_was_copied_is_shown_with_its_words() -> None:
    revision = make.article()
    claim, source = make.claim(), make.source()
    place = {"revision": revision, "start": 20, "end": 40}
    printed(claim, source, quote="Copied.", anchors=[place])
    row = make.relation(source, None, to_article=revision.article, confirmed=False)
    assertContains(
        client_of(make.editor()).get(url_of(row, "confirm")), revision.text[20:40].strip()
    )
