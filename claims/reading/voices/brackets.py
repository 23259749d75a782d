"""Sources named in brackets or before a colon: "~165 killed (Malian sources)", "Per Russia: 20"."""

import re
from collections.abc import Iterator

from claims.reading.text.blocks import Block, Layout
from claims.reading.voices.cues import ACCORDING, SAYS
from claims.reading.voices.statements import Statement

BRACKET = re.compile(r"\(([^()\n]{2,80})\)")
CLAIM = re.compile(
    r"(?:(?P<lead>per|by|according to|claimed by|estimated by|reported by|source:) (?P<who>.{1,80})"
    r"|(?P<name>.{1,60}?)(?:'s|\u2019s)? (?P<cue>claim(?:e|s|ed)?)"
    r"|(?P<whole>.{1,60}? (?:sources?|estimates?|figures?|reports?|data|government|officials?|"
    r"census|count|survey|records?)))\Z",
    re.IGNORECASE,
)
WHOLE = re.compile(r"(?P<lead>)(?P<who>)(?P<name>)(?P<cue>)(?P<whole>.+)\Z")
LABEL = re.compile(
    r"(?:(?P<lead>(?:[Aa]ccording to|[Pp]er|[Cc]laimed by|[Ee]stimated by) )(?P<who>[^:;\n]{2,60})"
    r"|(?P<name>[A-Z][^:;,\n]{1,50}?)(?:'s|\u2019s)? (?P<cue>claims?|estimates?|figures?|sources?|"
    r"reports?)):"
)
SPEAKERS = re.compile(
    r"(?:the )?(?:[\w'\u2019-]+ ){0,3}?(?:police|government|organi[sz]ers?|officials|ministry|"
    r"army|"
    r"military|authorities|opposition|commission|agency|rebels|union|unions|coastguard|"
    r"coast guard|inquiry|"
    r"hospitals?|doctors|witnesses|survivors|press|media|historians?|observers|academics|UN|UNHCR|"
    r"UNICEF|WHO|OCHA|ICRC|IOM|MSF|Red Cross|Red Crescent|Amnesty International|Human Rights Watch|"
    r"AFP|AP|BBC|Reuters|USGS|NGOs?|institute|observatory|bureau|organi[sz]ation|association|"
    r"company|operator|owners|archives?|museum|parish|church|embassy|consulate|prefecture|council|"
    r"employers|coroner|navy|air force|activists|defenders|attackers|monitors|researchers|"
    r"scholars|registry|registers?|rescuers|town|city|local press|state media|tribunal|court|"
    r"ministry of [\w ]+|department of [\w ]+)\Z",
    re.IGNORECASE,
)
NAMED = re.compile(r"(?:the )?[A-Z][\w.'\u2019-]*(?: (?:of |the |for )*[A-Z][\w.'\u2019-]*){0,5}\Z")
FIGURE_BY = re.compile(
    r" (?<=[0-9%] )(?:[a-z]+ ){0,2}by ((?:the |an? )?[A-Za-z][\w'\u2019 -]{1,50}?)(?= to | and |"
    r"[.,;])"
)
FIGURES_OF = re.compile(
    r"(?:the )?[A-Za-z][\w'\u2019 -]{1,50} (?:figures?|estimates?|count|census)\Z"
)
FIGURE_LEFT = re.compile(r"[0-9][^.;()]{0,40} \Z")
GIVEN = re.compile(r"\b(?:[Ee]stimates?|[Ff]igures?|[Cc]ounts|[Cc]laims|[Nn]umbers)\b")
REACH = 300
ITEM_START = re.compile(r";|,,|\),?(?= )|\. ")


def bracket_statements(layout: Layout) -> Iterator[Statement]:
    """Yield the statements of infobox entries, lists and table cells."""
    for block in layout.blocks:
        if block.kind in ("infobox", "list", "table_row"):
            yield from _labels(layout.plain.text, block)
            yield from _brackets(layout.plain.text, block)
        elif block.kind == "paragraph":
            yield from _spread(layout.plain.text, block)


def _spread(text: str, block: Block) -> Iterator[Statement]:
    """As in "Estimates ranged from 200 by the army to 900 by the union" and "5,000 (police)"."""
    last = block.start
    for match in FIGURE_BY.finditer(text, block.start, block.end):
        opening = max(block.start, match.start() - REACH)
        sentence = text.rfind(". ", opening, match.start()) + 1 or opening
        if GIVEN.search(text, sentence, match.start()):
            scope = (max(last, sentence), match.start())
            yield Statement(
                match.start(1) - 3, match.start(1) - 1, match[1], ACCORDING, None, False, *scope,
                match.start(1),
            )  # fmt: skip
            last = match.end()
    for bracket in BRACKET.finditer(text, block.start, block.end):
        figure = FIGURE_LEFT.search(text, max(block.start, bracket.start() - 60), bracket.start())
        if figure and (SPEAKERS.match(bracket[1]) or FIGURES_OF.match(bracket[1])):
            yield Statement(
                bracket.start(1), bracket.end(1), bracket[1], ACCORDING, None, False,
                figure.start(), bracket.start(), bracket.start(1),
            )  # fmt: skip


def _brackets(text: str, block: Block) -> Iterator[Statement]:
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


def _labels(text: str, block: Block) -> Iterator[Statement]:
    if text.find(":", block.start, block.end) < 0:
        return
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
