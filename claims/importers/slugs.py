"""The slug under which an article is stored that comes with a title alone."""

from __future__ import annotations

import itertools
from typing import Final

from django.utils.text import slugify

from claims.models import Article
from claims.querysets.lookup import rows_known_as

AT_ONCE: Final = 8  # slugs tried in one query


def slug_of(title: str) -> str:
    """The slug of the article with this title; for a new title one that no article has."""
    base = slugify(title)[:190] or "article"
    numbered = (f"{base}-{number}" for number in itertools.count(2))
    candidates = itertools.chain([base], numbered)
    while True:
        slugs = list(itertools.islice(candidates, AT_ONCE))
        rows = rows_known_as(Article, {"title": [title], "slug": slugs})
        known = [row.slug for row in rows if row.title == title]
        taken = {row.slug for row in rows}
        free = [slug for slug in slugs if slug not in taken]
        if known or free:
            return (known or free)[0]
