"""JSON read without trust: no member twice, no number out of bounds, no endless nesting."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any, Final, NoReturn

_LONGEST_NUMBER: Final = 60


class NotJSONError(ValueError):
    """The text is no JSON that a document could be; the message says why."""


def parse_json(text: str) -> Any:
    """Return the value of the text; numbers are int or Decimal. Raises NotJSONError."""
    try:
        return _DECODER.decode(text)
    except NotJSONError:
        raise
    except json.JSONDecodeError as problem:
        raise NotJSONError(f"{problem.msg} at character {problem.pos + 1}") from None
    except RecursionError:
        raise NotJSONError("its values are nested too deeply") from None
    except ValueError:  # Python's own limit on the digits of a number
        raise NotJSONError("it has a number of too many digits") from None


def parse_json_at(text: str, start: int) -> tuple[Any, int]:
    """Return the value that begins at `start`, and where it ends. Raises NotJSONError."""
    try:
        value, end = _DECODER.raw_decode(text, start)
    except NotJSONError:
        raise
    except RecursionError:
        raise NotJSONError("its values are nested too deeply") from None
    except ValueError:
        raise NotJSONError(f"no value begins at character {start + 1}") from None
    return value, end


def _number(text: str) -> Decimal:
    if len(text) <= _LONGEST_NUMBER and abs((number := Decimal(text)).adjusted()) < _LONGEST_NUMBER:
        return number
    raise NotJSONError("it has a number of too many digits")


def _constant(text: str) -> NoReturn:
    raise NotJSONError(f"{text} is no number")


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise NotJSONError(f'it names "{twice[:40]}" twice')
    return members


_DECODER: Final = json.JSONDecoder(
    parse_float=_number, parse_constant=_constant, object_pairs_hook=_members
)
