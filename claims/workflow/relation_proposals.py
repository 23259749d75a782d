"""What the machine makes of the reports on a claim: relations for a person to decide on."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from django.db.models import Count

from claims.choices import SourceRelationState, Stance
from claims.domain.copying import DatedPassage, Proposal, RelayedReport, circles, copies
from claims.domain.documents import decimal_literal
from claims.domain.refs import ARTICLE, SOURCE, format_ref, parse_ref
from claims.domain.resting import is_named, reaches
from claims.models import ArticleRevision, Assertion, Claim, Source, SourceRelation
from claims.workflow.acts import act
from claims.workflow.desk import chain_of, relations_above, rests_of
from claims.workflow.events import moment
from claims.workflow.relations import store_proposal

REASON: Final = "Found by comparing what the sources say."


def propose_relations(
    claims: Iterable[Claim], *, now: dt.datetime | None = None
) -> list[SourceRelation]:
    """Propose what speaks for itself in these claims; return what is new.

    Counts stay as they are: only a person confirms. What waits, counts, or was turned down on
    the same signs is not proposed again, and a pair that is final in no claim.
    """
    numbers = {claim.pk: claim for claim in claims}
    made: list[SourceRelation] = []
    with act("propose_relations", by=None, reason=REASON):
        found = _statements(numbers)
        texts = _older_texts([row for rows in found.values() for row in rows])
        for number, rows in sorted(found.items()):
            made += _propose_in(numbers[number], rows, texts, moment(now))
    return made


def _statements(claims: Iterable[int]) -> dict[int, list[Assertion]]:
    """The standing answers of the claims that have something to compare, by claim.

    One source alone is compared with the article in which its statement was found.
    """
    rows = Assertion.objects.live().filter(stance=Stance.ASSERTS, source__isnull=False)
    rows = rows.filter(claim__in=list(claims))
    counts = (
        rows.order_by()
        .values("claim")
        .annotate(sources=Count("source", distinct=True), places=Count("anchors"))
    )
    worth = [one["claim"] for one in counts if one["sources"] > 1 or one["places"]]
    found: dict[int, list[Assertion]] = defaultdict(list)
    for row in rows.for_evidence().filter(claim__in=worth) if worth else ():
        found[row.claim_id].append(row)
    return found


def _propose_in(
    claim: Claim, rows: list[Assertion], texts: list[DatedPassage], now: dt.datetime
) -> Iterator[SourceRelation]:
    """Propose in one claim; its statements that name their speaker need no relation."""
    reports = reports_of(rows)
    unnamed = {format_ref(SOURCE, row.source_id or 0) for row in rows if not _names_speaker(row)}
    found = [one for one in copies(reports) if one.source in unnamed]
    whole = [one for one in reports_of(rows, whole=True) if one.source in unnamed]
    found += circles(whole, _passages(rows, texts))
    if not found:
        return
    confirmed = rests_of(relations_above(rows, claim.pk))
    for one in found:
        settled = reaches(one.source, one.on, confirmed) or reaches(one.on, one.source, confirmed)
        if not settled and not _is_known(claim, one):
            yield store_proposal(_row(claim, one), by=None, reason=REASON, now=now)


def reports_of(rows: Iterable[Assertion], *, whole: bool = False) -> list[RelayedReport]:
    """What each source says in these statements of one claim, as the domain compares it.

    Quotes that stand in the article where the statement was found are the article's words and
    are left out, but with ``whole``.
    """
    groups: dict[int, list[Assertion]] = defaultdict(list)
    for row in rows:
        groups[row.source_id or 0].append(row)
    return [_report(group[0].source, group, whole) for group in groups.values() if group[0].source]


def _report(source: Source, rows: list[Assertion], whole: bool) -> RelayedReport:
    quotes = dict.fromkeys(row.quote for row in rows if whole or not _is_the_articles(row))
    values = {decimal_literal(row.point) for row in rows if row.point is not None}
    outlets = [
        link.party.name for row in rows for link in chain_of(row) if link.role == "publisher"
    ]
    if source.publisher is not None:
        outlets.append(source.publisher.name)
    return RelayedReport(
        id=source.pk,
        source=source.ref,
        title=source.title,
        outlet=outlets[0] if outlets else "",
        earliest=source.issued_earliest,
        latest=source.issued_latest,
        words=" ".join(quotes),
        value=values.pop() if len(values) == 1 else "",
    )


def _is_the_articles(row: Assertion) -> bool:
    """Whether the quote is what the article says where the statement was found."""
    quote = " ".join(row.quote.split())
    texts = (" ".join(anchor.revision.text.split()) for anchor in row.anchors.all())
    return any(quote in text for text in texts)


def _names_speaker(row: Assertion) -> bool:
    return any(is_named(link.role, link.party.kind) for link in chain_of(row)[:1])


def _older_texts(rows: list[Assertion]) -> list[DatedPassage]:
    """The texts of the articles in which the statements were found, from before a source of them.

    In one query, however many claims the statements are of.
    """
    articles, youngest = _articles(rows), _youngest(rows)
    if not articles or youngest is None:
        return []
    older = ArticleRevision.objects.filter(article__in=articles, added_at__date__lt=youngest)
    return [
        DatedPassage(format_ref(ARTICLE, one.article_id), one.text, one.added_at.date())
        for one in older.order_by("article", "number")
    ]


def _passages(rows: list[Assertion], texts: list[DatedPassage]) -> list[DatedPassage]:
    """Those of the texts in which these statements were found, before a source appeared."""
    articles = {format_ref(ARTICLE, number) for number in _articles(rows)}
    youngest = _youngest(rows)
    return [
        one
        for one in texts
        if one.article in articles and youngest is not None and one.since < youngest
    ]


def _articles(rows: list[Assertion]) -> set[int]:
    return {anchor.revision.article_id for row in rows for anchor in row.anchors.all()}


def _youngest(rows: list[Assertion]) -> dt.date | None:
    dates = (row.source.issued_earliest for row in rows if row.source is not None)
    return max((date for date in dates if date is not None), default=None)


def _is_known(claim: Claim, one: Proposal) -> bool:
    """Whether the pair waits or counts, or a person turned it down on the same signs."""
    ends = SourceRelation.objects.filter(
        from_source=parse_ref(one.source, SOURCE),
        to_source=parse_ref(one.on, SOURCE),
        to_article=parse_ref(one.on, ARTICLE),
    )
    signals = {str(sign.signal) for sign in one.signs}
    for row in ends.filter(final=True) | ends.for_claim(claim.pk):
        turned_down = row.state in (SourceRelationState.REJECTED, SourceRelationState.WITHDRAWN)
        told = {item["signal"] for item in row.evidence}
        if row.final or not turned_down or signals <= told:
            return True
    return False


def _row(claim: Claim, one: Proposal) -> SourceRelation:
    return SourceRelation(
        from_source_id=parse_ref(one.source, SOURCE) or 0,
        to_source_id=parse_ref(one.on, SOURCE),
        to_article_id=parse_ref(one.on, ARTICLE),
        claim=claim,
        kind=str(one.kind),
        evidence=[{"signal": str(sign.signal), "words": sign.words} for sign in one.signs],
    )
