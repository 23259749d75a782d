"""The speaker in a subject that says more: "The Times quoted the sheriff as"."""

from claims.reading.languages.english import ENGLISH
from claims.reading.voices import cues

REJECTED_BY = ENGLISH.pattern("subjects.rejected_by")
QUOTED_BY = ENGLISH.pattern("subjects.quoted_by")
QUOTING = ENGLISH.pattern("subjects.quoting")
THAT_OF = ENGLISH.pattern("subjects.that_of")
SPOKE = ENGLISH.pattern("subjects.spoke")
"""A subject that holds a verb of its own: "The governor issued a statement saying"."""
NOT_BY = ENGLISH.pattern("subjects.not_by")
"""As in "identified by Thursday evening"."""
COUNTED = ENGLISH.pattern("subjects.counted")
"""As in "estimates of Confederate dead": what is estimated does not speak."""


def speaker_in(subject: str, via: str | None) -> tuple[str, str | None]:
    """Return (who speaks, through whom) for a subject and the channel known so far."""
    if quoted := QUOTED_BY.match(subject):
        return quoted[1], quoted[2]
    if quoting := QUOTING.match(subject):
        return quoting[2], quoting[1]
    if rejected := REJECTED_BY.match(subject):
        return rejected[1], via
    if apposed := THAT_OF.match(subject):
        return apposed[1], via
    spoke = SPOKE.match(subject)
    return (spoke[1] if spoke else subject), via


def cannot_speak(shape: str, name: str) -> bool:
    """Whether what follows a cue of this shape is a time, a means or what is counted."""
    if shape == "written_in":
        return cues.OBSERVER.search(name) is None
    if shape == "said_by":
        return NOT_BY.match(name) is not None
    return shape == "figures_from" and COUNTED.search(name) is not None
