"""Stored text comes out as it went in, by the fast way and by the plain one."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from claims.exporters.stored_text import ROWS, stored_texts, uncopied
from claims.models import ClaimVersion, PublishedFigure
from tests import factories

pytestmark = pytest.mark.django_db
AWKWARD = (
    'tab\there "quoted", back\\slash \\n \\. \\N\nnew line\r\nand \x01 \x02 \x02\x02 marks, '
    "\u2028 l’été 日本 \U0001f600"
)


def read(queryset, column: str) -> list[bytes]:
    with stored_texts(connection, queryset, column) as batches:
        return [text for batch in batches for text in batch]


def test_documents_come_out_as_the_plain_way_reads_them() -> None:
    claim = factories.claim()
    factories.figure(claim, 97, quote='tab\there "quoted", back\\slash \\n \\. \\N\nnew l’été 日本')
    factories.approve(claim)
    factories.published_claim(60, 97)
    rows = ClaimVersion.objects.public().order_by("claim_id")
    plain = [payload.encode() for payload in rows.values_list("payload", flat=True)]
    assert read(rows, "payload") == plain


@pytest.mark.parametrize(
    "text", [AWKWARD, "\x02", "\\.", "\\N", "\n", '"', "\x02plain\x02", "", ","]
)
def test_any_text_comes_out_as_the_plain_way_reads_it(text: str) -> None:
    factories.published_claim(60, 97)
    PublishedFigure.objects.update(csv_line=text)
    assert read(PublishedFigure.objects.order_by("assertion_id"), "csv_line") == [text.encode()] * 2


def test_batches_are_bounded_and_miss_nothing(db: None, monkeypatch) -> None:
    monkeypatch.setattr("claims.exporters.stored_text.ROWS", 2)
    factories.published_claim(1, 2, 3, 4, 5)
    rows = PublishedFigure.objects.order_by("assertion_id")
    with stored_texts(connection, rows, "record") as batches:
        assert [len(batch) for batch in batches] == [2, 2, 1]
    assert ROWS > 2


def test_a_reading_that_was_left_half_way_keeps_nothing_open(db: None, monkeypatch) -> None:
    monkeypatch.setattr("claims.exporters.stored_text.ROWS", 1)
    factories.published_claim(1, 2, 3)
    rows = PublishedFigure.objects.order_by("assertion_id")
    with transaction.atomic(), stored_texts(connection, rows, "record") as batches:
        next(batches)
        transaction.set_rollback(True)  # PostgreSQL breaks off the statement, and so the savepoint
    assert PublishedFigure.objects.count() == 3


def test_conditions_reach_the_database_as_values(db: None) -> None:
    factories.published_claim(60, 97)
    assert read(ClaimVersion.objects.filter(contention="x' OR '1'='1"), "payload") == []
    assert read(ClaimVersion.objects.filter(question__contains="%s"), "payload") == []


@given(value=st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"])))
def test_what_copy_quotes_is_unquoted(value: str) -> None:
    raw = value.encode()
    quoted = b"\x02" + raw.replace(b"\x02", b"\x02\x02") + b"\x02"
    assert uncopied(quoted + b"\n") == raw


@given(value=st.text(st.characters(exclude_characters="\x00\x02\n\r", exclude_categories=["Cs"])))
def test_what_copy_leaves_alone_is_left_alone(value: str) -> None:
    assert uncopied(value.encode() + b"\n") == value.encode()
