"""Nobody is misquoted: each door names a statement by its speaker, outlet, source or article."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Callable
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from claims.choices import AttributionRole
from claims.domain.documents import read_document
from claims.domain.headline import answer_words
from claims.domain.said_by import said_by
from claims.exporters.claim_review import claim_review
from claims.models import Assertion, ClaimVersion, PublishedFigure
from claims.workflow.claims import edit_claim
from tests import factories as make
from tests.kept import made_once

pytestmark = pytest.mark.django_db
ARTICLE = "the article"
# A number that only this statement has, and the name that the statement goes under.
SAID = {
    11: "Ana Brook",
    22: "Agence Zed",
    33: "Coast Radio",
    44: "Census tables",
    55: ARTICLE,
}


@made_once
def version() -> ClaimVersion:
    """A claim with a statement of each sort, published twice."""
    claim = make.claim()
    post, zed = make.party("Daily Post", "outlet"), make.party("Agence Zed", "outlet")
    radio = make.party("Coast Radio", "outlet")
    morning = make.source("Morning report", publisher=post)
    wire = make.source("Wire story", publisher=post)
    publisher = [{"party": zed, "role": AttributionRole.PUBLISHER, "mode": "reported"}]
    make.figure(claim, 11, speaker=make.party("Ana Brook"), source=morning)
    make.figure(claim, 22, source=wire, attributions=publisher)
    evening = make.source("Evening news", publisher=radio)
    make.figure(claim, 33, source=evening, attributions=[])
    make.figure(claim, 44, source=make.source("Census tables"), attributions=[])
    make.figure(claim, 55, citation_needed=True)
    make.approve(claim)
    claim.refresh_from_db()
    edit_claim(claim=claim, by=make.contributor(), reason="Clearer.", question="How many came?")
    claim.refresh_from_db()
    return make.approve(claim)


def get(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def lines_of(page: str) -> list[str]:
    """The page as text, a line for each row of a table, item of a list or line of a picture."""
    rows = re.split(r"</tr>|</li>|\n", page)
    return [html.unescape(" ".join(re.sub(r"<[^>]+>", " ", row).split())) for row in rows]


def named(page: str) -> dict[int, str]:
    """Under which of the names each number stands, in a page that has one line a statement."""
    whole = re.sub(r"\s*\n\s*", " ", page)
    found: dict[int, str] = {}
    for line in lines_of(whole):
        for point in SAID:
            names = [name for name in SAID.values() if name.lower() in line.lower()]
            if re.search(rf"\b{point}\b", line) and len(names) == 1:
                found[point] = names[0]
    return found


def on_the_claim(client: Client, version: ClaimVersion) -> dict[int, str]:
    page = get(client, f"/claims/C{version.claim_id}/")
    names = re.findall(r'<span class="name">([^<]*)</span>', page)
    points = re.findall(r"<b>(\d+)</b>", page)
    return {int(point): name.lower() for point, name in zip(points, names, strict=True)}


def in_the_comparison(client: Client, version: ClaimVersion) -> dict[int, str]:
    return named(get(client, f"/claims/C{version.claim_id}/compare/1...2/").split("<tbody>")[1])


def in_the_picture(client: Client, version: ClaimVersion) -> dict[int, str]:
    picture = ET.fromstring(get(client, f"/claims/C{version.claim_id}.svg"))
    texts = [node.text or "" for node in picture.iter("{http://www.w3.org/2000/svg}text")]
    rows = [texts[at : at + 2] for at in range(len(texts)) if texts[at : at + 2][-1].isdigit()]
    return {int(row[1]): row[0] for row in rows if len(row) == 2 and int(row[1]) in SAID}


def in_the_table(client: Client, version: ClaimVersion) -> dict[int, str]:
    text = get(client, f"/claims/C{version.claim_id}.csv")
    return {int(row["point"]): row["said_by"] for row in csv.DictReader(io.StringIO(text))}


def in_the_api(client: Client, version: ClaimVersion) -> dict[int, str]:
    rows = json.loads(get(client, "/api/v1/figures/"))["results"]
    return {row["point"]: row["said_by"] for row in rows}


def in_the_csv_of_the_api(client: Client, version: ClaimVersion) -> dict[int, str]:
    text = client.get("/api/v1/figures/?format=csv").getvalue().decode()
    return {int(row["point"]): row["said_by"] for row in csv.DictReader(io.StringIO(text))}


def on_the_dispute(client: Client, version: ClaimVersion) -> dict[int, str]:
    page = get(client, f"/disputes/{read_document(version.payload)['disputes'][0]['ref']}/")
    return named(page.split('class="statements"')[1].split("</ul>")[0])


def in_the_search(client: Client, version: ClaimVersion) -> dict[int, str]:
    pages = [get(client, f"/search/?q={point}&tab=figures") for point in SAID]
    return {point: name for page in pages for point, name in named(page).items()}


def in_the_search_of_the_api(client: Client, version: ClaimVersion) -> dict[int, str]:
    hits = [json.loads(get(client, f"/api/v1/search/?q={point}"))["results"] for point in SAID]
    told = [hit["detail"].partition(", ") for found in hits for hit in found if hit["detail"]]
    return {int(words): name for words, _, name in told if words.isdigit()}


DOORS: list[Callable[[Client, ClaimVersion], dict[int, str]]] = [
    on_the_claim,
    in_the_comparison,
    in_the_picture,
    in_the_table,
    in_the_api,
    in_the_csv_of_the_api,
    on_the_dispute,
    in_the_search,
    in_the_search_of_the_api,
]


def plain(name: str) -> str:
    """The article goes under two names: in a sentence, and at the head of a row."""
    return name.lower().removesuffix(" itself")


@pytest.mark.parametrize("door", DOORS)
def test_each_door_gives_the_same_name(
    client: Client, version: ClaimVersion, door: Callable[[Client, ClaimVersion], dict[int, str]]
) -> None:
    found = {point: plain(name) for point, name in door(client, version).items()}
    assert found == {point: plain(name) for point, name in SAID.items()}


def test_the_page_of_a_source_names_them(client: Client, version: ClaimVersion) -> None:
    for point, name in SAID.items():
        figure = Assertion.objects.get(point=Decimal(point))
        if figure.source is not None:
            page = get(client, f"/sources/{figure.source.ref}/")
            assert named(page.split("<tbody>")[1])[point] == name


def test_a_claim_review_names_them(version: ClaimVersion) -> None:
    item = claim_review(read_document(version.payload))["itemReviewed"]
    told = [one["abstract"] for one in item["appearance"]]
    assert told == [f"{name}: {point}" for point, name in SAID.items() if name != ARTICLE]
    assert [one["name"] for one in item["author"]] == ["Ana Brook", "Agence Zed", "Coast Radio"]


def test_feeds_lay_no_statement_to_anybody(client: Client, version: ClaimVersion) -> None:
    for path in ("/changes.atom", "/disputes.atom", f"/claims/C{version.claim_id}.atom"):
        assert not any(name in get(client, path) for name in SAID.values())


def test_the_desk_names_them(version: ClaimVersion, admin_client: Client) -> None:
    page = get(admin_client, f"/admin/claims/claim/{version.claim_id}/change/")
    assert set(SAID.values()) <= {
        name for name in SAID.values() if name in page.replace("The", "the")
    }


def test_a_role_says_what_the_name_is_of(version: ClaimVersion) -> None:
    document = read_document(version.payload)
    roles = [said_by(document, entry).role for entry in document["figures"]]
    assert roles == ["speaker", "outlet", "outlet", "source", "article"]


def test_figures_of_a_speaker_are_that_speakers_alone(
    client: Client, version: ClaimVersion
) -> None:
    for row in PublishedFigure.objects.all():
        for name, number in (("speaker", row.speaker_id), ("source", row.source_id)):
            letter = {"speaker": "P", "source": "S"}[name]
            if number is not None:
                answer = json.loads(get(client, f"/api/v1/figures/?{name}={letter}{number}"))
                assert [one["figure_ref"] for one in answer["results"]] == [f"F{row.assertion_id}"]


def test_claims_and_disputes_are_found_by_any_of_their_speakers(
    client: Client, version: ClaimVersion
) -> None:
    speaker = PublishedFigure.objects.exclude(speaker=None).get().speaker_id
    for path in ("claims", "disputes"):
        found = json.loads(get(client, f"/api/v1/{path}/?speaker=P{speaker}"))["results"]
        assert len(found) == 1


def test_a_list_says_the_answer_in_words(client: Client, version: ClaimVersion) -> None:
    words = answer_words(read_document(version.payload))
    assert words == "11 to 44; without a source: 55"
    for path in ("/claims/", "/disputes/", "/search/?q=came&tab=claims"):
        assert words in get(client, path)
