"""What reading an article proposes to editors; every span is in code points of the original."""

import hashlib
import re
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from typing import Any

from claims.domain.quantity import Figure, kind, stated_high, stated_low, stated_number
from claims.domain.vocabulary import FigureKind

MOST_OF_A_KIND = 5000
"""An article with more figures, dates or statements is a data set: nobody reviews it one by one."""

_UNGROUPED = re.compile(r"[^\d]*\d+[^\d]*")  # "1.750" is not the same number everywhere


class ReadingError(ValueError):
    """The input is not an article that can be read; the message says where and what to do."""


@dataclass(frozen=True, slots=True)
class Span:
    """text[char_start:char_end]."""

    char_start: int
    char_end: int


@dataclass(frozen=True, slots=True)
class ProposedAttribution:
    """Who stands behind a figure; `name` None with `anonymous` = "reportedly"."""

    name: str | None
    role: str
    via: str | None = None
    anonymous: bool = False


@dataclass(slots=True)
class ProposedFigure:
    """One figure.

    `event` is the measure (killed, captured, strength, ...), `currency` the ISO 4217 code of
    a sum, `is_count` whether it is a whole number of people or things, `counted` the words it
    counts, `group` the key shared by answers to one question, `part_of` the index of the
    figure that includes it, `doubt` why an editor should look twice ("" when nothing),
    `before` and `after` the plain words around it in its sentence, `dated` whether that sentence
    gives the date and does not give it for the saying alone.
    """

    char_start: int
    char_end: int
    quote: str
    section: str
    figure: Figure
    unit: str
    currency: str
    is_count: bool
    counted: str
    event: str
    population: str
    place: str
    date_edtf: str
    attribution: tuple[ProposedAttribution, ...] = ()
    citations: tuple[str, ...] = ()
    stance: str = "asserts"
    group: str = ""
    part_of: int | None = None
    doubt: str = ""
    before: str = ""
    after: str = ""
    dated: bool = True
    replaces: int | None = None


@dataclass(frozen=True, slots=True)
class UnkeptFigure:
    """A number that no figure can hold, and why."""

    char_start: int
    char_end: int
    quote: str
    why: str


@dataclass(slots=True)
class ProposedDate:
    """One date; `kind` is absolute, relative, table or heading."""

    char_start: int
    char_end: int
    quote: str
    edtf: str
    kind: str


@dataclass(slots=True)
class AttributedStatement:
    """A cue ("said that") and its source; role: says, reported by, according to, denied by."""

    cue_start: int
    cue_end: int
    cue: str
    source: str | None
    role: str
    via: str | None
    anonymous: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """What rival dates or parties answer; texts are "" where the article does not say.

    `measure` is date_captured, held_by, captured_by, perpetrator or date_of_event; `of` the
    deed ("executions"); `when` EDTF.
    """

    measure: str
    place: str = ""
    when: str = ""
    of: str = ""


@dataclass(frozen=True, slots=True)
class ProposedAnswer:
    """One side of a conflict: a date (EDTF) or the parties as written; `either` = not which."""

    char_start: int
    char_end: int
    edtf: str = ""
    parties: tuple[str, ...] = ()
    either: bool = False
    attribution: tuple[ProposedAttribution, ...] = ()
    citations: tuple[str, ...] = ()


@dataclass(slots=True)
class ProposedConflict:
    """Statements that cannot all hold; `why` is for the editor who confirms or dismisses it.

    Where dates or parties disagree and the article says on what, `asked` is the question and
    `answers` hold what each member answers.
    """

    kind: str
    members: tuple[Span, ...]
    why: str
    asked: Asked | None = None
    answers: tuple[ProposedAnswer, ...] = ()


@dataclass(frozen=True, slots=True)
class CitedSource:
    """A cited work in CSL terms; `key` is the same for the same work (DOI, ISBN, URL, title)."""

    key: str
    csl_type: str
    title: str
    author: tuple[str, ...]
    issued: str
    publisher: str
    container: str
    url: str
    archive_url: str
    archived: str
    accessed: str
    doi: str
    isbn: str
    url_status: str
    language: str
    cited: int
    char_start: int
    char_end: int


