"""The desk rows of a claim as the domain sees them: evidence, terms, disputes, sums."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Sequence
from dataclasses import dataclass, field, replace

from claims.domain.agreement import Case, ClaimTerms, Evidence
from claims.domain.dates import date_interval
from claims.domain.intervals import Interval
from claims.domain.published import Belligerent
from claims.domain.quantity import Figure
from claims.domain.refs import SOURCE, format_ref
from claims.domain.resting import THE_ARTICLE, Rest, follow, is_named
from claims.domain.units import said_unit
from claims.domain.vocabulary import (
    BestPolicy,
    Cardinality,
    DisputeKind,
    DisputeState,
    Stance,
    ValueKind,
    ValueState,
    states_figures,
)
from claims.models import (
    Assertion,
    Attribution,
    Claim,
    Dispute,
    Source,
    SourceRelation,
    Subject,
    SubjectBelligerent,
)
from claims.querysets.lookup import rows_known_as
from claims.querysets.source_relation import SourceRelationQuerySet, reached_from
from claims.querysets.subject import MAX_DEPTH


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that hangs on one claim, read once."""

    claim: Claim
    assertions: list[Assertion]
    disputes: list[Dispute]
    belligerents: dict[int, SubjectBelligerent]
    path: list[Subject] = field(default_factory=list)
    source_relations: list[SourceRelation] = field(default_factory=list)

    @property
    def terms(self) -> ClaimTerms:
        return terms_of(self.claim)

    @property
    def evidence(self) -> list[Evidence]:
        """The assertions by number, their origins followed along the confirmed relations."""
        found = (evidence_of(assertion, self.belligerents) for assertion in self.assertions)
        return follow(found, rests_of(self.source_relations))

    @property
    def sources(self) -> list[Source]:
        """The sources that its assertions cite and those that these rest on, each once."""
        cited = [row.source for row in self.assertions if row.source is not None]
        above = [one.to_source for one in self.source_relations if one.to_source is not None]
        return list({source.pk: source for source in (*above, *cited)}.values())

    def belligerent_names(self) -> list[Belligerent]:
        """The parties to the conflict, by side and name."""
        links = sorted(self.belligerents.values(), key=lambda link: (link.side, link.party.name))
        return [
            {"ref": link.party.ref, "name": link.party.name, "side": link.side} for link in links
        ]

    @property
    def cases(self) -> list[Case]:
        return [case_of(dispute) for dispute in self.disputes]


def read_desk(claim: Claim) -> Desk:
    """Read the claim's assertions, disputes and belligerents in a fixed number of queries."""
    return read_desks([claim])[claim.pk]


def read_desks(claims: Collection[Claim]) -> dict[int, Desk]:
    """The same of many claims by number, in as many queries as of one."""
    paths = _paths({claim.subject_id for claim in claims})
    fighting = _belligerents(paths.values())
    assertions: dict[int, list[Assertion]] = {claim.pk: [] for claim in claims}
    for row in Assertion.objects.for_evidence().filter(claim__in=assertions):
        assertions[row.claim_id].append(row)
    disputes: dict[int, list[Dispute]] = {claim.pk: [] for claim in claims}
    for dispute in Dispute.objects.for_evidence().filter(claim__in=disputes):
        disputes[dispute.claim_id].append(dispute)
    relations = _relations_of(assertions)
    return {
        claim.pk: Desk(
            claim=claim,
            assertions=assertions[claim.pk],
            disputes=disputes[claim.pk],
            belligerents=fighting[claim.subject_id],
            path=paths[claim.subject_id],
            source_relations=relations[claim.pk],
        )
        for claim in claims
    }


def with_disputes_anew(desk: Desk) -> Desk:
    """The desk after a change of nothing but disputes and their members."""
    return replace(desk, disputes=_disputes_of(desk.claim))


def _disputes_of(claim: Claim) -> list[Dispute]:
    return list(Dispute.objects.for_evidence().filter(claim=claim))


def relations_above(assertions: Iterable[Assertion], claim: int | None) -> list[SourceRelation]:
    """The confirmed relations on the chains that start at the sources of these assertions."""
    return _above(SourceRelation.objects.confirmed().for_claim(claim), _cited(assertions))


def _above(relations: SourceRelationQuerySet, sources: set[int]) -> list[SourceRelation]:
    """Most sources rest on none, which is asked first: it costs a tenth of reading chains."""
    if not rows_known_as(SourceRelation, {"from_source_id": sources}):
        return []
    return relations.above(sources)


def _cited(assertions: Iterable[Assertion]) -> set[int]:
    return {row.source_id for row in assertions if row.source_id is not None}


def _relations_of(assertions: dict[int, list[Assertion]]) -> dict[int, list[SourceRelation]]:
    """relations_above() of each claim, by its number."""
    cited = {number: _cited(rows) for number, rows in assertions.items()}
    relations = SourceRelation.objects.confirmed().for_claims(cited)
    known = _above(relations, set().union(*cited.values()))
    return {number: reached_from(known, fresh, number) for number, fresh in cited.items()}


def rests_of(relations: Iterable[SourceRelation]) -> list[Rest]:
    """Those of the relations that make two origins one, as the domain sees them."""
    return [
        Rest(
            format_ref(SOURCE, one.from_source_id),
            THE_ARTICLE if one.to_source_id is None else one.to_ref,
        )
        for one in relations
        if one.merges
    ]


