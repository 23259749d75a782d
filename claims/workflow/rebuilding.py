"""Drawing index rows again: what is stored is compared with the documents, and mended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from django.db.models import Model, Q, QuerySet
from django.db.transaction import atomic

from claims.domain.facets import facets_of
from claims.domain.published import ClaimDocument
from claims.models import (
    Article,
    ArticlePassage,
    ClaimVersion,
    PublicationHead,
    PublishedArticle,
    QueueEntry,
)
from claims.workflow.index_tables import (
    BORROWED,
    OF_EACH_VERSION,
    OWN,
    SHARED,
    OwnTable,
    SharedTable,
    read_sound,
)
from claims.workflow.locking import lock_claims
from claims.workflow.marks import VersionWithDocument
from claims.workflow.passages import passages_differ, write_passages
from claims.workflow.published_rows import note_spellings, stored_facets
from claims.workflow.waiting import misdrawn, refresh_queue, waiting_claims

BATCH: Final = 100  # versions that one transaction compares
MISSING, DIFFERING, STRAY = "missing", "differing", "stray"

type Thing = tuple[SharedTable, int]


@dataclass(slots=True)
class RebuildTally:
    """What came of some versions.

    ``mended`` counts rows by (table, one of missing, differing, stray), ``refused`` has a sentence
    for each version whose rows cannot be drawn, or whose own columns are wrong.
    """

    versions: int = 0
    mended: Counter[tuple[str, str]] = field(default_factory=Counter)
    refused: list[str] = field(default_factory=list)


def rebuild_index(*, dry_run: bool = False) -> Generator[RebuildTally]:
    """Compare each index row with its document, and write only the rows that differ.

    Goes from the newest version to the oldest, a batch a transaction, in memory that grows only
    with what is wrong; whoever stops it keeps what is done. Rows keep their primary keys. May
    run beside writers. A ``dry_run`` counts what it would write, and writes nothing.
    """
    rebuilding = _Rebuilding(dry_run)
    last: int | None = None
    while sequences := _batch_before(last):
        last = sequences[-1]
        yield rebuilding.compare(sequences)
    yield rebuilding.sweep()


class _Rebuilding:
    """One run: which rows it has dealt with, and which shared ones are not what they say."""

    def __init__(self, dry_run: bool) -> None:
        self._dry_run = dry_run
        self._dealt_with: set[Thing] = set()
        self._misplaced = {
            (table, number): version for table in SHARED for number, version in _misplaced(table)
        }
        self._step = RebuildTally()

    @atomic
    def compare(self, sequences: Sequence[int]) -> RebuildTally:
        """Mend what these versions determine; nobody publishes or marks them meanwhile."""
        self._step = RebuildTally(versions=len(sequences))
        sound = list(self._read(_locked(sequences)))
        published = [(version, document) for version, document in sound if document is not None]
        claims = {version.claim_id for version, _ in sound if version.is_current}
        current = [pair for pair in published if pair[0].is_current]
        for version, document in published:
            self._compare_facets(version, document)
        for table in OF_EACH_VERSION:
            rows = table.model._default_manager.filter(version__in=[one for one, _ in sound])
            self._mend(table, rows, table.drawn(published))
        for table in (*OWN, BORROWED):
            drawn = table.drawn(current)
            self._mend(table, _rows_of(table, claims, drawn), drawn)
        for shared in SHARED:
            self._mend_shared(shared, published)
        if not self._dry_run:
            note_spellings(document for _, document in current)
        return self._step

    @atomic
    def sweep(self) -> RebuildTally:
        """Take away the rows that no version leads to; draw anew what comes from no version."""
        self._step = RebuildTally()
        self._cut_articles()
        self._draw_queue()
        for table in (*OWN, BORROWED):
            rows = table.model._default_manager.filter(version__is_current=False)
            self._remove(table.model, list(rows.values_list("pk", flat=True)))
        for shared, number in self._misplaced.keys() - self._dealt_with:
            rows = shared.model._default_manager.filter(**{shared.key: number})
            self._remove(shared.model, list(rows.values_list("pk", flat=True)))
        return self._step

    def _cut_articles(self) -> None:
        """Mend the passages of the texts that readers have, an article in memory at a time."""
        for key in list(PublishedArticle.objects.order_by("pk").values_list("pk", flat=True)):
            shown = PublishedArticle.objects.select_related("revision").get(pk=key)
            if passages_differ(shown.revision):
                self._count(ArticlePassage, DIFFERING, 1)
                if not self._dry_run:
                    write_passages(shown.revision)

    def _draw_queue(self) -> None:
        """Mend what the queue knows of claims that wait; each claim counts once."""
        for some in waiting_claims():
            wrong = misdrawn(some)
            self._count(QueueEntry, DIFFERING, len(wrong))
            if not self._dry_run:
                refresh_queue(wrong)

    def _read(
        self, versions: list[ClaimVersion]
    ) -> Iterator[tuple[ClaimVersion, ClaimDocument | None]]:
        for version in versions:
            try:
                yield version, read_sound(version)
            except ValueError as error:
                self._step.refused.append(f"{version}: {error}; its rows stay as they are")

    def _compare_facets(self, version: ClaimVersion, document: ClaimDocument) -> None:
        """Name the columns of a version that are wrong: what an act has covered, nobody mends."""
        found = stored_facets(version)
        for name, wanted in asdict(facets_of(document)).items():
            if found[name] != wanted:
                self._step.refused.append(
                    f"{version}: {name} is {found[name]!r} and its payload says {wanted!r}; "
                    "it is sealed with the act that published it, and stays as it is"
                )

    def _mend(self, table: OwnTable, rows: QuerySet[Any], wanted: dict[Any, Any]) -> None:
        left, stray = dict(wanted), []
        for found in rows.order_by("pk"):
            row = left.pop(table.key_of(found), None)
            if row is None:
                stray.append(found.pk)
            elif names := table.differing(row, found):
                self._change(found, row, names)
        self._remove(table.model, stray)
        self._add(table.model, list(left.values()))

    def _mend_shared(self, table: SharedTable, published: list[VersionWithDocument]) -> None:
        """Let the newest of these versions that shows a thing have the word on it."""
        newest: dict[int, tuple[ClaimVersion, Any]] = {}
        for version, document in published:  # newest first
            for number, row in table.drawn((version, document)).items():
                newest.setdefault(number, (version, row))
        rows: Any = table.model._default_manager.filter(**{f"{table.key}__in": newest})
        for found in rows.select_related("version").defer("version__payload"):
            number = getattr(found, table.key)
            version, row = newest.pop(number)
            is_older = found.version.sequence <= version.sequence
            if is_older or self._misplaced.get((table, number)) == found.version_id:
                names = table.differing(row, found)
                if names and self._is_first((table, number)):
                    self._change(found, row, names)
        new = [row for number, (_, row) in newest.items() if self._is_first((table, number))]
        self._add(table.model, new)

    def _is_first(self, thing: Thing) -> bool:
        """Note that the newest version to show the thing has had its word."""
        is_first = thing not in self._dealt_with
        self._dealt_with.add(thing)
        return is_first

    def _change(self, found: Model, row: Model, names: list[str]) -> None:
        self._count(type(found), DIFFERING, 1)
        for name in names:
            setattr(found, name, getattr(row, name))
        if not self._dry_run:
            found.save(update_fields=names)

    def _add(self, model: type[Model], rows: list[Model]) -> None:
        self._count(model, MISSING, len(rows))
        if not self._dry_run:
            model._default_manager.bulk_create(rows)

    def _remove(self, model: type[Model], keys: list[int]) -> None:
        self._count(model, STRAY, len(keys))
        if not self._dry_run:
            model._default_manager.filter(pk__in=keys).delete()

    def _count(self, model: type[Model], what: str, rows: int) -> None:
        if rows:
            self._step.mended[model._meta.db_table, what] += rows


def _rows_of(table: OwnTable, claims: set[int], drawn: dict[Any, Any]) -> QuerySet[Any]:
    """What is stored for these claims, and what is stored elsewhere for what they show."""
    first = table.key[0]
    named = {getattr(row, first) for row in drawn.values()}
    return table.model._default_manager.filter(Q(claim__in=claims) | Q(**{f"{first}__in": named}))


def _batch_before(last: int | None) -> list[int]:
    rows = ClaimVersion.objects.order_by("-sequence")
    if last is not None:
        rows = rows.filter(sequence__lt=last)
    return list(rows.values_list("sequence", flat=True)[:BATCH])


def _locked(sequences: Sequence[int]) -> list[ClaimVersion]:
    """These versions, newest first; nothing of theirs is published or marked meanwhile.

    Claims, articles, the head: the order in which an approval takes them.
    """
    rows = ClaimVersion.objects.filter(sequence__in=sequences)
    claims = lock_claims(rows.values_list("claim_id", flat=True))
    articles = Article.objects.filter(revisions__anchors__assertion__claim__in=claims)
    marked = Article.objects.filter(pk__in=articles.order_by().values("pk"))
    list(marked.order_by("pk").select_for_update().values_list("pk", flat=True))
    list(PublicationHead.objects.select_for_update().values_list("pk", flat=True))
    return list(rows.select_related("measure").order_by("-sequence"))


def _misplaced(table: SharedTable) -> Iterator[tuple[int, int]]:
    """The (number, version) of each row whose version does not show the thing."""
    rows: Any = table.model._default_manager.select_related("version").order_by("pk")
    for row in rows.iterator(chunk_size=BATCH):
        with suppress(ValueError):  # of an unsound version nothing is known
            document = read_sound(row.version)
            shown = table.drawn((row.version, document)) if document is not None else {}
            if getattr(row, table.key) not in shown:
                yield getattr(row, table.key), row.version_id
