"""What infobox keys and table headers say about the numbers below them."""

from functools import lru_cache

from claims.reading.languages.english import ENGLISH

LAYOUT = ENGLISH.pattern("labels.layout")
COUNTS = ENGLISH.pattern("labels.counts")

DATED = ENGLISH.pattern("labels.dated")


@lru_cache(maxsize=1024)
def label_is_layout(label: str) -> bool:
    """Whether an infobox key holds picture sizes, codes and the like."""
    return LAYOUT.search(label.casefold()) is not None


@lru_cache(maxsize=1024)
def label_counts(label: str) -> bool:
    """Whether a bare number under this key or header is a quantity."""
    folded = label.casefold()
    return COUNTS.search(folded) is not None and DATED.search(folded) is None
