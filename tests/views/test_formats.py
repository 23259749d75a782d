"""A claim in other formats."""

from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from claims.domain.documents import verify_seal
from claims.exporters.formats import FORMATS, formats_of
from claims.exporters.picture import QUESTION_LETTERS
from claims.models import ClaimVersion
from tests import factories as make
from tests.kept import made_once

pytestmark = pytest.mark.django_db


@made_once
def disputed() -> ClaimVersion:
    return make.published_claim(60, 97)


def body(client: Client, version: ClaimVersion, suffix: str) -> str:
    answer = client.get(f"/claims/C{version.claim_id}.{suffix}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_json_is_the_stored_document_byte_for_byte(client: Client, disputed: ClaimVersion) -> None:
    text = body(client, disputed, "json")
    assert text == disputed.payload
    assert verify_seal(text)


def test_csv_has_a_row_for_each_statement(client: Client, disputed: ClaimVersion) -> None:
    rows = list(csv.DictReader(io.StringIO(body(client, disputed, "csv"))))
    assert [row["point"] for row in rows] == ["60", "97"]
    assert {row["claim_ref"] for row in rows} == {f"C{disputed.claim_id}"}


def test_jsonld_is_a_claim_review_with_this_host(client: Client, disputed: ClaimVersion) -> None:
    review = json.loads(body(client, disputed, "jsonld"))
    assert review["@type"] == "ClaimReview"
    assert review["url"] == f"http://testserver/claims/C{disputed.claim_id}/"


def test_svg_is_a_picture_that_stands_alone(client: Client, disputed: ClaimVersion) -> None:
    picture = ET.fromstring(body(client, disputed, "svg"))
    circles = picture.findall(".//{http://www.w3.org/2000/svg}circle")
    assert [circle.get("cx") for circle in circles] == ["60.0%", "97.0%"]


def test_svg_breaks_a_long_question_into_lines_above_the_plot(client: Client) -> None:
    version = make.published_claim(60, 97, question=f"How many {'long words ' * 20}?")
    picture = ET.fromstring(body(client, version, "svg"))
    bold = [
        text
        for text in picture.iterfind("{http://www.w3.org/2000/svg}text")
        if text.get("font-size") == "16"
    ]
    assert len(bold) > 2
    assert all(len(text.text or "") <= QUESTION_LETTERS for text in bold)
    plot = picture.find(".//{http://www.w3.org/2000/svg}rect[@fill='#e6edf5']")
    assert plot is not None
    assert max(int(text.get("y", "")) for text in bold) < int(plot.get("y", ""))


@pytest.mark.parametrize("suffix", formats_of("claim"))
def test_each_format_is_conditional_and_hides_what_is_not_public(
    client: Client, disputed: ClaimVersion, suffix: str
) -> None:
    path = f"/claims/C{disputed.claim_id}.{suffix}"
    first = client.get(path)
    assert first.headers["Content-Type"] == FORMATS[suffix].media_type
    held = {"if-none-match": first.headers["ETag"]}
    assert client.get(path, headers=held).status_code == 304
    draft = make.claim()
    assert client.get(f"/claims/C{draft.pk}.{suffix}").status_code == 404
    make.retire(disputed.claim)
    assert client.get(path).status_code == 410


def test_a_format_that_is_not_offered_is_not_there(client: Client, disputed: ClaimVersion) -> None:
    assert client.get(f"/claims/C{disputed.claim_id}.exe", follow=True).status_code == 404
