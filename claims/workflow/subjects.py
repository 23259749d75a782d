"""Adding and editing subjects and their belligerents."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.contrib.auth.models import User

from claims.choices import BorrowedNoun, MergedNoun, ReviewAction
from claims.domain.identity import match_key
from claims.domain.names import fold_name
from claims.domain.places import PlaceError, check_coordinates, check_country
from claims.errors import InvalidValueError
from claims.models import Claim, Party, Subject, SubjectBelligerent, SubjectTitle
from claims.querysets.subject import MAX_DEPTH
from claims.workflow.changes import record_change
from claims.workflow.checking import check_row
from claims.workflow.corrections import note_edit
from claims.workflow.desk import subject_path
from claims.workflow.events import moment
from claims.workflow.history import bulk_create_signed, signed_delete, signed_save
from claims.workflow.locking import lock_claim, lock_with_totals
from claims.workflow.look_alikes import refuse_disguised_title
from claims.workflow.merge_rules import refuse_merged
from claims.workflow.rows import new_row, write_newest, write_rows
from claims.workflow.values import assign, edtf_ends, shown_only, to_decimal
from claims.workflow.verbs import verb

FIELDS = frozenset(
    {"title", "kind", "parent", "place", "when"}
    | {"country", "latitude", "longitude", "wikidata_id"}
)
_WIKIDATA_ITEM: Final = re.compile(r"Q[1-9][0-9]{0,18}", re.ASCII)


@verb("edit_desk")
def add_subject(
    *,
    by: User,
    reason: str,
    belligerents: Sequence[tuple[Party, str]] = (),
    now: dt.datetime | None = None,
    **fields: Any,
) -> Subject:
    """Add an event, place or group; ``belligerents`` are (party, side)."""
    at = moment(now)
    row = _save(Subject(), fields, by=by, reason=reason, now=at)
    _write_belligerents(row, belligerents, by=by, reason=reason, now=at)
    return row


@verb("edit_desk", savepoint=False)
def add_subjects(
    *,
    rows: Sequence[Mapping[str, Any]],
    below: Subject | Mapping[str, Any],
    by: User,
    reason: str,
    now: dt.datetime | None = None,
) -> list[Subject]:
    """Add many subjects at once below one, which is new as well when its fields are given.

    Fields as add_subject takes them. Returns the one that they are below, then the others.
    """
    whole = below if isinstance(below, Subject) else new_row(Subject)
    subjects = [new_row(Subject) for _ in rows]
    for subject, fields in zip(subjects, rows, strict=True):
        _fill(subject, {**shown_only(fields), "parent": whole})
    if isinstance(below, Subject):
        _refuse_circle(Subject(), whole)
        new = subjects
    else:
        _fill(whole, shown_only(below))
        new = [whole, *subjects]
    bulk_create_signed(new, by=by, reason=reason, now=moment(now))
    write_rows([new_row(SubjectTitle, subject_id=one.pk, **subject_keys(one)) for one in new])
    return [whole, *subjects]


@verb("edit_desk")
def edit_subject(
    *,
    subject: Subject,
    by: User,
    reason: str,
    belligerents: Sequence[tuple[Party, str]] | None = None,
    now: dt.datetime | None = None,
    **changes: Any,
) -> Subject:
    """Change a subject; claims show it when somebody else has approved it.

    New belligerents or another place in the tree change what the figures mean: every claim about
    it or below it goes before the reviewers by itself.
    """
    at = moment(now)
    if belligerents is not None or "parent" in changes:
        _lock_claims_about(subject)  # the one lock order: claims first
    row = Subject.objects.select_for_update().get(pk=subject.pk)
    above = row.parent_id
    row = _save(row, changes, by=by, reason=reason, now=at)
    touched = row.parent_id != above
    if belligerents is not None:
        touched |= _write_belligerents(row, belligerents, by=by, reason=reason, now=at)
    if not touched:
        note_edit(BorrowedNoun.SUBJECT, row, by=by, reason=reason, now=at)
    else:
        for claim in _lock_claims_about(row).values():
            # Read anew: recording a part may have moved its total on.
            record_change(
                lock_claim(claim),
                by=by,
                reason=reason,
                now=at,
                action=ReviewAction.EDITED,
                verb="decide",
            )
    return row


def subject_keys(row: Subject) -> dict[str, str]:
    """What the subject is found by: the columns of its SubjectTitle."""
    return {"folded": fold_name(row.title), "key": match_key(row.title)}


def _lock_claims_about(subject: Subject) -> dict[int, Claim]:
    """Lock the claims about a subject or one below it, retired ones left out."""
    about = Claim.objects.active().filter(subject__in=subtree(subject))
    return lock_with_totals(about.values_list("pk", flat=True))


def _save(
    row: Subject, fields: dict[str, Any], *, by: User, reason: str, now: dt.datetime
) -> Subject:
    _fill(row, fields)
    if row.parent is not None:
        _refuse_circle(row, row.parent)
    check_row(row)
    refuse_disguised_title(row)
    signed_save(row, by=by, reason=reason, now=now)
    refuse_merged(MergedNoun.SUBJECT, [row.pk, row.parent_id])
    write_newest([SubjectTitle(subject=row, **subject_keys(row))], key="subject")
    return row


def _fill(row: Subject, fields: Mapping[str, Any]) -> None:
    assign(row, fields, FIELDS)
    if not row.title:
        raise InvalidValueError("title: a subject needs a title.", field="title")
    if not fold_name(row.title):
        raise InvalidValueError("title: there is nothing to see in it.", field="title")
    row.earliest, row.latest = edtf_ends(row.when, "when")
    row.latitude = to_decimal(row.latitude, "latitude")
    row.longitude = to_decimal(row.longitude, "longitude")
    _refuse_nowhere(row)


def _refuse_nowhere(row: Subject) -> None:
    """Refuse a country, coordinates or an item of Wikidata that cannot be."""
    for field, check in (
        ("country", lambda: check_country(row.country)),
        ("latitude", lambda: check_coordinates(row.latitude, row.longitude)),
    ):
        try:
            check()
        except PlaceError as error:
            raise InvalidValueError(f"{field}: {error}", field=field) from error
    if row.wikidata_id and not _WIKIDATA_ITEM.fullmatch(row.wikidata_id):
        raise InvalidValueError(
            "wikidata_id: write the item of Wikidata as Q and its number, such as Q912.",
            field="wikidata_id",
        )


def _refuse_circle(row: Subject, parent: Subject) -> None:
    above = subject_path(parent)
    if row.pk in [subject.pk for subject in above]:
        raise InvalidValueError(f"parent: {parent} lies below {row} already.", field="parent")
    if len(above) >= MAX_DEPTH:
        raise InvalidValueError(
            f"parent: the tree of subjects is at most {MAX_DEPTH} deep.", field="parent"
        )


def subtree(row: Subject) -> set[int]:
    """The numbers of a subject and of all below it."""
    found, level = {row.pk}, {row.pk}
    while level:
        below = Subject.objects.filter(parent__in=level).values_list("pk", flat=True)
        level = set(below) - found
        found |= level
    return found


def _write_belligerents(
    row: Subject,
    belligerents: Sequence[tuple[Party, str]],
    *,
    by: User,
    reason: str,
    now: dt.datetime,
) -> bool:
    """Make exactly these the belligerents; tell whether anything changed."""
    have = {(link.party_id, link.side): link for link in row.belligerent_links.all()}
    wanted = {(party.pk, side): party for party, side in belligerents}
    for key in have.keys() - wanted.keys():
        signed_delete(have[key], by=by, reason=reason, now=now)
    for key in wanted.keys() - have.keys():
        link = SubjectBelligerent(subject=row, party=wanted[key], side=key[1])
        signed_save(link, by=by, reason=reason, now=now)
    refuse_merged(MergedNoun.PARTY, [party for party, _ in wanted])
    return have.keys() != wanted.keys()
