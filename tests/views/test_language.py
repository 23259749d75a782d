"""The pages in French."""

from __future__ import annotations

import ast
import gettext
import re
from urllib.parse import quote

import pytest
from django.conf import settings
from django.test import Client
from pytest_django.asserts import assertContains

from tests import factories as make

CATALOGUE = settings.LOCALE_PATHS[0] / "fr" / "LC_MESSAGES"
ENTRY = re.compile(r'^msgid ((?:".*"\n)+)msgstr ((?:".*"\n?)+)', re.MULTILINE)


def joined(lines: str) -> str:
    """The text of a catalogue's quoted lines."""
    return "".join(ast.literal_eval(line) for line in lines.splitlines())


@pytest.mark.django_db
def test_claim_page_speaks_french_to_who_asks_for_it(client: Client) -> None:
    version = make.published_claim(60, 97)
    page = client.get(f"/claims/C{version.claim_id}/", headers={"accept-language": "fr"})
    assertContains(page, '<html lang="fr"')
    assertContains(page, "Chiffres par source")
    assertContains(page, "contesté, majeur")
    assert "Accept-Language" in page.headers["Vary"]


@pytest.mark.django_db
def test_a_page_has_another_tag_in_another_language(client: Client) -> None:
    path = f"/claims/C{make.published_claim(60).claim_id}/"
    tags = {
        client.get(path, headers={"accept-language": one}).headers["ETag"]
        for one in "en fr".split()
    }
    assert len(tags) == 2


def test_the_compiled_catalogue_says_what_its_source_says() -> None:
    with (CATALOGUE / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    source = (CATALOGUE / "django.po").read_text()
    entries = {joined(said): joined(meant) for said, meant in ENTRY.findall(source)}
    translated = {said: meant for said, meant in entries.items() if said and meant}
    assert len(translated) > 300
    stale = {said for said, meant in translated.items() if compiled.gettext(said) != meant}
    assert stale == set()


@pytest.mark.django_db
def test_a_reader_chooses_a_language_and_stays_on_the_page(client: Client) -> None:
    path = f"/claims/C{make.published_claim(60, 97).claim_id}/"
    link = f'href="/language/fr/?next={quote(path, safe="")}"'
    assertContains(client.get(path), link)
    answer = client.get(f"/language/fr/?next={path}")
    assert (answer.status_code, answer.headers["Location"]) == (302, path)
    page = client.get(path, headers={"accept-language": "en"})
    assertContains(page, '<html lang="fr"')
    assertContains(page, 'hreflang="en"')


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/language/xx/", 404),
        ("/language/fr/?next=https://evil.example/", 400),
        ("/language/fr/?next=//evil.example/", 400),
        ("/language/fr/?next=claims", 400),
        ("/language/fr/?colour=red", 400),
    ],
)
def test_a_choice_that_is_none_is_refused(client: Client, address: str, status: int) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert settings.LANGUAGE_COOKIE_NAME not in answer.cookies
