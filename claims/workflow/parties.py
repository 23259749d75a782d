"""Adding and editing parties."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.contrib.auth.models import User

from claims.choices import BorrowedNoun, MergedNoun, PartyKind, ReviewAction
from claims.domain.identity import key_of_folded
from claims.domain.names import fold_name
from claims.errors import InvalidValueError
from claims.models import Claim, Party, PartyName
from claims.workflow.changes import record_decision
from claims.workflow.checking import check_row
from claims.workflow.corrections import note_edit
from claims.workflow.events import moment
from claims.workflow.history import bulk_create_signed, signed_save
from claims.workflow.importing import lock_names
from claims.workflow.locking import lock_with_totals
from claims.workflow.look_alikes import refuse_twins
from claims.workflow.merge_rules import refuse_merged
from claims.workflow.relations import claims_told_by
from claims.workflow.rows import new_row, write_rows
from claims.workflow.text import refuse_hidden, refuse_unstorable
from claims.workflow.values import assign, shown_only
from claims.workflow.verbs import verb

TELLING = frozenset({"name", "kind", "aliases", "description"})  # what tells parties apart
FIELDS = frozenset({"name", "kind", "aliases", "wikidata_qid", "description"})


@verb("edit_desk")
def add_party(*, by: User, reason: str, now: dt.datetime | None = None, **fields: Any) -> Party:
    """Add a speaker, outlet or belligerent."""
    _lock_names(fields)
    return _save(Party(), fields, by=by, reason=reason, now=moment(now))


@verb("edit_desk", savepoint=False)
def add_parties(
    *,
    rows: Sequence[Mapping[str, Any]],
    by: User,
    reason: str,
    now: dt.datetime | None = None,
) -> list[Party]:
    """Add many parties at once; fields as add_party takes them, without hidden characters."""
    parties = [new_row(Party, aliases=[]) for _ in rows]
    for party, fields in zip(parties, rows, strict=True):
        _fill(party, shown_only(fields))
        check_row(party)
    refuse_twins(parties)
    bulk_create_signed(parties, by=by, reason=reason, now=moment(now))
    write_rows([name for party in parties for name in party_keys(party)])
    return parties


@verb("edit_desk")
def edit_party(
    *, party: Party, by: User, reason: str, now: dt.datetime | None = None, **changes: Any
) -> Party:
    """Change a party; claims that name it show it when somebody else has approved it."""
    _lock_names(changes)  # before the row, as an import does
    claims = _lock_told(party) if "kind" in changes else {}
    row, at = Party.objects.select_for_update().get(pk=party.pk), moment(now)
    refuse_merged(MergedNoun.PARTY, [row.pk])
    borne, was_unnamed = {row.name, *row.aliases}, row.kind == PartyKind.UNNAMED
    _save(row, changes, by=by, reason=reason, now=at, borne=borne)
    if was_unnamed != (row.kind == PartyKind.UNNAMED):
        record_decision(claims.values(), ReviewAction.EDITED, by=by, reason=reason, now=at)
    note_edit(BorrowedNoun.PARTY, row, by=by, reason=reason, now=at)
    return row


def _lock_told(party: Party) -> dict[int, Claim]:
    """The claims whose origins may change when a speaker is named, locked before the party."""
    return lock_with_totals(claims_told_by(party).values_list("pk", flat=True))


def _lock_names(fields: Mapping[str, Any]) -> None:
    """Let one person at a time give these names to a party."""
    aliases = fields.get("aliases", ())
    names = [fields.get("name"), *(aliases if isinstance(aliases, list) else ())]
    lock_names("party", [name for name in names if isinstance(name, str)])


def _save(
    row: Party,
    fields: dict[str, Any],
    *,
    by: User,
    reason: str,
    now: dt.datetime,
    borne: Collection[str] = (),
) -> Party:
    _fill(row, fields)
    if TELLING.intersection(fields):
        check_row(row)  # the look-up needs what can be stored
        refuse_twins([row], borne)
    signed_save(row, by=by, reason=reason, now=now)
    row.names.all().delete()
    write_rows(party_keys(row))
    return row


def _fill(row: Party, fields: Mapping[str, Any]) -> None:
    assign(row, fields, FIELDS)
    if not row.name:
        raise InvalidValueError("name: a party needs a name or a description.", field="name")
    names = row.aliases
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise InvalidValueError("aliases: give a list of names.", field="aliases")
    for name in names:
        refuse_hidden(refuse_unstorable(name, "aliases"), "aliases")
    if not fold_name(row.name):
        raise InvalidValueError("name: there is nothing to see in it.", field="name")


def party_keys(party: Party) -> list[PartyName]:
    """What the party is found by; nothing when it is a speaker without a name."""
    if party.kind == PartyKind.UNNAMED:
        return []
    folded = dict.fromkeys(fold_name(name) for name in (party.name, *party.aliases))
    return [
        new_row(PartyName, party_id=party.pk, folded=one, key=key_of_folded(one))
        for one in folded
        if one
    ]
