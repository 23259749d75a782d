"""Dates in an article as EDTF (ISO 8601-2), with years inferred and relative dates resolved."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from claims.reading.dates.date_patterns import (
    MONTHS,
    RELATIVE,
    SEASONS,
)
from claims.reading.dates.relative_dates import relative_edtf
from claims.reading.dates.written_dates import WrittenDate, find_written_dates
from claims.reading.dates.years import YearContext, is_year, opens_sentence, years_in
from claims.reading.languages.english import ENGLISH
from claims.reading.proposals import MOST_OF_A_KIND
from claims.reading.text.blocks import Block, Layout

ABOUT = ENGLISH.pattern("date_mentions.about")
UP_TO = ENGLISH.pattern("date_mentions.up_to")
SINCE = ENGLISH.pattern("date_mentions.since")
NAMING_NEXT = ENGLISH.pattern("date_mentions.naming_next")
IN_BRACKETS = ENGLISH.pattern("date_mentions.in_brackets")
DATELINE = ENGLISH.pattern("date_mentions.dateline")
FIRST_BLOCKS = 4
IN_FILE_NAME = ENGLISH.pattern("date_mentions.in_file_name")
LONG_AHEAD = 7
"""So many months ahead of the date before it in a sentence, a month is one gone by."""


@dataclass(slots=True)
class DateMention:
    """A date in plain text offsets; `day` is set when it names one day, `kind` as annotated:
    absolute, relative, table or heading; `doubted` is the editor's note beside it.
    """

    start: int
    end: int
    edtf: str
    kind: str
    day: date | None = None
    doubted: bool = False


class _Reader:
    def __init__(self, layout: Layout) -> None:
        self.text = layout.plain.text
        self.layout = layout
        self.reported = _dateline(layout)
        self.years = _article_years(layout, self.reported)
        self.anchor: date | None = None
        self.latest = ""
        self.found: list[DateMention] = []

    def read(self) -> list[DateMention]:
        for block in self.layout.blocks:
            if block.kind == "heading" and block.level > 1:
                self.years.open_section(self.text[block.start : block.end], block.level)
            self.years.open_block()
            written = [w for start, end in _pieces(block) for w in self._written(block, start, end)]
            for index, one in enumerate(written):
                following = written[index + 1] if index + 1 < len(written) else None
                self._resolve(block, one, following)
            if len(self.found) >= MOST_OF_A_KIND:
                break
        return self.found[:MOST_OF_A_KIND]

    def _written(self, block: Block, start: int, end: int) -> Iterator[WrittenDate]:
        bare = block.kind in ("heading", "table_row") or block.label.casefold() == "date"
        for one in find_written_dates(self.text, start, end, bare_months=bare):
            before = self.text[max(start, one.start - 24) : one.start]
            after = self.text[one.end : min(end, one.end + 80)]
            if "." in after and IN_FILE_NAME.match(after):
                continue
            if one.shape == "y" and not is_year(block, one.parts["y"], before, after):
                continue
            if one.shape == "y_y" and not _years_follow(one.parts):
                continue
            if one.shape in RELATIVE and block.kind in ("heading", "table_row", "infobox"):
                continue
            yield one

    def _resolve(self, block: Block, one: WrittenDate, following: WrittenDate | None) -> None:
        kind = {"heading": "heading", "table_row": "table"}.get(block.kind, "absolute")
        if one.shape in RELATIVE:
            before = self.text[max(block.start, one.start - 60) : one.start]
            resolved = relative_edtf(one, self.anchor, self.reported, before, self.latest)
            self._add(one, resolved, "relative", None)
            return
        year = self._year(one, following)
        edtf, day = absolute_edtf(one, year)
        if not edtf:
            return
        before = self.text[max(block.start, one.start - 24) : one.start]
        narrative = kind == "absolute" and self._tells_the_story(one, before)
        dated = "d" in one.parts or "y" in one.parts or "y2" in one.parts
        narrative = narrative and not SINCE.search(before)
        if narrative and year and dated and one.shape not in ("y", "decade", "y_y", "sy"):
            self.years.saw(year, _month(one.parts.get("m2") or one.parts["m"]))
        elif one.shape == "y" and narrative and opens_sentence(before):
            self.years.saw_year(int(one.parts["y"]))
        if narrative and day is None and one.parts.get("d2"):
            day = _last_day(edtf)
        if kind == "absolute":
            self.latest = edtf
        self._add(one, _qualified(one, edtf, before, self.text), kind, day if narrative else None)

    def _add(
        self, one: WrittenDate, resolved: tuple[str, date | None] | str, kind: str, day: date | None
    ) -> None:
        edtf = resolved if isinstance(resolved, str) else resolved[0]
        if not isinstance(resolved, str):
            day = resolved[1]
        if not edtf:
            return
        if day is not None and one.parts.get("dir") != "earlier":
            self.anchor = day
        doubted = "(unsure" in self.text[one.start : one.end]
        self.found.append(DateMention(one.start, one.end, edtf, kind, day, doubted))

    def _year(self, one: WrittenDate, following: WrittenDate | None) -> int | None:
        written = one.parts.get("y2") if one.shape != "y_y" else None
        if written := one.parts.get("y") or written:
            return int(written) * (10 if one.shape == "decade" else 1)
        near = following is not None and "." not in self.text[one.end : following.start]
        if (
            following
            and near
            and following.start - one.end <= 12
            and len(following.parts.get("y", "")) == 4
        ):
            return int(following.parts["y"])
        month = _month(one.parts["m"])
        year = self.years.year_of(month)
        return year - 1 if year and self._looks_back(one, month) else year

    def _looks_back(self, one: WrittenDate, month: int) -> bool:
        """As in "On 11 February he said that the 140 million forecast in October were spent"."""
        told = self.years.last
        if one.shape != "m" or told is None or month - told[1] < LONG_AHEAD or not self.found:
            return False
        return ". " not in self.text[self.found[-1].end : one.start]

    def _tells_the_story(self, one: WrittenDate, before: str) -> bool:
        """Names ("the 23 May 2006 Alliance") and bracketed lives set no year for what follows."""
        attributive = before.endswith("the ") and NAMING_NEXT.match(self.text, one.end)
        return not attributive and not IN_BRACKETS.search(before)


def find_dates(layout: Layout) -> list[DateMention]:
    """Return every date of the article in order."""
    return _Reader(layout).read()


def _pieces(block: Block) -> list[tuple[int, int]]:
    if block.kind == "table_row":
        return [(cell.start, cell.end) for cell in block.cells if cell.end > cell.start]
    return [(block.start, block.end)]


def _dateline(layout: Layout) -> date | None:
    """The day a news report is dated: "GALT, 18 August 2003 (NWA) -", or a line of its own."""
    text = layout.plain.text
    for block in layout.blocks[:FIRST_BLOCKS]:
        place = DATELINE.match(text, block.start, block.end)
        if block.kind != "paragraph" or place is None:
            continue
        reach = min(block.end, place.end() + 40)
        one = find_written_dates(text, place.end(), reach, bare_months=False)[:1]
        if one and {"y", "m", "d"} <= set(one[0].parts) and (place[0] or one[0].end == block.end):
            return absolute_edtf(one[0], int(one[0].parts["y"]))[1]
    return None


def _article_years(layout: Layout, reported: date | None) -> YearContext:
    """The years of the infobox date, else of the title, else of the first date of the lead."""
    text = layout.plain.text
    if reported:
        return YearContext((reported.year, reported.year), certain=True)
    dated = [
        text[b.start : b.end]
        for b in layout.blocks
        if b.kind == "infobox"
        and b.label.casefold() in ("date", "start date", "start_date", "year")
    ]
    for source in [*dated, layout.title]:
        if years := years_in(source):
            return YearContext(years, certain=True)
    for block in layout.blocks[:12]:
        if block.kind == "paragraph" and (years := years_in(text[block.start : block.end])):
            return YearContext(years)
    return YearContext()


def _month(written: str) -> int:
    return int(written) if written.isdecimal() else MONTHS[written.rstrip(".").casefold()]


def _day(written: str) -> int:
    return int(written.rstrip("stndrh"))


def _last_day(edtf: str) -> date | None:
    """As in "The next day" after "3\u20134 December" counts from the 4th."""
    try:
        return date.fromisoformat(edtf.rpartition("/")[2])
    except ValueError:
        return None


def _years_follow(parts: dict[str, str]) -> bool:
    first, last = int(parts["y"]), parts["y2"]
    return int(last) > first % 10 ** len(last)


def absolute_edtf(one: WrittenDate, year: int | None) -> tuple[str, date | None]:
    """Return (EDTF, the day when exactly one is named); ("", None) when no such day exists."""
    parts, shape = one.parts, one.shape
    y = f"{year:04d}" if year else "XXXX"
    if shape == "y":
        return y, None
    if shape == "decade":
        return f"{parts['y']}X", None
    if shape == "y_y":
        last = parts["y2"]
        return f"{y}/{y[: 4 - len(last)]}{last}", None
    if shape == "sy":
        return f"{y}-{SEASONS[parts['s'].casefold()]}", None
    month = _month(parts["m"])
    if "m2" not in parts and "d2" not in parts:
        return _one_edtf(y, month, parts.get("d"))
    month2 = _month(parts["m2"]) if "m2" in parts else month
    first, _ = _one_edtf(_first_year(parts, y, month, month2), month, parts.get("d"))
    y2 = parts.get("y2", y)
    if "y" not in parts and "y2" not in parts and year and month2 < month:
        y2 = f"{year + 1:04d}"
    second, _ = _one_edtf(y2, month2, parts.get("d2"))
    return (f"{first}/{second}" if first and second else ""), None


def _first_year(parts: dict[str, str], year: str, month: int, month2: int) -> str:
    if "y" in parts or "y2" not in parts:
        return year
    return year if month <= month2 else f"{int(year) - 1:04d}"


def _one_edtf(year: str, month: int, day: str | None) -> tuple[str, date | None]:
    if day is None:
        return f"{year}-{month:02d}", None
    number = _day(day)
    try:
        real = date(int(year) if year != "XXXX" else 2000, month, number)
    except ValueError:
        return "", None
    return f"{year}-{month:02d}-{number:02d}", real if year != "XXXX" else None


def _qualified(one: WrittenDate, edtf: str, before: str, text: str) -> str:
    written = text[one.start : one.end]
    if "~" in written or ABOUT.search(before):
        return edtf if "/" in edtf else edtf + "~"
    if one.shape == "sy" or "/" in edtf:
        return edtf
    if SINCE.search(before):
        return edtf + "/.."
    if UP_TO.search(before) and "X" not in edtf:
        return f"[..{edtf}]"
    return edtf
