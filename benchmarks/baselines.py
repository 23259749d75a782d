"""What the product is measured against: DRF, stock and tuned, and a bare Django view."""

from __future__ import annotations

from functools import cache
from typing import Any, ClassVar

from django.db import connection, models
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.views import View
from rest_framework import generics, pagination, serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from claims.choices import ClaimState, Contention
from claims.models import (
    Anchor,
    Article,
    ArticleRevision,
    Assertion,
    Attribution,
    Claim,
    ClaimVersion,
    Dispute,
    Measure,
    Party,
    ReviewEvent,
    Source,
    Subject,
)

PAGE = 50


class PartySerializer(serializers.ModelSerializer):
    class Meta:
        model = Party
        fields = ["id", "name", "kind", "description"]


class MeasureSerializer(serializers.ModelSerializer):
    class Meta:
        model = Measure
        fields = ["slug", "label", "value_kind", "is_count"]


class SubjectSerializer(serializers.ModelSerializer):
    class Meta:
        model = Subject
        fields = ["id", "title", "kind", "place", "when"]


class SourceSerializer(serializers.ModelSerializer):
    publisher = PartySerializer()

    class Meta:
        model = Source
        fields = [
            *("id", "csl_type", "title", "publisher", "authors", "issued", "url", "archive_url"),
            *("archived_on", "accessed_on", "url_status", "language", "doi", "isbn"),
            *("reliability", "reliability_note", "withdrawn_on", "withdrawal_note"),
        ]


class AttributionSerializer(serializers.ModelSerializer):
    party = PartySerializer()

    class Meta:
        model = Attribution
        fields = ["party", "role", "mode"]


class ArticleSerializer(serializers.ModelSerializer):
    class Meta:
        model = Article
        fields = ["id", "slug"]


class RevisionSerializer(serializers.ModelSerializer):
    article = ArticleSerializer()

    class Meta:
        model = ArticleRevision
        fields = ["article", "title", "number", "sha256"]


class AnchorSerializer(serializers.ModelSerializer):
    revision = RevisionSerializer()

    class Meta:
        model = Anchor
        fields = ["revision", "exact", "prefix", "suffix", "start", "end", "status"]


