"""The documents of the API, for the schema; the answers themselves are stored text."""

from __future__ import annotations

from rest_framework import serializers

from claims.api import shapes
from claims.api.shapes import (
    LinksField,
    NumberField,
    ReadOnlySerializer,
    group,
    line,
    one_of,
    whole,
    yes_or_no,
)
from claims.choices import Aggregation, Contention, Severity, VersionOp


class CaseEntrySerializer(shapes.CaseSerializer):
    """One entry of ``disputes`` inside a claim's document."""

    figures = serializers.ListField(child=line())


class ClaimSerializer(ReadOnlySerializer):
    """One published claim: what its sources say, where they disagree, what was concluded."""

    ref = line()
    type = line()
    version = whole()
    sequence = whole()
    status = line()
    question = line()
    contention = one_of(Contention.values)
    severity = one_of(Severity.values, blank=True)
    denied_by = line()
    summary = line()
    subject = shapes.SubjectSerializer()
    measure = shapes.MeasureSerializer()
    unit = line()
    population = line()
    aggregation = one_of(Aggregation.values)
    as_of = line()
    as_of_words = line()
    cardinality = line()
    tolerance_pct = NumberField()
    best_policy = line()
    range = shapes.RangeSerializer(allow_null=True)
    best = shapes.BestSerializer()
    agreement = shapes.AgreementSerializer(allow_null=True)
    fingerprint = line()
    inputs = serializers.ListField(child=line())
    excluded = group("Excluded", many=True, figure=line(), reason=line())
    figures = shapes.StatementSerializer(many=True)
    sources = shapes.CitedSourceSerializer(many=True)
    relations = group(
        "Relation",
        many=True,
        kind=line(),
        direction=line(),
        claim=line(),
        question=line(),
        exhaustive=yes_or_no(),
        scope_exact=yes_or_no(),
    )
    arithmetic = group(
        "Arithmetic",
        many=True,
        total=line(),
        hard=yes_or_no(),
        messages=serializers.ListField(child=line()),
        sum_low=NumberField(),
        sum_high=NumberField(),
        parts=serializers.ListField(child=line()),
    )
    disputes = CaseEntrySerializer(many=True)
    review = shapes.ReviewSerializer()
    links = LinksField()
    licence = line()
    previous_sha256 = line()
    sha256 = line()
    known_on = group(
        "KnownOn",
        required=False,
        day=line(),
        known=whole(),
        perhaps_known=serializers.ListField(child=line()),
        left_out_later=serializers.ListField(child=line()),
        left_out_undated=serializers.ListField(child=line()),
        from_version=whole(),
        from_sha256=line(),
    )


class TombstoneSerializer(ReadOnlySerializer):
    """What is left of a retired claim; ``takedown`` when one person took it away at once."""

    ref = line()
    type = line()
    version = whole()
    sequence = whole()
    status = line()
    question = line()
    takedown = shapes.TakedownSerializer(required=False)
    review = shapes.ReviewSerializer()
    links = LinksField()
    previous_sha256 = line()
    sha256 = line()


class ClaimFileSerializer(ReadOnlySerializer):
    """All claims in one JSON document, with what is needed to check it."""

    results = ClaimSerializer(many=True)
    end = group("End", type=line(), count=whole(), sha256=line(), sequence=whole())


class VersionSerializer(ReadOnlySerializer):
    """One line of a claim's list of versions."""

    version = whole()
    sequence = whole()
    op = one_of(VersionOp.values)
    at = serializers.DateTimeField()
    summary = line()
    contention = line()
    severity = line()
    sha256 = line()
    previous_sha256 = line()
    links = LinksField()


class DifferenceSerializer(ReadOnlySerializer):
    """What changed from one version of a claim to another."""

    ref = line()
    type = line()
    changes = group(
        "ChangedMember",
        many=True,
        path=line(),
        op=line(),
        before=serializers.JSONField(),
        after=serializers.JSONField(),
    )
    links = LinksField()


class FigureSerializer(ReadOnlySerializer):
    """One row of the tidy table."""

    claim_ref = line()
    claim_version = whole()
    contention = one_of(Contention.values)
    severity = line()
    question = line()
    subject_ref = line()
    subject = line()
    event_date = line()
    figure_ref = line()
    stance = line()
    kind = line()
    words = line()
    point = NumberField()
    low = NumberField()
    high = NumberField()
    low_strict = yes_or_no()
    high_strict = yes_or_no()
    high_open = yes_or_no()
    approximate = yes_or_no()
    vague_term = line()
    date = line()
    parties = serializers.ListField(child=line())
    boolean = yes_or_no(null=True)
    text = line()
    measure = line()
    unit = line()
    population = line()
    aggregation = line()
    as_of = line()
    status = line()
    speaker = line()
    speaker_kind = line()
    role = line()
    outlet = line()
    source_ref = line()
    source_title = line()
    source_url = line()
    published = line()
    asserted_on = line()
    quote = line()
    quote_language = line()
    citation_needed = yes_or_no()
    dispute_refs = serializers.ListField(child=line())
    updated = serializers.DateTimeField()
    place = line()
    country = line()
    latitude = NumberField()
    longitude = NumberField()
    subject_wikidata_qid = line()


class DisputeSerializer(shapes.CaseSerializer):
    """One dispute with its claim in brief and its statements in full."""

    type = line()
    claim = group(
        "ClaimInBrief",
        ref=line(),
        question=line(),
        contention=line(),
        severity=line(),
        range=shapes.RangeSerializer(allow_null=True),
        agreement=shapes.AgreementSerializer(allow_null=True),
        subject=shapes.SubjectSerializer(),
        measure=shapes.MeasureSerializer(),
        unit=line(),
        population=line(),
        version=whole(),
        links=LinksField(),
    )
    figures = shapes.StatementSerializer(many=True)
    links = LinksField()


class SourceSerializer(shapes.CitedSourceSerializer):
    """One source as the newest claim that cites it shows it."""

    type = line()


class ArticleSerializer(ReadOnlySerializer):
    """One article; its text only at its own address."""

    ref = line()
    type = line()
    slug = line()
    title = line()
    language = line()
    licence = line()
    origin_url = line()
    revision = whole()
    format = line()
    sha256 = line()
    approved_at = serializers.DateTimeField()
    links = LinksField()


class ArticleTextSerializer(ArticleSerializer):
    """One article with the text of its newest approved revision."""

    text = line()


class AnnotationPageSerializer(ReadOnlySerializer):
    """A page of W3C Web Annotations."""

    id = line()
    type = line()
    items = serializers.ListField(child=serializers.DictField())
