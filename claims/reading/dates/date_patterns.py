"""How dates are written: absolute, partial, ranges, decades and relative ones."""

import re
from typing import Final

from claims.reading.languages.english import ENGLISH

MONTHS: Final = ENGLISH.table("date_patterns.months")
SEASONS: Final = ENGLISH.table("date_patterns.seasons")
PATTERNS: Final = tuple(
    (name.rstrip("23456789"), re.compile(find))
    for name, find in ENGLISH.shapes("date_patterns").items()
)
"""Shape and pattern, in the order in which they are tried; several patterns may be of one shape."""
WITH_MONTH: Final = frozenset("dmy_dmy mdy_mdy dd_my mdd_y dmy mdy my_my my pm m bare_m".split())
RELATIVE: Final = frozenset({"weekday", "same_day", "next_day", "day_before", "later", "period"})
