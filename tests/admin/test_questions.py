"""No query string of the desk tells a hidden column, breaks a page or keeps it busy."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Field, Model
from django.test import Client, RequestFactory

from claims.models import Claim, Dispute
from claims.workflow.disputes import note_dispute
from tests import factories as make
from tests.admin.conftest import BACKEND
from tests.kept import made_once
from tests.routes import Samples, build_samples, every_route

pytestmark = pytest.mark.django_db
rows = made_once(build_samples)


def build_noted() -> Dispute:
    """A dispute with a private note."""
    dispute = Dispute.objects.get(claim=make.published_claim(60, 97).claim)
    note_dispute(dispute=dispute, by=make.editor(), reason="n", note="Secret word")
    return dispute


noted = made_once(build_noted)
ROLES = ("contributor", "editor", "chief", "administrator")
VALUES = (
    *("", "x", "\0", "\ud800", "-1", "99999", "9" * 30, "1e999", "NaN", "(", "(([^@]+)+)+@"),
    *("2012-13-45", "True", "None", "١٢", "1,2", "[]", "%", "\u202e", "a" * 5_000, " a" * 2_000),
)
FEW = ("", "x", "\0", "9" * 30, "١٢", "1,2")
CONTROLS = ("_to_field", "_popup", "p", "o", "q", "e", "all", "_facets", "_changelist_filters",
            "_source_model", "id__in", "pk", "nothing", "pk__regex", "page", "term")  # fmt: skip


def admins() -> list[admin.ModelAdmin]:
    return list(admin.site._registry.values())


def lookups_of(model: type[Model], depth: int = 1) -> Iterator[str]:
    """Every column by every look-up and transform that Django knows of it; links one deep."""
    for field in model._meta.get_fields():
        if isinstance(field, Field):
            names = [name for name in field.get_lookups() if name]
            yield from (field.name, *(f"{field.name}__{name}" for name in names))
            yield from (f"{field.name}__year__gt", f"{field.name}__date__exact")
        if field.is_relation and field.related_model is not None and depth:
            for inner in lookups_of(field.related_model, depth - 1):
                yield f"{field.name}__{inner}"


def is_slow(lookup: str) -> bool:
    return lookup.endswith(("regex", "contains", "search", "startswith", "endswith"))


@pytest.mark.parametrize("role", ROLES)
def test_only_what_a_list_offers_can_be_asked(role: str) -> None:
    """The product of all models, columns and look-ups; a column that no filter names is shut."""
    request = RequestFactory().get("/")
    request.user = make.account(role)
    asked = 0
    for one in admins():
        offered = one.offered_lookups(request)
        filters = [each for each in one.get_list_filter(request) if not isinstance(each, type)]
        columns = {each if isinstance(each, str) else each[0] for each in filters}
        columns |= read_by_themselves(one, request)
        for lookup in lookups_of(one.model):
            asked += 1
            allowed = one.lookup_allowed(lookup, "1", request)
            assert allowed == (lookup in offered), lookup
            if allowed:
                assert not is_slow(lookup), lookup
                assert lookup.split("__")[0] in columns, lookup
                assert one.lookup_allowed(lookup, "9" * 30, request) != offered[lookup]
    assert asked > 10_000


def read_by_themselves(one: admin.ModelAdmin, request: Any) -> set[str]:
    """The columns of filters that hand nothing to the look-ups of Django."""
    kinds = [each for each in one.get_list_filter(request) if isinstance(each, type)]
    names = [name for kind in kinds for name in getattr(kind, "parameters", ())]
    names += [kind.parameter_name for kind in kinds if not hasattr(kind, "parameters")]
    return {str(name).partition("__")[0] for name in names if name}


@pytest.mark.parametrize("role", ROLES)
def test_no_list_filters_by_a_column_that_its_page_hides(role: str) -> None:
    """Whoever may see the list sees the column there, or on the row's page."""
    request = RequestFactory().get("/")
    request.user = make.account(role)
    for one in admins():
        assert one.date_hierarchy is None  # its months overflow in the year 9999
        shown = {*one.get_list_display(request), *(one.fields or shown_by_form(one))}
        for each in one.get_list_filter(request):
            if not isinstance(each, type):
                column = each if isinstance(each, str) else each[0]
                assert column in {*shown, *SHOWN_ELSEWHERE}, (one, column)
        assert not {"private_note", "password"} & {*one.get_search_fields(request), *shown}


