"""The slug of an article: two titles never share one, whatever a slug leaves out of them."""

from __future__ import annotations

import hashlib
from typing import Final

from django.utils.text import slugify

from claims.models import Article
from claims.querysets.lookup import rows_known_as
from claims.workflow.importing import lock_names

LONGEST: Final = 180  # characters of a slug before the hash


def slug_of(title: str, address: str = "") -> str:
    """Return the slug of the article with this title, else the one made from the title.

    With a hash when another article has that one or it is empty; an article there that is from
    this address is the page's own. One import at a time gets slugs of titles that read alike: no
    other takes this one before the transaction ends.
    """
    plain = slugify(title)[:LONGEST].rstrip("-")
    lock_names("article", [plain or "article"])
    rows = rows_known_as(Article, {"title": [title], "slug": [plain] if plain else []})
    titled = [row.slug for row in rows if row.title == title]
    if titled:
        return plain if plain in titled else titled[0]
    if plain and all(address and row.origin_url == address for row in rows):
        return plain
    digest = hashlib.sha256(title.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return f"{plain}-{digest}".lstrip("-")
