"""Lists of another time: rows worked out from documents, a bounded number of them a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, Literal

from django.conf import settings

from claims.choices import MergedNoun
from claims.domain.document_format import read_claim
from claims.domain.documents import dump_document
from claims.domain.facets import Facets, facets_of
from claims.domain.index_rows import dispute_columns, figure_columns
from claims.domain.published import ClaimDocument
from claims.domain.refs import ARTICLE, DISPUTE, FIGURE, PARTY, SOURCE, format_ref, number_in
from claims.errors import QueryError
from claims.filtering.cursors import LARGEST_ID, Sort, read_cursor, write_cursor
from claims.filtering.filters import narrowed
from claims.filtering.lists import CLAIM_FILTERS
from claims.filtering.moved import families, with_families
from claims.filtering.times import Times
from claims.models import Assertion, Dispute
from claims.querysets.publication import ClaimVersionQuerySet

type ListName = Literal["claims", "figures", "disputes"]
type RowThen = dict[str, Any]

EXAMINED: Final[int] = settings.FACTBASE_LIMITS["documents_examined"]
ORDER: Final = Sort("claim", ("claim_id", "number"))
# What a version says whatever was known: the database narrows by it.
FIXED: Final = frozenset(
    {"q", "measure", "subject", "country", "place", "claim", "event_from", "event_to"}
    | {"updated_since"}
)
# These filters look into rows that exist of current versions only.
OF_NOW: Final = frozenset({"source", "speaker", "article", "kind", "state"})
# Columns of a version that say what its document does, as long as nothing is left out of it.
_FACETS: Final = frozenset({"contention", "severity", "spread_gte", "has_denial"})


@dataclass(frozen=True, slots=True)
class Seen:
    """One row as filters look at it: its claim's document and facets, its own columns."""

    document: ClaimDocument
    facets: Facets
    own: RowThen


@dataclass(frozen=True, slots=True)
class ThenPage:
    """Rows by column, each with its claim's ``document`` and that as text, ``payload``.

    A figure has the columns of the tidy table beside, a dispute its ``record``. The cursor is ''
    on the last page; ``examined`` is how many documents were looked at, ``total`` how many rows
    all pages have, where that is known.
    """

    rows: list[RowThen]
    cursor: str
    examined: int
    total: int | None = None


def page_then(name: ListName, times: Times, asked: Mapping[str, Any], limit: int) -> ThenPage:
    """Return the rows of a list as of other times, in the order of their claims.

    Looks at EXAMINED documents at most, so that a page may be short, or empty, and still have a
    next one. Claims of which nothing was known by the day are left out. Raises QueryError for
    parameters that would need all documents.
    """
    _refuse_whole(name, asked)
    start, after = _place(asked)
    wanted = with_families(asked)
    rows: list[RowThen] = []
    most = EXAMINED
    versions = candidates(times, asked).filter(claim_id__gte=start).order_by("claim_id")
    found = list(versions.values_list("claim_id", "payload")[: most + 1])
    last = (start, after)
    for number, payload in found[:most]:
        for place, row in rows_of(name, times, wanted, payload):
            if (number, place) <= (start, after):
                continue
            if len(rows) == limit:
                return ThenPage(rows, _cursor(*last), len(found[:most]))
            rows.append(row)
            last = (number, place)
    following = _cursor(found[most - 1][0], LARGEST_ID) if len(found) > most else ""
    return ThenPage(rows, following, len(found[:most]))


def is_stored(times: Times, asked: Mapping[str, Any]) -> bool:
    """Whether claims of then are asked for in an order that their versions are stored with.

    What was known by a day is worked out, and so is what is asked of statements and disputes:
    both come claim by claim.
    """
    ordered = asked.get("sort", "ref") != "ref"
    return ordered and times.known_on is None and OF_NOW.isdisjoint(asked)


def candidates(times: Times, asked: Mapping[str, Any]) -> ClaimVersionQuerySet:
    """The versions of that time that may hold rows asked for, as far as the database knows."""
    names = FIXED if times.known_on is not None else FIXED | _FACETS
    filters = [one for one in CLAIM_FILTERS if one.parameter.name in names]
    return narrowed(times.public(), filters, dict(asked))


def rows_of(
    name: ListName, times: Times, asked: Mapping[str, Any], payload: str
) -> Iterator[tuple[int, RowThen]]:
    """Yield the rows of one claim that meet every filter asked for, each with its own number."""
    document = times.as_known(read_claim(payload))
    if times.known_on is not None:
        if not document["figures"]:
            return
        payload = dump_document(document)
    facets = facets_of(document)
    for place, own in _UNFOLDED[name](document):
        seen = Seen(document, facets, own)
        if all(test(asked[key], seen) for key, test in TESTS[name].items() if key in asked):
            yield place, {"document": document, "payload": payload, **own}


