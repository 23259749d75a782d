"""What parts of addresses look like."""

from __future__ import annotations

from django.urls import register_converter
from django.urls.converters import StringConverter


class RefConverter(StringConverter):
    """A public identifier: a letter and a number of at most 18 digits."""

    regex = "[A-Z][1-9][0-9]{0,17}"


class SmallNumberConverter:
    """A number from 1 that fits a 32-bit column."""

    regex = "[1-9][0-9]{0,8}"

    def to_python(self, value: str) -> int:
        """Return the number."""
        return int(value)

    def to_url(self, value: int) -> str:
        """Return its digits."""
        return str(value)


class SuffixConverter(StringConverter):
    """The name of a format."""

    regex = "[a-z]{1,10}"


def register() -> None:
    """Make the converters known to URL patterns."""
    register_converter(RefConverter, "ref")
    register_converter(SmallNumberConverter, "smallnumber")
    register_converter(SuffixConverter, "suffix")
