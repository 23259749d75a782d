"""The table of formats and every place that goes by it: addresses, negotiation, links, guide."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from claims.exporters.formats import (
    FORMATS,
    PagePart,
    claim_text,
    formats_of,
    links_of_claim,
    page_writer,
    whole_file,
)
from claims.exporters.one_claim import Look
from claims.models import ClaimVersion
from claims.verifier.manifests import is_table
from tests import factories
from tests.kept import made_once

LISTS: dict[PagePart, tuple[str, ...]] = {
    "claims": ("claims",),
    "table": ("figures",),
    "records": ("disputes", "sources", "subjects", "articles"),
}


@made_once
def disputed() -> ClaimVersion:
    return factories.published_claim(60, 97)


def body_of(client: Client, address: str, name: str, **headers: str) -> bytes:
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200, address
    assert answer.headers["Content-Type"] == FORMATS[name].media_type, address
    return answer.getvalue()


def refused(client: Client, address: str) -> int:
    return client.get(address, follow=True).status_code


@pytest.mark.parametrize("name", FORMATS)
def test_a_claim_is_at_every_address_of_a_format_and_the_same_there(
    client: Client, disputed: ClaimVersion, name: str
) -> None:
    ref = f"C{disputed.claim_id}"
    page, api = f"/claims/{ref}.{name}", f"/api/v1/claims/{ref}"
    if name not in formats_of("claim"):
        assert [refused(client, one) for one in (page, f"{api}.{name}")] == [404, 404]
        assert refused(client, f"{api}/?format={name}") == 400
        return
    text = claim_text(name, disputed.payload, Look("http://testserver"))
    whole = text if isinstance(text, bytes) else text.encode()
    found = [
        body_of(client, page, name),
        body_of(client, f"{api}.{name}", name),
        body_of(client, f"{api}/?format={name}", name),
        body_of(client, f"{api}/", name, Accept=FORMATS[name].bare_type),
    ]
    assert found == [whole] * 4


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("part", LISTS)
def test_a_list_is_at_every_address_of_a_format(
    client: Client, disputed: ClaimVersion, part: PagePart, name: str
) -> None:
    factories.article()
    for noun in LISTS[part]:
        address = f"/api/v1/{noun}"
        if name in formats_of(part):
            bodies = [
                body_of(client, f"{address}.{name}", name),
                body_of(client, f"{address}/?format={name}", name),
                body_of(client, f"{address}/", name, Accept=FORMATS[name].bare_type),
            ]
            assert all(bodies)
        else:
            assert refused(client, f"{address}.{name}") == 404
            assert refused(client, f"{address}/?format={name}") == 400


@pytest.mark.parametrize("name", FORMATS)
def test_all_claims_are_a_file_in_each_format_that_holds_them(
    client: Client, disputed: ClaimVersion, name: str
) -> None:
    address = f"/api/v1/exports/claims.{name}"
    if name not in formats_of("whole"):
        assert [refused(client, one) for one in (address, f"{address}/manifest/")] == [404, 404]
        return
    assert body_of(client, address, name)
    manifest = client.get(f"{address}/manifest/").json()
    assert manifest["count"] == (2 if whole_file(name).of_statements else 1)
    listed = client.get("/api/v1/exports/").json()["results"]
    (entry,) = [one for one in listed if one["name"] == f"claims.{name}"]
    assert (entry["media_type"], entry["rows"]) == (FORMATS[name].media_type, whole_file(name).rows)
    assert entry["manifest"] == f"{address}/manifest/"


def test_an_article_says_where_in_the_formats_of_annotations(client: Client, db: None) -> None:
    article = factories.article(text="Sixty fell.\n").article
    address = f"/api/v1/articles/{article.ref}/annotations/"
    for name in formats_of("annotations"):
        assert body_of(client, f"{address}?format={name}", name)
    assert client.get(address).headers["Content-Type"] == FORMATS["jsonld"].media_type


def test_a_part_that_a_format_cannot_hold_has_no_writer() -> None:
    for name, one in FORMATS.items():
        if one.claim is None:
            with pytest.raises(KeyError):
                claim_text(name, "{}", Look())
        if one.whole is None:
            with pytest.raises(KeyError):
                whole_file(name)
    with pytest.raises(KeyError):
        page_writer("svg", "claims")


def test_the_page_offers_each_format_in_its_menu_and_its_head(
    client: Client, disputed: ClaimVersion
) -> None:
    page = client.get(f"/claims/C{disputed.claim_id}/").content.decode()
    links = links_of_claim(f"C{disputed.claim_id}")
    assert [one.name for one, _ in links] == list(formats_of("claim"))
    for one, address in links:
        assert f'<a href="{address}">{one.label}</a>' in page
        assert f'<link rel="alternate" type="{one.bare_type}" href="{address}">' in page


def test_a_page_without_an_axis_offers_no_picture_of_it(client: Client, db: None) -> None:
    claim = factories.claim("boolean")
    factories.figure(claim, boolean=True)
    factories.approve(claim)
    page = client.get(f"/claims/{claim.ref}/").content.decode()
    assert f"/claims/{claim.ref}.svg" not in page
    assert f"/claims/{claim.ref}.csv" in page


def test_the_api_links_a_claim_to_its_formats(client: Client, disputed: ClaimVersion) -> None:
    address = f"/api/v1/claims/C{disputed.claim_id}"
    link = client.get(f"{address}/").headers["Link"]
    told = re.findall(r'<([^>]*)>; rel="alternate"; type="([^"]*)"', link)
    assert told == [(f"{address}.{name}", FORMATS[name].bare_type) for name in formats_of("claim")]


def test_the_schema_has_the_media_types_of_the_table(client: Client, db: None) -> None:
    paths = client.get("/api/v1/schema/?format=json").json()["paths"]
    places = {"claims/{ref}/": "claim", "claims/": "claims", "figures/": "table"}
    places |= {"sources/": "records", "articles/{ref}/annotations/": "annotations"}
    for path, part in places.items():
        content = paths[f"/api/v1/{path}"]["get"]["responses"]["200"]["content"]
        assert set(content) == {FORMATS[name].bare_type for name in formats_of(part)}, path  # type: ignore[arg-type]
    names = paths["/api/v1/exports/claims.{name}"]["get"]["parameters"]
    (enum,) = [one["schema"]["enum"] for one in names if one["name"] == "name"]
    assert tuple(enum) == formats_of("whole")


def test_the_verifier_knows_which_files_are_tables() -> None:
    for name in formats_of("whole"):
        assert is_table({"format": name}) == (not whole_file(name).ends_itself)


def test_no_two_formats_share_a_media_type() -> None:
    assert len({one.bare_type for one in FORMATS.values()}) == len(FORMATS)


def test_a_format_that_nobody_has_is_refused(client: Client, disputed: ClaimVersion) -> None:
    ref = f"C{disputed.claim_id}"
    suffixed = (f"/claims/{ref}.exe", f"/api/v1/claims/{ref}.exe", "/api/v1/exports/claims.exe")
    assert [refused(client, one) for one in suffixed] == [404] * 3
    assert refused(client, f"/api/v1/claims/{ref}/?format=exe") == 400


def test_the_guide_has_the_table() -> None:
    guide = (Path(settings.BASE_DIR) / "docs" / "guide-export.md").read_text()
    parts = ("claim", "claims", "table", "records", "annotations", "whole")
    for name, one in FORMATS.items():
        marks = " | ".join("yes" if getattr(one, part) is not None else "" for part in parts)
        row = f"| `{name}` | {one.label} | `{one.bare_type}` | {marks} |".replace("|  |", "| |")
        assert re.sub(r" +", " ", row) in guide, row
    assert len(re.findall(r"^\| `\w+` \| [^|]* \| `[\w.]+/", guide, re.MULTILINE)) == len(FORMATS)
