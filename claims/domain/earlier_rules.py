"""Documents sealed under earlier rules: which of their members today's rules need not give."""

from __future__ import annotations

from typing import Final

from claims.domain.document_format import format_of
from claims.domain.published import ClaimDocument
from claims.domain.vocabulary import states_figures

_TODAYS_RULES_SINCE: Final = 2
# What format 2 derives otherwise than format 1 did: of the document, and of each figure.
_CHANGED: Final = frozenset({"summary", "severity", "range", "best", "excluded"})
_CHANGED_OF_FIGURES: Final = frozenset({"words"})
# Only where a quantity is no count, whose "up to n" has no lower end now.
_CHANGED_BELOW_ZERO: Final = frozenset({"contention", "agreement", "test_low"})


def is_earlier(document: ClaimDocument) -> bool:
    """Whether a document was sealed under earlier rules; format 1 states no format."""
    return format_of(document) < _TODAYS_RULES_SINCE


def may_differ(document: ClaimDocument, figure: str, path: str) -> bool:
    """Whether today's rules may give another value for a member; `figure` as in Misstatement."""
    if not is_earlier(document):
        return False
    member = path.partition(".")[0]
    if member in (_CHANGED_OF_FIGURES if figure else _CHANGED):
        return True
    measure = document["measure"]
    below_zero = states_figures(measure["value_kind"]) and not measure["is_count"]
    return below_zero and member in _CHANGED_BELOW_ZERO
