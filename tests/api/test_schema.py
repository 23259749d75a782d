"""The schema: complete, without warnings, and true of the answers."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

import jsonschema
import pytest
import yaml
from django.core.management import call_command
from django.test import Client

from claims.api.urls import urlpatterns
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    """The OpenAPI document, as the command writes it; a warning fails it."""
    out = StringIO()
    call_command("spectacular", "--validate", "--fail-on-warn", stdout=out)
    document: dict[str, Any] = yaml.safe_load(out.getvalue())
    return document


def shape_of(schema: dict[str, Any], path: str, kind: str = "application/json") -> dict[str, Any]:
    content = schema["paths"][path]["get"]["responses"]["200"]["content"]
    return {**untrimmed(content[kind]["schema"]), "components": schema["components"]}


def untrimmed(shape: dict[str, Any]) -> dict[str, Any]:
    """The shape of whole documents, without the one of those that ``fields=`` trims."""
    if "anyOf" in shape:
        return shape["anyOf"][0]
    if "results" not in shape.get("properties", {}):
        return shape
    results = shape["properties"]["results"]
    rows = {**results, "items": untrimmed(results["items"])}
    return {**shape, "properties": {**shape["properties"], "results": rows}}


def test_every_address_is_described(schema) -> None:
    described = set(schema["paths"])
    for one in urlpatterns:
        if not one.name.endswith(("-as", "-nothing", "-schema", "-docs")):
            path = str(one.pattern)
            for word in ("ref:ref", "smallnumber:number", "suffix:name", "slug:code"):
                path = path.replace(f"<{word}>", f"{{{word.split(':')[1]}}}")
            assert f"/api/v1/{path}" in described


def test_operations_have_stable_names(schema) -> None:
    names = {path["get"]["operationId"] for path in schema["paths"].values()}
    assert len(names) == len(schema["paths"])
    assert {"claims_list", "claims_read", "disputes_list", "figures_list"} <= names


def test_filters_are_described_with_their_values(schema) -> None:
    parameters = schema["paths"]["/api/v1/claims/"]["get"]["parameters"]
    found = {one["name"]: one["schema"] for one in parameters}
    assert "disputed" in found["contention"]["items"]["enum"]
    assert found["limit"]["maximum"] == 200


LISTS = ["claims", "figures", "disputes", "sources", "subjects", "articles", "changes", "stats"]


@pytest.mark.parametrize("name", [*LISTS, "exports", "problems"])
def test_lists_are_as_described(client: Client, schema, name: str) -> None:
    factories.article()
    claim = factories.claim(subject=factories.subject(when="2012-01-24"))
    factories.figure(claim, 60)
    factories.figure(claim, None, low="90", high="101")
    factories.approve(claim)
    answer = client.get(f"/api/v1/{name}/").json()
    assert answer["results"]
    jsonschema.validate(answer, shape_of(schema, f"/api/v1/{name}/"))


@pytest.mark.parametrize("name", ["claims", "figures", "disputes", "sources", "subjects"])
def test_documents_are_as_described(client: Client, schema, disputed, name: str) -> None:
    row = client.get(f"/api/v1/{name}/").json()["results"][0]
    answer = client.get(f"/api/v1/{name}/{row.get('ref') or row['figure_ref']}/").json()
    shape = shape_of(schema, f"/api/v1/{name}/{{ref}}/")
    jsonschema.validate(answer, shape)
    reference = shape["$ref"].rpartition("/")[2]
    described = set(schema["components"]["schemas"][reference]["properties"])
    # An answer of another time says what it leaves out.
    assert described == set(answer) | ({"known_on"} if name == "claims" else set())


def test_a_claim_as_it_was_known_is_as_described(client: Client, schema, disputed) -> None:
    answer = client.get(f"/api/v1/claims/C{disputed.claim_id}/?known_on=2012-03-01").json()
    shape = shape_of(schema, "/api/v1/claims/{ref}/")
    jsonschema.validate(answer, shape)
    reference = shape["$ref"].rpartition("/")[2]
    assert set(schema["components"]["schemas"][reference]["properties"]) == set(answer)


def test_the_file_of_all_claims_is_as_described(client: Client, schema, disputed) -> None:
    answer = json.loads(client.get("/api/v1/exports/claims.json").getvalue())
    assert answer["end"]["count"] == 1
    jsonschema.validate(answer, shape_of(schema, "/api/v1/exports/claims.{name}"))


def test_the_documentation_runs_under_the_policy(client: Client, db: None) -> None:
    response = client.get("/api/v1/docs/")
    page = response.content.decode()
    assert "<script>" not in page
    assert "<style" not in page
    assert "unsafe" not in response["Content-Security-Policy"]
    script = client.get("/api/v1/docs/?script=")
    assert script["Content-Type"].startswith("application/javascript")
    assert b"/api/v1/schema/" in script.content
