"""Two editors at one row: what each changed is kept, and of one answer one of the two."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client

from claims.models import Article, Assertion, Claim, Measure, Party, Source, Subject
from claims.workflow.articles import edit_article
from claims.workflow.claims import edit_claim
from claims.workflow.evidence import change_assertion
from claims.workflow.measures import edit_measure
from claims.workflow.parties import edit_party
from claims.workflow.sources import edit_source
from claims.workflow.subjects import edit_subject
from tests import factories as make
from tests.admin.conftest import errors_of
from tests.admin.figure_rows import row_errors
from tests.admin.test_quoting import filled
from tests.admin.test_saving import change_url
from tests.admin.test_standing_rows import claim, opened

pytestmark = pytest.mark.django_db
__all__ = ["claim"]  # a fixture

FormOf = Callable[[Client, str], dict[str, Any]]
# Of each kind of row: what one editor changes, then what the other does.
CASES: list[tuple[type[Model], Any, str, dict[str, str], dict[str, str]]] = [
    (Claim, edit_claim, "claim", {"population": "soldiers"}, {"question": "How many fell?"}),
    (Source, edit_source, "source", {"authors": "Bell"}, {"title": "A better title"}),
    (Party, edit_party, "party", {"description": "of the north"}, {"name": "Malian Army"}),
    (Subject, edit_subject, "subject", {"place": "Gao"}, {"title": "A better title"}),
    (Measure, edit_measure, "measure", {"label": "dead"}, {"default_unit": "persons"}),
    (Article, edit_article, "article", {"licence": "CC0"}, {"title": "A better title"}),
]
NOUNS = [case[2] for case in CASES]


def row_of(model: type[Model]) -> Any:
    if model is Article:
        return make.article().article
    made = {Claim: make.claim, Source: make.source, Party: make.party, Subject: make.subject,
            Measure: make.measure}[model]  # fmt: skip
    return made("Army") if model is Party else made()


def sent_again(response: Any) -> dict[str, Any]:
    """What the page would send when somebody only presses Save."""
    form = response.context["adminform"].form
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value not in (None, False)}


@pytest.mark.parametrize(("model", "edit", "noun", "theirs", "mine"), CASES, ids=NOUNS)
def test_what_two_editors_changed_of_one_row_stands_side_by_side(
    contributor: Client, form_of: FormOf, model: Any, edit: Any, noun: str, theirs: Any, mine: Any
) -> None:
    row = row_of(model)
    data = {**form_of(contributor, change_url(row)), **mine, "reason": "Mine."}
    edit(**{noun: row}, by=make.editor(), reason="Theirs.", **theirs)
    page = contributor.post(change_url(row), data)
    assert [one.kept for one in page.context["clashes"][0].rows if not one.both] in (
        ["theirs", "yours"], ["yours", "theirs"])  # fmt: skip
    assert contributor.post(change_url(row), sent_again(page)).status_code == 302
    row.refresh_from_db()
    assert {name: getattr(row, name) for name in (*theirs, *mine)} == theirs | mine


@pytest.mark.parametrize("kept", ["theirs", "mine"])
@pytest.mark.parametrize(("model", "edit", "noun", "theirs", "mine"), CASES, ids=NOUNS)
def test_of_what_both_changed_the_one_that_is_chosen_is_kept(
    contributor: Client, form_of: FormOf, model: Any, edit: Any, noun: str, theirs: Any, mine: Any,
    kept: str,
) -> None:  # fmt: skip
    row, (name, words) = row_of(model), next(iter(mine.items()))
    data = {**form_of(contributor, change_url(row)), **mine, **theirs, "reason": "Mine."}
    edit(**{noun: row}, by=make.editor(), reason="Theirs.", **{name: f"{words} of old"})
    page = contributor.post(change_url(row), data)
    choice = f'name="keep-{name}" value="{kept}"'
    assert choice in page.content.decode()
    again = {**sent_again(page), f"keep-{name}": kept}
    assert contributor.post(change_url(row), again).status_code == 302
    row.refresh_from_db()
    assert getattr(row, name) == (f"{words} of old" if kept == "theirs" else words)
    assert all(getattr(row, one) == value for one, value in theirs.items())  # nobody else's


def test_a_chain_that_somebody_corrected_is_not_put_back_by_an_older_form(
    contributor: Client, form_of: FormOf, claim: Claim
) -> None:
    figure = claim.assertions.order_by("pk")[0]
    url = change_url(figure)
    data = form_of(contributor, url) | {"quote": "about 60 are dead", "reason": "Mine."}
    chain = [{"party": make.party("Col. Roe"), "role": "speaker", "mode": "said"},
             {"party": make.party("AFP"), "role": "publisher", "mode": "reported"}]  # fmt: skip
    change_assertion(assertion=figure, by=make.editor(), reason="He did.", attributions=chain)
    page = contributor.post(url, data)
    row = next(one for one in page.context["clashes"][0].rows if "Who says it" in one.label)
    assert ("Ann Bell" in row.base, "Col. Roe" in row.theirs, row.kept) == (True, True, "theirs")
    assert contributor.post(url, sent_again(page)).status_code == 302
    names = figure.attributions.order_by("position").values_list("party__name", flat=True)
    assert list(names) == ["Col. Roe", "AFP"]
    figure.refresh_from_db()
    assert figure.quote == "about 60 are dead"


def test_the_ends_of_a_value_are_one_answer(
    contributor: Client, form_of: FormOf, claim: Claim
) -> None:
    figure = claim.assertions.order_by("pk")[1]
    url = change_url(figure)
    change_assertion(assertion=figure, by=make.editor(), reason="A range.", point=None, low=50,
                     high=90)  # fmt: skip
    data = form_of(contributor, url) | {"high": "100", "reason": "Mine."}
    change_assertion(assertion=figure, by=make.editor(), reason="Lower.", low=40)
    page = contributor.post(url, data)
    (row,) = page.context["clashes"][0].rows
    assert (row.both, row.theirs, row.mine) == (True, "Lowest: 40; Highest: 90",
                                                "Lowest: 50; Highest: 100")  # fmt: skip
    again = sent_again(page) | {f"keep-{row.name}": "theirs", "quote": "in their words"}
    assert contributor.post(url, again).status_code == 302
    figure.refresh_from_db()
    assert (figure.low, figure.high, figure.quote) == (40, 90, "in their words")


def test_belligerents_that_somebody_added_stay(contributor: Client, form_of: FormOf) -> None:
    subject, url = make.subject(), ""
    url = change_url(subject)
    data = {**form_of(contributor, url), "title": "A better title", "reason": "Mine."}
    pair = [(make.party("Army"), "government")]
    edit_subject(subject=subject, by=make.editor(), reason="Named.", belligerents=pair)
    page = contributor.post(url, data)
    assert contributor.post(url, sent_again(page)).status_code == 302
    assert [one.party.name for one in subject.belligerent_links.all()] == ["Army"]
    subject.refresh_from_db()
    assert subject.title == "A better title"


def test_rows_of_figures_merge_as_forms_do(contributor: Client, claim: Claim) -> None:
    data = opened(contributor, claim) | {"assertions-1-value": "98", "assertions-0-locator": "p. 3"}
    first, second = claim.assertions.order_by("pk")
    change_assertion(assertion=first, by=make.editor(), reason="Words.", quote="some 60 died")
    change_assertion(assertion=second, by=make.editor(), reason="Misprint.", point=79)
    page = contributor.post(change_url(claim), data)
    told = {clash.title: clash for clash in page.context["clashes"]}
    assert told.keys() == {first.ref, second.ref}
    assert not told[first.ref].has_choice
    (row,) = told[second.ref].rows
    assert (row.base, row.theirs, row.mine, row.both) == ("97", "79", "98", True)
    assert "Somebody changed this" in row_errors(page)[0]["__all__"][0]
    again = filled(page) | {"keep-assertions-1-value": "theirs", "_save": "Save"}
    assert contributor.post(change_url(claim), again).status_code == 302
    for figure in (first, second):
        figure.refresh_from_db()
    assert (first.quote, first.locator, second.point) == ("some 60 died", "p. 3", 79)


def test_a_row_that_only_somebody_else_changed_is_left_to_them(
    contributor: Client, claim: Claim
) -> None:
    data = opened(contributor, claim) | {"assertions-0-locator": "p. 3"}
    second = claim.assertions.order_by("pk")[1]
    change_assertion(assertion=second, by=make.editor(), reason="Misprint.", point=79)
    assert contributor.post(change_url(claim), data).status_code == 302
    second.refresh_from_db()
    assert second.point == 79
    assert Assertion.objects.get(locator="p. 3").claim == claim


def test_a_choice_says_nothing_where_there_is_no_row(contributor: Client) -> None:
    data = {"name": "AFP", "kind": "outlet", "reason": "Cited.", "keep-name": "theirs"}
    assert contributor.post("/admin/claims/party/add/", data).status_code == 302
    gone = contributor.post("/admin/claims/party/999/change/", data)
    assert gone.status_code == 302  # back to the start, as for any row that is not there
    page = contributor.post("/admin/claims/party/add/", {"keep-name": "theirs", "reason": "x"})
    assert "name" in errors_of(page)