# By the label of the claim or of the version, in words, on its page.
SHOWN_ELSEWHERE = {"contention", "severity", "state", "priority", "op", "is_current", "status",
                   "value_kind", "citation_needed", "approximate", "outcome", "resolved_at",
                   "revoked_at", "is_active", "is_staff", "is_superuser", "groups", "run",
                   "reliability", "url_status", "csl_type"}  # fmt: skip


def shown_by_form(one: admin.ModelAdmin) -> set[str]:
    return set(getattr(getattr(one.form, "_meta", None), "fields", None) or ())


def client_of(user: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user, backend=BACKEND)
    return client


def is_harmless(response: Any) -> bool:
    """The page, a refusal, or a redirect to it; never an error."""
    return response.status_code in (200, 302, 400, 403, 404, 405)


def list_of(one: admin.ModelAdmin) -> str:
    return f"/admin/{one.opts.app_label}/{one.opts.model_name}/"


@pytest.fixture
def hostile(caplog: pytest.LogCaptureFixture) -> Client:
    """Somebody who may open every page."""
    caplog.set_level("CRITICAL")
    return client_of(User.objects.create_superuser("root"))


def test_no_filter_of_a_list_breaks_it(hostile: Client) -> None:
    request = RequestFactory().get("/")
    request.user = User.objects.get(username="root")
    make.submitted_claim(97)
    for one in admins():
        for name, value in itertools.product(one.offered_lookups(request), FEW):
            response = asked(hostile, list_of(one), [name], value)
            assert is_harmless(response), (list_of(one), name, value[:20])


@pytest.mark.parametrize("name", CONTROLS)
def test_no_parameter_of_lists_breaks_one(hostile: Client, name: str) -> None:
    """What all lists have in common is asked of one in full, of the others in short."""
    make.submitted_claim(97)
    for one in admins():
        for value in VALUES if one.model is Claim else ("\0", "9" * 30):
            response = asked(hostile, list_of(one), [name], value)
            assert is_harmless(response), (list_of(one), value[:20])


def asked(client: Client, address: str, names: Iterable[str], value: str) -> Any:
    """The answer to the same value for all these parameters."""
    sent = dict.fromkeys(names, value.encode("utf-8", "surrogatepass"))
    with transaction.atomic():
        return client.get(address, sent)


def test_no_query_string_breaks_another_page(rows: Samples, hostile: Client) -> None:
    """Pages of rows, of verbs and of history; new rows started from an address."""
    pages = [route for route in every_route() if route.name.startswith("admin:")]
    pages = [page for page in pages if not page.name.endswith(("_changelist", "logout"))]
    for page in pages:
        address = page.address(page.samples()[0], rows).partition("?")[0]
        for value in FEW:
            names = [*CONTROLS, *started_by(page.name)]
            assert is_harmless(asked(hostile, address, names, value)), (address, value)


def started_by(name: str) -> list[str]:
    """The columns that the address of a page of this name may start a new row with."""
    parts = name.removeprefix("admin:").split("_")
    try:
        model = apps.get_model(parts[0], parts[1])
    except (LookupError, IndexError):
        return []
    inputs = ("belligerent_0", "party_0", "parties", "supersedes", "claim", "outcome", "assignee")
    return [*(field.name for field in model._meta.fields), *inputs]


