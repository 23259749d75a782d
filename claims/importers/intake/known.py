"""What the desk knows already: the questions asked, the answers given, what was dropped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Final

from claims.choices import AssertionStatus, ClaimState
from claims.domain.names import fold_name
from claims.models import Article, ArticleRevision, Assertion, Claim, Subject
from claims.reading.asking.statement import Statement

TERMS: Final = ("subject_id", "measure_id", "unit", "population", "aggregation", "as_of")
Terms = tuple[Any, ...]


def asked_about(subjects: Iterable[Subject]) -> dict[Terms, Claim]:
    """The claims about these subjects, by what they ask; one query for them all."""
    claims = Claim.objects.active().filter(subject__in=set(subjects))
    return {_terms_of(claim): claim for claim in claims}


def dropped_from(article: Article, subjects: Iterable[Subject]) -> dict[Terms, list[Claim]]:
    """The retired claims that this article's text led to, by what they asked."""
    retired = Claim.objects.filter(state=ClaimState.RETIRED, subject__in=set(subjects))
    found: dict[Terms, list[Claim]] = defaultdict(list)
    for claim in retired.filter(assertions__anchors__revision__article=article).distinct():
        found[_terms_of(claim)].append(claim)
    return found


def terms_key(terms: Mapping[str, Any]) -> Terms:
    """The same for what draft_claim takes as for a claim that asks it, however it is written."""
    subject, measure, *words = terms.values()
    return subject.pk, measure.pk, *map(fold_name, words)


def same_statement(claim: Claim, one: Statement, answer: Mapping[str, Any]) -> Assertion | None:
    """The assertion, dropped ones included, that gives this answer by the same speaker."""
    speakers = [link["party"].pk for link in answer["attributions"]]
    named = {party.pk for party in answer["parties"]}
    for row in Assertion.objects.for_evidence().filter(claim=claim, stance=one.stance):
        links = sorted(row.attributions.all(), key=lambda link: link.position)
        said_so = [link.party_id for link in links] == speakers and row.source == answer["source"]
        names_them = {link.party_id for link in row.party_links.all()} == named
        if said_so and names_them and _same_value(one.value, row):
            return row
    return None


def replaced_in(claim: Claim, one: Statement, revision: ArticleRevision) -> Assertion | None:
    """The live answer of the claim that the text says this one takes the place of."""
    if one.replaces is None:
        return None
    live = Assertion.objects.filter(claim=claim, status=AssertionStatus.LIVE)
    return live.filter(anchors__revision=revision, anchors__start=one.replaces).first()


def _terms_of(claim: Claim) -> Terms:
    subject, measure, *words = (getattr(claim, name) for name in TERMS)
    return subject, measure, *map(fold_name, words)


def _same_value(fields: dict[str, Any], row: Any) -> bool:
    """Whether a stored assertion says exactly this."""
    numbers = ("point", "low", "high", "low_strict", "high_strict", "high_open", "approximate")
    words = ("vague_term", "edtf", "party_mode")
    return all(
        _plain(fields.get(name, False)) == _plain(getattr(row, name)) for name in numbers
    ) and all(fields.get(name, "") == getattr(row, name) for name in words)


def _plain(value: Decimal | bool | None) -> Decimal | None:
    return Decimal(value) if value else None
