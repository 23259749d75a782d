"""The unseen articles are what they were when no reader had met them, and quote themselves."""

import hashlib
import json
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "unseen"
TEXTS = sorted(path for path in FOLDER.iterdir() if path.suffix in (".txt", ".wiki"))


def test_nothing_frozen_has_changed() -> None:
    listed = {}
    for line in (FOLDER / "frozen.sha256").read_text(encoding="utf-8").splitlines():
        digest, name = line.split("  ")
        listed[name] = digest
    names = {path.name for path in (*TEXTS, *FOLDER.glob("*.drafts.json"))}
    found = {name: hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() for name in names}
    assert found == listed


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_the_annotation_quotes_its_text(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    drafts = json.loads(path.with_suffix(".drafts.json").read_text(encoding="utf-8"))
    for row in (*drafts["figures"], *drafts["optional"], *drafts["dates"]):
        assert text[row["start"] : row["end"]] == row["quote"]
    ids = {row["id"] for row in drafts["figures"]}
    pairs = [*drafts["conflicts"], *drafts["may_conflict"], *drafts["agreements"]]
    pairs += [(row["from"], row["to"]) for row in drafts["relations"]]
    assert all(set(pair) <= ids for pair in pairs)
    asked = {row["question"] for row in drafts["figures"] if row["worth"]}
    assert asked == set(drafts["questions"])
    known = json.loads((FOLDER / "measures.json").read_text(encoding="utf-8"))
    assert {row["measure"] for row in drafts["questions"].values()} <= set(known)
