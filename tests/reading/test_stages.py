"""The page on the architecture shows what the stages hand on, and every stage that there is."""

from __future__ import annotations

from pathlib import Path

import claims.reading
from tests.reading.stages import stages

READING = Path(claims.reading.__file__).parent
PAGE = (READING.parents[1] / "docs" / "reading-architecture.md").read_text(encoding="utf-8")


def test_the_page_shows_what_each_stage_hands_on() -> None:
    assert "\n".join(stages()) in PAGE


def test_the_picture_and_the_example_name_every_stage() -> None:
    rooms = {path.parent.name for path in READING.glob("*/__init__.py")}
    told = {line.split()[0] for line in stages()}
    assert rooms == told
    assert [room for room in rooms if f"  {room}/" not in PAGE] == []
