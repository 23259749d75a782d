"""The speaker in a subject that says more: "The Times quoted the sheriff as"."""

import re

from claims.reading.counts.guards import MONTH
from claims.reading.voices import cues

REJECTED_BY = re.compile(
    r"(?:an? |the )?(?:claims?|figures?|numbers?|statements?|tolls?|allegations?|accounts?) "
    r"(?:[a-z]+ ){1,3}by (.+)\Z"
)
QUOTED_BY = re.compile(
    r"(.+?) (?:was|were|is|are|has been|have been) (?:quoted|cited|reported)(?: (?:by|"
    r"in) (.+?))? as\Z"
)
QUOTING = re.compile(r"(.+?) (?:quote[sd]?|cite[sd]?) (.+) as\Z")
SPOKE = re.compile(
    r"(.+?) (?:(?:said|says) (?=\w+ \w)|(?:issued|released|published|made|gave) (?:an?|the) "
    r"(?:[a-z]+ )?(?:statement|report|letter|declaration|interview|speech|release)\Z)"
)
"""A subject that holds a verb of its own: "The governor issued a statement saying"."""
NOT_BY = re.compile(
    rf"(?:late |early )?(?:[A-Z][a-z]+day|{MONTH})\b|(?:then|now|noon|midnight|night|hand|phone|"
    r"telephone|letter|name|sight|mistake|accident|chance)\b"
)
"""As in "identified by Thursday evening"."""
COUNTED = re.compile(
    r"\b(?:dead|deaths?|killed|wounded|losses|casualties|victims|damage|costs?|population|size|"
    r"number|toll|strength|turnout|attendance)\b"
)
"""As in "estimates of Confederate dead": what is estimated does not speak."""


def speaker_in(subject: str, via: str | None) -> tuple[str, str | None]:
    """Return (who speaks, through whom) for a subject and the channel known so far."""
    if quoted := QUOTED_BY.match(subject):
        return quoted[1], quoted[2]
    if quoting := QUOTING.match(subject):
        return quoting[2], quoting[1]
    if rejected := REJECTED_BY.match(subject):
        return rejected[1], via
    spoke = SPOKE.match(subject)
    return (spoke[1] if spoke else subject), via


def cannot_speak(shape: str, name: str) -> bool:
    """Whether what follows a cue of this shape is a time, a means or what is counted."""
    if shape == "written_in":
        return cues.OBSERVER.search(name) is None
    if shape == "said_by":
        return NOT_BY.match(name) is not None
    return shape == "figures_from" and COUNTED.search(name) is not None
