"""A database that an earlier run migrated is used only while it would be made the same."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.databases import MADE_FROM, ROOT, copy_kept, digest_of


@pytest.mark.parametrize("name", MADE_FROM)
def test_a_change_of_what_a_database_is_made_from_makes_it_anew(tmp_path: Path, name: str) -> None:
    for one in MADE_FROM:
        place = tmp_path / one
        place.parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / one).is_dir():
            shutil.copytree(ROOT / one, place)
        else:
            shutil.copyfile(ROOT / one, place)
    assert digest_of(tmp_path) == digest_of(ROOT)

    changed = tmp_path / name
    file = changed / "more.py" if changed.is_dir() else changed
    with file.open("a") as end:
        end.write("# more")
    assert digest_of(tmp_path) != digest_of(ROOT)


def test_a_kept_database_is_copied_and_stays(tmp_path: Path) -> None:
    kept, target = tmp_path / "migrated-1.sqlite3", tmp_path / "own.sqlite3"
    kept.write_bytes(b"migrated")

    copy_kept(kept, target)

    assert target.read_bytes() == kept.read_bytes() == b"migrated"
