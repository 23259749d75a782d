"""The slug of a page: two titles never share one, whatever a slug leaves out of them."""

from __future__ import annotations

import hashlib

from django.utils.text import slugify

from claims.models import Article
from claims.workflow.importing import lock_names


def slug_for(title: str, address: str = "") -> str:
    """Return the slug made from the title, with a hash when another article has it or it is empty.

    An article with this title, or from this address, is the page's own.
    """
    plain = slugify(title)[:180].rstrip("-")
    lock_names("article", [plain])
    holder = Article.objects.filter(slug=plain).first() if plain else None
    own = holder is None or holder.title == title or (address and holder.origin_url == address)
    if plain and own:
        return plain
    digest = hashlib.sha256(title.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return f"{plain}-{digest}".lstrip("-")
