"""Bytes that are no text of an article are refused with what they are and what to do."""

import pytest

from claims.reading.proposals import ReadingError
from claims.reading.text.decode import decode_article


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7\n...", "a PDF file"),
        (b"{\\rtf1 sixty}", "an RTF file"),
        (b"PK\x03\x04word/document.xml", "an office document"),
        (b"\x1f\x8b\x08\x00", "unpack it"),
        (b"BZh91AY&SY", "unpack it"),
        (b"\xef\xbb\xbf\n<!DOCTYPE HTML><p>60 dead", "an HTML page"),
        (b"<html lang=en>60 dead", "an HTML page"),
        (b'<mediawiki xml:lang="en">', "use import_dump"),
    ],
)
def test_files_of_another_type_are_named(data: bytes, words: str) -> None:
    with pytest.raises(ReadingError, match="This is ") as refusal:
        decode_article(data, max_bytes=1000)
    assert words in str(refusal.value)


def test_markup_at_the_beginning_is_still_an_article() -> None:
    text = "<ref>x</ref> {{Infobox}} BZhukov said 60 died. %PDF-"
    assert decode_article(text.encode(), max_bytes=1000) == text
