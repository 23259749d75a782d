"""B7: the first twenty claims that a search finds, beside the index alone."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

from django.db import connection

from benchmarks.timing import in_turns
from claims.domain.findable import typed_words
from claims.domain.search_text import read_search
from claims.filtering.searching import Found
from claims.models import PublishedClaim

SHOWN: Final = 20
_RECORDS: Final = (
    "SELECT claim.id, claim.claim_id, version.payload FROM claims_publishedclaim AS claim "
    "JOIN claims_claimversion AS version ON version.id = claim.version_id WHERE claim.id IN ({})"
)


def searching(rounds: int) -> dict[str, Any]:
    """Return for a common and a rare word its hits and the seconds of both ways."""
    return {name: _measured(word, rounds) for name, word in _words().items()}


def _words() -> dict[str, str]:
    """Of more than three letters the word that most titles of a sample have, and a rarest one."""
    sample = PublishedClaim.objects.order_by("-pk").values_list("title_words", flat=True)[:400]
    counts = Counter(word for words in sample for word in set(words.split()) if len(word) > 3)
    ordered = [word for word, _ in counts.most_common() if typed_words(word) == [word]]
    return {"common": ordered[0], "rare": ordered[-1]}


def _measured(word: str, rounds: int) -> dict[str, Any]:
    asked = read_search(word)
    ways = {"product": lambda: found_by(asked), "index": lambda: by_index(word)}
    if ways["product"]() != ways["index"]():
        raise RuntimeError(f"The search and the index find different claims for {word}.")
    return {"hits": len(PublishedClaim.objects.ranked([(word,)])), "times": in_turns(ways, rounds)}


def found_by(asked: Any) -> list[str]:
    """The references of what the search of pages and API shows first."""
    return [hit.ref for hit in Found(asked).hits("claims", most=SHOWN)]


def by_index(word: str) -> list[str]:
    """The same by the statement that ranks and one that fetches, and nothing made of the rows."""
    keys = PublishedClaim.objects.ranked([(word,)])[:SHOWN]
    if not keys:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_RECORDS.format(", ".join(["%s"] * len(keys))), keys)
        refs = {key: f"C{claim}" for key, claim, _ in cursor.fetchall()}
    return [refs[key] for key in keys]
