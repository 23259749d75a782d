"""A file that commands import."""

from pathlib import Path

import pytest

from tests.importers.test_articles import FLOOD


@pytest.fixture
def flood(tmp_path: Path) -> Path:
    path = tmp_path / "flood.txt"
    path.write_text(FLOOD, encoding="utf-8")
    return path
