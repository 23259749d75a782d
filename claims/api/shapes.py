"""The pieces that published documents are made of, for the schema."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field, inline_serializer
from rest_framework import serializers

from claims.choices import AssertionStatus, DisputeKind, DisputeState, Stance, TakedownCause


@extend_schema_field({"type": ["number", "null"]})
class NumberField(serializers.Field):
    """An exact decimal as a JSON number, or null."""


@extend_schema_field({"type": ["number", "string", "null"]})
class EndField(serializers.Field):
    """One end of a range: a number, or an ISO date for claims of dates."""


@extend_schema_field({"type": "object", "additionalProperties": {"type": "string"}})
class LinksField(serializers.Field):
    """Paths by name, without a host."""


def one_of(values: list[str], *, blank: bool = False) -> serializers.ChoiceField:
    """One word of a vocabulary."""
    return serializers.ChoiceField(choices=values, allow_blank=blank)


def line(*, null: bool = False) -> serializers.CharField:
    """A text, empty when there is none."""
    return serializers.CharField(allow_blank=True, allow_null=null)


def yes_or_no(*, null: bool = False) -> serializers.BooleanField:
    """True or false."""
    return serializers.BooleanField(allow_null=null)


def whole() -> serializers.IntegerField:
    """A whole number."""
    return serializers.IntegerField()


def group(component: str, /, *, null: bool = False, many: bool = False, **fields: Any) -> Any:
    """A nested object of these members."""
    return inline_serializer(
        component, fields, **({"many": True} if many else {"allow_null": null})
    )


def named(member: str, /, **more: Any) -> dict[str, Any]:
    """The members of a thing that is only named: its ref and what it is called."""
    return {"ref": line(), member: line(), **more}


class ReadOnlySerializer(serializers.Serializer):
    """A document that is only ever sent."""


class ReviewSerializer(ReadOnlySerializer):
    edited_by = line()
    approved_by = line()
    published_at = line()
    reason = line()


class TakedownSerializer(ReadOnlySerializer):
    """Why one person took a claim from readers at once, and whether a second confirmed it."""

    cause = one_of(TakedownCause.values)
    confirmed = yes_or_no()


class RangeSerializer(ReadOnlySerializer):
    low = EndField()
    high = EndField()
    high_open = yes_or_no()
    low_from = line(null=True)
    high_from = line(null=True)
    words = line()


class BestSerializer(ReadOnlySerializer):
    value = EndField()
    words = line()
    figure = line(null=True)
    rule = line()
    reason = line()


class AgreementSerializer(ReadOnlySerializer):
    low = EndField()
    high = EndField()
    origins = whole()
    of = whole()


class SubjectSerializer(ReadOnlySerializer):
    ref = line()
    title = line()
    kind = line()
    place = line()
    when = line()
    when_words = line()
    path = group("SubjectName", many=True, **named("title"))
    belligerents = group("Belligerent", many=True, **named("name", side=line()))


class MeasureSerializer(ReadOnlySerializer):
    slug = line()
    label = line()  # type: ignore[assignment]
    value_kind = line()
    is_count = yes_or_no()
    wikidata_property = line()


class AttributionSerializer(ReadOnlySerializer):
    party = line()
    name = line()
    kind = line()
    role = line()
    mode = line()
    belligerent = yes_or_no()


class AnchorSerializer(ReadOnlySerializer):
    article = line()
    slug = line()
    title = line()
    revision = whole()
    sha256 = line()
    exact = line()
    prefix = line()
    suffix = line()
    start = whole()
    end = whole()
    status = line()


class StatementSerializer(ReadOnlySerializer):
    """One entry of ``figures`` inside a claim's document."""

    ref = line()
    stance = one_of(Stance.values)
    status = one_of(AssertionStatus.values)
    status_reason = line()
    kind = line()
    words = line()
    value_state = line()
    point = NumberField()
    low = NumberField()
    high = NumberField()
    low_strict = yes_or_no()
    high_strict = yes_or_no()
    high_open = yes_or_no()
    approximate = yes_or_no()
    vague_term = line()
    test_low = NumberField()
    test_high = NumberField()
    edtf = line()
    earliest = line(null=True)
    latest = line(null=True)
    parties = group("PartyName", many=True, **named("name"))
    party_mode = line()
    boolean = yes_or_no(null=True)
    text = line()
    target = line(null=True)
    extent = line()
    ground = line()
    supersedes = line(null=True)
    credibility = line()
    quote = line()
    quote_language = line()
    locator = line()
    asserted_on = line()
    source = line(null=True)  # type: ignore[assignment]
    citation_needed = yes_or_no()
    origin = line()
    speaker = group(
        "Speaker",
        null=True,
        **named("name", kind=line(), description=line(), belligerent=yes_or_no()),
    )
    attribution = AttributionSerializer(many=True)
    anchors = AnchorSerializer(many=True)


class CitedSourceSerializer(ReadOnlySerializer):
    """One entry of ``sources`` inside a claim's document."""

    ref = line()
    csl_type = line()
    title = line()
    publisher = group("Publisher", null=True, **named("name"))
    authors = line()
    issued = line()
    url = line()
    archive_url = line()
    archived_on = line(null=True)
    accessed_on = line(null=True)
    url_status = line()
    language = line()
    doi = line()
    isbn = line()
    reliability = line()
    reliability_note = line()
    withdrawn_on = line(null=True)
    withdrawal_note = line()


class CaseSerializer(ReadOnlySerializer):
    """What the document of a claim and that of a dispute say about the dispute alike."""

    ref = line()
    kind = one_of(DisputeKind.values)
    state = one_of(DisputeState.values)
    reason = line()
    opened_at = serializers.DateTimeField()
    opened_by = line()
    outcome = line()
    preferred = line(null=True)
    rationale = line()
    decided_by = line()
    decided_at = serializers.DateTimeField(allow_null=True)
    events = group("CaseEvent", many=True, action=line(), at=line(), by=line(), comment=line())
