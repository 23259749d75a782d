"""The slug under which an article is stored that comes with a title alone."""

from __future__ import annotations

import itertools
from typing import Final

from django.db.models import Q
from django.utils.text import slugify

from claims.models import Article

AT_ONCE: Final = 8  # slugs tried in one query


def slug_of(title: str) -> str:
    """The slug of the article with this title; for a new title one that no article has."""
    base = slugify(title)[:190] or "article"
    numbered = (f"{base}-{number}" for number in itertools.count(2))
    candidates = itertools.chain([base], numbered)
    while True:
        slugs = list(itertools.islice(candidates, AT_ONCE))
        found = Article.objects.filter(Q(title=title) | Q(slug__in=slugs)).order_by()
        rows = sorted(found.values_list("pk", "slug", "title"))
        known = [slug for _, slug, words in rows if words == title]
        taken = {slug for _, slug, _ in rows}
        free = [slug for slug in slugs if slug not in taken]
        if known or free:
            return (known or free)[0]
