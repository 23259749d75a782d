"""The search boxes of the desk make no difference of accents, capitals and width."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.urls import reverse

from claims.admin.base import SealedAdmin
from claims.domain.names import fold_for_search
from claims.models import Article, Assertion, Claim, Measure, Party, Source, SourceRelation, Subject
from claims.querysets.folding import _folded
from tests import factories as make

pytestmark = pytest.mark.django_db
# Each kind of row that a search box offers, called so, and a form with that box.
OFFERED: dict[type[Any], tuple[Callable[[str], Any], type[Any], str]] = {
    Party: (lambda name: make.party(name), Source, "publisher"),
    Source: (lambda name: make.source(name), Assertion, "source"),
    Subject: (lambda name: make.subject(name), Claim, "subject"),
    Measure: (lambda name: make.measure(slug="held", label=name), Claim, "measure"),
    Article: (lambda name: make.article(name).article, SourceRelation, "to_article"),
    Claim: (lambda name: make.claim(question=f"{name}?"), SourceRelation, "claim"),
}
TYPED = ["niafunke", "NIAFUNKÉ", "Niafunké", "Niafunké", "Ｎｉａｆｕｎｋé", "the town ÑIAFUNKÉ"]


def offered(client: Client, model: type[Any], field: str, typed: str) -> list[int]:
    client.force_login(make.chief())
    asked = {"app_label": "claims", "model_name": model._meta.model_name, "field_name": field}
    answer = client.get(reverse("admin:autocomplete"), {**asked, "term": typed})
    assert answer.status_code == 200
    return [int(one["id"]) for one in answer.json()["results"]]


@pytest.mark.parametrize("kind", OFFERED, ids=lambda one: one.__name__)
def test_every_way_of_writing_a_name_finds_its_row_in_the_search_box(
    client: Client, kind: type[Any]
) -> None:
    add, model, field = OFFERED[kind]
    row, other = add("The town Ñiafunké"), None
    if kind is not Measure:
        other = add("The town Goundam")
    for typed in TYPED:
        assert offered(client, model, field, typed) == [row.pk], typed
    everything = offered(client, model, field, "")
    assert other is None or other.pk in everything


def test_every_search_box_of_the_desk_is_tried() -> None:
    boxes = {
        one.model._meta.get_field(name).related_model
        for one in admin.site._registry.values()
        for name in one.autocomplete_fields
    }
    assert boxes == OFFERED.keys()


def test_an_alias_offers_its_party_once(client: Client) -> None:
    party = make.party("Mouvement national", "armed_group", aliases=["Mouvement de libération"])
    assert offered(client, Source, "publisher", "MOUVEMENT") == [party.pk]
    assert offered(client, Source, "publisher", "liberation") == [party.pk]


def test_lists_fold_all_that_they_search() -> None:
    for one in admin.site._registry.values():
        assert not one.search_fields or isinstance(one, SealedAdmin), one


def test_the_signs_of_patterns_are_words(client: Client) -> None:
    row = make.source("A 100 % cut_off")
    make.source("A 100 per cent cutXoff")
    for typed in ("%", "cut_off", "100 %"):
        assert offered(client, Assertion, "source", typed) == [row.pk], typed


def test_the_database_folds_as_python_does() -> None:
    """Each letter of the scripts that names are disguised in, alone and within a word."""
    blocks = [
        (0xA1, 0x250),
        (0x370, 0x590),
        (0x1E00, 0x2000),
        (0x2010, 0x2028),
        (0x202A, 0x2040),
        (0xFF01, 0xFF5F),
    ]
    letters = [chr(one) for start, end in blocks for one in range(start, end)]
    texts = [text for one in letters for text in (f"a{one}b", f"A{one}\u0301B")]
    texts += ["Ménaka", "Niafunké", "İstanbul", "Straße", "ΣΊΣΥΦΟΣ", "한국어", "ﬁn", "pay\u200bpal"]
    strange = {text: (found, fold_for_search(text))
               for text, found in zip(texts, folded_by_database(texts), strict=True)
               if found != fold_for_search(text)}  # fmt: skip
    assert strange == {}


def folded_by_database(texts: list[str]) -> list[str]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            return [cursor.execute("SELECT factbase_folded(%s)", [one]).fetchone()[0]
                    for one in texts]  # fmt: skip
        words, values = _folded("one", [])
        cursor.execute(
            f"SELECT {words} FROM unnest(%s::text[]) WITH ORDINALITY AS t(one, n) ORDER BY n",
            [*values, texts],
        )
        return [row[0] for row in cursor.fetchall()]
