"""A dump as a stream of XML bytes, whether packed or not; bombs and cut files are refused."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, BinaryIO, Final

from claims.errors import ImportRefusedError

CHUNK: Final = 64 * 1024
# Text packs to a tenth; a bomb to a thousandth (gzip) or far less (bzip2).
RATIO_MAX: Final = 250
RATIO_TESTED_FROM: Final = 10 * 1024 * 1024  # unpacked bytes; small files may pack very well
_PACKED_DAMAGE: Final = (OSError, EOFError, zlib.error, ValueError)


@dataclass(slots=True)
class DumpStream:
    """The unpacked bytes of a dump; ``position`` and ``size`` count bytes of the file itself."""

    path: Path
    size: int
    _file: BinaryIO
    _unpacked: IO[bytes]
    _given: int = field(default=0)

    @property
    def position(self) -> int:
        """Bytes of the file read so far."""
        return self._file.tell()

    def read(self) -> bytes:
        """Return the next unpacked bytes, b'' at the end.

        Raises ImportRefusedError for a file that is cut short, damaged or a bomb.
        """
        try:
            data = self._unpacked.read(CHUNK)
        except EOFError:
            raise ImportRefusedError(
                f"{self.path.name}: the packed file ends in the middle (byte {self.size}): it is "
                "cut short; fetch it again."
            ) from None
        except _PACKED_DAMAGE as error:
            raise ImportRefusedError(
                f"{self.path.name}: cannot be unpacked near byte {self.position}: {error}."
            ) from None
        self._given += len(data)
        if self._given > max(RATIO_TESTED_FROM, RATIO_MAX * self.position):
            raise ImportRefusedError(
                f"{self.path.name}: byte {self.position} unpacks to more than {RATIO_MAX} times "
                "its size: this is no dump of texts."
            )
        return data


@contextmanager
def open_dump(path: Path) -> Iterator[DumpStream]:
    """Open a dump for reading; bzip2 and gzip are known by their first bytes."""
    if not path.is_file():
        what = "is a folder or a device" if path.exists() else "does not exist"
        raise ImportRefusedError(f"{path} {what}; give a file.")
    try:
        with path.open("rb") as file, _unpacking(file) as unpacked:
            yield DumpStream(path, path.stat().st_size, file, unpacked)
    except PermissionError:
        raise ImportRefusedError(f"{path} may not be read by this account.") from None


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of the file as it lies there, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _unpacking(file: BinaryIO) -> Any:
    start = file.read(3)
    file.seek(0)
    if start == b"BZh":
        return bz2.BZ2File(file)
    if start[:2] == b"\x1f\x8b":
        return gzip.GzipFile(fileobj=file)
    return file