def _belligerents(paths: Iterable[list[Subject]]) -> dict[int, dict[int, SubjectBelligerent]]:
    """The parties to the conflict by the number of the subject that ends each line, and theirs."""
    lines = {path[-1].pk: {subject.pk for subject in path} for path in paths}
    wanted = set().union(*lines.values())
    links = list(SubjectBelligerent.objects.filter(subject__in=wanted).select_related("party"))
    return {
        last: {link.party_id: link for link in links if link.subject_id in line}
        for last, line in lines.items()
    }


def subject_path(subject: Subject) -> list[Subject]:
    """The subject's line of parents, the topmost first, the subject last."""
    return _paths({subject.pk})[subject.pk]


def _paths(numbers: set[int]) -> dict[int, list[Subject]]:
    """Each subject's line of parents, in one query."""
    return {row.pk: _line(row) for row in Subject.objects.with_ancestors().filter(pk__in=numbers)}


def _line(subject: Subject) -> list[Subject]:
    one: Subject | None = subject
    path: list[Subject] = []
    while one is not None and len(path) <= MAX_DEPTH:
        path.insert(0, one)
        one = one.parent
    return path


def terms_of(claim: Claim) -> ClaimTerms:
    return ClaimTerms(
        value_kind=ValueKind(claim.measure.value_kind),
        cardinality=Cardinality(claim.cardinality),
        tolerance_pct=claim.tolerance_pct,
        best_policy=BestPolicy(claim.best_policy),
        count=claim.measure.is_count,
        said_unit=unit_of(claim),
    )


def unit_of(claim: Claim) -> str:
    """The unit that is a part of each answer, such as the currency of amounts; '' of others."""
    return said_unit(claim.measure.value_kind, claim.unit)


def evidence_of(assertion: Assertion, belligerents: Container[int]) -> Evidence:
    """One assertion with its chain and parties (prefetched) as the domain sees it."""
    parties = [link.party_id for link in assertion.party_links.all()]
    return evidence_from(assertion, chain_of(assertion), parties, belligerents)


def evidence_from(
    assertion: Assertion,
    chain: Sequence[Attribution],
    parties: Iterable[int],
    belligerents: Container[int],
) -> Evidence:
    """One assertion with the links given, stored or not, as the domain sees it."""
    source = assertion.source
    return Evidence(
        id=assertion.pk,
        stance=Stance(assertion.stance),
        live=assertion.is_live,
        source_withdrawn=source is not None and source.is_withdrawn,
        sourced=source is not None,
        origin=assertion.origin,
        value_kind=ValueKind(assertion.value_kind),
        has_value=has_value(assertion),
        figure=figure_of(assertion),
        edtf=assertion.edtf,
        parties=frozenset(parties),
        boolean=assertion.boolean,
        text=assertion.text,
        asserted_on=assertion.asserted_on,
        issued=source.issued if source else "",
        target=assertion.target_id,
        denier_is_belligerent=assertion.stance == Stance.DENIES
        and any(link.party_id in belligerents for link in chain[:1]),
        reliability=source.reliability if source else "",
        credibility=int(assertion.credibility) if assertion.credibility else None,
        source=source.ref if source else "",
        names_speaker=any(is_named(link.role, link.party.kind) for link in chain[:1]),
    )


def chain_of(assertion: Assertion) -> list[Attribution]:
    """The attribution chain by position, from prefetched rows."""
    return sorted(assertion.attributions.all(), key=lambda link: link.position)


def has_value(assertion: Assertion) -> bool:
    """Whether the assertion gives an answer of its own."""
    if assertion.value_state != ValueState.VALUE:
        return False
    filled = (
        _states_quantity(assertion),
        bool(assertion.edtf),
        bool(assertion.party_mode),
        assertion.boolean is not None,
        bool(assertion.text),
    )
    return any(filled)


def _states_quantity(assertion: Assertion) -> bool:
    numbers = (assertion.point, assertion.low, assertion.high)
    return bool(assertion.vague_term) or any(number is not None for number in numbers)


def figure_of(assertion: Assertion) -> Figure | None:
    """The assertion's quantity; None when it has none."""
    if assertion.value_state == ValueState.VALUE and not _states_quantity(assertion):
        return None
    return Figure(
        point=assertion.point,
        low=assertion.low,
        high=assertion.high,
        low_strict=assertion.low_strict,
        high_strict=assertion.high_strict,
        high_open=assertion.high_open,
        approximate=assertion.approximate,
        vague_term=assertion.vague_term,
        state=ValueState(assertion.value_state),
    )


def interval_of(assertion: Assertion) -> Interval:
    """What the assertion is tested with, the claim's tolerance left out; dates as day numbers."""
    figure = figure_of(assertion)
    if figure is not None and states_figures(assertion.value_kind):
        return figure.test_interval(count=assertion.is_count)
    return date_interval(assertion.edtf) if assertion.edtf else Interval()


def case_of(dispute: Dispute) -> Case:
    return Case(
        kind=DisputeKind(dispute.kind),
        state=DisputeState(dispute.state),
        outcome=dispute.outcome,
        covers_fingerprint=dispute.fingerprint,
        preferred=dispute.preferred_id,
        reason=dispute.reason,
        rationale=dispute.rationale,
    )
