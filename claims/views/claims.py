"""The pages of a claim: as it stands, each version, what changed, its history."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from claims.choices import VersionOp
from claims.domain.diff import word_diff
from claims.domain.differences import Difference, differences
from claims.domain.document_format import read_version
from claims.domain.evidence_rows import EvidenceTable, evidence_table
from claims.domain.published import ClaimDocument
from claims.domain.published_figures import AnchorEntry, FigureEntry
from claims.domain.refs import CLAIM, format_ref
from claims.domain.said_by import said_by
from claims.domain.vocabulary import AssertionStatus
from claims.exporters.formats import links_of_claim
from claims.filtering import parameters as read
from claims.filtering.times import NOW, TIMES, Times, times_of
from claims.models import ClaimVersion
from claims.views.addresses import moved, number_of
from claims.views.caching import page_not_modified, page_tag, with_validators
from claims.views.citing import citations_of
from claims.views.lists import typed
from claims.views.origins import origins_of
from claims.views.other_times import of_any_time
from claims.views.paging import numbered_page
from claims.views.refusals import gone
from claims.views.sharing import review_script, share_claim

KNOWN_ON = read.day("as_known_on", "The version that readers saw at the end of this day.")


@of_any_time
def claim_detail(request: HttpRequest, ref: str) -> HttpResponse:
    """The claim as it stands; 410 with its tombstone when it was retired, 301 when merged.

    ``?as_recorded=2026-11-22`` and ``?known_on=2012-03-01`` show it as of another time.
    """
    times = times_of(read.read_parameters(typed(request), TIMES))
    versions = times.current().of_claim(number_of(ref, CLAIM))
    version = versions.with_desk_state().with_splits().first()
    if version is None or version.op == VersionOp.TOMBSTONE:
        elsewhere = moved(request, ref, CLAIM)
        if elsewhere is not None:
            return elsewhere
    return _version_page(request, version, is_permalink=False, times=times)


def version_detail(request: HttpRequest, ref: str, number: int) -> HttpResponse:
    """One version, for ever the same."""
    read.read_parameters(request.GET, ())
    versions = ClaimVersion.objects.of_claim(number_of(ref, CLAIM)).numbered(number)
    return _version_page(request, versions.with_desk_state().first(), is_permalink=True)


def _version_page(
    request: HttpRequest,
    version: ClaimVersion | None,
    *,
    is_permalink: bool,
    times: Times = NOW,
) -> HttpResponse:
    if version is None:
        raise Http404
    whole = read_version(version.payload)
    if whole["status"] == "retired":
        return gone(request, whole)
    document = times.as_known(whole)
    was_split = not times and getattr(version, "was_split", False)
    apart = split_off(document) if was_split else []
    under_review = not times and version.is_current and getattr(version, "is_under_review", False)
    host = request.build_absolute_uri("/")
    tag = page_tag(
        version.sha256,
        str(version.is_current),
        str(under_review),
        str(is_permalink),
        host,
        str(times),
        *(one["claim"] for one in apart),
    )
    fresh = page_not_modified(request, tag, version.published_at)
    if fresh is not None:
        return fresh
    context = {
        "current": "claims",
        "document": document,
        "version": version,
        "is_permalink": is_permalink,
        "under_review": under_review,
        "times": times,
        "citations": citations_of(document, host),
        "host": host,
        "share": share_claim(document),
        "review": "" if is_permalink or times else review_script(version.payload, host),
        "tree": origins_of(document),
        "apart": apart,
        **(evidence := table_of_figures(document)),
        "articles": articles_of(document),
        "formats": links_of_claim(document["ref"], has_axis=bool(evidence["plot"].scale)),
    }
    return with_validators(
        render(request, "claims/detail.html", context), tag, version.published_at
    )


def table_of_figures(document: ClaimDocument) -> EvidenceTable:
    """The table of figures as pages show it: what stands first."""
    table = evidence_table(document)
    table["rows"].sort(key=lambda row: row["figure"]["status"] != AssertionStatus.LIVE)
    return table


def articles_of(document: ClaimDocument) -> list[AnchorEntry]:
    """Each article that states the claim, once."""
    anchors = [anchor for figure in document["figures"] for anchor in figure["anchors"]]
    return list({anchor["article"]: anchor for anchor in reversed(anchors)}.values())


def split_off(document: ClaimDocument) -> list[dict[str, str]]:
    """The public claims that were split off from this one since it was published."""
    told = {one["claim"] for one in document["relations"]}
    rows = ClaimVersion.objects.split_off_from(number_of(document["ref"], CLAIM))
    found = rows.values_list("claim_id", "question")
    named = [{"claim": format_ref(CLAIM, claim), "question": words} for claim, words in found]
    return [one for one in named if one["claim"] not in told]


def history(request: HttpRequest, ref: str) -> HttpResponse:
    """The versions, newest first, in pages; ``?as_known_on=2026-11-22`` leads to that day's."""
    number = number_of(ref, CLAIM)
    query = request.GET.copy()
    query.pop("after", None)  # the page reads it
    asked = read.read_parameters(query, (KNOWN_ON,))
    versions = ClaimVersion.objects.of_claim(number).for_changes()
    newest = versions.order_by("-number").first()
    if newest is None:
        raise Http404
    day = asked.get("as_known_on")
    if day is not None:
        end = dt.datetime.combine(day, dt.time.max, tzinfo=dt.UTC)
        known = versions.published_by(end).order_by("-number").first()
        if known is not None:
            return redirect(f"/claims/{CLAIM}{number}/v/{known.number}/")
    page = numbered_page(request, versions, "number", "", newest=True)
    context = {
        "current": "claims",
        "ref": f"{CLAIM}{number}",
        "page": page,
        "newest": newest,
        "missed_day": day,
    }
    return render(request, "claims/history.html", context)


