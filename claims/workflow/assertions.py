"""Filling an assertion's row: value checked against the measure, chain, parties, anchors."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User

from claims.choices import (
    AssertionStatus,
    AttributionMode,
    AttributionRole,
    PartyMode,
    Stance,
    ValueState,
)
from claims.domain.anchors import anchor_for
from claims.domain.quantity import Figure, FigureError, check_count
from claims.domain.vocabulary import ValueFamily, complete, family_of, states_figures
from claims.errors import EvidenceError, InvalidValueError
from claims.models import Anchor, Assertion, AssertionParty, Attribution, Claim
from claims.workflow.anchors import noted_at
from claims.workflow.desk import chain_of, figure_of, has_value, interval_of
from claims.workflow.history import signed_delete, signed_save
from claims.workflow.values import assign, edtf_ends, to_decimal

LINKS = frozenset({"attributions", "parties", "anchors"})
NUMBERS = ("point", "low", "high")
FAMILIES = complete(
    ValueFamily,
    "workflow.assertions.FAMILIES",
    {
        ValueFamily.FIGURE: (*NUMBERS, "vague_term"),
        ValueFamily.DATE: ("edtf",),
        ValueFamily.PARTY: ("party_mode",),
        ValueFamily.BOOLEAN: ("boolean",),
        ValueFamily.TEXT: ("text",),
    },
)
FIELDS = frozenset(
    {
        "source",
        "citation_needed",
        "locator",
        "quote",
        "quote_language",
        "asserted_on",
        "stance",
        "target",
        "extent",
        "ground",
        "value_state",
        *NUMBERS,
        "low_strict",
        "high_strict",
        "high_open",
        "approximate",
        "vague_term",
        "edtf",
        "boolean",
        "text",
        "party_mode",
        "credibility",
    }
)


def fill_assertion(row: Assertion, claim: Claim, fields: Mapping[str, Any]) -> None:
    """Set the fields and what is derived from them; refuse what breaks a rule of the model."""
    own = {name: value for name, value in fields.items() if name not in LINKS}
    assign(row, own, FIELDS)
    row.value_kind, row.is_count = claim.measure.value_kind, claim.measure.is_count
    for name in NUMBERS:
        setattr(row, name, to_decimal(getattr(row, name), name))
    if fields.get("parties") and not row.party_mode:
        row.party_mode = PartyMode.UNSPECIFIED
    row.earliest, row.latest = edtf_ends(row.edtf, "edtf")
    edtf_ends(row.asserted_on, "asserted_on")
    _check_standing(row, claim)
    _check_value(row, fields)
    _derive(row, fields)


def fill_links(
    row: Assertion,
    fields: Mapping[str, Any],
    *,
    by: User,
    reason: str,
    now: dt.datetime,
) -> None:
    """Write the chain, parties and anchors that were given."""
    if "attributions" in fields:
        _write_chain(row, fields["attributions"], by=by, reason=reason, now=now)
    if "parties" in fields:
        _write_parties(row, fields["parties"], by=by, reason=reason, now=now)
    for anchor in fields.get("anchors", ()):
        _write_anchor(row, anchor, by=by, reason=reason, now=now)


def _derive(row: Assertion, fields: Mapping[str, Any]) -> None:
    """Set origin and test interval, so that one save writes the row whole."""
    links = fields.get("attributions")
    if links is None:
        links = [{"role": link.role, "party": link.party} for link in _stored_chain(row)]
    row.origin = origin_of(row, links)
    interval = interval_of(row)
    row.test_low, row.test_high = interval.low, interval.high


def origin_of(row: Assertion, links: Sequence[Mapping[str, Any]]) -> str:
    """Who first said it: the speaker, else the first publisher, else the source, else ''."""
    for role in (AttributionRole.SPEAKER, AttributionRole.PUBLISHER):
        found = next((link["party"] for link in links if link["role"] == role), None)
        if found is not None:
            return str(found.ref)
    return row.source.ref if row.source is not None else ""


def _stored_chain(row: Assertion) -> list[Attribution]:
    return chain_of(row) if row.pk else []


def _check_standing(row: Assertion, claim: Claim) -> None:
    if row.status == AssertionStatus.LIVE and row.source is None and not row.citation_needed:
        raise EvidenceError(
            "Name the source, or mark the statement as needing a citation.", field="source"
        )
    if row.source is not None and row.citation_needed:
        raise EvidenceError("It has a source and needs no citation.", field="citation_needed")
    objects = row.stance in (Stance.DENIES, Stance.DOUBTS)
    if row.stance == Stance.DENIES and not row.extent:
        raise EvidenceError("Say whether the whole or a part is denied.", field="extent")
    if not objects and (row.extent or row.ground):
        raise EvidenceError("Extent and ground belong to a denial or a doubt.", field="extent")
    if row.target is not None and (row.target == row or row.target.claim_id != claim.pk):
        raise EvidenceError("The target must be another assertion of the claim.", field="target")
    limit: int = settings.FACTBASE_LIMITS["quote_characters"]
    if len(row.quote) > limit:
        raise InvalidValueError(f"quote: at most {limit} characters.", field="quote")


def _check_value(row: Assertion, fields: Mapping[str, Any]) -> None:
    """One family, the measure's own; numbers in order and short enough to be kept exactly."""
    if row.value_state not in list(ValueState):
        raise InvalidValueError(f"{row.value_state!r} is no state of a value.", field="value_state")
    own = family_of(row.value_kind)
    for family, names in FAMILIES.items():
        filled = [name for name in names if getattr(row, name) not in (None, "")]
        if family is not own and filled:
            raise EvidenceError(
                f"{filled[0]}: the measure asks for a {row.value_kind}.", field=filled[0]
            )
    try:
        figure: Figure | None = figure_of(row)
        if figure is not None and row.is_count and states_figures(row.value_kind):
            check_count(figure)
    except FigureError as error:
        raise InvalidValueError(str(error), field="point") from error
    answered = has_value(row)
    if row.stance == Stance.ASSERTS and row.value_state == ValueState.VALUE and not answered:
        raise EvidenceError(
            f"Give the {row.value_kind} that the source states, or mark it unknown.",
            field="value_state",
        )
    parties = fields.get("parties")
    if row.party_mode and parties is not None and not parties:
        raise EvidenceError("Name at least one party.", field="parties")


