"""Importing articles, beside writing the same rows with nothing else to do, and reading them."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.db import connection, models, transaction
from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from benchmarks.dump import article, write_dump
from benchmarks.timing import Times, in_turns
from claims.importers.accounts import importing_account
from claims.importers.articles import import_reading
from claims.importers.dump.run import begin_import, import_pages
from claims.importers.dump.survey import survey_dump
from claims.models import Claim
from claims.models.history import SealedHistory, digest_of_values
from claims.reading.article import read_article
from claims.reading.proposals import Reading
from claims.workflow.acts import act
from claims.workflow.rows import Table

PAGE_BYTES = 10_000_000
UNSEALED = frozenset({"history_id", "history_digest", "act"})
WRITTEN = 150_000  # characters of the text that is read, and an eighth of the longer one

type Written = list[tuple[Table, list[list[Any]]]]
type Plain = list[tuple[Table, list[dict[str, Any]]]]


def storing(pages: int, rounds: int) -> dict[str, Any]:
    """Store articles that were read, each in a transaction that is undone, in four ways.

    The fastest turns of each article are added up: a turn of one is short enough to be undisturbed.
    """
    by = importing_account("")
    readings = [_reading(number) for number in range(1, pages + 1)]
    _store(readings[0], by)  # its speakers and measures are known from now on
    written = [_rows_of(reading, by) for reading in readings]
    plain = [[(table, [_values(table, line) for line in lines]) for table, lines in rows]
             for rows in written]  # fmt: skip
    times: Times = dict.fromkeys(("product", "raw", "driver", "bulk"), 0.0)
    for number, reading in enumerate(readings):
        turns = in_turns(_contenders(reading, written[number], plain[number], by), rounds)
        times = {name: spent + turns[name] for name, spent in times.items()}
    claims = Claim._meta.db_table
    drafted = sum(len(lines) for rows in written for table, lines in rows if table.name == claims)
    return {"claims": drafted, "times": times}


def _contenders(
    reading: Reading, written: Written, plain: Plain, by: User
) -> dict[str, Callable[[], object]]:
    """The ways to store one article."""
    return {
        "product": lambda: _undone(_store, reading, by),
        "raw": lambda: _undone(_write, plain),
        "driver": lambda: _undone(_send, written),
        "bulk": lambda: _undone(_bulk, plain, by),
    }


def side_by_side(pages: int, workers: int) -> dict[str, float]:
    """Import a dump; return the pages a second from the first to the last of them."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dump.xml"
        write_dump(path, pages)
        survey, by = survey_dump(path, PAGE_BYTES), importing_account("")
        run = begin_import(survey, by=by, resume=False)
        done = import_pages(survey, run, by=by, workers=workers)
        claims = 0
        for count, (_, noted) in enumerate(done):
            if count == pages // 4:  # every process is at work by now
                begin, claims = perf_counter(), 0
            claims += noted.claims
    seconds = perf_counter() - begin
    return {"pages": (pages - pages // 4 - 1) / seconds, "claims": claims / seconds}


def reading(rounds: int) -> Times:
    """Return the seconds to read a text of 150 kB and one of eight times its length."""
    text = "\n\n".join(article(number, 6)[1] for number in range(1, 30))
    short = (text * (WRITTEN // len(text) + 1))[:WRITTEN]
    return in_turns(
        {
            "short": lambda: read_article(short, format="wikitext", title="Short"),
            "long": lambda: read_article(short * 8, format="wikitext", title="Long"),
        },
        rounds,
    )


def _reading(number: int) -> Reading:
    title, text = article(number, 6)
    return read_article(text.strip(), format="wikitext", title=title)


def _store(reading: Reading, by: User) -> None:
    """Store one article as one act, as an import of a dump does."""
    with transaction.atomic():
        with act("import_page", by=by, reason="Imported."):
            import_reading(reading, by=by)
        _check()


def _write(rows: Plain) -> None:
    """Seal, pack and write rows of plain values: what an importer without Django would do."""
    for table, found in rows:
        for values in found:
            if "history_digest" in values:
                sealed = {name: value for name, value in values.items() if name not in UNSEALED}
                values["history_digest"] = digest_of_values(sealed, "")
        table.write([table.line(values.values()) for values in found])
    _check()


def _send(rows: Written) -> None:
    for table, lines in rows:
        table.write(lines)
    _check()


def _bulk(rows: Plain, by: User) -> None:
    now = timezone.now()
    for table, found in rows:
        model = _models()[table.name]
        if issubclass(model, SealedHistory):
            continue
        made = [model(**values) for values in found]
        if hasattr(model, "history"):
            bulk_create_with_history(
                made,
                model,
                default_user=by,
                default_change_reason="Imported.",
                default_date=now,
            )
        else:
            model._default_manager.bulk_create(made)
    _check()


def _values(table: Table, line: list[Any]) -> dict[str, Any]:
    """The line as a model holds it, and not as the driver takes it."""
    return {
        field.attname: _plain(field, value) for field, value in zip(table.fields, line, strict=True)
    }


def _plain(field: Any, value: Any) -> Any:
    if isinstance(field, models.JSONField):
        return _unpacked(value)
    found = value if field.is_relation else field.to_python(value)
    naive = isinstance(found, dt.datetime) and timezone.is_naive(found)
    return found.replace(tzinfo=dt.UTC) if naive else found


def _unpacked(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value.obj


def _check() -> None:
    """Let PostgreSQL check the links now: a transaction that is undone never would."""
    if connection.vendor == "postgresql":
        connection.check_constraints()


def _undone(work: Callable[..., None], *arguments: Any) -> None:
    with transaction.atomic():
        work(*arguments)
        transaction.set_rollback(True)


def _rows_of(reading: Reading, by: User) -> Written:
    """What the product writes of one article, as the driver takes it."""
    with _listening() as heard:
        _undone(_store, reading, by)
    return heard


@contextmanager
def _listening() -> Iterator[Written]:
    heard: Written = []
    write = Table.write

    def listen(table: Table, lines: Any) -> None:
        heard.append((table, list(lines)))
        write(table, lines)

    Table.write = listen  # type: ignore[method-assign, assignment]
    try:
        yield heard
    finally:
        Table.write = write  # type: ignore[method-assign]


def _models() -> dict[str, type[models.Model]]:
    return {model._meta.db_table: model for model in apps.get_app_config("claims").get_models()}
