"""The rows of registers that a claim's document is read from: which, held still, and how new."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Max, Q, QuerySet, Value
from django.db.models.fields import CharField

from claims.choices import BorrowedNoun
from claims.domain.published import ClaimDocument
from claims.domain.refs import PARTY, parse_ref
from claims.errors import StaleRevisionError
from claims.models import (
    Anchor,
    Article,
    Assertion,
    AssertionParty,
    Attribution,
    Claim,
    Measure,
    Party,
    PublishedArticle,
    Source,
    SourceRelation,
    Subject,
    SubjectBelligerent,
)
from claims.workflow.desk import Desk, subject_path

type Borrowed = dict[tuple[str, int], int]
"""{(noun, number of the row): number of its newest history row}."""

# Each noun's table and the column of its history that holds the number of the row.
HISTORIES: Final[dict[str, tuple[Any, str]]] = {
    BorrowedNoun.MEASURE: (Measure, "id"),
    BorrowedNoun.SOURCE: (Source, "id"),
    BorrowedNoun.SUBJECT: (Subject, "id"),
    BorrowedNoun.BELLIGERENTS: (SubjectBelligerent, "subject_id"),
    BorrowedNoun.PARTY: (Party, "id"),
    BorrowedNoun.ARTICLE: (Article, "id"),
    BorrowedNoun.RELATION: (SourceRelation, "id"),
}
_TRIES: Final = 5


def borrowed_name(noun: str, number: int) -> str:
    """What `ClaimVersion.shown` calls a borrowed row; tables of the claim's own are identifiers."""
    return f"{noun} {number}"


def borrowed_by(desk: Desk) -> set[tuple[str, int]]:
    """The rows that the desk's document shows, (noun, number) each."""
    found = {(BorrowedNoun.MEASURE, desk.claim.measure_id)}
    found |= {(BorrowedNoun.SOURCE, source.pk) for source in desk.sources}
    found |= {(BorrowedNoun.RELATION, row.pk) for row in desk.source_relations}
    for subject in desk.path:
        found |= {(BorrowedNoun.SUBJECT, subject.pk), (BorrowedNoun.BELLIGERENTS, subject.pk)}
    found |= {(BorrowedNoun.PARTY, number) for number in _parties(desk)}
    for row in desk.assertions:
        for anchor in row.anchors.all():
            if anchor.revision.approved_at is not None:
                found.add((BorrowedNoun.ARTICLE, anchor.revision.article_id))
    return {(str(noun), number) for noun, number in found}


def hold_borrowed(claim: Claim) -> None:
    """Keep every row that the locked claim borrows as it is until the transaction ends.

    Tables in one fixed order, rows by number, shared with other readers, so that approvals of
    claims that cite one source do not wait for one another, and an edit of the source waits for
    them. On SQLite the transaction itself excludes other writers.
    """
    if connection.vendor != "postgresql":
        return
    for _ in range(_TRIES):
        path = [subject.pk for subject in subject_path(claim.subject)]
        for rows in _in_order(claim, path):
            share(rows)
        if path == [subject.pk for subject in subject_path(claim.subject)]:
            return
    raise StaleRevisionError(f"What {claim.ref} borrows keeps changing; try again.")


def newest_histories(borrowed: Iterable[tuple[str, int]]) -> Borrowed:
    """Each borrowed row with its newest history row, in one query; 0 where it has none.

    Of an article it is the history row that its approved text shows.
    """
    numbers: dict[str, set[int]] = {}
    for noun, number in borrowed:
        numbers.setdefault(noun, set()).add(number)
    queries = [_newest(noun, found) for noun, found in sorted(numbers.items())]
    rows: Any = queries[0].union(*queries[1:], all=True).order_by() if queries else ()
    newest = {(noun, number): history for number, noun, history in rows}
    return {key: newest.get(key, 0) for key in borrowed}


def publishers_as_read(document: ClaimDocument) -> Borrowed:
    """Each publisher in a document with the oldest history row that bears the name shown there.

    A document may be built long after its words were approved, and an edit of the party since
    has been read by nobody: the oldest row is never newer than what was read.
    """
    entries = [one["publisher"] for one in document["sources"] if one["publisher"]]
    found: Borrowed = {}
    for entry in entries:
        number = parse_ref(entry["ref"], PARTY) or 0
        rows = Party.history.filter(id=number, name=entry["name"]).order_by("history_id")
        found[str(BorrowedNoun.PARTY), number] = (
            rows.values_list("history_id", flat=True).first() or 0
        )
    return found


def _newest(noun: str, numbers: set[int]) -> QuerySet[Any, Any]:
    if noun == BorrowedNoun.ARTICLE:
        rows = PublishedArticle.objects.filter(article__in=numbers).order_by()
        named = rows.annotate(noun=Value(noun, CharField()))
        return named.values_list("article_id", "noun", "shown")
    model, column = HISTORIES[noun]
    rows = model.history.filter(**{f"{column}__in": numbers}).order_by().values(column)
    named = rows.annotate(noun=Value(noun, CharField()), newest=Max("history_id"))
    return named.values_list(column, "noun", "newest")


def _parties(desk: Desk) -> set[int]:
    numbers = {source.publisher_id for source in desk.sources}
    for row in desk.assertions:
        numbers |= {link.party_id for link in row.attributions.all()}
        numbers |= {link.party_id for link in row.party_links.all()}
    return {number for number in {*numbers, *desk.belligerents} if number is not None}


def _in_order(claim: Claim, path: list[int]) -> list[QuerySet[Any]]:
    """The rows to hold, table by table; each query sees what the locks before it hold still."""
    assertions = Assertion.objects.filter(claim=claim)
    cited = set(assertions.order_by().values_list("source", flat=True)) - {None}
    relations = SourceRelation.objects.confirmed().for_claim(claim.pk).above(cited)
    shown = cited | {one.to_source_id for one in relations if one.to_source_id}
    sources = Source.objects.filter(pk__in=shown)
    speakers = Attribution.objects.filter(assertion__claim=claim).order_by()
    answers = AssertionParty.objects.filter(assertion__claim=claim).order_by()
    fighting = SubjectBelligerent.objects.filter(subject__in=path).order_by()
    anchors = Anchor.objects.filter(assertion__claim=claim).order_by()
    return [
        Measure.objects.filter(pk=claim.measure_id),
        sources,
        SourceRelation.objects.filter(pk__in=[one.pk for one in relations]),
        Subject.objects.filter(pk__in=path),
        Party.objects.filter(
            Q(pk__in=sources.order_by().values("publisher"))
            | Q(pk__in=speakers.values("party"))
            | Q(pk__in=answers.values("party"))
            | Q(pk__in=fighting.values("party"))
        ),
        Article.objects.filter(pk__in=anchors.values("revision__article")),
    ]


def share(rows: QuerySet[Any]) -> None:
    """Lock rows against changes, not against other readers; Django has no word for it.

    On SQLite the transaction itself excludes other writers.
    """
    if connection.vendor != "postgresql":
        return
    try:
        text, values = rows.order_by("pk").values_list("pk").query.sql_with_params()
    except EmptyResultSet:  # there are none of these
        return
    with connection.cursor() as cursor:
        cursor.execute(f"{text} FOR SHARE", values)
