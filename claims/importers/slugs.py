"""The slug under which an article is stored that comes with a title alone."""

from __future__ import annotations

import itertools
from typing import Final

from django.utils.text import slugify

from claims.models import Article
from claims.querysets.lookup import rows_known_as
from claims.workflow.importing import lock_names

AT_ONCE: Final = 8  # slugs tried in one query


def slug_of(title: str) -> str:
    """The slug of the article with this title; for a new title one that no article has.

    No other import takes the slug before the transaction ends.
    """
    base = slugify(title)[:190] or "article"
    lock_title(title)
    slug = _known_or_free(title, base)
    while slug != base and lock_names("article", [slug]):  # another title may be of this slug
        locked, slug = slug, _known_or_free(title, base)
        if slug == locked:
            break
    return slug


def lock_title(title: str) -> None:
    """Let one import at a time add an article with this title, or with one of the same slug."""
    lock_names("article", [slugify(title)[:180].rstrip("-") or "article"])


def _known_or_free(title: str, base: str) -> str:
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
