"""Every picker of the desk: "+" opens a popup that gives its row back; names can be typed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteMixin, RelatedFieldWidgetWrapper
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.admin.base import VerbFormAdmin
from claims.forms.base import DeskForm
from claims.forms.pickers import ManyPicker, Picker
from claims.models import Assertion, Claim, Party, Source
from claims.workflow.articles import add_article
from tests import factories as make
from tests.admin.conftest import errors_of
from tests.admin.test_saving import change_url, figure_data

pytestmark = pytest.mark.django_db
FormOf = Callable[[Client, str], dict[str, Any]]
# What a row of each kind needs, as a browser sends its form.
NEW: dict[str, dict[str, Any]] = {
    "source": {"title": "A new report", "csl_type": "report", "url_status": "none"},
    "party": {"name": "A new speaker", "kind": "person"},
    "subject": {"title": "A new event", "kind": "event"},
    "measure": {"slug": "drowned", "label": "drowned", "value_kind": "quantity"},
    "article": {"title": "A new page", "language": "en", "format": "plain", "text": "Ten."},
    "claim": {
        "question": "A new question?",
        "aggregation": "event",
        "cardinality": "single",
        "tolerance_pct": "0",
        "best_policy": "none",
    },
}
PLUS = re.compile(r'<a class="[^"]*add-related" id="add_id_(\w+)"[^>]*href="([^"]+)"', re.DOTALL)


def forms_with_pickers() -> list[str]:
    """The models whose forms the desk saves by verbs."""
    found = admin.site._registry.items()
    return sorted(str(model._meta.model_name) for model, one in found
                  if isinstance(one, VerbFormAdmin) and issubclass(one.form, DeskForm))  # fmt: skip


def pages_of(name: str) -> list[str]:
    """The form of a new row, and of one that is there where people may change it."""
    add = reverse(f"admin:claims_{name}_add")
    if name != "assertion":
        return [add]
    claim = make.claim(measure=make.measure(slug="perpetrator", value_kind="party"))
    figure = make.figure(make.claim(), 97)
    return [f"{add}?claim={figure.claim.ref}", f"{add}?claim={claim.ref}", change_url(figure)]


def pickers_of(page: Any) -> dict[str, Any]:
    """The wrappers of all search boxes of a form, by field."""
    if page.status_code == 403:
        return {}
    fields = page.context["adminform"].form.fields
    boxes = {name: field.widget for name, field in fields.items()}
    return {name: box for name, box in boxes.items()
            if isinstance(getattr(box, "widget", box), AutocompleteMixin)}  # fmt: skip


def test_the_walk_sees_the_pickers(contributor: Client) -> None:
    found = {name: set(pickers_of(contributor.get(url)))
             for name in forms_with_pickers() for url in pages_of(name)[:1]}  # fmt: skip
    assert {"source", "party_0", "party_1", "party_2", "anchor_revision"} <= found["assertion"]
    assert {"subject", "measure"} <= found["claim"]
    assert {"parent", "belligerent_0"} <= found["subject"]
    assert found["source"] == {"publisher"}
    assert found["sourcerelation"] == {"from_source", "to_source", "to_article", "claim"}


@pytest.mark.parametrize("name", forms_with_pickers())
def test_every_picker_has_a_plus_that_works_and_takes_names(contributor: Client, name: str) -> None:
    for url in pages_of(name):
        page = contributor.get(url)
        text = page.content.decode() if page.status_code == 200 else ""
        plus = {field: unescape(link) for field, link in PLUS.findall(text)}
        pickers = pickers_of(page)
        assert set(plus) <= set(pickers), "a + beside a short list leads nowhere"
        for field, wrapper in pickers.items():
            assert isinstance(wrapper, RelatedFieldWidgetWrapper), field
            assert isinstance(wrapper.widget, Picker | ManyPicker), field
            assert f'name="{field}_typed"' in text
            kind = wrapper.rel.model._meta.model_name
            assert (field in plus) == (kind in NEW), field
        for link in set(plus.values()):
            popup_gives_back_a_row(contributor, link, link.split("/")[3])


def popup_gives_back_a_row(client: Client, link: str, kind: str) -> None:
    """First with an error, which keeps the popup a popup, then without."""
    model = next(one for one in admin.site._registry if one._meta.model_name == kind)
    page = client.get(link)
    assert page.status_code == 200, link
    hidden = dict(
        re.findall(r'<input type="hidden" name="(_[^"]+)" value="([^"]*)"', page.content.decode())
    )
    assert hidden["_popup"] == "1"
    number = model._default_manager.count()
    data = {**NEW[kind], **hidden}
    key = next(iter(data))
    data[key] = f"{data[key]} {number}".replace(" ", "-" if kind == "measure" else " ")
    if kind == "claim":
        data |= {"subject": make.subject(f"Event {number}").pk, "measure": make.measure().pk}
    again = client.post(link, {**data, "_save": "Save"})
    assert "reason" in errors_of(again)
    assert 'name="_popup" value="1"' in again.content.decode()
    done = client.post(link, {**data, "_save": "Save", "reason": "Named by the report."})
    assert done.status_code == 200, getattr(done, "url", "")
    told = json.loads(done.context["popup_response_data"])
    assert model._default_manager.count() == number + 1
    assert told["value"] == str(model._default_manager.latest("pk").pk)


@pytest.mark.parametrize("asks", ["claims.assertion", "claims.nothing", "nothing", "a.b.c", ""])
def test_a_popup_saves_whatever_form_it_says_that_asked(contributor: Client, asks: str) -> None:
    data = {**NEW["source"], "reason": "Cited.", "_popup": "1", "_source_model": asks}
    url = f"{reverse('admin:claims_source_add')}?_popup=1&_to_field=id"
    response = contributor.post(url, data)
    told = json.loads(response.context["popup_response_data"])
    assert told["value"] == str(Source.objects.get(title="A new report").pk)


def test_a_popup_shows_the_refusal_of_a_verb(contributor: Client) -> None:
    data = {**NEW["source"], "reason": "Cited.", "_popup": "1", "url": "ftp://example.org/x"}
    response = contributor.post(f"{reverse('admin:claims_source_add')}?_popup=1", data)
    assert "write a full web address" in errors_of(response)["url"][0]
    assert 'name="_popup" value="1"' in response.content.decode()
    assert not Source.objects.exists()


def add_figure(client: Client, claim: Claim, **values: Any) -> Any:
    url = f"{reverse('admin:claims_assertion_add')}?claim={claim.ref}"
    return client.post(url, figure_data(**{"point": "97", "_save": "Save", **values}))


@pytest.mark.parametrize("typed", ["{ref}", "Morning Post", " morning post ", "{url}"])
def test_a_source_is_named_without_a_script(contributor: Client, typed: str) -> None:
    source = make.source("Morning Post", url="https://post.example/mill", url_status="live")
    words = typed.format(ref=source.ref, url=source.url)
    response = add_figure(contributor, make.claim(), source_typed=words)
    assert response.status_code == 302, errors_of(response)
    assert Assertion.objects.get().source == source


def test_what_is_typed_goes_before_what_was_chosen(contributor: Client) -> None:
    old, new = make.source("Old"), make.source("New")
    add_figure(contributor, make.claim(), source=old.pk, source_typed="New")
    assert Assertion.objects.get().source == new


def test_a_claim_and_a_chain_are_made_without_a_script(contributor: Client) -> None:
    subject, measure = make.subject("Fire of Arden"), make.measure(slug="killed")
    data = {**NEW["claim"], "subject_typed": "fire of arden", "measure_typed": "killed",
            "reason": "New.", "_save": "Save"}  # fmt: skip
    contributor.post(reverse("admin:claims_claim_add"), data)
    claim = Claim.objects.get()
    assert (claim.subject, claim.measure) == (subject, measure)
    mayor = make.party("Mayor", aliases=["Lord Mayor"])
    source = make.source("Report")
    values = figure_data(point="97", source_typed=source.ref, party_0_typed="lord mayor")
    url = f"{reverse('admin:claims_assertion_add')}?claim={claim.ref}"
    assert contributor.post(url, values).status_code == 302
    link = Assertion.objects.get().attributions.get()
    assert link.party == mayor


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("S999999", "Nothing of this kind is called"),
        ("C1", "Nothing of this kind is called"),
        ("Gazette", "Nothing of this kind is called"),
        ("Morn", "Near: S{number} Morning Post"),
        ("Twin", "More than one is called"),
        ("x" * 3000, "too long"),
        ("a\x00b", "U+0000"),
    ],
)
def test_a_name_that_names_no_row_is_refused_with_a_hint(
    contributor: Client, typed: str, words: str
) -> None:
    one = make.source("Morning Post")
    make.source("Twin", issued="2012"), make.source("Twin", issued="2013")
    response = add_figure(contributor, make.claim(), source_typed=typed)
    assert words.format(number=one.pk) in errors_of(response)["source"][0]
    assert not Assertion.objects.exists()
    if "\x00" not in typed:
        assert typed in unescape(response.content.decode())


@pytest.mark.parametrize("value", ["x", "9" * 30, "١", "-1", "1 or 1"])
def test_a_choice_that_is_no_number_is_refused(contributor: Client, value: str) -> None:
    response = add_figure(contributor, make.claim(), source=value)
    assert "source" in errors_of(response)
    assert not Assertion.objects.exists()


def test_several_parties_are_typed(contributor: Client, form_of: FormOf) -> None:
    claim = make.claim(measure=make.measure(slug="perpetrator", value_kind="party"))
    army, rebels, police = (make.party(name) for name in ("Army", "Rebels", "Police"))
    url = f"{reverse('admin:claims_assertion_add')}?claim={claim.ref}"
    data = {**form_of(contributor, url), "source": make.source().pk, "party_mode": "joint",
            "parties": [army.pk],
            "parties_typed": f"rebels;{police.ref}", "reason": "x"}  # fmt: skip
    wrong = contributor.post(url, {**data, "parties_typed": "rebels; nobody"})
    assert "nobody" in errors_of(wrong)["parties"][0]
    assert contributor.post(url, data).status_code == 302
    links = Assertion.objects.get().party_links.all()
    assert {link.party for link in links} == {army, rebels, police}


def test_the_name_of_the_row_that_stands_changes_nothing(
    contributor: Client, form_of: FormOf
) -> None:
    figure = make.figure(make.claim(), 97, source=make.source("Morning Post"))
    url = change_url(figure)
    data = {**form_of(contributor, url), "source_typed": "morning post", "reason": "Why not."}
    assert errors_of(contributor.post(url, data))["__all__"] == ["Nothing was changed."]


def test_the_figure_form_lists_no_text_of_an_article(contributor: Client) -> None:
    claim = make.claim()
    url = f"{reverse('admin:claims_assertion_add')}?claim={claim.ref}"
    contributor.get(url)
    with CaptureQueriesContext(connection) as few:
        small = contributor.get(url).content
    for number in range(12):
        add_article(title="Mill", slug="mill", text=f"{number} died.", format="plain",
                    by=make.contributor(), reason="New.")  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        large = contributor.get(url).content
    assert len(few) == len(many)
    assert b"revision 3" not in large
    assert abs(len(large) - len(small)) < 100


def test_words_of_an_article_are_found_by_its_reference(contributor: Client) -> None:
    revision = make.article("Mill", "Some 97 men died.")
    place = f"A{revision.article_id}/{revision.number}"
    add_figure(contributor, make.claim(), source=make.source().pk, anchor_revision_typed=place,
               anchor_text="97 men")  # fmt: skip
    assert Assertion.objects.get().anchors.get().revision == revision


def test_one_figure_leads_to_the_next(contributor: Client) -> None:
    claim, source = make.claim(), make.source("Report")
    url = f"{reverse('admin:claims_assertion_add')}?claim={claim.ref}"
    values = figure_data(point="97", source=source.pk, _addanother="Save and add another")
    response = contributor.post(url, values, follow=True)
    form = response.context["adminform"].form
    assert form.claim == claim
    assert str(form["source"].value()) == str(source.pk)
    assert ">Report</option>" in response.content.decode()


def test_no_picker_is_offered_a_plus_that_its_reader_may_not_use(contributor: Client) -> None:
    page = contributor.get(f"{reverse('admin:claims_assertion_add')}?claim={make.claim().ref}")
    text = page.content.decode()
    assert 'id="add_id_party_0"' in text
    assert 'id="add_id_target"' not in text
    assert 'id="add_id_anchor_revision"' not in text
    assert not Party.objects.exists()
