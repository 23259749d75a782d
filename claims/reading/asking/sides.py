"""The sides of a fight, as an infobox names them: whom "casualties2" counts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from claims.reading.languages.english import ENGLISH
from claims.reading.proposals import ArticleBlock

LONGEST: Final = 60  # characters of a name
_NAMING = ENGLISH.pattern("sides.naming")
_LINE_END = re.compile(r"<br */?>|\n|\{\{|\}\}|<ref|\* ?|\(|;")
_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)(?:\]\]|$)")
_MARKUP = re.compile(r"<[^<>]*>|'{2,}|[\[\]{}|]")


def side_names(blocks: Iterable[ArticleBlock], text: str) -> Mapping[str, str]:
    """Return {number of a side: its name}, the first that an infobox gives for it.

    A side of several is known by the one that is named first.
    """
    found: dict[str, str] = {}
    for block in blocks:
        if block.kind == "infobox" and (numbered := _NAMING.fullmatch(block.label.casefold())):
            name = _name(text[block.char_start : block.char_end])
            if name:
                found.setdefault(numbered["side"], name)
    return found


def _name(written: str) -> str:
    first = next((line for line in _LINE_END.split(written) if line.strip(" ,:*'")), "")
    name = " ".join(_MARKUP.sub("", _LINK.sub(r"\1", first)).split()).strip(" ,:.")
    return name if len(name) <= LONGEST and re.search(r"[^\W\d_]", name) else ""
