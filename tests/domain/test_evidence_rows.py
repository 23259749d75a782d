"""One builder of the table of statements serves pages, pictures and desk."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest

from claims.domain.documents import read_document
from claims.domain.evidence_rows import evidence_table, interval_words
from tests import factories as make

CLAIMS = Path(__file__).resolve().parents[2] / "claims"


def test_rows_come_in_the_order_of_the_document_and_say_why_they_do_not_count(db: None) -> None:
    claim, speaker = make.claim(), make.party("Adama Ba")
    make.figure(claim, 60, speaker=speaker, asserted_on="2012-01-24")
    make.figure(claim, 97, speaker=speaker, asserted_on="2012-01-25")
    version = make.approve(claim)
    table = evidence_table(read_document(version.payload))  # type: ignore[arg-type]
    first, second = table["rows"]
    assert [row["figure"]["words"] for row in table["rows"]] == ["60", "97"]
    assert (first["counts"], second["counts"]) == (False, True)
    assert (first["reason"], second["reason"]) == ("superseded by the same origin, to confirm", "")
    assert (first["who"].name, first["mode"], first["chain"]) == ("Adama Ba", "said", [])
    assert first["tested"] == "60"
    assert first["shape"] is table["plot"].shapes[first["figure"]["ref"]]
    only = evidence_table(read_document(version.payload), [second["figure"]["ref"]])  # type: ignore[arg-type]
    assert [row["number"] for row in only["rows"]] == [second["figure"]["ref"][1:]]
    assert only["plot"] == table["plot"], "the axis is that of all"


@pytest.mark.parametrize(
    ("low", "high", "kind", "words"),
    [
        (None, None, "quantity", ""),
        (None, 10, "quantity", "up to 10"),
        (1000, None, "quantity", "at least 1,000"),
        (54, 66, "quantity", "54 to 66"),
        (60, 60, "money", "60"),
        (734526, 734526, "date", "2012-01-24"),
    ],
)
def test_the_interval_of_the_test_in_words(low: Any, high: Any, kind: str, words: str) -> None:
    assert interval_words({"test_low": low, "test_high": high}, kind) == words  # type: ignore[typeddict-item]


def test_nobody_else_lays_statements_beside_their_sources_and_shapes() -> None:
    """A dict or call that gives both the speaker of an entry and its shape is a second builder."""
    builders = {
        str(path.relative_to(CLAIMS))
        for path in CLAIMS.rglob("*.py")
        if "static" not in path.parts
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Dict)
        and {"who", "shape"} <= {one.value for one in node.keys if isinstance(one, ast.Constant)}
    }
    assert builders == {"domain/evidence_rows.py"}
