"""Bytes to text, or one clear line on why not."""

from claims.reading.proposals import ReadingError
from claims.reading.text.data_files import data_in

MANY_LINES, SHORT_LINE = 20_000, 8
"""More lines than this, shorter than this on average, are no article."""
BOMS = ((b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"))
FILE_TYPES = (
    (b"%PDF-", "a PDF file", "export its text"),
    (b"{\\rtf", "an RTF file", "save it as plain text"),
    (b"PK\x03\x04", "a ZIP archive or an office document", "save it as plain text"),
    (b"\x1f\x8b", "packed with gzip", "unpack it"),
    (b"BZh", "packed with bzip2", "unpack it"),
    (b"<!doctype html", "an HTML page", "give the text or wikitext of the article"),
    (b"<html", "an HTML page", "give the text or wikitext of the article"),
    (b"<mediawiki", "a MediaWiki export", "use import_dump"),
)
"""First bytes, in small letters where they are letters of a tag; what it is; what to do."""


def decode_article(data: bytes, *, max_bytes: int) -> str:
    """Decode UTF-8; a leading byte order mark is kept so that offsets stay those of the file.

    Raises ReadingError for input that is empty, too large, binary or not UTF-8.
    """
    if len(data) > max_bytes:
        raise ReadingError(
            f"The file has {len(data):,} bytes and the limit is {max_bytes:,}: split it or raise "
            f"the limit."
        )
    if not data.strip():
        raise ReadingError("The file is empty (byte 0): nothing to read.")
    _refuse_other_types(data)
    for mark, name in BOMS:
        if data.startswith(mark):
            raise ReadingError(f"The file starts with a {name} mark (byte 0): save it as UTF-8.")
    nul = data.find(b"\x00")
    if nul >= 0:
        raise ReadingError(
            f"Byte {nul} is NUL: this is a binary file, give the article as UTF-8 text."
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ReadingError(
            f"Byte {error.start} (0x{data[error.start]:02x}) is not UTF-8: save the file as UTF-8."
        ) from None
    found = data_in(text)
    if found is not None:
        raise ReadingError(f"This is {found[0]}, not the text of an article: {found[1]}.")
    return text


def _refuse_other_types(data: bytes) -> None:
    head = data[:200].removeprefix(b"\xef\xbb\xbf").lstrip()
    tag = head[:20].lower()
    for mark, name, advice in FILE_TYPES:
        if head.startswith(mark) or (mark[:1] == b"<" and tag.startswith(mark)):
            raise ReadingError(f"This is {name}, not the text of an article (byte 0): {advice}.")


def require_readable(text: str) -> None:
    """Raise ReadingError for text that is no article: empty, binary or a list of values."""
    if not text.strip():
        raise ReadingError("The article is empty: nothing to read.")
    nul = text.find("\x00")
    if nul >= 0:
        raise ReadingError(f"Character {nul} is NUL: this is binary, give the article as text.")
    lines = text.count("\n")
    if lines > MANY_LINES and lines * SHORT_LINE > len(text):
        raise ReadingError(
            f"{lines} lines of fewer than {SHORT_LINE} characters: this is a list of values, not "
            "an article; import it as a table."
        )
    controls = sum(text.count(chr(code)) for code in (*range(1, 9), *range(14, 28), 127))
    if controls > 8 and controls * 50 > len(text):
        raise ReadingError(
            f"{controls} of {len(text)} characters are control characters: this is binary, give "
            f"text."
        )