def compare(request: HttpRequest, ref: str, before: int, after: int) -> HttpResponse:
    """What changed between two versions, word by word and figure by figure."""
    read.read_parameters(request.GET, ())
    number = number_of(ref, CLAIM)
    versions = ClaimVersion.objects.of_claim(number).numbered(before, after)
    found = {one.number: one for one in versions}
    if before not in found or after not in found:
        raise Http404
    old, new = (read_version(found[one].payload) for one in (before, after))
    if new["status"] == "retired":
        return gone(request, new)
    if old["status"] == "retired":
        return gone(request, old)
    context = {
        "current": "claims",
        "ref": f"{CLAIM}{number}",
        "old": old,
        "new": new,
        "question": word_diff(old["question"], new["question"]),
        "summary": word_diff(old["summary"], new["summary"]),
        "figures": compared_figures(old, new),
        "others": other_changes(old, new),
    }
    return render(request, "claims/compare.html", context)


def compared_figures(old: ClaimDocument, new: ClaimDocument) -> list[dict[str, Any]]:
    """Each figure of either version with what became of it."""
    before = {figure["ref"]: figure for figure in old["figures"]}
    after = {figure["ref"]: figure for figure in new["figures"]}
    return [
        {
            "ref": ref,
            "before": before.get(ref),
            "after": after.get(ref),
            "who": said_by(new, after[ref]) if ref in after else said_by(old, before[ref]),
            "change": _change(before.get(ref), after.get(ref)),
        }
        for ref in dict.fromkeys([*before, *after])
    ]


def _change(before: FigureEntry | None, after: FigureEntry | None) -> str:
    if before is None:
        return "added"
    if after is None:
        return "removed"
    return "same" if before == after else "changed"


_SHOWN_ALREADY = ("question", "summary", "figures", "inputs", "excluded", "origins")


def other_changes(old: ClaimDocument, new: ClaimDocument) -> list[Difference]:
    """The changes besides question, summary and whole figures."""
    found = differences(old, new)
    return [
        change
        for change in found
        if change["path"].partition("/")[0] not in _SHOWN_ALREADY
        or (change["op"] == "changed" and change["path"].startswith("figures/"))
    ]