class NumberField(serializers.DecimalField):
    """A decimal of any length, which DRF's own field cannot be for columns without limits."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=None, decimal_places=None, **kwargs)


class FigureSerializer(serializers.ModelSerializer):
    source = SourceSerializer()
    attributions = AttributionSerializer(many=True)
    anchors = AnchorSerializer(many=True)
    serializer_field_mapping = {
        **serializers.ModelSerializer.serializer_field_mapping,
        models.DecimalField: NumberField,
    }

    class Meta:
        model = Assertion
        fields = [
            *("id", "stance", "status", "status_reason", "value_state", "point", "low", "high"),
            *("low_strict", "high_strict", "high_open", "approximate", "vague_term", "test_low"),
            *("test_high", "edtf", "earliest", "latest", "party_mode", "boolean", "text"),
            *("extent", "ground", "credibility", "quote", "quote_language", "locator"),
            *("asserted_on", "citation_needed", "origin", "source", "attributions", "anchors"),
        ]


class EventSerializer(serializers.ModelSerializer):
    class Meta:
        model = ReviewEvent
        fields = ["action", "at", "comment"]


class DisputeSerializer(serializers.ModelSerializer):
    events = EventSerializer(many=True)
    figures = serializers.PrimaryKeyRelatedField(source="assertions", many=True, read_only=True)

    class Meta:
        model = Dispute
        fields = [
            *("id", "kind", "state", "reason", "opened_at", "outcome", "rationale"),
            *("decided_at", "figures", "events"),
        ]


class ClaimSerializer(serializers.ModelSerializer):
    """The same nested facts as the stored document; its derived words and ranges are left out."""

    subject = SubjectSerializer()
    measure = MeasureSerializer()
    figures = FigureSerializer(source="assertions", many=True)
    disputes = DisputeSerializer(many=True)

    class Meta:
        model = Claim
        fields = [
            *("id", "question", "contention", "severity", "subject", "measure", "unit"),
            *("population", "aggregation", "as_of", "cardinality", "tolerance_pct"),
            *("best_policy", "fingerprint", "figures", "disputes"),
        ]


def disputed_claims() -> QuerySet[Claim]:
    """Published claims that are disputed, without any care for queries."""
    return Claim.objects.filter(
        state=ClaimState.PUBLISHED, contention=Contention.DISPUTED
    ).order_by("pk")


def prefetched_claims() -> QuerySet[Claim]:
    """The same with everything that the serializers show, in a fixed number of queries."""
    figures = Assertion.objects.select_related("source__publisher").prefetch_related(
        Prefetch("attributions", Attribution.objects.select_related("party")),
        Prefetch(
            "anchors",
            Anchor.objects.select_related("revision__article").defer("revision__text"),
        ),
    )
    return (
        disputed_claims()
        .select_related("subject", "measure")
        .prefetch_related(Prefetch("assertions", figures), "disputes__events",
                          "disputes__assertions")
    )  # fmt: skip


class NumberedPages(pagination.PageNumberPagination):
    page_size = PAGE


class StockList(generics.ListAPIView):
    """As the tutorial has it: nested serializers, numbered pages, a query for each relation."""

    authentication_classes: ClassVar[list[Any]] = []
    permission_classes: ClassVar[list[Any]] = [AllowAny]
    throttle_classes: ClassVar[list[Any]] = []
    serializer_class = ClaimSerializer
    pagination_class = NumberedPages

    def get_queryset(self) -> QuerySet[Claim]:
        return disputed_claims()


class TunedList(generics.GenericAPIView):
    """As an expert has it: joins and prefetches, and pages that start after a key."""

    authentication_classes: ClassVar[list[Any]] = []
    permission_classes: ClassVar[list[Any]] = [AllowAny]
    throttle_classes: ClassVar[list[Any]] = []
    serializer_class = ClaimSerializer

    def get(self, request: Request) -> Response:
        after = int(request.query_params.get("after", 0))
        rows = list(prefetched_claims().filter(pk__gt=after)[: PAGE + 1])
        following = rows[PAGE - 1].pk if len(rows) > PAGE else None
        results = self.get_serializer(rows[:PAGE], many=True).data
        return Response({"results": results, "next": following})


def disputed_page() -> QuerySet[Any]:
    """The texts of the first page of disputed claims."""
    rows = ClaimVersion.objects.public().disputed().order_by("claim_id")
    return rows.values_list("payload")[:PAGE]


@cache
def disputed_page_sql() -> tuple[str, tuple[Any, ...]]:
    """The same as a finished statement, in the database's own spelling."""
    return plain_sql(disputed_page())


def plain_sql(rows: QuerySet[Any]) -> tuple[str, tuple[Any, ...]]:
    """Return the statement and its parameters."""
    sql, params = rows.query.get_compiler(connection=connection).as_sql()
    return sql, tuple(params)


class BareView(View):
    """A function's worth of Django: one query, its texts joined, the product's own bytes."""

    tail: ClassVar[bytes] = b""  # what follows the rows in the product's answer

    def get(self, request: HttpRequest) -> HttpResponse:
        body = b'{"results":[' + ",".join(self.texts()).encode() + b"]" + self.tail
        return HttpResponse(body, content_type="application/json")

    def texts(self) -> list[str]:
        """Return the documents of the page."""
        return [row[0] for row in disputed_page()]


class RawView(BareView):
    """The same below the ORM: a statement that was finished beforehand."""

    def texts(self) -> list[str]:
        sql, params = disputed_page_sql()
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            return [row[0] for row in cursor.fetchall()]
