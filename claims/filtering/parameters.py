"""Query parameters, read strictly: what is not declared or not understood is refused."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from django.utils.datastructures import MultiValueDict
from django.utils.dateparse import parse_datetime

from claims.domain.countries import COUNTRIES
from claims.domain.refs import parse_ref
from claims.errors import QueryError

LENGTH: Final = 200  # characters of one value
REPEATS: Final = 20  # values of one parameter

_NUMBER: Final = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,14})?", re.ASCII)
_TIME: Final = re.compile(
    r"[T ][0-9]{2}(?::?(?P<minute>[0-9]{2}))?(?::?(?P<second>[0-9]{2}))?"
    r"(?:[.,](?P<fraction>[0-9]{1,6}))?",
    re.ASCII,
)
# NUL and controls break databases; U+FFFD is what undecodable bytes were turned into.
_UNREADABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd\ud800-\udfff]")


@dataclass(frozen=True)
class Parameter:
    """One parameter: how its text is read, and how the schema describes it.

    ``read`` turns text into a value or raises ValueError with a message for people. With
    ``many`` the parameter may be repeated; its value is then a tuple.
    """

    name: str
    read: Callable[[str], Any]
    description: str
    schema: Mapping[str, Any] = field(default_factory=lambda: {"type": "string"})
    many: bool = False
    length: int = LENGTH
    required: bool = False

    @property
    def choices(self) -> tuple[str, ...]:
        """The values allowed, when they are a list."""
        return tuple(self.schema.get("enum", ()))


def read_parameters(
    query: MultiValueDict[str, str], declared: Iterable[Parameter]
) -> dict[str, Any]:
    """Return the values of the parameters that were given; refuse all others.

    Raises QueryError: unknown-parameter or invalid-value.
    """
    known = {parameter.name: parameter for parameter in declared}
    asked = {name: _read_one(_known(name, known), query.getlist(name)) for name in query}
    for name, parameter in known.items():
        if parameter.required and name not in asked:
            raise refuse_value(name, "", f"'{name}' is missing.")
    return asked


def suggestions(word: str, words: Iterable[str]) -> list[str]:
    """Return up to three of the words that the given one may stand for."""
    return difflib.get_close_matches(word[:LENGTH], list(words), n=3, cutoff=0.6)


def refuse_value(name: str, value: str, detail: str, choices: Iterable[str] = ()) -> QueryError:
    """Return the refusal of one value, with what it may have meant."""
    allowed = list(choices)
    return QueryError(
        detail,
        field=name,
        did_you_mean=suggestions(value, allowed),
        allowed=allowed,
    )


def _known(name: str, known: Mapping[str, Parameter]) -> Parameter:
    if name in known:
        return known[name]
    printable = _UNREADABLE.sub("?", name)[:60]
    raise QueryError(
        f"'{printable}' is not a parameter of this address.",
        code="unknown-parameter",
        field=printable,
        did_you_mean=suggestions(printable, known),
        allowed=sorted(known),
    )


def _read_one(parameter: Parameter, texts: list[str]) -> Any:
    if len(texts) > (REPEATS if parameter.many else 1):
        raise refuse_value(parameter.name, "", f"'{parameter.name}' is given too often.")
    values = tuple(_read_text(parameter, text) for text in texts)
    return values if parameter.many else values[0]


def _read_text(parameter: Parameter, text: str) -> Any:
    name = parameter.name
    if len(text) > parameter.length:
        raise refuse_value(name, "", f"'{name}' is longer than {parameter.length} characters.")
    if _UNREADABLE.search(text):
        raise refuse_value(name, "", f"'{name}' holds characters that cannot be read.")
    try:
        return parameter.read(text)
    except ValueError as error:
        raise refuse_value(name, text, f"'{name}' {error}", parameter.choices) from None


def choice(name: str, values: Iterable[str], description: str, *, many: bool = True) -> Parameter:
    """One word of a list."""
    allowed = tuple(values)

    def read(text: str) -> str:
        if text not in allowed:
            raise ValueError("is none of the values that it can have.")
        return text

    return Parameter(name, read, description, {"type": "string", "enum": list(allowed)}, many)


def ref(name: str, letter: str, description: str) -> Parameter:
    """A public identifier with this letter; read as its number. May be repeated."""

    def read(text: str) -> int:
        number = parse_ref(text, letter)
        if number is None:
            raise ValueError(f"must be the letter {letter} and a number, such as {letter}1.")
        return number

    pattern = f"^{letter}[1-9][0-9]{{0,17}}$"
    return Parameter(name, read, description, {"type": "string", "pattern": pattern}, many=True)


def country(name: str, description: str) -> Parameter:
    """A country of ISO 3166-1 in two capital letters. May be repeated."""

    def read(text: str) -> str:
        if text not in COUNTRIES:
            raise ValueError("must be two capital letters of ISO 3166-1, such as ML.")
        return text

    return Parameter(
        name, read, description, {"type": "string", "pattern": "^[A-Z]{2}$"}, many=True
    )


def place(name: str, description: str) -> Parameter:
    """The name of a place, or a part of it; case, accents and width make no difference."""
    kept = text(name, description)
    return Parameter(name, kept.read, description, kept.schema, many=True)


def number(name: str, description: str) -> Parameter:
    """A decimal number of at most 15 digits, without exponent."""

    def read(text: str) -> Decimal:
        digits = sum(character.isdigit() for character in text)
        if not _NUMBER.fullmatch(text) or digits > 15:
            raise ValueError("must be a number of at most 15 digits, such as 60 or 1.5.")
        return Decimal(text)

    return Parameter(name, read, description, {"type": "number"})


def whole(name: str, low: int, high: int, description: str) -> Parameter:
    """A whole number between two ends, both included."""

    def read(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,19}", text, re.ASCII) or not low <= int(text) <= high:
            raise ValueError(f"must be a whole number from {low} to {high}.")
        return int(text)

    schema = {"type": "integer", "minimum": low, "maximum": high}
    return Parameter(name, read, description, schema)


def day(name: str, description: str) -> Parameter:
    """A calendar day, YYYY-MM-DD."""

    def read(text: str) -> dt.date:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text, re.ASCII):
            raise ValueError("must be a day such as 2012-01-24.")
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            raise ValueError("is no day of the calendar; one is 2012-01-24.") from None

    return Parameter(name, read, description, {"type": "string", "format": "date"})


def end_of(name: str, description: str) -> Parameter:
    """The last microsecond of a day, hour, minute or second, or of what a fraction names.

    In UTC unless it has an offset. A day means its end; so does a second, since the moments
    that documents show are cut to seconds.
    """
    start = point_in_time(name, description)

    def read(text: str) -> dt.datetime:
        return start.read(text) + _unit(text) - dt.timedelta(microseconds=1)

    return Parameter(name, read, description, start.schema)


def _unit(text: str) -> dt.timedelta:
    """How long what the text of a day or moment names lasts."""
    time = _TIME.search(text)
    if time is None:
        return dt.timedelta(days=1)
    if time["fraction"]:
        return dt.timedelta(microseconds=10 ** (6 - len(time["fraction"])))
    if time["second"]:
        return dt.timedelta(seconds=1)
    return dt.timedelta(minutes=1) if time["minute"] else dt.timedelta(hours=1)


def point_in_time(name: str, description: str) -> Parameter:
    """A moment in UTC or with an offset; a bare day means its first second in UTC."""

    def read(text: str) -> dt.datetime:
        # A plus sign that was not percent-encoded arrives as a space.
        try:
            parsed = parse_datetime(text.replace(" ", "+")) if len(text) > 10 else None
        except ValueError:
            parsed = None
        if parsed is None:
            date = day(name, description).read(text) if len(text) == 10 else None
            parsed = dt.datetime.combine(date, dt.time.min) if date else None
        if parsed is None or not dt.MINYEAR < parsed.year < dt.MAXYEAR:
            raise ValueError("must be a day or a moment such as 2026-11-22T13:00:00Z.")
        # In UTC: PostgreSQL takes no offset of 16 hours or more.
        return parsed.astimezone(dt.UTC) if parsed.tzinfo else parsed.replace(tzinfo=dt.UTC)

    schema = {"type": "string", "format": "date-time"}
    return Parameter(name, read, description, schema)


def flag(name: str, description: str) -> Parameter:
    """Yes or no, as true or false."""

    def read(text: str) -> bool:
        if text not in {"true", "false"}:
            raise ValueError("must be true or false.")
        return text == "true"

    return Parameter(name, read, description, {"type": "boolean"})


def words(name: str, description: str) -> Parameter:
    """Free text, read as a tuple of at most ten words."""

    def read(text: str) -> tuple[str, ...]:
        found = tuple(text.split())
        if not 0 < len(found) <= 10:
            raise ValueError("must hold one to ten words.")
        return found

    pattern = r"^\s*\S+(\s+\S+){0,9}\s*$"
    schema = {"type": "string", "pattern": pattern, "maxLength": LENGTH}
    return Parameter(name, read, description, schema)


def text(name: str, description: str, *, length: int = LENGTH) -> Parameter:
    """Free text, kept as it is; never empty."""

    def read(given: str) -> str:
        if not given:
            raise ValueError("must not be empty.")
        return given

    schema = {"type": "string", "minLength": 1, "maxLength": length}
    return Parameter(name, read, description, schema, length=length)


def members(names: Iterable[str]) -> Parameter:
    """``fields``: names of members, separated by commas."""
    one = "|".join(names)
    schema = {"type": "string", "pattern": f"^({one})(,({one}))*$"}
    read = text("fields", "").read
    return Parameter("fields", read, "Only these members.", schema, length=1_000)
