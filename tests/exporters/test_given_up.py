"""An export that is given up half way ends at once, and its connection is as good as new."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from claims.exporters.formats import formats_of
from claims.exporters.snapshot import read_snapshot
from claims.exporters.streams import refuse_outage, stream
from claims.exporters.whole_files import Tally, Wanted
from claims.models import ClaimVersion, PublishedFigure
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture(autouse=True)
def many_batches(monkeypatch: pytest.MonkeyPatch, transactional_db: None) -> None:
    """Three claims, and batches so small that every format is half way after three chunks."""
    monkeypatch.setattr("claims.exporters.stored_text.ROWS", 1)
    for _ in range(3):
        factories.published_claim(60, 97)


def in_time(work: Callable[[], None]) -> None:
    """Do the work in a thread: a connection that waits for itself would hang the whole run."""
    if connection.vendor == "sqlite":  # it has no locks of its own, and its threads share no memory
        work()
        return
    failures: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as error:  # noqa: BLE001  the thread that waits tells of it
            failures.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(timeout=20)
    assert not thread.is_alive(), "it hangs"
    assert failures == []


def half_way(kind: str) -> Any:
    chunks = stream(Wanted(kind), Tally())
    for _ in range(2):
        next(chunks)
    return chunks


def is_idle() -> bool:
    """Say whether this thread's connection is in no transaction, as the driver sees it."""
    if connection.vendor == "postgresql":
        return bool(connection.connection.info.transaction_status.name == "IDLE")
    return not connection.connection.in_transaction


def fails(chunks: Any) -> None:
    with pytest.raises(RuntimeError):
        chunks.throw(RuntimeError("the client is gone"))


WAYS: dict[str, Callable[[Any], None]] = {
    "closed": lambda chunks: chunks.close(),
    "failed": fails,
    "read to its end": lambda chunks: list(chunks) and None,
}


def test_it_ends_at_once_and_leaves_no_transaction() -> None:
    """In every format, however it ends, with and without Django's cursor for debugging."""

    def work() -> None:
        for kind, way, debug in itertools.product(formats_of("whole"), WAYS, (False, True)):
            connection.force_debug_cursor = debug
            WAYS[way](half_way(kind))
            assert is_idle(), (kind, way, debug)
            assert ClaimVersion.objects.count() == 3

    in_time(work)


def test_one_that_nobody_closes_or_begins_holds_nothing() -> None:
    def work() -> None:
        chunks = half_way("ndjson")
        del chunks
        assert is_idle()
        begun_never = stream(Wanted(), Tally())
        assert is_idle()
        begun_never.close()
        assert is_idle()

    in_time(work)


def test_a_transaction_that_it_is_part_of_goes_on() -> None:
    def work() -> None:
        with transaction.atomic():
            half_way("ndjson").close()
            assert ClaimVersion.objects.count() == 3
        assert is_idle()

    in_time(work)


@pytest.mark.postgresql
def test_a_connection_that_is_lost_is_replaced() -> None:
    def work() -> None:
        chunks = half_way("csv")
        lost = connection.connection
        other = connection.copy()
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [lost.info.backend_pid])
        other.close()
        chunks.close()
        assert PublishedFigure.objects.count() == 6
        assert connection.connection is not lost

    in_time(work)


@pytest.mark.postgresql
def test_an_export_has_its_own_limit_of_time_and_the_next_page_the_usual_one() -> None:
    def shown() -> str:
        with connection.cursor() as cursor:
            cursor.execute("SHOW statement_timeout")
            return str(cursor.fetchone()[0])

    usual = shown()
    with read_snapshot(seconds=600):
        assert shown() == "10min"
    assert shown() == usual == "0"


def test_an_outage_is_told_before_an_export_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import OperationalError

    def refuse(*args: Any) -> Any:
        raise OperationalError("canceling statement due to lock timeout")

    with connection.execute_wrapper(refuse), pytest.raises(OperationalError):
        refuse_outage(Wanted())
