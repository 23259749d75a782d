"""The verb that governs a figure: "killing 9 and injuring 31", "40 of 97 hostages were killed"."""

from claims.reading.counts.mentions import FigureMention
from claims.reading.languages.english import ENGLISH
from claims.reading.questions.measures import measure_named

DOES = ENGLISH.pattern("governing.does")
"""A verb right before its object."""
PREDICATE = ENGLISH.pattern("governing.predicate")
"""Behind its subject, with the auxiliary before it where it is a passive."""
_BEFORE, _AFTER = 48, 90


def governing(text: str, mention: FigureMention, floor: int, limit: int) -> str:
    """Return the measure of the verb that governs a figure of a sentence, "" where none does."""
    does = DOES.search(text, max(floor, mention.start - _BEFORE), mention.start)
    if does and (measure := measure_named(does["verb"].lower())):
        return measure
    predicate = PREDICATE.match(text, mention.end, min(limit, mention.end + _AFTER))
    if predicate is None:
        return ""
    return measure_named((predicate["verb"] or predicate["bare"]).lower())
