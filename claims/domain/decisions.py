"""What editors decided, in words: a decision in force speaks before the figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from claims.domain.contention import Case
from claims.domain.published import ClaimDocument
from claims.domain.refs import FIGURE, format_ref
from claims.domain.vocabulary import DisputeOutcome, DisputeState, complete
from claims.domain.words import shortened

DECIDED: Final[dict[DisputeOutcome, str]] = complete(
    DisputeOutcome,
    "domain.decisions.DECIDED",
    {
        DisputeOutcome.PREFER: "one answer is preferred",
        DisputeOutcome.RANGE_STANDS: "the range stands",
        DisputeOutcome.DIFFERENT_SCOPE: "the statements answer different questions",
        DisputeOutcome.SUPERSEDED: "a later figure replaces an earlier one",
        DisputeOutcome.SOURCE_REJECTED: "a source is rejected",
        DisputeOutcome.ARTICLE_ERROR: "the article is in error",
        DisputeOutcome.BOTH_WRONG: "both are wrong",
        DisputeOutcome.UNRESOLVABLE: "the sources cannot settle it",
    },
)
LONGEST_REASON: Final = 300  # characters of a rationale in the one sentence on a claim


def decision_words(outcome: str, preferred: str) -> str:
    """Return a decision as one clause; `preferred` is the preferred answer in words."""
    if outcome == DisputeOutcome.PREFER and preferred:
        return f"Editors prefer: {preferred}"
    return f"Editors decided: {DECIDED[DisputeOutcome(outcome)]}"


def decision_sentences(cases: Iterable[Case], said: Mapping[int, str]) -> list[str]:
    """Return each decision with its reason; `said` holds the answers in words by number."""
    return [_sentence(case, said) for case in cases]


def decisions_of(document: ClaimDocument) -> list[str]:
    """Return the decisions of a published document, a clause each, reasons left out.

    What is resolved in a document was in force when it was sealed.
    """
    said = {entry["ref"]: entry["words"] for entry in document["figures"]}
    return [
        decision_words(case["outcome"], said.get(case["preferred"] or "", ""))
        for case in document["disputes"]
        if case["state"] == DisputeState.RESOLVED
    ]


def _sentence(case: Case, said: Mapping[int, str]) -> str:
    words = decision_words(case.outcome, said.get(case.preferred or 0, ""))
    ref = "" if case.preferred is None else f" ({format_ref(FIGURE, case.preferred)})"
    reason = shortened(case.rationale, LONGEST_REASON)
    stop = "" if not reason or reason[-1] in ".!?…" else "."
    return f"{words}{ref}. {reason}{stop}".rstrip()
