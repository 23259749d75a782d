"""Forms collect, verbs write: reasons, refusals at their field, stale forms, merging."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from claims.choices import ClaimState
from claims.models import Article, Assertion, Claim, Party, Source, Subject
from claims.workflow.claims import edit_claim
from claims.workflow.parties import edit_party
from tests import factories as make
from tests.admin.article_texts import submitted
from tests.admin.conftest import errors_of, messages_of

pytestmark = pytest.mark.django_db
FormOf = Callable[[Client, str], dict[str, Any]]


def change_url(row: Any) -> str:
    return reverse(f"admin:claims_{row._meta.model_name}_change", args=[row.pk])


def test_adding_a_party_signs_its_history(contributor: Client) -> None:
    data = {"name": "AFP", "kind": "outlet", "aliases": "Agence France-Presse\n\nFrance Presse"}
    response = contributor.post(
        reverse("admin:claims_party_add"), {**data, "reason": "Cited."}, follow=True
    )
    party = Party.objects.get(name="AFP")
    record = party.history.get()
    assert response.status_code == 200
    assert party.aliases == ["Agence France-Presse", "France Presse"]
    assert (record.history_user, record.history_change_reason) == (make.contributor(), "Cited.")


def test_a_form_without_a_reason_changes_nothing(contributor: Client, form_of: FormOf) -> None:
    party = make.party("Army")
    data = form_of(contributor, change_url(party))
    response = contributor.post(change_url(party), {**data, "name": "Malian Army"})
    assert "reason" in errors_of(response)
    party.refresh_from_db()
    assert party.name == "Army"


def test_a_form_in_which_nothing_changed_is_refused(contributor: Client, form_of: FormOf) -> None:
    party = make.party("Army", aliases=["the army"])
    data = form_of(contributor, change_url(party))
    response = contributor.post(change_url(party), {**data, "reason": "Why not."})
    assert errors_of(response)["__all__"] == ["Nothing was changed."]
    assert party.history.count() == 1


def test_a_refusal_of_a_verb_stands_at_its_field(contributor: Client) -> None:
    data = {"title": "A report", "csl_type": "report", "url_status": "live", "reason": "Cited."}
    url = reverse("admin:claims_source_add")
    response = contributor.post(url, {**data, "url": "ftp://example.org/x"})
    assert response.status_code == 200
    assert "write a full web address" in errors_of(response)["url"][0]
    assert not Source.objects.exists()


def test_a_claim_is_drafted_with_the_unit_of_its_measure(contributor: Client) -> None:
    measure = make.measure(slug="killed", default_unit="persons")
    data = {
        "question": "How many were killed?",
        "subject": make.subject().pk,
        "measure": measure.pk,
        "aggregation": "event",
        "cardinality": "single",
        "tolerance_pct": "0",
        "best_policy": "none",
        "reason": "A new question.",
    }
    contributor.post(reverse("admin:claims_claim_add"), data)
    claim = Claim.objects.get()
    assert (claim.state, claim.unit) == (ClaimState.DRAFT, "persons")
    assert claim.last_edited_by == make.contributor()


def test_editing_a_published_claim_leaves_the_paper_alone(
    contributor: Client, form_of: FormOf
) -> None:
    version = make.published_claim(97)
    url = change_url(version.claim)
    data = {**form_of(contributor, url), "question": "How many, then?", "reason": "Clearer."}
    assert contributor.post(url, data).status_code == 302
    claim = Claim.objects.get(pk=version.claim_id)
    assert (claim.question, claim.state) == ("How many, then?", ClaimState.DRAFT)
    assert claim.versions.count() == 1
    assert claim.versions.get().question == version.question


def test_a_stale_form_is_refused_and_shows_both_sides(contributor: Client, form_of: FormOf) -> None:
    claim = make.claim(unit="persons")
    url = change_url(claim)
    opened = form_of(contributor, url)
    edit_claim(claim=claim, by=make.editor(), reason="Narrower.", population="soldiers")
    mine = {**opened, "question": "My question?", "reason": "Clearer."}
    response = contributor.post(url, mine)
    page = response.content.decode()
    claim.refresh_from_db()
    assert claim.question != "My question?"
    assert "changed meanwhile by editor: Narrower." in page
    rows = {row.label: row for row in response.context["clashes"][0].rows}
    assert (rows["Population"].theirs, rows["Population"].kept) == ("soldiers", "theirs")
    assert (rows["Question"].mine, rows["Question"].kept) == ("My question?", "yours")
    # The form that is shown holds theirs and mine: saved again, both stand.
    form = response.context["adminform"].form
    assert (form["population"].value(), form["question"].value()) == ("soldiers", "My question?")
    again = {name: form[name].value() or "" for name in form.fields}
    assert contributor.post(url, again).status_code == 302
    claim.refresh_from_db()
    assert (claim.question, claim.population) == ("My question?", "soldiers")


def test_a_clash_names_the_field_that_both_changed(contributor: Client, form_of: FormOf) -> None:
    party = make.party("Army")
    opened = form_of(contributor, change_url(party))
    edit_party(party=party, by=make.editor(), reason="Full name.", name="Malian Army")
    response = contributor.post(change_url(party), {**opened, "name": "FAMA", "reason": "Short."})
    row = response.context["clashes"][0].rows[0]
    assert (row.base, row.theirs, row.mine, row.both) == ("Army", "Malian Army", "FAMA", True)


@pytest.mark.parametrize("seen", ["", "0", "999999999999999999999", "x", "١"])
def test_a_form_that_hides_what_it_saw_is_stale(
    contributor: Client, form_of: FormOf, seen: str
) -> None:
    party = make.party("Army")
    data = {**form_of(contributor, change_url(party)), "name": "FAMA", "reason": "Short."}
    response = contributor.post(change_url(party), {**data, "seen": seen})
    assert response.status_code == 200
    assert Party.objects.get(pk=party.pk).name == "Army"


def figure_data(**values: Any) -> dict[str, Any]:
    chain = {f"{name}_{number}": value for number in range(3)
             for name, value in (("role", "publisher"), ("mode", "said"))}  # fmt: skip
    chain["role_0"] = "speaker"
    return {
        "stance": "asserts",
        "value_state": "value",
        **chain,
        "reason": "As reported.",
        **values,
    }


def test_a_figure_is_added_with_its_chain(contributor: Client) -> None:
    claim, speaker, outlet = make.claim(), make.party("Officer"), make.party("AFP", kind="outlet")
    data = figure_data(
        source=make.source().pk, point="97", party_0=speaker.pk, party_1=outlet.pk, quote="97 dead"
    )
    url = reverse("admin:claims_assertion_add")
    response = contributor.post(f"{url}?claim={claim.ref}", {**data, "_save": "Save"})
    assert response.url == change_url(claim)
    figure = Assertion.objects.get()
    chain = [(link.party.name, link.role) for link in figure.attributions.order_by("position")]
    assert (figure.point, figure.origin) == (97, speaker.ref)
    assert chain == [("Officer", "speaker"), ("AFP", "publisher")]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"point": "97"}, "source"),
        ({"citation_needed": "on"}, "value_state"),
        ({"citation_needed": "on", "point": "-1"}, "point"),
        ({"citation_needed": "on", "low": "5", "high": "2"}, "point"),
        ({"citation_needed": "on", "point": "1e400"}, "point"),
        ({"citation_needed": "on", "point": "NaN"}, "point"),
        ({"citation_needed": "on", "point": "97", "asserted_on": "last week"}, "asserted_on"),
        ({"citation_needed": "on", "stance": "denies"}, "extent"),
        ({"citation_needed": "on", "point": "97", "quote": "a\x00b"}, "quote"),
    ],
)
def test_a_bad_figure_is_refused_at_its_field(
    contributor: Client, values: dict[str, str], field: str
) -> None:
    claim = make.claim()
    url = f"{reverse('admin:claims_assertion_add')}?claim={claim.ref}"
    response = contributor.post(url, figure_data(**values))
    assert response.status_code == 200
    assert field in errors_of(response)
    assert not Assertion.objects.exists()


def test_a_figure_is_added_to_a_claim_only(contributor: Client) -> None:
    url = reverse("admin:claims_assertion_add")
    assert contributor.get(url).status_code == 403
    assert contributor.get(f"{url}?claim=C999999").status_code == 404
    assert contributor.get(f"{url}?claim=x").status_code == 404


def test_what_a_source_says_now_supersedes_what_it_said(
    contributor: Client, form_of: FormOf
) -> None:
    claim = make.claim()
    old = make.figure(claim, 97)
    url = f"{reverse('admin:claims_assertion_add')}?claim={claim.ref}&supersedes={old.pk}"
    data = {**form_of(contributor, url), "point": "82", "reason": "It corrected itself."}
    assert contributor.post(url, data).status_code == 302
    old.refresh_from_db()
    new = Assertion.objects.get(supersedes=old)
    assert (old.status, new.point, new.source) == ("superseded", 82, old.source)
    assert new.origin == old.origin


def test_an_anchor_is_set_by_its_words(contributor: Client, form_of: FormOf) -> None:
    revision = make.article(text="= T =\n\nAbout 60 were killed, others said 97.\n")
    figure = make.figure(make.claim(), 97)
    url = change_url(figure)
    data = {**form_of(contributor, url), "anchor_revision": revision.pk, "reason": "There."}
    twice = contributor.post(url, {**data, "anchor_text": "e"})
    assert "anchor_text" in errors_of(twice)
    contributor.post(url, {**data, "anchor_text": "others said 97"})
    anchor = figure.anchors.get()
    assert (anchor.exact, revision.text[anchor.start : anchor.end]) == ("others said 97",) * 2
    assert b"<mark>others said 97</mark>" in contributor.get(url).content


def test_belligerents_are_saved_with_their_sides(contributor: Client, form_of: FormOf) -> None:
    subject, army = make.subject(), make.party("Army", kind="government")
    data = {**form_of(contributor, change_url(subject)), "reason": "They fought."}
    data |= {"belligerent_0": army.pk, "side_0": "government"}
    assert contributor.post(change_url(subject), data).status_code == 302
    links = Subject.objects.get(pk=subject.pk).belligerent_links.all()
    assert [(link.party.name, link.side) for link in links] == [("Army", "government")]


def test_an_article_and_its_next_revision(contributor: Client) -> None:
    data = {"title": "Mali", "language": "en", "format": "plain", "text": "= Mali =\n\n60 died.\n"}
    contributor.post(reverse("admin:claims_article_add"), {**data, "reason": "New."})
    article = Article.objects.get()
    submitted(contributor, article, "= Mali =\n\n82 died.\n", reason="Corrected.")
    assert list(article.revisions.values_list("number", flat=True)) == [2, 1]
    assert not article.revisions.approved().exists()


def test_links_between_claims_are_made_and_removed(contributor: Client) -> None:
    part, total = make.claim(), make.claim()
    url = reverse("admin:claims_claimrelation_add")
    data = {"from_claim": part.pk, "to_claim": total.pk, "kind": "part_of_total", "reason": "Sum."}
    contributor.post(url, data)
    relation = part.relations_from.get()
    circle = contributor.post(url, {**data, "from_claim": total.pk, "to_claim": part.pk})
    assert "to_claim" in errors_of(circle)
    unlink = reverse("admin:claims_claimrelation_unlink", args=[relation.pk])
    response = contributor.post(unlink, {"reason": "Another scope."}, follow=True)
    assert messages_of(response)
    assert not part.relations_from.exists()
