"""A kept database is used only while it would be made the same; which tests see the second kind."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests import databases
from tests.databases import MADE_FROM, ROOT, copy_kept, digest_of
from tests.workers import DATABASE, runs_once


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


def test_a_whole_run_migrates_anew_and_keeps_what_it_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    older, kept = tmp_path / "migrated-0.sqlite3", tmp_path / "migrated-1.sqlite3"
    older.write_bytes(b"older")
    kept.write_bytes(b"before")
    monkeypatch.setattr(databases, "migrate", lambda name: Path(name).write_bytes(b"now"))

    copy_kept(kept, tmp_path / "own.sqlite3", anew=True)

    assert (tmp_path / "own.sqlite3").read_bytes() == kept.read_bytes() == b"now"
    assert not older.exists()


@pytest.mark.parametrize(
    ("fixtures", "marks", "once"),
    [
        (["tmp_path"], set(), True),
        (["tmp_path", "sqlite_file"], set(), True),
        (["tmp_path"], {"django_db"}, False),
        *([["tmp_path", one], set(), False] for one in sorted(DATABASE)),
        (["live_server", "transactional_db"], {"django_db", "browser"}, True),
    ],
)
def test_what_sees_the_database_of_the_run_runs_on_both(
    fixtures: list[str], marks: set[str], once: bool
) -> None:
    item = SimpleNamespace(
        fixturenames=fixtures, get_closest_marker=lambda name: name if name in marks else None
    )
    assert runs_once(item) is once
