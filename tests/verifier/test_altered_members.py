"""Documents of the demo with one derived member altered and sealed anew: each is named."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from claims.domain.documents import read_document, seal
from claims.domain.recheck import same
from tests.verifier.conftest import examine

pytestmark = pytest.mark.django_db
ROUNDS = 1_000
OF_THE_CLAIM = (
    *("contention", "severity", "denied_by", "summary", "as_of_words", "fingerprint"),
    *("range", "best", "agreement", "inputs", "excluded"),
)
OF_A_FIGURE = ("kind", "words", "test_low", "test_high", "earliest", "latest", "origin", "speaker")
TAKEN_AS_IT_IS = {"description"}  # of a speaker: it stands nowhere else
OTHER_WORDS = {
    "contention": "corroborated resolved single_origin disputed".split(),
    "severity": [*"minor moderate major".split(), ""],
    "denied_by": ["belligerents", "others", ""],
    "kind": "exact approximate range at_least date denial".split(),
    "rule": [*"majority lowest preferred only_exact_point".split(), ""],
}
type Place = tuple[Any, ...]


def places(document: dict[str, Any]) -> Iterator[Place]:
    """The derived members of a document, down to the innermost."""
    yield ("subject", "when_words")
    for name in OF_THE_CLAIM:
        yield from innermost(document[name], (name,))
    for row, entry in enumerate(document["figures"]):
        for name in OF_A_FIGURE:
            yield from innermost(entry[name], ("figures", row, name))
        for link in range(len(entry["attribution"])):
            yield ("figures", row, "attribution", link, "belligerent")


def innermost(value: Any, place: Place) -> Iterator[Place]:
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in TAKEN_AS_IT_IS:
                yield from innermost(inner, (*place, name))
    else:
        yield place


def altered(name: str, value: Any, chance: random.Random) -> Any:
    """Another value that the member could have."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | Decimal):
        return chance.choice([value + 1, value - 1, value * 10 + 7, None])
    if isinstance(value, list):
        return chance.choice([[*value, "F999"], value[1:] if value else ["F1"]])
    if name in OTHER_WORDS:
        return chance.choice([word for word in OTHER_WORDS[name] if word != value])
    if value is None:
        return chance.choice([5, "2012-01-01", "F1", {"low": 1, "high": 2}])
    return chance.choice([f"{value}x", f"not {value}", value[:-1] if len(value) > 1 else "x"])


def member_of(place: Place) -> tuple[str, str]:
    """The row of the figure and the path as a finding names it."""
    if place[0] != "figures":
        return "", ".".join(map(str, place))
    return str(place[1]), ".".join(map(str, place[2:]))


def alter(document: dict[str, Any], place: Place, chance: random.Random) -> None:
    inside: Any = document
    for step in place[:-1]:
        inside = inside[step]
    inside[place[-1]] = altered(str(place[-1]), inside[place[-1]], chance)


@pytest.fixture(scope="module")
def documents(demo_export: bytes) -> list[dict[str, Any]]:
    return [read_document(line) for line in demo_export.splitlines()[:-1]]


def test_each_of_a_thousand_altered_members_is_named(documents: list[dict[str, Any]]) -> None:
    chance = random.Random(2012)
    every = [(number, place) for number, one in enumerate(documents) for place in places(one)]
    kinds = {member_of(place)[1] for _, place in every}
    chosen = [
        chance.choice([one for one in every if member_of(one[1])[1] == kind])
        for kind in sorted(kinds)
    ]
    chosen += chance.sample(every, ROUNDS - len(chosen))
    missed = []
    for number, place in chosen:
        document = copy.deepcopy(documents[number])
        alter(document, place, chance)
        assert not same(document, documents[number])
        report = examine(seal(document)[0].encode())
        row, path = member_of(place)
        figure = document["figures"][int(row)]["ref"] if row else ""
        named = {(fault.figure, fault.member) for fault in report.faults}
        if (figure, path) not in named or report.wrong["seal"]:
            missed.append((document["ref"], place, [fault.sentence for fault in report.faults]))
    assert missed == []
    assert len(chosen) == ROUNDS


@pytest.mark.parametrize("name", [*OF_THE_CLAIM])
def test_a_member_that_is_left_out_is_named(documents: list[dict[str, Any]], name: str) -> None:
    document = {member: value for member, value in documents[0].items() if member != name}
    report = examine(seal(document)[0].encode())
    assert [(fault.member, fault.says) for fault in report.faults] == [(name, "nothing")]


def test_true_is_not_one(documents: list[dict[str, Any]]) -> None:
    document = copy.deepcopy(next(one for one in documents if one["agreement"]))
    document["agreement"]["unique"] = int(document["agreement"]["unique"])
    report = examine(seal(document)[0].encode())
    assert [fault.member for fault in report.faults] == ["agreement.unique"]


def test_the_export_of_the_demo_holds(demo_export: bytes) -> None:
    report = examine(demo_export)
    assert [fault.sentence for fault in report.faults] == []
    assert report.documents == len(demo_export.splitlines()) - 1 > 100


def test_a_cut_export_does_not_hold(demo_export: bytes) -> None:
    lines = demo_export.splitlines(keepends=True)
    assert examine(b"".join(lines[:-1])).wrong == {"end": 1}
    assert examine(b"".join(lines[:-1]), part=True).holds
    assert examine(b"".join(lines[1:])).wrong == {"end": 2}
    assert not examine(demo_export[: len(demo_export) // 2]).holds
    assert examine(b"".join([*lines, lines[0]])).wrong == {"end": 1}
