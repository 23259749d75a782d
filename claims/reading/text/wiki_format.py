"""Take apart MediaWiki wikitext: what is shown, in blocks, and where references stand."""

import html
import re
from bisect import bisect_left
from collections.abc import Callable

from claims.reading.languages.english import ENGLISH
from claims.reading.text.blocks import Layout
from claims.reading.text.plaintext import Citation
from claims.reading.text.short_notes import ShortNotes
from claims.reading.text.styles import HIDDEN_LINK
from claims.reading.text.templates import (
    SHORT_CITES,
    WHOLE,
    TemplateParameter,
    is_silent,
    shown_by,
    split_template,
)
from claims.reading.text.wiki_blocks import WikiBlocks
from claims.reading.text.wiki_tokens import Part, Parts, ref_name

DEEPEST = 24
BOLD = re.compile(r"'''([^'\n]{2,120})'''")
INFOBOX = ENGLISH.pattern("wiki_format.infobox")
TITLES = ENGLISH.words("wiki_format.titles")


def take_wikitext_apart(text: str) -> Layout:
    """Return the layout of an article in wikitext."""
    return _WikiReader(text).read()


class _WikiReader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.parts = Parts(text)
        self.out = WikiBlocks(text)
        self.plain = self.out.plain
        self.citations: list[Citation] = []
        self.references: dict[str, str] = {}
        self.infobox_title = ""
        self.short = ShortNotes(text, self.parts.all)
        self.wholes: list[tuple[int, int]] = []
        self.gaps: list[Citation] = []
        for part in self.parts.all:
            if part.kind == "ref":
                self.references.setdefault(_ref_key(part), text[part.inner : part.end - 6].strip())

    def read(self) -> Layout:
        self._walk(0, len(self.text), 0, self._in_blocks)
        self.out.close()
        title = self.infobox_title
        if not title and (bold := BOLD.search(self.text)):
            title = bold[1]
        return Layout(
            self.plain.finish(),
            tuple(self.out.blocks),
            title,
            "wikitext",
            tuple(self.citations),
            self.references,
            tuple(self.wholes),
            tuple(self.parts.all),
            tuple(self.gaps),
        )

    def _walk(self, start: int, end: int, depth: int, between: Callable[[int, int], None]) -> None:
        """Show text[start:end]; `between` shows what lies between the parts."""
        starts = self.parts.starts
        at = start
        index = bisect_left(starts, start)
        while index < len(starts) and starts[index] < end:
            part = self.parts.all[index]
            between(at, part.start)
            at = min(end, self._show(part, depth, between))
            index = index + 1 if at <= starts[index] else bisect_left(starts, at, index)
        between(at, end)

    def _in_blocks(self, start: int, end: int) -> None:
        if start < end:
            self.out.put(start, end)

    def _inline(self, start: int, end: int) -> None:
        if start < end:
            self.plain.put(start, end)

    def _show(self, part: Part, depth: int, between: Callable[[int, int], None]) -> int:
        in_blocks = between == self._in_blocks
        kind = part.kind
        if kind == "newline":
            if in_blocks:
                return self.out.newline(part.start, self._line_end)
            self.plain.put(part.start, part.end)
        elif kind == "cell_mark":
            if in_blocks and self.out.cell_mark(part.start, part.end):
                return self.out.after_cell_mark(part.end)
            between(part.start, part.end)
        elif kind == "template":
            if depth < DEEPEST:
                self._template(part, depth, between, in_blocks=in_blocks)
        elif kind == "link":
            self._link(part, depth, in_blocks=in_blocks)
        elif kind == "table":
            # Its rows are read line by line; the opening line holds only attributes.
            return self.out.open_table(part.start) if in_blocks else part.end
        elif kind == "hidden_open":
            return int(part.name)
        else:
            self._small(part, depth, between, in_blocks=in_blocks)
        return part.end

    def _line_end(self, at: int) -> int:
        """The end of the line at `at`, not counting line ends inside templates and references."""
        end = self.text.find("\n", at)
        return end if end >= 0 else len(self.text)

    def _small(
        self, part: Part, depth: int, between: Callable[[int, int], None], *, in_blocks: bool
    ) -> None:
        text, kind = self.text, part.kind
        if kind in ("ref", "ref_again"):
            self._cite(_ref_key(part))
        elif kind == "nowiki":
            between(part.inner, part.end - 9)
        elif kind == "entity":
            char = html.unescape(text[part.start : part.end])
            self.out.ready(part.start, in_blocks)
            self.plain.put_words(" " if char.isspace() else char.replace("\n", " "), part.start)
        elif kind == "break":
            self.plain.put_words("; " if self.out.in_cells or not in_blocks else " ", part.start)
        elif kind == "outlink":
            label = text.find(" ", part.inner, part.end - 1)
            if label >= 0:
                self._walk(label + 1, part.end - 1, depth + 1, between)

    def _cite(self, key: str) -> None:
        self.citations.append(Citation(len(self.plain), key))

    def _link(self, part: Part, depth: int, *, in_blocks: bool) -> None:
        if HIDDEN_LINK.match(self.text, part.inner) or depth >= DEEPEST:
            return
        start = part.pipes[-1] + 1 if part.pipes else part.inner
        start += start < part.end and self.text[start] == ":"
        self.out.ready(part.start, in_blocks)
        self._walk(start, part.end - 2, depth + 1, self._inline)

    def _template(
        self, part: Part, depth: int, between: Callable[[int, int], None], *, in_blocks: bool
    ) -> None:
        text = self.text
        inner = self._entry if between == self._entry else self._inline
        name, parameters = split_template(text, part.inner, part.end, part.pipes)
        if name.startswith("#tag:ref"):
            self._cite_by_tag(part, parameters)
        elif name in SHORT_CITES:
            self._cite_shortly(name, part, parameters)
        elif INFOBOX.match(name) and in_blocks:
            self._infobox(parameters, depth)
        elif name.startswith("formatnum:"):
            self.out.ready(part.start, in_blocks)
            self.wholes.append((part.start, part.end))
            self._inline(text.index(":", part.inner) + 1, part.end - 2)
        elif (shown := shown_by(name, parameters, text)) is not None:
            self.out.ready(part.start, in_blocks)
            if name in WHOLE:
                self.wholes.append((part.start, part.end))
            for piece in shown:
                if isinstance(piece, str):
                    self.plain.put_words(piece, part.start)
                else:
                    self._walk(piece.start, piece.end, depth + 1, inner)
        elif not is_silent(name):
            self.gaps.append(Citation(len(self.plain), name.replace("-", " ")))

    def _cite_shortly(self, name: str, part: Part, parameters: list[TemplateParameter]) -> None:
        text = self.text
        values = [text[p.start : p.end] for p in parameters if p.positional]
        if name == "r":
            for value in values:
                self._cite(f"name:{value}")
        elif name != "rp":
            key = f"short:{text[part.inner : part.end - 2]}"
            if key not in self.references:
                written = text[part.start : part.end]
                self.references[key] = self.short.text_of(name, parameters, written)
            self._cite(key)

    def _cite_by_tag(self, part: Part, parameters: list[TemplateParameter]) -> None:
        """As {{#tag:ref|the reference|name=x}}."""
        fields = {p.name: self.text[p.start : p.end].strip() for p in parameters}
        content = next((self.text[p.start : p.end] for p in parameters if p.positional), "")
        name = ref_name(fields.get("name", ""), fields.get("group", ""))
        key = f"name:{name}" if name else f"at:{part.start}"
        if content.strip():
            self.references.setdefault(key, content.strip())
        self._cite(key)

    def _infobox(self, parameters: list[TemplateParameter], depth: int) -> None:
        for parameter in parameters:
            if parameter.positional or parameter.start >= parameter.end:
                continue
            before = len(self.plain)
            self.out.begin_entry(parameter.start)
            self._walk(parameter.start, parameter.end, depth + 1, self._entry)
            self.out.end("infobox", label=parameter.name)
            if parameter.name in TITLES and not self.infobox_title and len(self.plain) > before:
                self.infobox_title = self.out.last_words(before)
        self.out.close()

    def _entry(self, start: int, end: int) -> None:
        """A bullet on a line of its own inside an infobox entry separates items."""
        at = start
        while at < end and self.text[at] in "*#" and (at == 0 or self.text[at - 1] in "\n*#"):
            at += 1
        if at > start:
            self.plain.put_words("; ", start)
        if at < end:
            self.plain.put(at, end)


def _ref_key(part: Part) -> str:
    return f"name:{part.name}" if part.name else f"at:{part.start}"
