"""Sources named in brackets or before a colon: "~165 killed (Malian sources)", "Per Russia: 20"."""

import re
from collections.abc import Iterator

from claims.reading.attribution import Statement
from claims.reading.blocks import Block, Layout
from claims.reading.cues import ACCORDING, SAYS

BRACKET = re.compile(r"\(([^()\n]{2,80})\)")
CLAIM = re.compile(
    r"(?:(?P<lead>per|by|according to|claimed by|estimated by|reported by|source:) (?P<who>.{1,80})"
    r"|(?P<name>.{1,60}?)(?:'s|\u2019s)? (?P<cue>claim(?:e|s|ed)?)"
    r"|(?P<whole>.{1,60}? (?:sources?|estimates?|figures?|reports?|data|government|officials?|"
    r"census|count|survey|records?)))\Z",
    re.IGNORECASE,
)
LABEL = re.compile(
    r"(?:(?P<lead>(?:[Aa]ccording to|[Pp]er|[Cc]laimed by|[Ee]stimated by) )(?P<who>[^:;\n]{2,60})"
    r"|(?P<name>[A-Z][^:;,\n]{1,50}?)(?:'s|\u2019s)? (?P<cue>claims?|estimates?|figures?|sources?|"
    r"reports?)):"
)
REACH = 300
ITEM_START = re.compile(r";|,,|\)(?= )|\. ")


def bracket_statements(layout: Layout) -> Iterator[Statement]:
    """Yield the statements of infobox entries, lists and table cells."""
    for block in layout.blocks:
        if block.kind in ("infobox", "list", "table_row"):
            yield from _labels(layout.plain.text, block)
            yield from _brackets(layout.plain.text, block)


def _brackets(text: str, block: Block) -> Iterator[Statement]:
    for bracket in BRACKET.finditer(text, block.start, block.end):
        claim = CLAIM.match(bracket[1].strip())
        if claim is None:
            continue
        start = block.start
        for item in ITEM_START.finditer(
            text, max(block.start, bracket.start() - REACH), bracket.start()
        ):
            start = item.end()
        yield _statement(text, claim, bracket.start(1), bracket.end(1), (start, bracket.start()))


def _labels(text: str, block: Block) -> Iterator[Statement]:
    labels = list(LABEL.finditer(text, block.start, block.end))
    for index, label in enumerate(labels):
        end = labels[index + 1].start() if index + 1 < len(labels) else block.end
        yield _statement(text, label, label.start(), label.end() - 1, (label.end(), end))


def _statement(
    text: str, claim: re.Match[str], start: int, end: int, scope: tuple[int, int]
) -> Statement:
    parts = claim.groupdict()
    cue = (parts["cue"] or "").lower()
    says = cue.startswith("claim") or (parts["lead"] or "").lower().startswith("claimed")
    name = parts["who"] or parts["name"] or parts.get("whole") or ""
    if cue.startswith("claim"):
        start = end - len(cue)
    return Statement(
        start, end, name.strip(), SAYS if says else ACCORDING, None, False, *scope, start
    )
