"""Articles and the form of their texts, for the tests of the desk."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from claims.models import Article, ArticleRevision, Claim
from tests import factories as make

# The inputs of the finding K1.
QUAKE = """{{Infobox earthquake
| title = Small quake
| casualties = 12 killed
}}
The mayor said that 12 people were killed.<ref>{{cite news |title=Quake}}</ref>
"""
SECTIONS = "= Flood =\n\nIn May.\n\n== Toll ==\nTen men drowned.\n\n== Aid ==\nTents came.\n"


def page_of(article: Article) -> str:
    return reverse("admin:claims_article_text", args=[article.pk])


def opened(client: Client, url: str) -> dict[str, Any]:
    """What the form would send as it was opened."""
    form = client.get(url).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in values.items()}


def submitted(client: Client, article: Article, text: str, **fields: Any) -> Any:
    """Preview a text, then submit what was shown; the answer to the submission."""
    url = page_of(article)
    data = {**opened(client, url), "text": text, "reason": "Better.", **fields}
    shown = client.post(url, {**data, "act": "preview"})
    seen = shown.context["form"]["witness"].value()
    return client.post(url, {**data, "witness": seen, "act": "submit"})


def flood(text: str = SECTIONS) -> ArticleRevision:
    return make.article("Flood", text)


def anchored(revision: ArticleRevision, words: str, point: int) -> Claim:
    claim, start = make.claim(), revision.text.index(words)
    place = {"revision": revision, "start": start, "end": start + len(words)}
    make.figure(claim, point, anchors=[place])
    return claim
