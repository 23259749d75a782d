"""Claims, their versions and what changed between two of them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import orjson
from django.db.models import QuerySet
from django.http import HttpResponse
from rest_framework.request import Request

from claims.api import answers
from claims.api.documents import EXCEL, StoredDocument
from claims.api.freshness import IMMUTABLE
from claims.api.lists import StoredList
from claims.api.problems import ProblemError
from claims.api.public import PublicView, text_answer
from claims.choices import VersionOp, takedown_words
from claims.domain.differences import differences
from claims.domain.document_format import read_tombstone, read_version
from claims.domain.documents import dump_document, moment_text
from claims.domain.published import ClaimDocument
from claims.domain.refs import CLAIM, parse_ref
from claims.exporters.formats import FORMATS, claim_text, formats_of
from claims.exporters.one_claim import Look
from claims.filtering import parameters as read
from claims.filtering.cursors import both_ways
from claims.filtering.lists import CLAIM_FILTERS, CLAIM_SORTS
from claims.filtering.times import TIMES, times_of
from claims.models import ClaimVersion

MISSING = "not-found"


class ClaimList(StoredList):
    """Published claims as whole documents."""

    noun = "claim"
    operation = "claims_list"
    summary = "Published claims, each with its figures, sources and disputes."
    document = ClaimDocument
    part = "claims"
    formats = formats_of("claims")
    columns = ("payload",)
    parameters = (EXCEL,)
    of_times = "claims"
    filters = CLAIM_FILTERS
    sorts = CLAIM_SORTS

    def rows(self, asked: dict[str, Any]) -> QuerySet[ClaimVersion]:
        """Return the current versions."""
        return ClaimVersion.objects.public()


class ClaimDetail(StoredDocument):
    """One published claim."""

    noun = "claim"
    operation = "claims_read"
    summary = "One published claim; 410 with its tombstone when it was retired."
    document = ClaimDocument
    formats = formats_of("claim")
    parameters = (*TIMES, EXCEL)

    def row(self, number: int, asked: dict[str, Any]) -> tuple[str, str]:
        """Return the version that is, or was, current, and what the answer changes with."""
        times = times_of(asked)
        payload, sha256 = version_document(times.current().of_claim(number))
        return times.text(payload), f"{sha256} {times.known_on or ''}"

    def get(self, request: Request, ref: str, suffix: str = "", **more: Any) -> HttpResponse:
        """Answer the claim; the Link header names its other formats."""
        response = super().get(request, ref, suffix, **more)
        if response.status_code == 200:
            response.headers["Link"] = alternates(ref, self.formats, _times_in(request))
        return response

    def written(self, text: str, kind: str, look: Look) -> str | bytes:
        """Return the claim in the format."""
        return claim_text(kind, text, look)


def _times_in(request: Request) -> str:
    """The query that asks for the same times; '' for now."""
    given = request.query_params
    asked = {one.name: given[one.name] for one in TIMES if one.name in given}
    return f"?{urlencode(asked)}" if asked else ""


def alternates(ref: str, names: tuple[str, ...], query: str = "") -> str:
    """Return the value of a Link header with the address of a claim in each of the formats.

    ``query`` goes behind each address.
    """
    address = f"/api/v1/claims/{ref}"
    return ", ".join(
        f'<{address}.{name}{query}>; rel="alternate"; type="{FORMATS[name].bare_type}"'
        for name in names
    )


class VersionList(StoredList):
    """The versions of one claim, newest first; the retired ones too."""

    noun = "version"
    operation = "claims_versions"
    summary = "The versions of one claim."
    document = answers.VersionEntry
    columns = (
        *("claim_id", "number", "sequence", "op", "published_at", "summary", "contention"),
        *("severity", "sha256", "previous_sha256"),
    )
    sorts = dict(reversed(both_ways("version", "number").items()))

    def rows(self, asked: dict[str, Any]) -> QuerySet[ClaimVersion]:
        """Return every version of the claim."""
        return ClaimVersion.objects.of_claim(claim_number(self.kwargs["ref"]))

    def refuse_missing(self) -> None:
        """Answer 404: a claim without versions is not public."""
        raise ProblemError(MISSING)

    def texts(self, kind: str, found: list[tuple[Any, ...]], asked: dict[str, Any]) -> list[str]:
        """Return a line for each version."""
        return [dump_document(version_entry(*row)) for row in found]


class VersionDetail(StoredDocument):
    """One version of a claim: exact bytes that never change."""

    noun = "version"
    operation = "claims_version"
    summary = "One version of a claim, as it was published."
    document = ClaimDocument
    policy = IMMUTABLE
    leads_on = False

    def row(self, number: int, asked: dict[str, Any]) -> tuple[str, str]:
        """Return document and hash of the version."""
        versions = ClaimVersion.objects.of_claim(number).numbered(self.kwargs["number"])
        found = versions.values_list("payload", "sha256").first()
        if found is None:
            raise ProblemError(MISSING)
        return found


class VersionDiff(PublicView):
    """What changed between two versions of a claim."""

    noun = "version"
    operation = "claims_diff"
    summary = "What changed from one version of a claim to another."
    document = answers.DifferenceDocument
    parameters = (
        read.whole("from", 1, 2**31 - 1, "The earlier version; the one before 'to' if missing."),
        read.whole("to", 1, 2**31 - 1, "The later version; the newest one if missing."),
    )

    def get(self, request: Request, ref: str) -> HttpResponse:
        """Compare the stored documents."""
        asked, kind = self.read(request, "")
        versions = ClaimVersion.objects.of_claim(claim_number(ref))
        numbers = versions.order_by("-number").values_list("number", flat=True)
        after = asked.get("to") or numbers.first() or 0
        before = asked.get("from") or max(1, after - 1)
        rows = versions.numbered(before, after).values_list("number", "payload")
        texts = dict(rows)
        if before not in texts or after not in texts:
            raise ProblemError(MISSING)
        body = dump_document(difference(ref, before, after, texts))
        return text_answer(request._request, body, kind, (texts[before], texts[after]))


def difference(
    ref: str, before: int, after: int, texts: dict[int, str]
) -> answers.DifferenceDocument:
    """Return the document that tells the changes between two stored versions."""
    changes = differences(read_version(texts[before]), read_version(texts[after]))
    return {
        "ref": ref,
        "type": "difference",
        "from": before,
        "to": after,
        "changes": changes,
        "links": {
            "from": f"/api/v1/claims/{ref}/versions/{before}/",
            "to": f"/api/v1/claims/{ref}/versions/{after}/",
            "html": f"/claims/{ref}/compare/{before}...{after}/",
        },
    }


def version_entry(claim: int, number: int, *rest: Any) -> answers.VersionEntry:
    """Return one line of the list of versions, from the columns of VersionList."""
    sequence, op, at, summary, contention, severity, sha256, previous = rest
    ref = f"{CLAIM}{claim}"
    return {
        "version": number,
        "sequence": sequence,
        "op": op,
        "at": moment_text(at),
        "summary": summary,
        "contention": contention,
        "severity": severity,
        "sha256": sha256,
        "previous_sha256": previous,
        "links": {
            "api": f"/api/v1/claims/{ref}/versions/{number}/",
            "html": f"/claims/{ref}/v/{number}/",
            "proof": f"/claims/{ref}/v/{number}/proof/",
        },
    }


def claim_number(ref: str) -> int:
    """Return the number of a claim's ref. Raises ProblemError: not-found."""
    number = parse_ref(ref, CLAIM)
    if number is None:
        raise ProblemError(MISSING)
    return number


def version_document(versions: QuerySet[ClaimVersion]) -> tuple[str, str]:
    """Return document and hash of the one version. Raises ProblemError: not-found, gone, merged."""
    row = versions.values_list("op", "payload", "sha256").first()
    if row is None:
        raise ProblemError(MISSING)
    op, payload, sha256 = row
    if op == VersionOp.TOMBSTONE:
        tombstone = read_tombstone(payload)
        takedown, into = tombstone.get("takedown"), tombstone["merged_into"]
        words = takedown_words(takedown) if takedown else ""
        raise ProblemError(
            "merged" if into else "gone",
            words,
            merged_into=into,
            tombstone=orjson.Fragment(payload),
        )
    return payload, sha256
