"""Everything at once: whole files, streamed, with what is needed to check them."""

from __future__ import annotations

import hashlib
import weakref
from collections.abc import Iterable, Iterator
from contextlib import closing
from threading import BoundedSemaphore
from typing import Any, Final

from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from rest_framework.request import Request

from claims.api import answers, notices
from claims.api.documents import EXCEL
from claims.api.envelopes import self_link
from claims.api.formats import look_of
from claims.api.freshness import (
    REVALIDATE,
    Head,
    entity_tag,
    is_fresh,
    not_modified,
    publication_head,
)
from claims.api.problems import ProblemError
from claims.api.public import PublicView, text_answer
from claims.choices import Contention
from claims.domain.documents import dump_document
from claims.exporters.data_package import data_package
from claims.exporters.formats import FORMATS, formats_of, whole_file
from claims.exporters.one_claim import Look
from claims.exporters.pages import Page, envelope
from claims.exporters.streams import drained, manifest, refuse_outage, stream
from claims.exporters.whole_files import Tally, Wanted
from claims.filtering import filters
from claims.filtering import parameters as read
from claims.filtering.times import TIMES, times_of

CONTENTION = read.choice("contention", Contention.values, "Only claims in these states.")
PARAMETERS: Final = (
    CONTENTION,
    *(one.parameter for one in filters.by_version_keys("pk")),
    *TIMES,
    EXCEL,
)
NAMES: Final = formats_of("whole")


class ExportList(PublicView):
    """The files that can be downloaded whole."""

    noun = "export"
    operation = "exports_list"
    summary = "The files that can be downloaded whole."
    document = notices.Export
    is_list = True

    def get(self, request: Request) -> HttpResponse:
        """Answer one row a file."""
        _, kind = self.read(request, "")
        head = publication_head()
        texts = [dump_document(_entry(name)) for name in NAMES]
        meta = {"count": len(texts), "limit": len(texts), "sort": "name"}
        meta["sequence"] = head.sequence
        links: dict[str, str | None] = {"self": self_link(request._request), "next": None}
        return text_answer(
            request._request, envelope(Page(texts, meta, links)), kind, (head.sha256,)
        )


class ExportFile(PublicView):
    """One file, streamed from one moment of the database."""

    noun = "export"
    operation = "exports_read"
    summary = "All published claims in one file; the suffix of its name is the format."
    throttle_scope = "export"
    formats = NAMES
    document = answers.ClaimFile
    parameters = PARAMETERS

    def declared(self) -> tuple[read.Parameter, ...]:
        """Return the filters; the name of the file is its format."""
        return self.parameters

    def get(self, request: Request, name: str) -> HttpResponseBase:
        """Stream the file; nothing is read for 304 and HEAD."""
        asked, kind = self.read(request, name)
        look, head = look_of(request._request, asked), publication_head()
        wanted = wanted_of(asked, kind, look)
        tag = entity_tag(kind, head.sha256, look.base, request._request.get_full_path())
        if is_fresh(request._request, tag):
            return not_modified(tag)
        body: Iterable[bytes] = ()
        if request.method == "GET":
            refuse_outage(wanted)
            body = OpenExport(wanted, Tally())
        response = StreamingHttpResponse(body, content_type=FORMATS[kind].media_type)
        response.headers["ETag"] = tag
        response.headers["Cache-Control"] = REVALIDATE
        response.headers["Content-Disposition"] = f'attachment; filename="claims.{kind}"'
        query = request._request.META.get("QUERY_STRING", "")
        address = f"{request._request.path}/manifest/{'?' if query else ''}{query}"
        response.headers["Link"] = f'<{address}>; rel="describedby"'
        return response


class ExportManifest(PublicView):
    """Rows, bytes and SHA-256 of a file."""

    noun = "export"
    operation = "exports_manifest"
    summary = "Rows, bytes and SHA-256 of the file with this name."
    throttle_scope = "export"
    document = notices.Manifest
    parameters = PARAMETERS

    def get(self, request: Request, name: str) -> HttpResponse:
        """Answer the manifest; the file is read once a publication, then remembered."""
        asked, kind = self.read(request, "")
        if name not in NAMES:
            raise ProblemError("not-found")
        head = publication_head()
        look = look_of(request._request, asked)
        parts = (head.sha256, look.base, request._request.get_full_path())
        text = remembered_manifest(wanted_of(asked, name, look), head)
        return text_answer(request._request, text, kind, parts)


class DataPackageView(PublicView):
    """The columns of the tidy table, for programs."""

    noun = "export"
    operation = "exports_package"
    summary = "The columns of claims.csv as a Frictionless data package."
    document = notices.DataPackage

    def get(self, request: Request) -> HttpResponse:
        """Answer the package."""
        _, kind = self.read(request, "")
        head = publication_head()
        text = dump_document(data_package("claims.csv", head.sequence))
        return text_answer(request._request, text, kind, (head.sha256,))


PLACES: Final = BoundedSemaphore(settings.FACTBASE_LIMITS["exports_at_once"])
SECONDS: Final[int] = settings.FACTBASE_LIMITS["export_seconds"]


class OpenExport:
    """The chunks of an export, which holds one of the process's few places for exports.

    The rest of the threads stays free for pages. Raises ProblemError when no place is free.
    """

    def __init__(self, wanted: Wanted, tally: Tally) -> None:
        if not PLACES.acquire(blocking=False):
            raise ProblemError("busy", "Others read whole files now.")
        self._leave = weakref.finalize(self, PLACES.release)  # once, and whatever happens
        self._chunks = stream(wanted, tally, seconds=SECONDS)

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        return next(self._chunks)

    def close(self) -> None:
        """End the reading, wherever it is; the server calls this in any case."""
        try:
            self._chunks.close()
        finally:
            self._leave()


def wanted_of(asked: dict[str, Any], kind: str, look: Look) -> Wanted:
    """Return what the parameters ask for."""
    times = times_of(asked)
    return Wanted(
        kind=kind,
        contentions=tuple(sorted(set(asked.get("contention", ())))),
        excel=look.excel,
        base=look.base,
        keys=filters.keys_asked(asked),
        as_recorded=times.as_recorded,
        known_on=times.known_on,
    )


def remembered_manifest(wanted: Wanted, head: Head) -> str:
    """Return the manifest's text, from the cache while nothing new was published."""
    told = hashlib.sha256(repr(wanted).encode()).hexdigest()
    key = f"manifest:{head.sha256}:{told}"
    text: str | None = cache.get(key)
    if text is None:
        tally = Tally(whole=True)
        with closing(OpenExport(wanted, tally)) as chunks:
            drained(chunks)
        text = dump_document(manifest(f"claims.{wanted.kind}", wanted, tally))
        cache.set(key, text, timeout=3600)
    return text


def _entry(kind: str) -> dict[str, Any]:
    url = f"/api/v1/exports/claims.{kind}"
    return {
        "name": f"claims.{kind}",
        "media_type": FORMATS[kind].media_type,
        "rows": whole_file(kind).rows,
        "url": url,
        "manifest": f"{url}/manifest/",
    }
