"""What the templates of wikitext show to a reader."""

import itertools
import re
from dataclasses import dataclass

from claims.reading.languages.english import ENGLISH

PARAMETER = re.compile(r"\s*+([^=\[\]{}<>|\n]{0,60})=")
COMMENT = re.compile(r"<!--.{0,80}?-->")
BLANKS = re.compile(r" {1,9}")
SHOW_FIRST = frozenset(ENGLISH.words("templates.show_first"))
SHOW_SECOND = frozenset(ENGLISH.words("templates.show_second"))
LISTS = frozenset(ENGLISH.words("templates.lists"))
WORDS = ENGLISH.table("templates.words")
CIRCA = frozenset(ENGLISH.words("templates.circa"))
CONVERT = frozenset(ENGLISH.words("templates.convert"))
DATES = frozenset(ENGLISH.words("templates.dates"))
CURRENCIES = ENGLISH.table("templates.currencies")
SHIPS = ENGLISH.table("templates.ships")
WHOLE = (
    CONVERT
    | CIRCA
    | DATES
    | frozenset(CURRENCIES)
    | {"frac", "val", "num", "nts", "fraction", "gaps"}
)
"""Templates that are one thing: a figure or date read in them is quoted with its braces."""

QUOTES = frozenset(ENGLISH.words("templates.quotes"))
QUOTED = ENGLISH.words("templates.quoted")
QUOTED_FROM = ENGLISH.words("templates.quoted_from")
SILENT = frozenset(ENGLISH.words("templates.silent"))
SILENT_KINDS = ENGLISH.pattern("templates.silent_kinds")
SHORT_CITES = frozenset(ENGLISH.words("templates.short_cites"))
CITE = re.compile(r"(?:cite|citation|vcite)\b|.{0,30}\bcite\b", re.IGNORECASE)
BETWEEN = {
    "to": " to ",
    "-": "\u2013",
    "\u2013": "\u2013",
    "and": " and ",
    "or": " or ",
    "to(-)": "\u2013",
    "by": " by ",
    "x": " by ",
    "+/-": " \u00b1 ",
    "\u00b1": " \u00b1 ",
    "+": " + ",
    "to about": " to about ",
    "and(-)": "\u2013",
}
MONTHS = (
    "January February March April May June July August September October November December"
).split()


@dataclass(slots=True)
class TemplateParameter:
    """A parameter: its name ("1" when positional) and where its value stands."""

    name: str
    start: int
    end: int
    positional: bool


def split_template(
    text: str, inner: int, end: int, pipes: list[int]
) -> tuple[str, list[TemplateParameter]]:
    """Return the name (lower case, dashes for spaces) and the parameters of a template."""
    edges = [*pipes, end - 2]
    parameters: list[TemplateParameter] = []
    count = 0
    for bar, stop in itertools.pairwise(edges):
        named = PARAMETER.match(text, bar + 1, stop)
        count += named is None
        name = named[1].strip() if named else str(count)
        start, stop = _shrunk(text, named.end() if named else bar + 1, stop)
        parameters.append(TemplateParameter(name, start, stop, named is None))
    return _template_name(text[inner : edges[0]]), parameters


def _template_name(written: str) -> str:
    name = COMMENT.sub("", written.strip().casefold().replace("_", " ")).strip()
    return BLANKS.sub("-", name) if " " in name else name


def _shrunk(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out white space at both ends."""
    value = text[start:end]
    start += len(value) - len(value.lstrip())
    return start, start + len(value.strip())


Shown = str | TemplateParameter
"""Words to show, or a parameter whose value is to be shown."""


def shown_by(name: str, parameters: list[TemplateParameter], text: str) -> "list[Shown] | None":
    """Return what an inline template shows in order, None when it shows nothing."""
    if name in QUOTES:
        return _quoted(parameters)
    plain = [p for p in parameters if p.positional or p.name.isdecimal()]
    values = [text[p.start : p.end] for p in plain]
    if name in WORDS:
        return [WORDS[name]]
    if name in CIRCA:
        return _circa(plain)
    if name in CONVERT:
        return _converted(plain, values)
    if name in CURRENCIES:
        return [CURRENCIES[name], *plain[:1]]
    if name in DATES:
        return _dated(plain, values)
    if name in LISTS and len(plain) > 1:
        return [piece for p in plain for piece in (p, "; ")]
    if name in ("frac", "fraction", "sfrac"):
        return ["/".join(values)] if len(values) < 3 else [plain[0]]
    return _by_position(name, plain)


def is_silent(name: str) -> bool:
    """Say whether a template that shows nothing here shows readers of its wiki no words either.

    Navigation, maintenance and lists of references are no words of the article.
    """
    return name in SILENT or CITE.match(name) is not None or SILENT_KINDS.match(name) is not None


def _quoted(parameters: list[TemplateParameter]) -> list[Shown] | None:
    """The words of a quotation, then whose they are."""
    named = {p.name.casefold(): p for p in parameters if p.end > p.start}
    words = next((named[key] for key in QUOTED if key in named), None)
    if words is None:
        return None
    given = [named[key] for key in QUOTED_FROM if key in named and named[key] is not words]
    return [words, *(piece for one in given[:2] for piece in (" \u2014 ", one))]


def _circa(plain: list[TemplateParameter]) -> list[Shown]:
    shown: list[Shown] = ["c. ", *plain[:1]]
    return [*shown, "\u2013", plain[1]] if len(plain) > 1 else shown


def _by_position(name: str, plain: list[TemplateParameter]) -> list[Shown] | None:
    if name.startswith("lang-") and plain:
        return [plain[0]]
    if name in SHIPS:
        ship: list[Shown] = [SHIPS[name]]
        return ship + [piece for p in plain[:2] for piece in (p, " ")]
    if name in SHOW_SECOND:
        return [plain[1]] if len(plain) > 1 else None
    if name == "gaps":
        return list(plain)
    if name in SHOW_FIRST:
        return [plain[0]] if plain else None
    return None


def _converted(plain: list[TemplateParameter], values: list[str]) -> list[Shown]:
    shown: list[Shown] = []
    for parameter, value in zip(plain, values, strict=True):
        if value in BETWEEN:
            shown.append(BETWEEN[value])
        elif value[:1].isdigit() or value[:1] in "-.~":
            shown.append(parameter)
        else:
            return [*shown, " ", parameter]
    return shown


def _dated(plain: list[TemplateParameter], values: list[str]) -> list[Shown]:
    numbers = [(p, v) for p, v in zip(plain, values, strict=True) if v]
    if len(numbers) == 1 or not numbers or not numbers[0][1].isdecimal():
        return [numbers[0][0]] if numbers else []
    month = int(numbers[1][1]) if numbers[1][1].isdecimal() else 0
    if not 1 <= month <= 12:
        return [piece for p, _ in numbers[:3] for piece in (p, " ")]
    words: list[Shown] = [MONTHS[month - 1], " ", numbers[0][0]]
    if len(numbers) > 2 and numbers[2][1].isdecimal():
        return [f"{int(numbers[2][1])} ", *words]
    return words
