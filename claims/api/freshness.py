"""Conditional requests: strong tags drawn from what was published last."""

from __future__ import annotations

import hashlib
from typing import Final, NamedTuple

from django.db import connections, router
from django.db.models import Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags

from claims.models import ArticleRevision, ClaimVersion, PublicationHead

# Raised when the same stored documents are answered in another shape.
SHAPE: Final = "1"
REVALIDATE: Final = "public, max-age=0, must-revalidate"
IMMUTABLE: Final = "public, max-age=31536000, immutable"


class Head(NamedTuple):
    """The newest publication: its global sequence and its hash."""

    sequence: int
    sha256: str


def publication_head() -> Head:
    """Return the newest publication, (0, "") before the first. One query by primary key."""
    # From where versions are read: rows of a replica that lags must not get the primary's tag.
    # Written out, because building the query takes the ORM longer than the database to answer.
    with connections[router.db_for_read(ClaimVersion)].cursor() as cursor:
        cursor.execute("SELECT sequence, sha256 FROM claims_publicationhead WHERE id = 1")
        row = cursor.fetchone()
    return Head(*row) if row else Head(0, "")


def articles_head() -> Head:
    """Return the newest publication with the newest approval of an article in its hash."""
    newest = ArticleRevision.objects.approved().order_by("-approved_at").values("approved_at")[:1]
    heads = PublicationHead.objects.filter(pk=1).annotate(newest=Subquery(newest))
    row = heads.values_list("sequence", "sha256", "newest").first()
    sequence, sha256, moment = row or (0, "", newest.first())
    return Head(sequence, f"{sha256} {moment}")


def entity_tag(*parts: str) -> str:
    """Return a strong entity tag for a representation that these parts determine."""
    digest = hashlib.sha256("\x00".join((SHAPE, *parts)).encode()).hexdigest()
    return f'"{digest[:32]}"'


def is_fresh(request: HttpRequest, tag: str) -> bool:
    """Say whether the client holds the representation with this tag (If-None-Match)."""
    held = parse_etags(request.headers.get("If-None-Match", ""))
    return held == ["*"] or tag in {one.removeprefix("W/") for one in held}


def not_modified(tag: str, policy: str = REVALIDATE) -> HttpResponse:
    """Return 304 with the headers that the full answer would have."""
    response = HttpResponseNotModified()
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = policy
    return response
