"""Files that nobody should send: each gets a sentence and code 1, none a traceback or an hour."""

from __future__ import annotations

import copy
import io
import random
import sys
import time
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from claims.domain.documents import read_document, seal
from claims.domain.recheck import same
from claims.domain.sealed_text import document_text
from claims.verifier.command import main
from tests import factories as make
from tests.verifier.conftest import examine

pytestmark = pytest.mark.django_db
MEBIBYTE = 1 << 20
JUNK: list[Any] = [
    *(None, True, False, 0, -1, 10**18, 10**400, Decimal("1.5"), Decimal("1E-20")),
    *("", "x", "F1", "P1", "2012", "2012-13", "../..", "9" * 5000, "\ud800", "\x1b[31m"),
    *("value", "unknown", "quantity", "party", "denies", "retracts", "live", "part_of_total"),
    *([], {}, [[]], ["F1"], [None], [{}], {"a": 1}),
]
Path = tuple[Any, ...]


def run(text: bytes, capsys: Any, monkeypatch: pytest.MonkeyPatch) -> tuple[int, str]:
    """Give the text to the program on standard input; return its code and its words."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text)))
    code = main(["-"])
    out, problem = capsys.readouterr()
    assert problem == ""
    return code, out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"", "There is no document in it."),
        (b"\n\n", "There is no document in it."),
        (b"\x00\x01\xff", "no JSON"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 50, "the rest of the file was not read"),
        (b"[]", "it has no members"),
        (b'"C1"', "it has no members"),
        (b"[" * MEBIBYTE, "nested too deeply"),
        (b'{"a":' * MEBIBYTE, "nested too deeply"),
        (b'{"type":"claim","ref":"C1","x":' + b"[" * 900 + b"]" * 900 + b"}", "it has no sha256"),
        (b'{"a":NaN}', "NaN is no number"),
        (b'{"a":-Infinity}', "-Infinity is no number"),
        (b'{"a":1e999999999}', "too many digits"),
        (b'{"a":0.' + b"1" * 10 * MEBIBYTE + b"}", "too many digits"),
        (b'{"a":' + b"1" * 10 * MEBIBYTE + b"}", "too many digits"),
        (b'{"type":"claim","type":"end"}', 'it names "type" twice'),
        (b"x" * 10 * MEBIBYTE, "Expecting value"),
        (b"x" * 65 * MEBIBYTE, "it is longer than 64 MiB"),
        (b'{"type":"claim"}', "its ref is not that of a claim"),
        (b'{"type":"claim","ref":"C1","sha256":5}', "it has no previous_sha256"),
        (b'{"type":"source","ref":"S1"}', "it is no document of a claim"),
        (b'{"results":[{"type":"claim"},{"a":', "Expecting value"),
        (b'{"results":[1,{"a":2}],"meta":{}}', "it has no members"),
        (b'{"results":[\n{"a":2},\n', "There is no end record"),
        (b'{"results":[\n],"end":5}\n', "it has no members"),
        (b'{"type":"end"}\n{"type":"end"}\n', "count says nothing"),
        (b'{"type":"end","count":0,"sha256":[],"sequence":true}', "sequence says true"),
    ],
)
def test_what_is_no_export_gets_a_sentence(
    text: bytes, said: str, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    began = time.perf_counter()
    code, out = run(text, capsys, monkeypatch)
    assert code == 1
    assert said in out
    assert len(out) < 5000
    assert time.perf_counter() - began < 10


def paths(value: Any, path: Path = ()) -> Iterator[Path]:
    if path:
        yield path
    if isinstance(value, dict | list):
        for step, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from paths(inner, (*path, step))


def spoil(document: dict[str, Any], path: Path, chance: random.Random) -> None:
    """Put junk in the place of a member, take it out, or double it."""
    inside: Any = document
    for step in path[:-1]:
        inside = inside[step]
    what = chance.randrange(5)
    if what == 0:
        del inside[path[-1]]
    elif what == 1 and isinstance(inside, list):
        inside.append(copy.deepcopy(inside[path[-1]]))
    else:
        inside[path[-1]] = copy.deepcopy(chance.choice(JUNK))


def samples() -> list[dict[str, Any]]:
    """Documents of each kind of answer, as readers get them."""
    army = make.party("Army", kind="armed_group")
    event = make.subject(belligerents=[(army, "government")], when="2012-01-24")
    told = make.claim(subject=event, as_of="2012-02", tolerance_pct=Decimal("2.5"))
    stated = make.figure(told, 60, approximate=True)
    make.figure(told, 97)
    make.figure(told, speaker=army, stance="denies", extent="whole", target=stated)
    dated, named = make.claim("date"), make.claim("party")
    make.figure(dated, edtf="2012-02~")
    make.figure(named, parties=[army], party_mode="joint")
    return [read_document(make.approve(one).payload) for one in (told, dated, named)]


def test_spoilt_documents_are_told_in_sentences() -> None:
    chance, documents = random.Random(7), samples()
    for _ in range(600):
        original = chance.choice(documents)
        document = copy.deepcopy(original)
        for _ in range(chance.choice([1, 1, 2, 5])):
            spoil(document, chance.choice(list(paths(document))), chance)
        text = document_text(document).encode("utf-8", "surrogatepass")
        report = examine(text)
        assert report.holds == same(document, original), text
        assert all(fault.sentence.endswith(".") for fault in report.faults)


@pytest.mark.parametrize("kind", ["quantity", "money", "date", "party", "boolean"])
def test_a_document_of_ten_thousand_answers_takes_seconds(kind: str) -> None:
    draft = make.claim(kind)
    value = {
        "quantity": {"point": Decimal(5)},
        "money": {"point": Decimal(5)},
        "date": {"edtf": "2012-02"},
        "party": {"parties": [make.party()], "party_mode": "joint"},
        "boolean": {"boolean": True},
    }
    make.figure(draft, **value[kind])
    document = read_document(make.approve(draft).payload)
    (entry,) = document["figures"]
    document["figures"] = [
        {**entry, "ref": f"F{number}", "stance": "retracts" if number % 2 else "asserts"}
        for number in range(1, 10_001)
    ]
    began = time.perf_counter()
    report = examine(seal(document)[0].encode())
    assert time.perf_counter() - began < 10
    assert report.wrong["derived"] or "more answers than" in report.faults[0].sentence


def test_what_steers_a_terminal_is_not_passed_on(
    capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = read_document(make.published_claim(60, 97).payload)
    document["severity"] = "\x1b[2J\x07\u202e\ud800\n"
    text = document_text(document).replace("\ud800", "\\ud800").encode()
    code, out = run(text, capsys, monkeypatch)
    assert code == 1
    assert "severity says" in out
    assert not set("\x1b\x07\u202e") & set(out)
