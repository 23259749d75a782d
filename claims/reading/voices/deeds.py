"""Whether a verb tells of a deed or hands on what somebody found: "found 12 bodies"."""

import re

from claims.reading.languages.english import ENGLISH
from claims.reading.voices import cues
from claims.reading.voices.cues import Cue

OWN_FIGURE = ENGLISH.pattern("deeds.own_figure")
OF_NAMES = frozenset(ENGLISH.words("deeds.of_names"))
LISTING = frozenset(ENGLISH.words("deeds.listing"))
LISTS = ENGLISH.pattern("deeds.lists")
"""Who lists rather than does: "the sexton listed 212 graves"."""
PROPER = re.compile(r"(?!The )[A-Z][\w'\u2019-]+(?: [A-Z][\w'\u2019-]+)*(?: \([12][0-9]{3}\))?\Z")
"""As in "Eutropius gives 5,000", where "the widow gives 40" would be a deed."""


def only_acts(text: str, cue: Cue, name: str) -> bool:
    """Whether "found 12 bodies" or "measured 40 metres" is a deed, not a statement."""
    verb = text[cue.start : cue.end].strip()
    if cue.shape != "complement" or OWN_FIGURE.match(text, cue.end):
        return False
    if verb.split(" ", 1)[0] not in cues.OBSERVED or text.startswith(" that ", cue.end):
        return False
    if (verb in OF_NAMES and PROPER.match(name)) or (verb in LISTING and LISTS.search(name)):
        return False
    return cues.OBSERVER.search(name) is None
