"""What a claim's document takes from other claims and articles: only what readers have of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Q

from claims.choices import RelationKind, Stance, ValueState
from claims.domain.agreement import ArithmeticResult, arithmetic_check
from claims.domain.document_format import read_claim
from claims.domain.published import ClaimDocument
from claims.domain.published_sums import part_figure
from claims.domain.quantity import Figure
from claims.models import ArticleRevision, Assertion, Claim, ClaimRelation, ClaimVersion
from claims.workflow.desk import Desk, figure_of


@dataclass(frozen=True, slots=True)
class LinkedClaim:
    """A relation seen from one claim; ``direction`` is "to" or "from" the other."""

    relation: ClaimRelation
    direction: str
    other: int


@dataclass(frozen=True, slots=True)
class Linked:
    """Everything outside a claim that its document shows, read once.

    ``published`` are the current documents of linked claims by number; ``approved`` the number
    of each article's newest approved revision.
    """

    links: list[LinkedClaim]
    published: dict[int, ClaimDocument]
    approved: dict[int, int]

    @property
    def parts(self) -> list[ClaimRelation]:
        """The links from the parts of this total, oldest first."""
        kind = RelationKind.PART_OF_TOTAL
        return [
            one.relation
            for one in self.links
            if one.direction == "from" and one.relation.kind == kind
        ]


def read_linked(desk: Desk) -> Linked:
    """Read what the claim's document takes from outside, in a fixed number of queries."""
    return read_all_linked([desk])[desk.claim.pk]


def read_all_linked(desks: Collection[Desk]) -> dict[int, Linked]:
    """The same of many claims by number, in as many queries as of one."""
    links = _links_of({desk.claim.pk for desk in desks})
    published = _published(link.other for found in links.values() for link in found)
    approved = _approved(row for desk in desks for row in desk.assertions)
    return {
        number: Linked(
            links=found,
            published={one.other: published[one.other] for one in found if one.other in published},
            approved=approved,
        )
        for number, found in links.items()
    }


def linked_claims(claim: Claim) -> set[int]:
    """The numbers of the claims that are linked to this one, in either direction."""
    return {link.other for link in _links_of({claim.pk})[claim.pk]}


def linked_to(numbers: Iterable[int]) -> set[int]:
    """The numbers of the claims that are linked to any of these, in either direction."""
    wanted = set(numbers)
    links = ClaimRelation.objects.filter(Q(from_claim__in=wanted) | Q(to_claim__in=wanted))
    pairs = links.order_by().values_list("from_claim", "to_claim")
    return {number for pair in pairs for number in pair} - wanted


def sum_of_parts(desk: Desk, linked: Linked) -> ArithmeticResult | None:
    """Compare the published parts with the desk's total; None while a part has no figure.

    A part that only the desk holds is no evidence about what readers see.
    """
    parts = linked.parts
    found = {one.from_claim_id: _only_figure(linked, one.from_claim_id) for one in parts}
    figures = [figure for figure in found.values() if figure is not None]
    total = _leading_figure(desk.assertions)
    if not parts or total is None or len(figures) < len(parts):
        return None
    return arithmetic_check(
        figures,
        total,
        exhaustive=all(one.exhaustive for one in parts),
        scope_exact=all(one.scope_exact for one in parts),
        count=desk.terms.count,
    )


def _links_of(claims: set[int]) -> dict[int, list[LinkedClaim]]:
    """The links of each claim, oldest first, those to others before those from others."""
    found: dict[int, list[LinkedClaim]] = {number: [] for number in claims}
    for one in ClaimRelation.objects.filter(from_claim__in=claims).order_by("pk"):
        found[one.from_claim_id].append(LinkedClaim(one, "to", one.to_claim_id))
    for one in ClaimRelation.objects.filter(to_claim__in=claims).order_by("pk"):
        found[one.to_claim_id].append(LinkedClaim(one, "from", one.from_claim_id))
    return found


def _published(numbers: Iterable[int]) -> dict[int, ClaimDocument]:
    versions = ClaimVersion.objects.public().filter(claim__in=set(numbers))
    found = versions.values_list("claim", "payload")
    return {number: read_claim(text) for number, text in found}


def _approved(assertions: Iterable[Assertion]) -> dict[int, int]:
    articles = {anchor.revision.article_id for row in assertions for anchor in row.anchors.all()}
    rows = ArticleRevision.objects.approved().filter(article__in=articles).order_by("number")
    return dict(rows.values_list("article", "number")) if articles else {}


def _only_figure(linked: Linked, number: int) -> Figure | None:
    """The only figure that a published claim counts; None when it has none or several."""
    document = linked.published.get(number)
    return None if document is None else part_figure(document)


def _leading_figure(rows: Iterable[Assertion]) -> Figure | None:
    """The claim's only live figure with a value; None when it has none or several."""
    figures = {
        figure
        for row in rows
        if row.is_live
        and row.stance == Stance.ASSERTS
        and row.value_state == ValueState.VALUE
        and (figure := figure_of(row)) is not None
    }
    return figures.pop() if len(figures) == 1 else None
