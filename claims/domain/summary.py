"""One plain sentence on a claim: what editors decided, what sources say, why it is disputed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from claims.domain.agreement import ClaimTerms, Consensus, Evidence
from claims.domain.consensus import DISAGREEMENT
from claims.domain.dates import date_words
from claims.domain.decisions import LONGEST_REASON
from claims.domain.edtf_text import day_text
from claims.domain.figures import number_words
from claims.domain.origins import counted
from claims.domain.range_words import range_words
from claims.domain.units import in_unit
from claims.domain.vocabulary import (
    DisputeKind,
    Stance,
    ValueFamily,
    ValueKind,
    complete,
    family_of,
    is_numeric,
)
from claims.domain.words import shortened

_NOUNS: Final[dict[ValueKind, str]] = complete(
    ValueKind,
    "domain.summary._NOUNS",
    {
        ValueKind.QUANTITY: "figure",
        ValueKind.MONEY: "amount",
        ValueKind.DATE: "date",
        ValueKind.PARTY: "answer",
        ValueKind.BOOLEAN: "answer",
        ValueKind.TEXT: "answer",
    },
)
NONE_STANDS: Final = "No statement stands: what was recorded is withdrawn, rejected or superseded."
MOST_ANSWERS: Final = 3
LONGEST_ANSWER: Final = 80  # characters


def count_words(count: int, noun: str) -> str:
    """``count_words(1, "figure")`` is "1 figure"."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def summary_sentence(
    found: Consensus,
    evidence: Sequence[Evidence],
    terms: ClaimTerms,
    said: Mapping[int, str],
    *,
    decisions: Sequence[str] = (),
    reasons: Mapping[DisputeKind, str] | None = None,
) -> str:
    """Return the decisions in force, statements and figures, the best one, why it is disputed.

    ``said`` holds the answers in words by number; ``reasons`` what no decision covers, by the
    kind of dispute.
    """
    standing = [one for one in evidence if one.stands]
    if evidence and not standing:
        parts = [*decisions, NONE_STANDS, _disputed(found, terms, reasons or {})]
        return " ".join(filter(None, parts))
    answers = [one for one in standing if one.stance == Stance.ASSERTS and one.has_value]
    counts = f"{count_words(len(standing), 'statement')}, " + count_words(
        len(answers), _NOUNS[terms.value_kind]
    )
    given = answers_briefly(range_words(found, evidence, terms), *_answers(evidence, said))
    figures = f"{counts}, {given}." if given else f"{counts}."
    best = "" if decisions else _best_sentence(found, terms)
    return " ".join(
        part for part in (*decisions, figures, _disputed(found, terms, reasons or {}), best) if part
    )


def answers_briefly(
    span: str, counts: Iterable[str], voices: Iterable[str], gone: Iterable[str] = ()
) -> str:
    """Return the range, else the answers that count; the article's own; what was taken back.

    ``counts``, ``voices`` and ``gone`` are answers in words; what has been said is not repeated.
    """
    known = dict.fromkeys(filter(None, counts))
    parts = [span or _listed(list(known))]
    for lead, answers in (("without a source", voices), ("taken back", gone)):
        more = [words for words in dict.fromkeys(filter(None, answers)) if words not in known]
        known |= dict.fromkeys(more)
        parts.append(f"{lead}: {_listed(more)}" if more else "")
    return "; ".join(filter(None, parts))


def best_words(found: Consensus, terms: ClaimTerms, said: Mapping[int, str]) -> str:
    """Return the best answer in words, a preferred one as it was said; '' when there is none."""
    if found.best_rule == "preferred" and found.best_from is not None:
        return said.get(found.best_from, "")
    if found.best is None:
        return ""
    if family_of(terms.value_kind) is ValueFamily.DATE:
        return date_words(day_text(found.best) or "")
    return in_unit(number_words(found.best), terms.said_unit)


def _answers(evidence: Sequence[Evidence], said: Mapping[int, str]) -> list[list[str]]:
    """The answers in words: those that count, the article's own, those taken back."""
    sides = counted(evidence)
    gone = [one.id for one in sides.excluded if one.code == "retracted"]
    rows = [[one.id for one in row] for row in (sides.inputs or sides.unknowns, sides.voices)]
    return [[said.get(number, "") for number in row] for row in (*rows, gone)]


def _listed(words: Sequence[str]) -> str:
    shown = [shortened(one, LONGEST_ANSWER).rstrip(".") for one in words[:MOST_ANSWERS]]
    more = [f"{len(words) - MOST_ANSWERS} more"] if len(words) > MOST_ANSWERS else []
    return "; ".join([*shown, *more])


def _best_sentence(found: Consensus, terms: ClaimTerms) -> str:
    if not is_numeric(terms.value_kind):
        return ""
    reason = found.best_reason.rstrip(".")
    because = f"{reason[:1].lower()}{reason[1:]}"
    best = best_words(found, terms, {})
    if best:
        return f"Best supported: {best} ({because})."
    return f"No {_NOUNS[terms.value_kind]} is preferred: {because}."


def _disputed(found: Consensus, terms: ClaimTerms, reasons: Mapping[DisputeKind, str]) -> str:
    """Why it is disputed, but for the disagreement that the sentence on the best one names."""
    is_named = is_numeric(terms.value_kind) and found.best_reason == DISAGREEMENT
    named = (DisputeKind.VALUE, DisputeKind.DATE) if is_named else ()
    left = [reason for kind, reason in reasons.items() if kind not in named and reason.strip()]
    why = "; ".join(shortened(reason, LONGEST_REASON).rstrip(".") for reason in left)
    return f"Disputed: {why}." if why else ""