def _write_chain(
    row: Assertion, links: list[dict[str, Any]], *, by: User, reason: str, now: dt.datetime
) -> None:
    speakers = [n for n, link in enumerate(links) if link["role"] == AttributionRole.SPEAKER]
    if speakers not in ([], [0]):
        raise EvidenceError("Name at most one speaker, and name it first.", field="attributions")
    for old in row.attributions.all():
        signed_delete(old, by=by, reason=reason, now=now)
    for position, link in enumerate(links):
        mode = link.get("mode", AttributionMode.SAID)
        new = Attribution(
            assertion=row, position=position, party=link["party"], role=link["role"], mode=mode
        )
        signed_save(new, by=by, reason=reason, now=now)


def _write_parties(
    row: Assertion, parties: list[Any], *, by: User, reason: str, now: dt.datetime
) -> None:
    if family_of(row.value_kind) is not ValueFamily.PARTY and parties:
        raise EvidenceError(f"The measure asks for a {row.value_kind}.", field="parties")
    have = {link.party_id: link for link in row.party_links.all()}
    wanted = {party.pk: party for party in parties}
    for number in have.keys() - wanted.keys():
        signed_delete(have[number], by=by, reason=reason, now=now)
    for number, party in wanted.items():
        if number not in have:
            link = AssertionParty(assertion=row, party=party)
            signed_save(link, by=by, reason=reason, now=now)


def _write_anchor(
    row: Assertion, place: Mapping[str, Any], *, by: User, reason: str, now: dt.datetime
) -> None:
    """Anchor the assertion in a revision's text; an anchor that is there stays as it is."""
    revision, start, end = place["revision"], place["start"], place["end"]
    if not 0 <= start < end <= len(revision.text):
        raise InvalidValueError(
            f"anchors: {start} to {end} lies outside the text of {revision}.", field="anchors"
        )
    exact, prefix, suffix = anchor_for(revision.text, start, end)
    if row.anchors.filter(revision=revision, start=start, end=end).exists():
        return
    anchor = Anchor(
        assertion=row,
        revision=revision,
        exact=exact,
        prefix=prefix,
        suffix=suffix,
        start=start,
        end=end,
    )
    signed_save(anchor, by=by, reason=reason, now=noted_at([revision], now))
