"""The pages of a MediaWiki XML export, one at a time, in memory that one page bounds."""

# Read with expat itself rather than iterparse: an element that never ends would grow without limit
# before iterparse hands it over, and its bytes could not be told. DTDs, and with them entities, are
# refused.

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final
from xml.parsers import expat

from claims.errors import ImportRefusedError
from claims.importers.page_reading import DumpPage, DumpSite

DEPTH_MAX: Final = 20
TAG_BYTES_MAX: Final = 1024 * 1024  # one tag, comment or instruction
FIELD_CHARACTERS_MAX: Final = 10_000  # a title, a time, a number
_PAGE: Final = ("mediawiki", "page")
_REVISION: Final = (*_PAGE, "revision")
_FIELDS: Final[dict[tuple[str, ...], str]] = {
    (*_PAGE, "title"): "title",
    (*_PAGE, "ns"): "namespace",
    (*_REVISION, "timestamp"): "timestamp",
    (*_REVISION, "model"): "model",
    (*_REVISION, "text"): "text",
}
_SITE_FIELDS: Final[dict[tuple[str, ...], str]] = {("mediawiki", "siteinfo", "base"): "base"}


@dataclass(slots=True)
class DumpReader:
    """Pages of the XML that ``read`` gives chunk by chunk; a page's text is bounded."""

    read: Callable[[], bytes]
    page_bytes: int
    site: DumpSite = field(default_factory=DumpSite)
    _parser: Any = field(init=False)
    _ready: list[DumpPage] = field(default_factory=list)
    _path: list[str] = field(default_factory=list)
    _page: DumpPage | None = None
    _revision: dict[str, str] = field(default_factory=dict)
    _name: str = ""
    _pieces: list[str] = field(default_factory=list)
    _room: int = 0

    def __post_init__(self) -> None:
        parser = expat.ParserCreate("UTF-8")
        parser.buffer_text = True
        parser.buffer_size = 64 * 1024
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data
        parser.StartDoctypeDeclHandler = self._refuse_dtd
        self._parser = parser

    def pages(self) -> Iterator[DumpPage]:
        """Yield the pages in their order.

        Raises ImportRefusedError where the XML breaks off or is none, at a DTD, at a tag without
        end, and when the file is no MediaWiki export.
        """
        fed, last = 0, False
        while not last:
            chunk = self.read()
            fed, last = fed + len(chunk), not chunk
            self._parse(chunk, fed, last)
            if fed - self._parser.CurrentByteIndex > TAG_BYTES_MAX:
                raise ImportRefusedError(
                    f"A tag at byte {self._parser.CurrentByteIndex} does not end within "
                    f"{TAG_BYTES_MAX:,} bytes: this is no MediaWiki export."
                )
            ready, self._ready = self._ready, []
            yield from ready

    def _parse(self, chunk: bytes, fed: int, last: bool) -> None:
        try:
            self._parser.Parse(chunk, last)
        except expat.ExpatError as error:
            words = expat.ErrorString(error.code)
            if not fed:
                problem = "The file is empty (byte 0)."
            elif last:
                problem = (
                    f"The XML ends in the middle (byte {fed}, {words}): the file is cut short."
                )
            else:
                place = self._parser.ErrorByteIndex
                problem = f"Byte {place} (line {error.lineno}) is not well-formed XML: {words}."
            raise ImportRefusedError(problem) from None

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        path = self._path
        if not path and name != "mediawiki":
            raise ImportRefusedError(
                f"The outermost element is <{name[:60]}>, not <mediawiki>: no MediaWiki export."
            )
        path.append(name)
        if len(path) > DEPTH_MAX:
            raise ImportRefusedError(f"Elements lie more than {DEPTH_MAX} deep: no export does so.")
        if len(path) == 1:
            self.site.language = attributes.get("xml:lang", "")
        if len(path) <= 4:
            self._open(tuple(path))

    def _open(self, path: tuple[str, ...]) -> None:
        if path == _PAGE:
            self._page = DumpPage(self._parser.CurrentByteIndex)
        elif path == _REVISION:
            self._revision = {}
        elif path == (*_PAGE, "redirect") and self._page is not None:
            self._page.is_redirect = True
        self._name = _FIELDS.get(path) or _SITE_FIELDS.get(path, "")
        self._pieces = []
        self._room = self.page_bytes if self._name == "text" else FIELD_CHARACTERS_MAX

    def _data(self, data: str) -> None:
        if not self._name:
            return
        self._room -= len(data.encode("utf-8", "surrogatepass"))
        if self._room >= 0:
            self._pieces.append(data)
        else:
            self._pieces = []

    def _end(self, name: str) -> None:
        path = tuple(self._path)
        if self._name and (path in _FIELDS or path in _SITE_FIELDS):
            self._close_field(path)
        elif path == _REVISION:
            self._close_revision()
        elif path == _PAGE and self._page is not None:
            self._page.end = self._parser.CurrentByteIndex
            self._ready.append(self._page)
            self._page = None
        self._path.pop()

    def _close_field(self, path: tuple[str, ...]) -> None:
        value, name = "".join(self._pieces), self._name
        self._name, self._pieces = "", []
        if path in _SITE_FIELDS:
            self.site.base = value
        elif len(path) == 4:
            self._revision[name] = value
            if self._room < 0:
                self._revision["is_too_long"] = "yes"
        elif self._page is not None:
            setattr(self._page, name, value)

    def _close_revision(self) -> None:
        """Keep this revision unless one that was read before it is newer."""
        page, revision = self._page, self._revision
        if page is not None and revision.get("timestamp", "") >= page.timestamp:
            page.timestamp = revision.get("timestamp", "")
            page.model = revision.get("model", "wikitext")
            page.text = revision.get("text", "")
            page.is_too_long = "is_too_long" in revision
        self._revision = {}

    def _refuse_dtd(self, *declaration: object) -> None:
        raise ImportRefusedError(
            f"Near byte {self._parser.CurrentByteIndex} begins a DTD, which no export has: "
            "entities can be bombs."
        )
