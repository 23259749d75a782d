"""Documents sealed under earlier rules are not accused; new ones cannot pass as old ones."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from claims.domain.document_format import FORMAT, read_claim
from claims.domain.documents import read_document, seal
from claims.domain.recheck import misstatements, rule_differences
from tests import factories as make
from tests.earlier import published_before
from tests.verifier.conftest import examine

pytestmark = pytest.mark.django_db
SAID = "One document: sealed under earlier rules; today's do not judge its headline."


def old_document() -> dict[str, Any]:
    figures = {"point": Decimal(100)}, {"low": Decimal(1000)}
    return read_document(published_before(*figures)[1].payload)


def sealed(document: dict[str, Any]) -> bytes:
    return seal(document)[0].encode()


def wrong_in(document: dict[str, Any]) -> list[str]:
    return [one.path for one in misstatements(read_claim(sealed(document)))]


def test_a_headline_sealed_under_earlier_rules_is_not_judged() -> None:
    document = old_document()
    assert "format" not in document
    found = {one.path for one in rule_differences(read_claim(sealed(document)))}
    assert found >= {"summary", "range.high", "range.words"}
    assert not {"format", "range.low_open"} & found
    assert wrong_in(document) == []
    report = examine(sealed(document))
    assert (report.faults, report.unchecked) == ([], [SAID])


def test_what_has_not_changed_is_judged_in_old_documents_too() -> None:
    document = old_document()
    for name, value in (("contention", "resolved"), ("denied_by", "others"), ("inputs", [])):
        faults = examine(sealed({**document, name: value})).faults
        assert [fault.member for fault in faults] == [name]
    document["figures"][0] |= {"kind": "range", "test_low": 5, "words": "5"}
    assert wrong_in(document) == ["kind", "test_low"]


def test_where_zero_is_no_end_the_test_interval_of_old_documents_is_not_judged() -> None:
    document = old_document()
    document["measure"]["is_count"] = False
    document["figures"][0] |= {"test_low": 5}
    assert "test_low" not in wrong_in(document)


def test_a_new_document_is_judged_whole() -> None:
    document = read_document(make.published_claim(60, 97).payload)
    assert document["format"] == FORMAT
    faults = examine(sealed({**document, "summary": "All agree."})).faults
    assert [fault.member for fault in faults] == ["summary"]


def test_nobody_takes_the_format_from_a_new_document() -> None:
    first = read_document(make.published_claim(60, 97).payload)
    later = read_document(make.published_claim(5).payload)
    stripped = {name: value for name, value in later.items() if name != "format"}
    text = sealed(first) + b"\n" + sealed({**stripped, "summary": "All agree."}) + b"\n"
    sentences = [fault.sentence for fault in examine(text, part=True).faults]
    what = f"{later['ref']}: it states no format, and {first['ref']}, sealed before it, does."
    assert what in sentences
