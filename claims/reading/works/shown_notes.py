"""A reference as readers see it below the article: its work in one line, or its own words."""

from dataclasses import dataclass
from typing import Final

from claims.domain.addresses import address_fault
from claims.domain.dates import EdtfError, date_words
from claims.reading.proposals import CitedSource
from claims.reading.text.styles import styles_of
from claims.reading.text.templates import SHORT_CITES, TemplateParameter, split_template
from claims.reading.text.wiki_format import take_wikitext_apart
from claims.reading.text.wiki_tokens import Parts
from claims.reading.works.cited_works import cited_works

LONGEST: Final = 4_000  # characters of a note that are read
_PAGES: Final = (("p", "p. "), ("page", "p. "), ("pp", "pp. "), ("pages", "pp. "), ("loc", ""))


@dataclass(frozen=True, slots=True)
class ShownNote:
    """The words of a reference and where they lead; either may be empty."""

    words: str
    address: str = ""


def note_of(wikitext: str) -> ShownNote:
    """Return the reference in words. A cited work comes as author, title, publisher, date."""
    text = wikitext[:LONGEST].strip()
    short = _short(text)
    if short is not None:
        return short
    inside = f"<ref>{text}</ref>"
    works = cited_works(inside, Parts(inside).all)
    layout = take_wikitext_apart(text)
    own = " ".join(layout.plain.text.split())
    if works:
        line = work_line(works[0])
        words = f"{own} {line}" if _says_more(own, works[0]) else line
        return ShownNote(words, _safe(works[0].url) or _safe(works[0].archive_url))
    address = next(
        (one.target for one in styles_of(text, layout.parts) if one.kind == "address"), ""
    )
    return ShownNote(own, address)


def _safe(address: str) -> str:
    """The address, if a reader may be sent to it."""
    return address if address and not address_fault(address) else ""


def _says_more(own: str, work: CitedSource) -> bool:
    """Whether a note has words of its own beside the work."""
    return len(own) > 20 and not own.startswith("http") and work.title not in own


def work_line(work: CitedSource) -> str:
    """Return the work in one line, what is known of it only."""
    within = work.container if work.container != work.publisher else ""
    told = (", ".join(work.author), work.title, within, work.publisher, _when(work.issued))
    return ". ".join(part.strip(" .") for part in told if part.strip(" ."))


def _when(issued: str) -> str:
    try:
        return date_words(issued) if issued else ""
    except EdtfError:
        return issued


def _short(text: str) -> ShownNote | None:
    """Author, year and page of a short citation, or the words of a note by template."""
    parts = Parts(text).all
    if not parts or parts[0].kind != "template" or parts[0].start or parts[0].end != len(text):
        return None
    name, parameters = split_template(text, parts[0].inner, parts[0].end, parts[0].pipes)
    if name not in SHORT_CITES:
        return None
    values = [text[one.start : one.end] for one in parameters if one.positional]
    if len(values) == 1:  # a note
        return note_of(values[0])
    pages = [f"{label}{value}" for label, value in _pages(text, parameters)]
    return ShownNote(", ".join([" ".join(values), *pages]))


def _pages(text: str, parameters: list[TemplateParameter]) -> list[tuple[str, str]]:
    given = {one.name: text[one.start : one.end] for one in parameters if not one.positional}
    return [(label, given[key]) for key, label in _PAGES if given.get(key)]
