"""Sums of money in a text: how they are written, and which currency they are in."""

from functools import cached_property
from typing import Final

from claims.reading.languages.english import ENGLISH

SIGNS: Final = ENGLISH.table("money.signs")
NAMES: Final = ENGLISH.table("money.names")
OF_COUNTRY: Final = ENGLISH.table("money.of_country")
_SINGULAR: Final = ENGLISH.table("money.singular")
_OTHER_NAMES: Final = ENGLISH.words("money.other_names")
WORDS_OF_MONEY: Final = frozenset((*NAMES, *OF_COUNTRY, *_OTHER_NAMES))

_NAME = "|".join(sorted((*WORDS_OF_MONEY, *_SINGULAR), key=len, reverse=True))
BEHIND: Final = ENGLISH.pattern("money.behind", {"name": _NAME})
"""What stands behind a sum: " million euros", " US dollars", " EUR"."""

# Who mentions another land of dollars, or of pounds, may mean its own by the bare sign.
_OTHER_DOLLARS = ENGLISH.pattern("money.other_dollars")
_OTHER_POUNDS = ENGLISH.pattern("money.other_pounds")


class Money:
    """Tells the currencies of the sums of one text; '' where it does not say which."""

    def __init__(self, text: str) -> None:
        self._text = text

    def currency(self, unit: str, end: int) -> str:
        """Return the ISO 4217 code for a sign before a number, or for what stands at its end."""
        if unit:
            return self._of_sign(unit.upper().rstrip(" ."))
        found = BEHIND.match(self._text, end)
        if found is None:
            return ""
        if found["code"]:
            return self._of_sign(found["code"])
        return self._of_name(_plural(found["name"]), found["whose"] or "", found["sterling"] or "")

    def _of_sign(self, sign: str) -> str:
        if sign == "$":
            return "USD" if self._dollars_are_american else ""
        if sign == "\u00a3":
            return "GBP" if self._pounds_are_british else ""
        return SIGNS.get(sign, "")

    def _of_name(self, name: str, whose: str, sterling: str) -> str:
        if name == "pounds" and sterling:
            return "GBP"
        if name == "dollars" and not whose:
            return self._of_sign("$")
        if name in NAMES:
            return NAMES[name] if not whose else ""
        return OF_COUNTRY.get(name, {}).get(whose.lower(), "")

    @cached_property
    def _dollars_are_american(self) -> bool:
        return _OTHER_DOLLARS.search(self._text) is None

    @cached_property
    def _pounds_are_british(self) -> bool:
        return _OTHER_POUNDS.search(self._text) is None


def is_money(unit: str) -> bool:
    """Whether a unit as written is a currency, which one or other."""
    return unit in WORDS_OF_MONEY or unit.upper() in SIGNS or not unit[:1].isalpha()


def money_behind(text: str, end: int) -> str:
    """Return the name, sign or code of the money behind a number, in the plural; '' for none."""
    found = BEHIND.match(text, end)
    if found is None:
        return ""
    return found["code"] or _plural(found["name"])


def _plural(name: str) -> str:
    return _SINGULAR.get(name, name)
