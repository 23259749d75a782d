"""What the list tells of each correction: the row, what changed of it, how many claims show it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Max, Min, Q

from claims.admin.column_words import words_of_name
from claims.choices import BorrowedNoun, CorrectionState
from claims.domain.corrections import shown_entry
from claims.domain.document_format import read_claim
from claims.models import BorrowedRow, ClaimVersion, Correction, Measure, PublishedArticle
from claims.workflow.borrowing import HISTORIES
from claims.workflow.entries import key_of
from claims.workflow.published_columns import published_columns

type RowKey = tuple[str, int]  # noun and number
type ShownDays = dict[
    RowKey, dict[int, int]
]  # {row: {its history row: how many claims show that one}}
APPROVED = (CorrectionState.PUBLISHING, CorrectionState.PUBLISHED)


@dataclass(slots=True)
class CorrectionRow:
    """``ref`` names the row, ``members`` what changed; of ``claims``, ``done`` have it."""

    ref: str
    members: list[str] = field(default_factory=list)
    claims: int = 0
    done: int = 0


def correction_rows(corrections: Iterable[Correction]) -> dict[int, CorrectionRow]:
    """The rows by number of the correction, in as many queries for one as for a page."""
    page = list(corrections)
    refs, shown = _refs(page), _shown(page)
    rows = {item.pk: CorrectionRow(refs[item.noun, item.number]) for item in page}
    approved = [item for item in page if item.state in APPROVED]
    _fill_waiting(rows, [item for item in page if item not in approved], shown)
    _fill_approved(rows, approved, shown)
    return rows


def _fill_waiting(
    rows: dict[int, CorrectionRow], items: Sequence[Correction], shown: ShownDays
) -> None:
    histories = _histories(items, shown)
    for item in items:
        key, row = (item.noun, item.number), rows[item.pk]
        now, *before = histories[key]
        old = [one for one in before if one.history_id < now.history_id]
        columns = published_columns(HISTORIES[item.noun][0])
        row.members = [
            words_of_name(name if name == "wikidata_id" else name.removesuffix("_id"))
            for name in columns
            if any(getattr(one, name) != getattr(now, name) for one in old)
        ]
        row.claims = _older(shown[key], now.history_id)


def _fill_approved(
    rows: dict[int, CorrectionRow], items: Sequence[Correction], shown: ShownDays
) -> None:
    versions = ClaimVersion.objects.filter(correction__in=[item.pk for item in items])
    counted = versions.order_by().values("correction").annotate(done=Count("pk"), first=Min("pk"))
    found = {one["correction"]: one for one in counted}
    changes = _changes([one["first"] for one in found.values()], {one.pk: one for one in items})
    for item in items:
        row = rows[item.pk]
        row.done = found[item.pk]["done"] if item.pk in found else 0
        row.claims = row.done + _older(shown[item.noun, item.number], item.shown)
        row.members = changes.get(item.pk, [])


def _older(shown: dict[int, int], newest: int) -> int:
    return sum(count for number, count in shown.items() if number < newest)


def _refs(page: Sequence[Correction]) -> dict[RowKey, str]:
    slugs = {item.number for item in page if item.noun == BorrowedNoun.MEASURE}
    named = dict(Measure.objects.filter(pk__in=slugs).values_list("pk", "slug")) if slugs else {}
    return {
        (item.noun, item.number): named[item.number]
        if item.noun == BorrowedNoun.MEASURE
        else key_of(item.noun, item.number)
        for item in page
    }


def _shown(page: Sequence[Correction]) -> ShownDays:
    """By which history rows readers see the rows of the page, and with how many claims."""
    found: ShownDays = defaultdict(dict)
    wanted = Q(pk__in=[])
    for item in page:
        wanted |= Q(noun=item.noun, number=item.number)
    rows = BorrowedRow.objects.filter(wanted).order_by().values("noun", "number", "shown")
    for one in rows.annotate(claims=Count("claim")):
        found[one["noun"], one["number"]][one["shown"]] = one["claims"]
    articles = [item.number for item in page if item.noun == BorrowedNoun.ARTICLE]
    data = PublishedArticle.objects.filter(article__in=articles).values_list("article", "shown")
    for article, shown in data:
        found[BorrowedNoun.ARTICLE, article].setdefault(shown, 0)
    return found


def _histories(items: Sequence[Correction], shown: ShownDays) -> dict[RowKey, list[Any]]:
    """The history rows of each register's row: the newest first, then those that readers see."""
    found: dict[RowKey, list[Any]] = {}
    for noun in sorted({item.noun for item in items}):
        model, _column = HISTORIES[noun]
        numbers = {item.number for item in items if item.noun == noun}
        history = model.history.filter(id__in=numbers).order_by()
        newest = dict(history.values_list("id").annotate(Max("history_id")))
        wanted = {*newest.values(), *(one for number in numbers for one in shown[noun, number])}
        rows = {row.history_id: row for row in history.filter(history_id__in=wanted)}
        for number in numbers:
            seen = [rows[one] for one in shown[noun, number] if one in rows]
            found[noun, number] = [rows[newest[number]], *seen]
    return found


def _changes(firsts: Sequence[int], items: dict[int, Correction]) -> dict[int, list[str]]:
    """What the first version of each correction changed against the one before it."""
    versions = list(ClaimVersion.objects.filter(pk__in=firsts))
    wanted = Q(pk__in=[])
    for one in versions:
        wanted |= Q(claim=one.claim_id, number=one.number - 1)
    before = {(one.claim_id, one.number): one for one in ClaimVersion.objects.filter(wanted)}
    refs = _refs(list(items.values()))
    found = {}
    for version in versions:
        item = items[version.correction_id or 0]
        key = refs[item.noun, item.number]
        old, new = (
            shown_entry(read_claim(one.payload), item.noun, key)
            for one in (before[version.claim_id, version.number - 1], version)
        )
        found[item.pk] = [words_of_name(name) for name in new if old.get(name) != new[name]]
    return found
