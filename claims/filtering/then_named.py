"""Sources and subjects at another time: gathered from the documents that readers had then."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, Literal

from claims.domain.document_format import read_claim
from claims.domain.index_rows import source_columns, subject_columns
from claims.domain.names import fold_for_search
from claims.domain.published import ClaimDocument
from claims.domain.refs import SOURCE, SUBJECT, number_in
from claims.errors import QueryError
from claims.filtering.cursors import Sort, read_cursor, write_cursor
from claims.filtering.then import EXAMINED, RowThen, ThenPage, candidates
from claims.filtering.times import Times
from claims.models import Assertion

type NamedList = Literal["sources", "subjects"]

GATHERED: Final = 1_000  # documents that are read for one answer


def documents_then(times: Times, asked: Mapping[str, Any]) -> list[str]:
    """Return the documents of another time that may hold what is asked, the oldest first.

    Raises QueryError when there are more than GATHERED of them.
    """
    versions = candidates(times, asked).order_by("sequence")
    payloads = list(versions.values_list("payload", flat=True)[: GATHERED + 1])
    if len(payloads) > GATHERED:
        message = (
            f"More than {GATHERED} claims would have to be worked out anew: narrow them with "
            "subject, measure, country, place, claim or event dates, or read an export of then."
        )
        raise QueryError(message, field="known_on" if times.known_on else "as_recorded")
    return payloads


def page_named(
    name: NamedList, times: Times, asked: Mapping[str, Any], sort: Sort, limit: int
) -> ThenPage:
    """Return the sources that statements cited then, or the subjects that they were about.

    Each is as the newest document of then shows it. ``sort`` runs by their numbers. Raises
    QueryError for more documents than can be read.
    """
    scope = {key: value for key, value in asked.items() if key != "q"}  # q is of their titles
    payloads = documents_then(times, scope)
    found: dict[int, RowThen] = {}
    for payload in payloads:
        found |= dict(_GATHER[name](times.as_known(read_claim(payload))))
    words = [fold_for_search(word) for word in asked.get("q", ())]
    numbers = sorted(
        (number for number, row in found.items() if _is_called(row, words)),
        reverse=sort.descending,
    )
    total = len(numbers)
    if asked.get("cursor"):
        last = read_cursor(asked["cursor"], sort)[-1]
        numbers = [one for one in numbers if (one < last if sort.descending else one > last)]
    shown = numbers[:limit]
    following = write_cursor(sort, (shown[-1],)) if len(numbers) > limit else ""
    return ThenPage([found[number] for number in shown], following, len(payloads), total)


def showing_then(name: NamedList, times: Times, number: int) -> list[ClaimDocument]:
    """Return what readers had then of the claims that show a row, the newest claim first.

    ``name`` is the register of the row and ``number`` its own. A source is looked for in the
    claims that any record of the desk ties to it; what is answered is read from documents that
    were public then, and from nothing else. Raises QueryError for more than EXAMINED of them.
    """
    versions = times.public()
    if name == "subjects":
        versions = versions.about(number)
    else:
        history: Any = Assertion.history
        claims = history.filter(source=number).order_by().values("claim")
        versions = versions.filter(claim__in=claims)
    payloads = list(
        versions.order_by("-sequence").values_list("payload", flat=True)[: EXAMINED + 1]
    )
    if len(payloads) > EXAMINED:
        message = (
            f"More than {EXAMINED} claims would have to be read for this row of then: ask the list "
            "of claims or figures for them, or read an export of then."
        )
        raise QueryError(message, field="known_on" if times.known_on else "as_recorded")
    documents = (times.as_known(read_claim(payload)) for payload in payloads)
    return [one for one in documents if number in dict(_GATHER[name](one))]


def named_then(name: NamedList, times: Times, number: int) -> RowThen | None:
    """Return one source or subject as the newest document of then shows it; None where none did."""
    for document in showing_then(name, times, number):
        return dict(_GATHER[name](document))[number]
    return None


def _is_called(row: RowThen, words: list[str]) -> bool:
    return all(word and word in row["folded"] for word in words)


def _sources(document: ClaimDocument) -> Iterator[tuple[int, RowThen]]:
    cited = {entry["source"] for entry in document["figures"]}
    for entry in document["sources"]:
        if entry["ref"] in cited:
            yield number_in(entry["ref"], SOURCE), {**source_columns(entry)}


def _subjects(document: ClaimDocument) -> Iterator[tuple[int, RowThen]]:
    if document["figures"]:
        entry = document["subject"]
        yield number_in(entry["ref"], SUBJECT), {**subject_columns(entry)}


_GATHER: Final[Mapping[NamedList, Callable[[ClaimDocument], Iterator[tuple[int, RowThen]]]]] = {
    "sources": _sources,
    "subjects": _subjects,
}
