"""What came with which format, and how documents of older ones are read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, get_args, get_origin, get_type_hints, is_typeddict

import pytest

from claims.domain import document_format as formats
from claims.domain.document_format import (
    ADDED,
    FORMAT,
    Added,
    added_members,
    format_of,
    is_later,
    missing_members,
    read_claim,
    read_tombstone,
    read_version,
    upgraded,
)
from claims.domain.published import ClaimDocument, Derived, SubjectEntry, Tombstone, Version
from claims.domain.published_figures import FigureEntry, SourceEntry
from claims.domain.published_records import DisputeDocument, SourceDocument, TidyRow

TOPS = (ClaimDocument, Tombstone, DisputeDocument, SourceDocument, SubjectEntry, TidyRow)
# Names of rows and the like: what a format has to say of them stands beside them. What answers
# of a day say of it is in no stored document.
NEVER_GROW = {"KnownOn", "Belligerent", "PartyName", "Publisher", "Review", "Takedown"}
OLD: dict[str, Any] = {
    "status": "published",
    "subject": {"ref": "T1"},
    "measure": {},
    "range": None,
    "best": {},
    "agreement": None,
    "excluded": [],
    "figures": [{"ref": "F1", "speaker": None, "attribution": [], "anchors": []}],
    "sources": [{"ref": "S1"}],
    "relations": [],
    "arithmetic": [],
    "disputes": [],
}


@pytest.fixture
def grown(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As if a later format had added members to parts of the document."""
    more = {
        Version: {"format": Added(2, 1)},
        SubjectEntry: {"countries": Added(3, [])},
        FigureEntry: {"currency": Added(3, "")},
        SourceEntry: {"pages": Added(3, None)},
    }
    monkeypatch.setattr(formats, "ADDED", more)
    formats._filling.cache_clear()
    yield
    formats._filling.cache_clear()


def parts_in(shape: type) -> dict[str, type]:
    """The members of a TypedDict that are TypedDicts or lists of them, by their hints."""
    found = {}
    for name, hint in get_type_hints(shape).items():
        inner = get_args(hint) if get_origin(hint) is not dict else ()
        for one in (hint, *inner):
            if is_typeddict(one):
                found[name] = one
    return found


def every_shape() -> set[type]:
    """The documents and every part of them, however deep."""
    found: set[type] = set()
    waiting: list[type] = list(TOPS)
    while waiting:
        shape = waiting.pop()
        if shape not in found:
            found.add(shape)
            waiting += parts_in(shape).values()
    return found


def test_the_table_of_parts_follows_the_types() -> None:
    """A part that may gain members is found wherever a document holds it."""
    for shape in every_shape():
        parts = {
            name: part for name, part in parts_in(shape).items() if part.__name__ not in NEVER_GROW
        }
        assert dict(formats._parts(shape)) == parts, shape


def test_every_member_that_was_added_is_one_of_its_type() -> None:
    for shape, members in ADDED.items():
        assert shape in every_shape() | {Version, Derived}
        assert shape.__name__ not in NEVER_GROW
        for name, added in members.items():
            assert name in shape.__annotations__
            assert 1 < added.format <= FORMAT


@pytest.mark.parametrize(
    ("members", "number"), [({}, 1), ({"format": 2}, 2), ({"format": True}, 1)]
)
def test_a_document_without_a_format_has_the_first(members: dict[str, Any], number: int) -> None:
    assert format_of(members) == number


def test_an_old_document_is_read_with_the_absent_values_of_what_came_later(grown: None) -> None:
    document: Any = read_claim(json.dumps(OLD))
    assert document["format"] == 1
    assert document["subject"]["countries"] == []
    assert [one["currency"] for one in document["figures"]] == [""]
    assert [one["pages"] for one in document["sources"]] == [None]


def test_what_a_document_says_is_left_as_it_is(grown: None) -> None:
    said = {**OLD, "format": 3, "subject": {"ref": "T1", "countries": ["ML"]}}
    document: Any = read_claim(json.dumps(said))
    assert document["subject"]["countries"] == ["ML"]
    assert document["format"] == 3


def test_absent_lists_are_not_shared_between_documents(grown: None) -> None:
    one: Any = read_claim(json.dumps(OLD))
    other: Any = read_claim(json.dumps(OLD))
    one["subject"]["countries"].append("ML")
    assert other["subject"]["countries"] == []


def test_a_tombstone_is_read_as_what_it_is() -> None:
    document = read_version(json.dumps({"status": "retired", "question": "How many?"}))
    assert document == {
        "status": "retired",
        "question": "How many?",
        "format": 1,
        "merged_into": "",
    }
    assert read_tombstone(json.dumps({"status": "retired"}))["format"] == 1


def test_a_part_that_is_missing_or_of_another_kind_is_left_to_who_checks(grown: None) -> None:
    spoilt = {"status": "published", "subject": "T1", "figures": [5, None]}
    assert upgraded({**spoilt}, ClaimDocument) == {**spoilt, "format": 1}


def test_members_that_never_were_there_are_named() -> None:
    missing = missing_members(OLD, ClaimDocument)
    assert {"question", "links", "sha256"} <= set(missing)
    assert "format" not in missing
    assert "takedown" not in missing_members({}, Tombstone)


@pytest.mark.parametrize(
    ("shape", "path", "number", "later"),
    [
        (FigureEntry, "currency", 1, True),
        (FigureEntry, "currency", 3, False),
        (FigureEntry, "point", 1, False),
        (ClaimDocument, "subject.countries", 2, True),
        (ClaimDocument, "figures.0.currency", 2, True),
        (ClaimDocument, "format", 1, True),
        (ClaimDocument, "range.low", 1, False),
    ],
)
def test_what_came_later_is_known_by_its_path(
    grown: None, shape: type, path: str, number: int, later: bool
) -> None:
    assert is_later(shape, path, number) is later


def test_members_of_a_base_count_as_those_of_its_heirs() -> None:
    assert {"format"} <= set(added_members(ClaimDocument)) & set(added_members(Tombstone))
