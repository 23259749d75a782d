"""Bytes to text, or one clear line on why not."""

from claims.reading.proposals import ReadingError

BOMS = ((b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"))


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
    for mark, name in BOMS:
        if data.startswith(mark):
            raise ReadingError(f"The file starts with a {name} mark (byte 0): save it as UTF-8.")
    nul = data.find(b"\x00")
    if nul >= 0:
        raise ReadingError(
            f"Byte {nul} is NUL: this is a binary file, give the article as UTF-8 text."
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ReadingError(
            f"Byte {error.start} (0x{data[error.start]:02x}) is not UTF-8: save the file as UTF-8."
        ) from None


def require_readable(text: str) -> None:
    """Raise ReadingError for text that is no article: empty, or full of control characters."""
    if not text.strip():
        raise ReadingError("The article is empty: nothing to read.")
    nul = text.find("\x00")
    if nul >= 0:
        raise ReadingError(f"Character {nul} is NUL: this is binary, give the article as text.")
    controls = sum(text.count(chr(code)) for code in (*range(1, 9), *range(14, 28), 127))
    if controls > 8 and controls * 50 > len(text):
        raise ReadingError(
            f"{controls} of {len(text)} characters are control characters: this is binary, give "
            f"text."
        )
