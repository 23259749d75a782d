"""The desk names its models by the glossary, in breadcrumbs, titles and menus, in each language."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from claims.admin.naming import NAMES, SINGULAR
from tests import factories as make

pytestmark = pytest.mark.django_db


def trail(page: str) -> list[str]:
    inside = re.search(r'<ol class="breadcrumbs">(.*?)</ol>', page, re.DOTALL)
    assert inside is not None
    return [
        " ".join(unescape(re.sub("<[^>]+>", "", one)).split())
        for one in re.findall(r"<li[^>]*>(.*?)</li>", inside[1], re.DOTALL)
    ]


def signed_in() -> Client:
    client = Client()
    client.force_login(make.chief())
    return client


def test_every_list_leads_through_the_desk_and_bears_its_name_in_the_menu() -> None:
    client, asked = signed_in(), 0
    for model in admin.site._registry:
        meta = model._meta
        if meta.object_name not in NAMES:
            continue
        asked += 1
        address = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
        assert trail(client.get(address).text)[1:] == ["Desk", str(NAMES[meta.object_name])]
    assert asked > 15


def test_a_figure_and_its_history_are_called_figures_and_not_assertions() -> None:
    client, figure = signed_in(), make.figure(make.claim(), 97)
    for name in ("change", "history"):
        page = client.get(reverse(f"admin:claims_assertion_{name}", args=[figure.pk])).text
        assert trail(page)[1:3] == ["Desk", "Figures"]
        assert "assertion" not in " ".join(trail(page)).lower()


def test_the_trail_is_in_french_for_who_reads_french() -> None:
    client = signed_in()
    page = client.get(reverse("admin:claims_source_changelist"), headers={"accept-language": "fr"})
    assert trail(page.text)[1:] == ["Rédaction", "Sources"]
    page = client.get(reverse("admin:claims_claim_changelist"), headers={"accept-language": "fr"})
    assert trail(page.text)[1:] == ["Rédaction", "Affirmations"]
    with override("fr"):
        english = {name for name, words in SINGULAR.items() if str(words) == "figure"}
    assert english == set()
