"""Find the paired parts of wikitext in one pass: templates, links, tables, references, comments."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

# Every branch begins with a letter or sign of its own: only there is anything tried.
SIGN = re.compile(
    r"<!--|<(?P<close>/)?(?P<tag>[a-zA-Z]{1,16})(?P<attributes>(?:[ \t\n/][^<>]{0,400})?)>"
    r"|\{\{|\}\}|\{\||\|\}(?!\})|\[\[|\]\]|\[(?=https?://)|\]|\|\||!!|\||\n|''{1,4}"
    r"|&(?:#[0-9]{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,12}[0-9]{0,2});|https?://[^\s<>\[\]{}|"
    r"\"]{1,2000}|__[A-Z]{3,20}__"
)
OPAQUE = frozenset(
    "math gallery timeline imagemap syntaxhighlight source pre score graph mapframe maplink style "
    "script hiero chem ce templatedata indicator section references".split()
)
"""Tags whose content is no prose."""

_VALUE = r"\s*=\s*(?:\"([^\"]{1,200})\"|'([^']{1,200})'|([^\s\"'>]{1,200}))"
NAME = re.compile(r"(?<![\w-])name" + _VALUE, re.IGNORECASE)
GROUP = re.compile(r"(?<![\w-])group" + _VALUE, re.IGNORECASE)
PAIRS = {"}}": "{{", "]]": "[[", "|}": "{|", "]": "["}


@dataclass(slots=True)
class Part:
    """A part of the text: kind, where it starts, ends, and the separators at its own level."""

    kind: str
    start: int
    end: int
    pipes: list[int] = field(default_factory=list)
    inner: int = 0
    name: str = ""


class Parts:
    """All parts in order of their start; `starts` is for bisecting."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.all: list[Part] = []
        self._open: list[Part] = []
        self._gone: set[str] = set()
        self._in_ref = False
        self._scan()
        self.all.sort(key=lambda part: (part.start, -part.end))
        self.starts: Sequence[int] = [part.start for part in self.all]

    def _scan(self) -> None:
        at = 0
        while match := SIGN.search(self.text, at):
            at = self._take(match)
        # What never closed is only its opening mark.
        for part in self._open:
            _forget(part)

    def _take(self, match: re.Match[str]) -> int:
        sign = match[0]
        if sign == "<!--":
            return self._add(
                "comment", match.start(), self._until("-->", match.end()) or match.end()
            )
        if match["tag"]:
            return self._take_tag(match)
        if sign in ("{{", "[[", "{|", "["):
            part = Part(sign, match.start(), -1, inner=match.end())
            self._open.append(part)
            self.all.append(part)
        elif sign in PAIRS:
            self._close(sign, match)
        elif sign in ("|", "||", "!!"):
            self._take_pipe(sign, match)
        elif sign[0] == "&":
            self._add("entity", match.start(), match.end())
        elif sign == "\n":
            self._add("newline", match.start(), match.end())
        elif sign.startswith("http"):
            self._add("url", match.start(), match.end())
        else:
            self._add("mark", match.start(), match.end())
        return match.end()

    def _add(self, kind: str, start: int, end: int, *, inner: int = 0, name: str = "") -> int:
        self.all.append(Part(kind, start, end, inner=inner, name=name))
        return end

    def _take_tag(self, match: re.Match[str]) -> int:
        tag = match["tag"].lower()
        attributes = match["attributes"] or ""
        alone = attributes.rstrip().endswith("/")
        if tag == "ref":
            if match["close"]:
                return self._leave_ref(match)
            return self._take_ref(match, attributes, alone=alone)
        if tag == "nowiki" and not match["close"] and not alone:
            end = self._until("</nowiki>", match.end())
            return self._add(
                "nowiki" if end else "mark", match.start(), end or match.end(), inner=match.end()
            )
        if tag in OPAQUE and not match["close"] and not alone:
            end = self._until(f"</{tag}>", match.end())
            if end and tag == "references":
                # Its list-defined references are still wanted: only the tags are hidden.
                return self._add("hidden_open", match.start(), match.end(), name=str(end))
            return self._add("opaque" if end else "mark", match.start(), end or match.end())
        kind = "break" if tag in ("br", "hr", "li", "p", "tr", "td", "div") else "mark"
        return self._add(kind, match.start(), match.end())

    def _take_ref(self, match: re.Match[str], attributes: str, *, alone: bool) -> int:
        if alone:
            attributes = attributes.rstrip()[:-1]
        name = ref_name(_attribute(NAME, attributes), _attribute(GROUP, attributes))
        end = None if alone or self._in_ref else self._ref_end(match)
        if alone or end is None:
            kind = "ref_again" if alone else "mark"
            return self._add(kind, match.start(), match.end(), name=name)
        self._in_ref = True
        self._add("ref", match.start(), end, inner=match.end(), name=name)
        self._open.append(Part("<ref", match.start(), end))
        return match.end()

    def _ref_end(self, match: re.Match[str]) -> int | None:
        """Behind the closing tag, written as the opening one or in small letters."""
        written = f"</{match['tag']}>"
        return self._until(written, match.end()) or self._until("</ref>", match.end())

    def _leave_ref(self, match: re.Match[str]) -> int:
        """Nothing opened inside a reference lasts beyond it."""
        while self._in_ref:
            part = self._open.pop()
            self._in_ref = part.kind != "<ref"
            if self._in_ref:
                _forget(part)
        return self._add("mark", match.start(), match.end())

    def _until(self, closing: str, at: int) -> int | None:
        """Find a closing mark once; after the first miss it is never searched again."""
        if closing in self._gone:
            return None
        found = self.text.find(closing, at)
        if found < 0:
            self._gone.add(closing)
            return None
        return found + len(closing)

    def _close(self, sign: str, match: re.Match[str]) -> None:
        wanted = PAIRS[sign]
        if sign == "]" and not (self._open and self._open[-1].kind == "["):
            return
        depth = len(self._open) - 1
        lowest = max(-1, depth - 40)
        while depth > lowest and self._open[depth].kind not in (wanted, "<ref"):
            depth -= 1
        if depth <= lowest or self._open[depth].kind == "<ref":
            self._add("mark", match.start(), match.end())
            return
        for crossed in self._open[depth + 1 :]:
            _forget(crossed)
        part = self._open[depth]
        del self._open[depth:]
        part.end = match.end()
        part.kind = {"{{": "template", "[[": "link", "{|": "table", "[": "outlink"}[wanted]

    def _take_pipe(self, sign: str, match: re.Match[str]) -> None:
        top = self._open[-1] if self._open else None
        if top is not None and top.kind in ("{{", "[["):
            if sign != "!!":
                top.pipes += range(match.start(), match.end())
            return
        self._add("cell_mark", match.start(), match.end(), name=sign)


def ref_name(name: str, group: str) -> str:
    """What a named reference is known by: its name counts within its group."""
    return f"{group}|{name}" if name and group else name


def _attribute(pattern: re.Pattern[str], attributes: str) -> str:
    found = pattern.search(attributes)
    return next((value for value in found.groups() if value), "").strip() if found else ""


def _forget(part: Part) -> None:
    """What never closes is only its opening mark."""
    part.end, part.kind, part.pipes = part.start + len(part.kind), "mark", []