@dataclass(slots=True)
class ArticleBlock:
    """A piece of the article; `cells` are (header, char_start, char_end) of a table row."""

    kind: str
    char_start: int
    char_end: int
    section: str
    label: str
    cells: tuple[tuple[str, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything read from one article.

    `read_to` is where reading ended (code point) because the article holds more than
    MOST_OF_A_KIND figures, dates or attributed statements; None when all of it was read.
    `language` is the tag of the language that it was read in.
    """

    text: str
    title: str
    format: str
    blocks: tuple[ArticleBlock, ...] = ()
    figures: tuple[ProposedFigure, ...] = ()
    dates: tuple[ProposedDate, ...] = ()
    attributions: tuple[AttributedStatement, ...] = ()
    conflicts: tuple[ProposedConflict, ...] = ()
    sources: tuple[CitedSource, ...] = ()
    unkept: tuple[UnkeptFigure, ...] = ()
    read_to: int | None = None
    language: str = "en"

    @property
    def sections(self) -> tuple[str, ...]:
        """Section titles in order, without the lead."""
        return tuple(
            self.text[b.char_start : b.char_end] for b in self.blocks if b.kind == "heading"
        )

    @property
    def sha256(self) -> str:
        """Hash of the text as UTF-8."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    def to_json(self) -> dict[str, Any]:
        """Return the object of `import_article --dry-run --output json`; numbers stay exact."""
        return {
            "article": {
                "title": self.title,
                "format": self.format,
                "language": self.language,
                "sha256": self.sha256,
                "read_to": self.read_to,
            },
            "figures": [_figure_row(figure) for figure in self.figures],
            "dates": [_plain(date) for date in self.dates],
            "attributions": [_plain(statement) for statement in self.attributions],
            "conflicts": [_plain(conflict) for conflict in self.conflicts],
            "sources": [_plain(source) for source in self.sources],
            "unkept": [_plain(number) for number in self.unkept],
        }


def figures_alone(reading: Reading) -> Reading:
    """Keep the figures in digits that mean the same in any language, and nothing said of them."""
    figures = (one for one in reading.figures if _UNGROUPED.fullmatch(one.quote))
    plain = (replace(one, attribution=(), part_of=None, replaces=None) for one in figures)
    nothing: dict[str, Any] = dict.fromkeys(("dates", "attributions", "conflicts", "sources"), ())
    return replace(reading, figures=tuple(plain), unkept=(), **nothing)


def figure_members(figure: Figure) -> dict[str, Any]:
    """Return what the dry run says of a figure: its ends, and where they are open or strict.

    `low` and `high` are the ends as stated, None for one that is not; `best` is the one number
    of a figure that has but one. `approximate` is "about" of one number; the "about" of a range
    or a bound is in `figure`, which has the members of the desk.
    """
    low, high = stated_low(figure), stated_high(figure)
    return {
        "low": low,
        "high": None if low == high and figure.high_open else high,
        "best": stated_number(figure),
        "approximate": figure.approximate and figure.point is not None,
        "lower_open": low is None and high is not None,
        "upper_open": figure.high_open or (high is None and low is not None),
        "exclusive": figure.low_strict or figure.high_strict,
        "vague": kind(figure) is FigureKind.VAGUE,
        "vague_term": figure.vague_term,
        "figure": asdict(figure),
    }


def _figure_row(row: ProposedFigure) -> dict[str, Any]:
    """The members of a figure stand among those of its row."""
    return _plain(row) | {
        key: _json_value(value) for key, value in figure_members(row.figure).items()
    }


def _plain(row: Any) -> dict[str, Any]:
    return {key: _json_value(value) for key, value in asdict(row).items()}


def _json_value(value: Any) -> Any:
    """A whole Decimal becomes an int, any other a string of digits: JSON readers keep it exact."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else format(value, "f")
    if isinstance(value, dict):
        return {key: _json_value(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_json_value(item) for item in value]
    return value