def row_then(name: Literal["figures", "disputes"], times: Times, number: int) -> RowThen | None:
    """Return one statement or dispute at another time; None where readers had none.

    The desk tells which claim it is of, or what was merged into that one, and nothing else: what
    is answered is read from the version that readers had then.
    """
    model: Any = Assertion if name == "figures" else Dispute
    claim = model._default_manager.filter(pk=number).values_list("claim_id", flat=True)
    versions = times.public().filter(claim__in=families(MergedNoun.CLAIM, claim))
    for payload in versions.order_by("-sequence").values_list("payload", flat=True):
        found = dict(rows_of(name, times, {}, payload)).get(number)
        if found is not None:
            return found
    return None


def _refuse_whole(name: ListName, asked: Mapping[str, Any]) -> None:
    """Refuse what can only be answered by reading every document."""
    if "sort" in asked and (name != "claims" or asked["sort"] != "ref"):
        message = "'sort' does not go with known_on, nor with what is asked of statements then: "
        message += "rows come claim by claim."
        raise QueryError(message, field="sort")
    if "include" in asked:
        message = "'include' does not go with as_recorded and known_on; see stats/ for counts."
        raise QueryError(message, field="include")


def _place(asked: Mapping[str, Any]) -> tuple[int, int]:
    if not asked.get("cursor"):
        return 0, 0
    claim, number = read_cursor(asked["cursor"], ORDER)
    return int(claim), number


def _cursor(claim: int, number: int) -> str:
    return write_cursor(ORDER, (Decimal(claim), number))


def _claims(document: ClaimDocument) -> Iterator[tuple[int, RowThen]]:
    yield 0, {}


def _figures(document: ClaimDocument) -> Iterator[tuple[int, RowThen]]:
    for entry in sorted(document["figures"], key=lambda one: number_in(one["ref"], FIGURE)):
        columns = figure_columns(document, entry)
        yield columns["assertion_id"], {**columns}


def _disputes(document: ClaimDocument) -> Iterator[tuple[int, RowThen]]:
    for entry in sorted(document["disputes"], key=lambda one: number_in(one["ref"], DISPUTE)):
        columns = dispute_columns(document, entry)
        yield columns["dispute_id"], {**columns}


_UNFOLDED: Final[Mapping[ListName, Callable[[ClaimDocument], Iterator[tuple[int, RowThen]]]]] = {
    "claims": _claims,
    "figures": _figures,
    "disputes": _disputes,
}

type RowTest = Callable[[Any, Seen], bool]


def _at_least(value: Decimal, number: Decimal | None) -> bool:
    return number is not None and number >= value


def _at_most(value: Decimal, number: Decimal | None) -> bool:
    return number is not None and number <= value


def _cites(values: tuple[int, ...], seen: Seen) -> bool:
    refs = {format_ref(SOURCE, value) for value in values}
    return any(entry["source"] in refs for entry in seen.document["figures"])


def _quotes(values: tuple[int, ...], seen: Seen) -> bool:
    refs = {format_ref(PARTY, value) for value in values}
    speakers = (entry["speaker"] for entry in seen.document["figures"])
    return any(speaker["ref"] in refs for speaker in speakers if speaker)


def _stated_in(values: tuple[int, ...], seen: Seen) -> bool:
    refs = {format_ref(ARTICLE, value) for value in values}
    return any(anchor["article"] in refs for entry in seen.document["figures"]
               for anchor in entry["anchors"])  # fmt: skip


_OF_CLAIM: Final[dict[str, RowTest]] = {
    "contention": lambda values, seen: seen.document["contention"] in values,
    "severity": lambda values, seen: seen.document["severity"] in values,
    "has_denial": lambda value, seen: seen.facets.has_denial is value,
    "spread_gte": lambda value, seen: _at_least(value, seen.facets.spread),
    "low_gte": lambda value, seen: _at_least(value, seen.facets.range_low),
    "high_lte": lambda value, seen: _at_most(value, seen.facets.range_high),
    "source": _cites,
    "speaker": _quotes,
    "article": _stated_in,
    "kind": lambda values, seen: any(one["kind"] in values for one in seen.document["disputes"]),
    "state": lambda values, seen: any(one["state"] in values for one in seen.document["disputes"]),
}
# What each list's filters ask of a row that is worked out; all others are FIXED.
TESTS: Final[Mapping[ListName, Mapping[str, RowTest]]] = {
    "claims": _OF_CLAIM,
    "figures": _OF_CLAIM
    | {
        "kind": lambda values, seen: seen.own["kind"] in values,
        "stance": lambda values, seen: seen.own["stance"] in values,
        "status": lambda values, seen: seen.own["status"] in values,
        "source": lambda values, seen: seen.own["source_id"] in values,
        "speaker": lambda values, seen: seen.own["speaker_id"] in values,
        "low_gte": lambda value, seen: _at_least(value, seen.own["low"]),
        "high_lte": lambda value, seen: _at_most(value, seen.own["high"]),
    },
    "disputes": _OF_CLAIM
    | {
        "kind": lambda values, seen: seen.own["kind"] in values,
        "state": lambda values, seen: seen.own["state"] in values,
    },
}
