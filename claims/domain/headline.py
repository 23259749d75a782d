"""The answer of a published claim in a few words, for lists and cards."""

from __future__ import annotations

from typing import Final

from claims.domain.decisions import decisions_of
from claims.domain.origins import REASONS, ExclusionCode
from claims.domain.published import ClaimDocument
from claims.domain.summary import NONE_STANDS, answers_briefly
from claims.domain.units import in_unit, said_unit
from claims.domain.vocabulary import AssertionStatus

_ASIDE: Final[tuple[ExclusionCode, ExclusionCode]] = ("article_voice", "retracted")
_COUNTS: Final = (REASONS["no_number"], REASONS["no_value"])


def answer_words(document: ClaimDocument) -> str:
    """Return what editors decided, then what the sources say; '' when nobody gives an answer."""
    statuses = [one["status"] for one in document["figures"]]
    if statuses and AssertionStatus.LIVE not in statuses:
        return "; ".join([*decisions_of(document), NONE_STANDS.rstrip(".")])
    span = document["range"]["words"] if document["range"] else ""
    if not said_unit(document["measure"]["value_kind"], document["unit"]):
        span = in_unit(span, document["unit"])  # where it is said, it is in the words
    why = {one["figure"]: one["reason"] for one in document["excluded"]}
    counts = [
        one["words"]
        for one in document["figures"]
        if one["ref"] in document["inputs"] or why.get(one["ref"]) in _COUNTS
    ]
    voices, gone = (
        [one["words"] for one in document["figures"] if why.get(one["ref"]) == REASONS[code]]
        for code in _ASIDE
    )
    decided = decisions_of(document)
    known = [words for words in voices if not any(one.endswith(words) for one in decided)]
    return "; ".join(filter(None, [*decided, answers_briefly(span, counts, known, gone)]))