def test_a_suggested_row_is_taken_up() -> None:
    part, total = make.claim(), make.claim()
    asked = {"from_claim": part.pk, "to_claim": total.pk}
    page = client_of(make.contributor()).get("/admin/claims/claimrelation/add/", asked)
    form = page.context["adminform"].form
    assert (form["from_claim"].value(), form["to_claim"].value()) == (str(part.pk), str(total.pk))


@pytest.mark.parametrize("term", ["", "\0", "a" * 5_000, "'\\"])
def test_no_autocomplete_breaks_or_tells_of_accounts(term: str, caplog: Any) -> None:
    """Every column of every model, those that lead back included, asked by a contributor.

    What the view refuses by itself is refused so whatever is around it.
    """
    caplog.set_level("CRITICAL")
    person, refused, answered = make.contributor(), 0, 0
    client = client_of(person)
    for model in apps.get_models():
        for field in model._meta.get_fields():
            asked = {"app_label": model._meta.app_label, "model_name": model._meta.model_name,
                     "field_name": field.name}  # fmt: skip
            if is_refused(person, asked | {"term": ""}):
                assert is_refused(person, asked | {"term": term})
                refused += 1
                continue
            response = client.get("/admin/autocomplete/", asked | {"term": term})
            assert is_harmless(response), asked
            assert b"administrator" not in response.content
            assert field.related_model not in (User, None), asked
            answered += 1
    assert refused > 100
    assert answered > 5


def is_refused(person: User, asked: dict[str, Any]) -> bool:
    request = RequestFactory().get("/admin/autocomplete/", asked)
    request.user = person
    try:
        admin.site.autocomplete_view(request)
    except PermissionDenied:
        return True
    return False


@pytest.mark.parametrize("role", ["contributor", "administrator"])
@pytest.mark.parametrize(
    "how", ["startswith", "contains", "gt", "regex", "iregex", "exact", "in", "isnull", "range"]
)
def test_a_private_note_cannot_be_guessed(role: str, how: str, noted: Dispute, caplog: Any) -> None:
    caplog.set_level("CRITICAL")
    client = client_of(make.account(role))
    for path in ("private_note", "claim__disputes__private_note"):
        for value in ("Secret word", "S", "", "1"):
            asked = {f"{path}__{how}": value}
            assert client.get("/admin/claims/dispute/", asked).status_code == 400
    for model in ("claim", "assertion", "reviewevent"):
        asked = {f"disputes__private_note__{how}": "S"}
        assert client.get(f"/admin/claims/{model}/", asked).status_code == 400
    for order in ("private_note", "-private_note", "99", "-99", "0.1.2.3.4.5.6.7.8.9.10"):
        assert client.get("/admin/claims/dispute/", {"o": order}).status_code == 200
    page = client.get("/admin/claims/dispute/", {"q": "Secret"})
    assert f"dispute/{noted.pk}/change" not in page.content.decode()


def test_filters_that_a_list_offers_still_work() -> None:
    make.submitted_claim(97)
    client = client_of(make.editor())
    page = client.get("/admin/claims/claim/", {"state__exact": "in_review"})
    assert len(page.context["cl"].result_list) == 1
    page = client.get("/admin/claims/claim/", {"state__exact": "draft"})
    assert len(page.context["cl"].result_list) == 0


def test_every_filter_asks_by_a_parameter_that_is_offered(rows: Samples) -> None:
    client = client_of(User.objects.create_superuser("root"))
    request = RequestFactory().get("/")
    request.user = rows["published"]["user"]
    for one in admins():
        for spec in client.get(list_of(one)).context["cl"].filter_specs:
            own = {name for name in spec.expected_parameters() if name}
            assert own <= set(one.offered_lookups(request)), (one, own)


def test_nobody_refers_to_a_row_by_another_column() -> None:
    request = RequestFactory().get("/")
    request.user = make.chief()
    for one in admins():
        for field in one.opts.get_fields():
            wanted = bool(getattr(field, "primary_key", False))
            assert one.to_field_allowed(request, field.name) == wanted
