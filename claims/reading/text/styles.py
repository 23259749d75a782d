"""What wikitext sets apart: bold, italics, links; found once, beside the plain text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from claims.domain.addresses import address_fault
from claims.reading.languages.english import ENGLISH
from claims.reading.text.wiki_tokens import Part

HIDDEN_LINK: Final = ENGLISH.pattern("wiki_format.hidden_link")
LONGEST: Final = 2_000  # characters; what is longer is no emphasis and no name of a link
_ITALIC: Final = {2, 5}
_BOLD: Final = {3, 4, 5}


@dataclass(frozen=True, slots=True)
class Style:
    """A span of code points of the original that is bold, italic, or leads somewhere.

    ``kind`` is bold, italic, page (``target`` is the title of a page of the same wiki) or address
    (``target`` is a web address).
    """

    start: int
    end: int
    kind: str
    target: str = ""


def styles_of(text: str, parts: Sequence[Part]) -> list[Style]:
    """Return the styles of a wikitext in order of their start. Linear in the parts."""
    found = [*_emphasis(text, parts), *_links(text, parts)]
    kept = (one for one in found if 0 < one.end - one.start <= LONGEST and _leads_well(one))
    return sorted(kept, key=lambda one: one.start)


def _leads_well(one: Style) -> bool:
    """Whether a reader may be sent where it leads, if it leads to another site."""
    return one.kind != "address" or not address_fault(one.target)


def _emphasis(text: str, parts: Sequence[Part]) -> Iterator[Style]:
    """Quotes turn bold and italics on and off; the end of a line turns both off."""
    opened: dict[str, int] = {}
    for part in parts:
        if part.kind == "newline":
            for kind, start in opened.items():
                yield Style(start, part.start, kind)
            opened = {}
        elif part.kind == "mark" and text.startswith("''", part.start):
            count = part.end - part.start
            for kind, counts in (("bold", _BOLD), ("italic", _ITALIC)):
                if count not in counts:
                    continue
                if kind in opened:
                    yield Style(opened.pop(kind), part.start, kind)
                else:
                    opened[kind] = part.end
    for kind, start in opened.items():
        yield Style(start, len(text), kind)


def _links(text: str, parts: Sequence[Part]) -> Iterator[Style]:
    for part in parts:
        if part.kind == "link" and not HIDDEN_LINK.match(text, part.inner):
            first = part.pipes[0] if part.pipes else part.end - 2
            shown = part.pipes[-1] + 1 if part.pipes else part.inner
            title = " ".join(text[part.inner : first].strip(" :").replace("_", " ").split())
            if title and "\n" not in title:
                yield Style(shown, part.end - 2, "page", title)
        elif part.kind == "outlink":
            label = text.find(" ", part.inner, part.end - 1)
            if label >= 0:
                yield Style(label + 1, part.end - 1, "address", text[part.inner : label])
        elif part.kind == "url":
            yield Style(part.start, part.end, "address", text[part.start : part.end])
