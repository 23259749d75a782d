"""Sources named in brackets or before a colon: "~165 killed (army sources)", "Per Russia: 20"."""

import re
from collections.abc import Iterator

from claims.reading.languages.english import ENGLISH
from claims.reading.text.blocks import Block, Layout
from claims.reading.voices.cues import ACCORDING, SAYS
from claims.reading.voices.statements import CuedStatement

BRACKET = re.compile(r"\(([^()\n]{2,80})\)")
CLAIM = ENGLISH.pattern("brackets.claim")
WHOLE = ENGLISH.pattern("brackets.whole")
LABEL = ENGLISH.pattern("brackets.label")
SPEAKERS = ENGLISH.pattern("brackets.speakers")
NAMED = ENGLISH.pattern("brackets.named")
FIGURE_BY = ENGLISH.pattern("brackets.figure_by")
FIGURES_OF = ENGLISH.pattern("brackets.figures_of")
FIGURE_LEFT = re.compile(r"[0-9][^.;()]{0,40} \Z")
GIVEN = ENGLISH.pattern("brackets.given")
REACH = 300
SOURCE_COLUMN = ENGLISH.pattern("brackets.source_column")
HEAD = ENGLISH.pattern("brackets.head")
LONGEST_SOURCE, HEAD_REACH = 80, 20_000
NEAR = 80
BESIDE = ENGLISH.pattern("brackets.beside")
"""Who is named in a bracket beside that of a speaker."""
ITEM_START = re.compile(r";|,,|\),?(?= )|\. ")


def bracket_statements(layout: Layout) -> Iterator[CuedStatement]:
    """Yield the statements of infobox entries, lists and table cells."""
    headers: dict[str, int] = {}
    for block in layout.blocks:
        if block.kind in ("infobox", "list", "table_row"):
            if block.kind == "table_row":
                yield from _columns(layout.plain.text, block, headers)
            yield from _labels(layout.plain.text, block)
            yield from _brackets(layout.plain.text, block)
        elif block.kind == "paragraph":
            yield from _spread(layout.plain.text, block)


def _columns(text: str, block: Block, headers: dict[str, int]) -> Iterator[CuedStatement]:
    """The speakers that the head of a column names, or the cell under "Source".

    `headers` remembers where a head was found; it stands above the row.
    """
    by_row = next((cell for cell in block.cells if SOURCE_COLUMN.fullmatch(cell.header)), None)
    if by_row and by_row.end - by_row.start <= LONGEST_SOURCE:
        name = text[by_row.start : by_row.end].strip()
        for cell in block.cells:
            if cell is not by_row and name and not name[0].isdigit():
                yield CuedStatement(
                    by_row.start, by_row.end, name, ACCORDING, None, False, cell.start, cell.end,
                    by_row.start,
                )  # fmt: skip
        return
    heads = [(cell, HEAD.fullmatch(cell.header)) for cell in block.cells]
    measures = [head["measure"] for _, head in heads if head and head["measure"]]
    for cell, head in heads:
        if head is None or cell.end <= cell.start:
            continue
        name = head["who"] or head["whole"]
        alike = head["measure"] and measures.count(head["measure"]) > 1
        if not (alike or head["whole"] or SPEAKERS.match(name) or FIGURES_OF.match(name)):
            continue
        if cell.header not in headers:
            headers[cell.header] = text.rfind(name, max(0, cell.start - HEAD_REACH), cell.start)
        if (at := headers[cell.header]) >= 0:
            yield CuedStatement(
                at, at + len(name), name, ACCORDING, None, False, cell.start, cell.end, at
            )


def _spread(text: str, block: Block) -> Iterator[CuedStatement]:
    """As in "Estimates ranged from 200 by the army to 900 by the union" and "5,000 (police)"."""
    last = block.start
    for match in FIGURE_BY.finditer(text, block.start, block.end):
        opening = max(block.start, match.start() - REACH)
        sentence = text.rfind(". ", opening, match.start()) + 1 or opening
        if GIVEN.search(text, sentence, match.start()):
            scope = (max(last, sentence), match.start())
            yield CuedStatement(
                match.start(1) - 3, match.start(1) - 1, match[1], ACCORDING, None, False, *scope,
                match.start(1),
            )  # fmt: skip
            last = match.end()
    known_to = -1
    for bracket in BRACKET.finditer(text, block.start, block.end):
        figure = FIGURE_LEFT.search(text, max(block.start, bracket.start() - 60), bracket.start())
        known = SPEAKERS.match(bracket[1]) or FIGURES_OF.match(bracket[1])
        beside = 0 < bracket.start() - known_to < NEAR and BESIDE.fullmatch(bracket[1])
        if figure and (known or beside):
            known_to = bracket.end()
            yield CuedStatement(
                bracket.start(1), bracket.end(1), bracket[1], ACCORDING, None, False,
                figure.start(), bracket.start(), bracket.start(1),
            )  # fmt: skip


def _brackets(text: str, block: Block) -> Iterator[CuedStatement]:
    if text.find("(", block.start, block.end) < 0:
        return
    brackets = list(BRACKET.finditer(text, block.start, block.end))
    claims = [_claim(bracket[1].strip()) for bracket in brackets]
    # One item with a known speaker makes the names in the brackets beside it speakers too.
    if any(claims):
        claims = [
            claim or WHOLE.match(named[0] if (named := NAMED.match(bracket[1].strip())) else "")
            for claim, bracket in zip(claims, brackets, strict=True)
        ]
    for claim, bracket in zip(claims, brackets, strict=True):
        if claim is None:
            continue
        start = block.start
        for item in ITEM_START.finditer(
            text, max(block.start, bracket.start() - REACH), bracket.start()
        ):
            start = item.end()
        yield _statement(text, claim, bracket.start(1), bracket.end(1), (start, bracket.start()))


def _claim(words: str) -> re.Match[str] | None:
    return CLAIM.match(words) or (WHOLE.match(words) if SPEAKERS.match(words) else None)


def _labels(text: str, block: Block) -> Iterator[CuedStatement]:
    if text.find(":", block.start, block.end) < 0:
        return
    labels = list(LABEL.finditer(text, block.start, block.end))
    for index, label in enumerate(labels):
        end = labels[index + 1].start() if index + 1 < len(labels) else block.end
        yield _statement(text, label, label.start(), label.end() - 1, (label.end(), end))


def _statement(
    text: str, claim: re.Match[str], start: int, end: int, scope: tuple[int, int]
) -> CuedStatement:
    parts = claim.groupdict()
    cue = (parts["cue"] or "").lower()
    says = cue.startswith("claim") or (parts["lead"] or "").lower().startswith("claimed")
    name = parts["who"] or parts["name"] or parts.get("whole") or ""
    if cue.startswith("claim"):
        start = end - len(cue)
    return CuedStatement(
        start, end, name.strip(), SAYS if says else ACCORDING, None, False, *scope, start
    )
