"""What makes a claim of the queue worth a second look, read off the documents of its row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

from claims.admin.change_lines import PublicDocument
from claims.choices import BorrowedNoun, Contention, DisputeState, Stance
from claims.domain.published import ClaimDocument
from claims.domain.refs import PARTY, parse_ref
from claims.models import Assertion, BorrowedRow, Claim
from claims.workflow.proposed import Proposed

_OPEN: Final = frozenset({DisputeState.OPEN, DisputeState.UNDER_REVIEW})


def flags_of(
    proposed: Iterable[Proposed],
    published: Mapping[int, PublicDocument],
    figures: Mapping[int, list[Assertion]],
) -> dict[int, list[str]]:
    """The flags by the number of the claim; one query, however many claims."""
    page = list(proposed)
    named = {one.claim.pk: _parties(one.document) for one in page}
    known = _shown_somewhere({ref for refs in named.values() for ref in refs})
    found = {}
    for one in page:
        number, public = one.claim.pk, published.get(one.claim.pk)
        new = ", ".join(name for ref, name in named[number].items() if ref not in known)
        found[number] = [
            *_of_desk(one.claim, figures[number], public),
            *_of_change(public, one.document),
            *([_("new party: %s") % new] if new else []),
        ]
    return found


def _of_desk(
    claim: Claim, figures: list[Assertion], public: PublicDocument | None
) -> Iterator[str]:
    live = [figure for figure in figures if figure.is_live]
    was = public["contention"] if public and public["status"] == "published" else ""
    if claim.contention == Contention.DISPUTED:
        yield ", ".join(filter(None, (_("disputed"), claim.get_severity_display())))
    if any(figure.stance == Stance.DENIES for figure in live):
        yield _("denied")
    if any(figure.citation_needed for figure in live):
        yield _("citation needed")
    if any(figure.source_id and not figure.quote for figure in live):
        yield _("no quote")
    if was == Contention.DISPUTED != claim.contention:
        yield _("was disputed")


def _of_change(before: PublicDocument | None, after: PublicDocument) -> Iterator[str]:
    """What the change does to readers, beyond its words."""
    if after["status"] == "retired":
        return
    if any(case["state"] not in _OPEN for case in after["disputes"]):
        yield _("earlier dispute")
    if before is None or before["status"] == "retired":
        return
    if before["range"] != after["range"]:
        yield _("range moved")
    for ref in _gone(before, after):
        yield _("source removed: %s") % ref
    for ref in _corrected(before, after):
        yield _("correction of %s") % ref


def _gone(before: ClaimDocument, after: ClaimDocument) -> list[str]:
    """The sources that no longer count: not cited now, or withdrawn since."""
    standing = {one["ref"] for one in after["sources"] if not one["withdrawn_on"]}
    return [
        one["ref"]
        for one in before["sources"]
        if not one["withdrawn_on"] and one["ref"] not in standing
    ]


def _corrected(before: ClaimDocument, after: ClaimDocument) -> list[str]:
    """The rows of registers that both documents show, and that say something else now."""
    old, new = _register_rows(before), _register_rows(after)
    return [ref for ref, entry in new.items() if ref in old and old[ref] != entry]


def _register_rows(document: ClaimDocument) -> dict[str, Any]:
    rows: dict[str, Any] = {one["ref"]: one for one in document["sources"]}
    rows[document["subject"]["ref"]] = document["subject"]
    rows[document["measure"]["slug"]] = document["measure"]
    return rows | dict(_parties(document))


def _parties(document: PublicDocument) -> dict[str, str]:
    """The name of each party that a document shows, by reference."""
    if document["status"] == "retired":
        return {}
    found = {one["ref"]: one["name"] for one in document["subject"]["belligerents"]}
    for figure in document["figures"]:
        found |= {one["ref"]: one["name"] for one in figure["parties"]}
        found |= {one["party"]: one["name"] for one in figure["attribution"]}
    for source in document["sources"]:
        if source["publisher"]:
            found[source["publisher"]["ref"]] = source["publisher"]["name"]
    return found


def _shown_somewhere(refs: set[str]) -> set[str]:
    """Those of the parties that some public claim shows already."""
    numbers = {parse_ref(ref, PARTY) or 0: ref for ref in refs}
    rows = BorrowedRow.objects.any_of(BorrowedNoun.PARTY, numbers)
    return {numbers[number] for number in rows.values_list("number", flat=True).distinct()}
