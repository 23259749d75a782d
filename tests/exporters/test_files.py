"""Files appear whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from claims.exporters.files import write_whole


def test_a_file_holds_all_chunks(tmp_path: Path) -> None:
    write_whole(tmp_path / "out", [b"one ", b"two"])
    assert (tmp_path / "out").read_bytes() == b"one two"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
def test_a_failure_leaves_what_was_there(tmp_path: Path, error: type[BaseException]) -> None:
    path = tmp_path / "out"
    path.write_bytes(b"before")

    def broken() -> Iterator[bytes]:
        yield b"half"
        raise error

    with pytest.raises(error):
        write_whole(path, broken())
    assert path.read_bytes() == b"before"
    assert [one.name for one in tmp_path.iterdir()] == ["out"]
