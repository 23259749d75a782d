"""Which format a text is in, chosen once for every step that takes it apart."""

import re
from typing import Final

from claims.reading.text.blocks import Layout
from claims.reading.text.plain_format import take_plain_apart
from claims.reading.text.wiki_format import take_wikitext_apart

FORMATS: Final = ("auto", "plain", "wikitext")
WIKI_SIGNS = re.compile(r"\{\{|\[\[|<ref[ >/]|'''|\{\|")


def take_apart(text: str, format: str) -> Layout:  # noqa: A002
    """Return the layout of an article; `format` is one of FORMATS. Linear in the text."""
    return take_wikitext_apart(text) if is_wikitext(text, format) else take_plain_apart(text)


def title_in(text: str, format: str) -> str:  # noqa: A002
    """Return the title that the text itself names; '' when it names none."""
    return take_apart(text, format).title


def is_wikitext(text: str, format: str) -> bool:  # noqa: A002
    """Whether a text of this format, or of "auto" by its signs, is wikitext."""
    return format == "wikitext" or (format == "auto" and WIKI_SIGNS.search(text) is not None)
