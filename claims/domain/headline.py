"""The answer of a published claim in a few words, for lists and cards."""

from __future__ import annotations

from typing import Final

from claims.domain.decisions import decisions_of
from claims.domain.origins import REASONS, ExclusionCode
from claims.domain.published import ClaimDocument
from claims.domain.said_by import said_by
from claims.domain.summary import NONE_STANDS, answers_briefly
from claims.domain.units import in_unit, said_unit
from claims.domain.vocabulary import AssertionStatus, Stance, complete

_ASIDE: Final[tuple[ExclusionCode, ExclusionCode]] = ("article_voice", "retracted")
_DONE: Final = complete(
    Stance,
    "domain.headline._DONE",
    {
        Stance.ASSERTS: "",  # without words it says nothing
        Stance.DENIES: "denied",
        Stance.DOUBTS: "doubted",
        Stance.RETRACTS: "taken back",
    },
)
_COUNTS: Final = (REASONS["no_number"], REASONS["no_value"])


def answer_words(document: ClaimDocument) -> str:
    """Return what editors decided, then what the sources say.

    Where nobody gives an answer, who denied, doubted or took it back; else ''.
    """
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
    told = [*decided, answers_briefly(span, counts, known, gone)]
    return "; ".join(filter(None, told)) or _stances(document)


def _stances(document: ClaimDocument) -> str:
    """Who says nothing but that it is not so; each once, in the order of the statements."""
    live = [one for one in document["figures"] if one["status"] == AssertionStatus.LIVE]
    told = [
        f"{_DONE[Stance(one['stance'])]} by {said_by(document, one).name}"
        for one in live
        if _DONE[Stance(one["stance"])]
    ]
    return "; ".join(dict.fromkeys(told))
