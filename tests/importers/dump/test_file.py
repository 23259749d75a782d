"""Dumps as bytes: packed or not, cut short, bombs, and what is no export at all."""

from __future__ import annotations

import bz2
import gzip
import itertools
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from claims.errors import ImportRefusedError
from claims.importers.dump.export import DumpReader
from claims.importers.dump.file import CHUNK, open_dump
from claims.importers.page_reading import DumpPage

HEAD = '<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" xml:lang="en-GB">\n'
SITE = "<siteinfo><base>https://fr.example.org/wiki/Accueil</base></siteinfo>\n"


def page(title: str = "Flood", text: str = "Ten died.", *, ns: int = 0, more: str = "") -> str:
    return (
        f"<page><title>{title}</title><ns>{ns}</ns>{more}<revision><id>7</id>"
        "<timestamp>2026-01-01T00:00:00Z</timestamp><model>wikitext</model>"
        f'<text bytes="9" xml:space="preserve">{text}</text></revision></page>\n'
    )


def dump(*pages: str) -> bytes:
    return (HEAD + SITE + "".join(pages or [page()]) + "</mediawiki>\n").encode()


def read(path: Path, page_bytes: int = 100_000) -> list[DumpPage]:
    with open_dump(path) as stream:
        return list(DumpReader(stream.read, page_bytes).pages())


def written(folder: Path, data: bytes, name: str = "dump.xml") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("pack", [bytes, bz2.compress, gzip.compress])
def test_dump_is_read_however_it_is_packed(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    data = dump(page("Flood", "Ten &amp; two died."), page("Élection", "Quatre."))
    found = read(written(tmp_path, pack(data)))
    assert [(one.title, one.text) for one in found] == [
        ("Flood", "Ten & two died."),
        ("Élection", "Quatre."),
    ]
    for one in found:
        assert data[one.offset :].startswith(b"<page>")
        assert data[one.end :].startswith(b"</page>")


def test_dump_in_several_packed_streams_is_read_whole(tmp_path: Path) -> None:
    data = dump(*(page(f"Page {number}") for number in range(40)))
    parts = [bz2.compress(data[:900]), bz2.compress(data[900:])]
    assert len(read(written(tmp_path, b"".join(parts)))) == 40


def test_dump_names_its_site_redirects_and_namespaces(tmp_path: Path) -> None:
    path = written(tmp_path, dump(page(more='<redirect title="Rain" />'), page(ns=1)))
    with open_dump(path) as stream:
        reader = DumpReader(stream.read, 100)
        found = list(reader.pages())
    assert reader.site.base == "https://fr.example.org/wiki/Accueil"
    assert reader.site.language == "en-GB"
    assert [(one.is_redirect, one.namespace) for one in found] == [(True, "0"), (False, "1")]


def test_dump_page_gives_its_newest_revision(tmp_path: Path) -> None:
    older = "<revision><timestamp>2020-01-01T00:00:00Z</timestamp><text>Old.</text></revision>"
    newer = "<revision><timestamp>2027-01-01T00:00:00Z</timestamp><text>New.</text></revision>"
    path = written(tmp_path, dump(page().replace("</page>", older + newer + older + "</page>")))
    assert [one.text for one in read(path)] == ["New."]


def test_dump_marks_markup_inside_a_text_but_reads_on(tmp_path: Path) -> None:
    path = written(tmp_path, dump(page(text="Ten <b>or</b> so."), page("Next")))
    assert [one.title for one in read(path)] == ["Flood", "Next"]


def test_page_over_the_limit_is_marked_and_not_held(tmp_path: Path) -> None:
    path = written(tmp_path, dump(page("Long", "x" * 100_001), page("Next")))
    long, following = read(path)
    assert (long.is_too_long, long.text) == (True, "")
    assert (following.is_too_long, following.title) == (False, "Next")


def test_memory_does_not_grow_with_the_file() -> None:
    def peak(pages: int) -> int:
        chunks = itertools.chain(
            [HEAD.encode()],
            (page(text="word " * 2_000).encode() for _ in range(pages)),
            [page(text="y" * 5_000_000).encode(), b"</mediawiki>", b""],
        )
        tracemalloc.start()
        count = sum(1 for _ in DumpReader(lambda: next(chunks), 50_000).pages())
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert count == pages + 1
        return most

    peak(10)
    assert peak(2_000) < peak(20) + 200_000


HOSTILE = {
    "empty": (b"", r"empty \(byte 0\)"),
    "binary": (bytes(range(256)), "Byte 0 .* not well-formed"),
    "html": (b"<html><body>Hello</body></html>", "outermost element is <html>"),
    "cut": (dump()[:-30], r"ends in the middle \(byte \d+"),
    "not utf-8": (dump().replace(b"Ten", b"\xff\xfe"), r"Byte \d+ .line 3. is not well-formed"),
    "dtd": (
        b'<!DOCTYPE m [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + dump(),
        "byte [0-9]+ begins a DTD",
    ),
    "external entity": (
        b'<!DOCTYPE m SYSTEM "file:///etc/hostname">' + dump(),
        "begins a DTD",
    ),
    "unknown entity": (dump(page(text="&bomb;")), "undefined entity"),
    "deep": (HEAD.encode() + b"<a>" * 100_000, "more than 20 deep"),
    "endless tag": (HEAD.encode() + b"<page " + b'a="b" ' * 900_000, "does not end within"),
    "endless comment": (HEAD.encode() + b"<!--" + b"x" * 3_000_000, "does not end within"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_dump_is_refused_in_one_line(tmp_path: Path, name: str) -> None:
    data, words = HOSTILE[name]
    with pytest.raises(ImportRefusedError, match=words) as caught:
        read(written(tmp_path, data))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("pack", [bz2.compress, gzip.compress])
@pytest.mark.parametrize("keep", [0.2, 0.9, 0.999])
def test_packed_file_cut_short_is_refused(
    tmp_path: Path, pack: Callable[[bytes], bytes], keep: float
) -> None:
    noise = "".join(f"{number * 7919 % 1_000_003} " for number in range(30_000))
    packed = pack(dump(page(text=noise)))
    with pytest.raises(ImportRefusedError, match="cut short"):
        read(written(tmp_path, packed[: int(len(packed) * keep)]), 1_000_000)


@pytest.mark.parametrize("pack", [bz2.compress, gzip.compress])
def test_packed_file_that_is_damaged_is_refused(
    tmp_path: Path, pack: Callable[[bytes], bytes]
) -> None:
    noise = "".join(f"{number * 7919 % 1_000_003} " for number in range(30_000))
    packed = bytearray(pack(dump(page(text=noise))))
    packed[len(packed) // 2] ^= 0xFF
    with pytest.raises(ImportRefusedError):
        read(written(tmp_path, bytes(packed)), 1_000_000)


@pytest.mark.parametrize("pack", [bz2.compress, gzip.compress])
def test_decompression_bomb_is_refused_early(
    tmp_path: Path, pack: Callable[[bytes], bytes]
) -> None:
    path = written(tmp_path, pack(dump(page(text="0" * 60_000_000))))
    sizes: list[int] = []
    with open_dump(path) as stream, pytest.raises(ImportRefusedError, match="no dump of texts"):
        sizes.extend(map(len, iter(stream.read, b"")))
    assert max(sizes) <= CHUNK
    assert sum(sizes) < 60_000_000


@pytest.mark.parametrize("name", ["missing.xml", "."])
def test_what_is_no_file_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ImportRefusedError), open_dump(tmp_path / name):
        pass
