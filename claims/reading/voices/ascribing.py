"""Whether a verb tells of a deed or hands on what somebody found: "found 12 bodies"."""

import re

from claims.reading.languages.english import ENGLISH
from claims.reading.voices import cues
from claims.reading.voices.cues import Cue
from claims.reading.voices.speakers import ROLE

OWN_FIGURE = ENGLISH.pattern("ascribing.own_figure")
OF_NAMES = frozenset(ENGLISH.words("ascribing.of_names"))
LISTING = frozenset(ENGLISH.words("ascribing.listing"))
LISTS = ENGLISH.pattern("ascribing.lists")
"""Who lists rather than does: "the sexton listed 212 graves"."""
PROPER = re.compile(r"(?!The )[A-Z][\w'\u2019-]+(?: [A-Z][\w'\u2019-]+)*(?: \([12][0-9]{3}\))?\Z")
"""As in "Eutropius gives 5,000", where "the widow gives 40" would be a deed."""

NUMBER = ENGLISH.pattern("ascribing.number")
AFTER_HOLDING = ENGLISH.pattern("ascribing.after_holding")
"""What a paper is made of, as in "his report had 900 pages"."""
HOLDER = ENGLISH.pattern("ascribing.holder")
"""What is written: its numbers are somebody's."""
IN_WRITING = ENGLISH.pattern("ascribing.in_writing")
"""As in "In its bulletin of 1 June, the league listed 37 arrests"."""
PRINTING = frozenset(ENGLISH.words("ascribing.printing"))
GIVING = frozenset(ENGLISH.words("ascribing.giving"))
NO_NOUN = ENGLISH.pattern("ascribing.no_noun")
IN_PAPERS = ENGLISH.pattern("ascribing.in_papers")


def only_acts(text: str, cue: Cue, name: str, start: int, *, compared: bool) -> bool:
    """Whether "found 12 bodies" or "measured 40 metres" is a deed, not a statement.

    `start` is where the sentence begins, `compared` says that somebody spoke just before.
    """
    verb = text[cue.start : cue.end].strip()
    if cue.shape != "complement" or OWN_FIGURE.match(text, cue.end):
        return False
    if verb.split(" ", 1)[0] not in cues.OBSERVED or text.startswith(" that ", cue.end):
        return False
    if (verb in OF_NAMES and PROPER.match(name)) or (verb in LISTING and LISTS.search(name)):
        return False
    if verb in LISTING and verb.endswith("s"):
        return False
    if IN_WRITING.match(text, start, cue.start) or HOLDER.search(name):
        return False
    if verb in GIVING and compared and _tells_number(text, cue, name):
        return False
    if verb in PRINTING and NO_NOUN.match(text, _number_end(text, cue)) is None:
        return True
    return cues.OBSERVER.search(name) is None


def _number_end(text: str, cue: Cue) -> int:
    number = NUMBER.match(text, cue.end, cue.end + 80)
    return number.end() if number else cue.end


def _tells_number(text: str, cue: Cue, name: str) -> bool:
    """As in "the doctors counted 40; the assessor gave 30": the noun stood before."""
    number = NUMBER.match(text, cue.end, cue.end + 80)
    bare = number and NO_NOUN.match(text, number.end())
    return bool(bare) and (ROLE.match(name) or cues.OBSERVER.search(name)) is not None


def holds_figure(text: str, cue: Cue, name: str, limit: int, *, compared: bool) -> bool:
    """Whether "his log has nine" tells of a count: a paper, or a number whose noun stood before.

    `compared` says that somebody else's number was told just before.
    """
    if cue.shape == "names" or text.endswith(" ", cue.start, cue.end):
        return True  # "had it at 52"
    number = NUMBER.match(text, cue.end, limit)
    if number is None or AFTER_HOLDING.match(text, number.end(), limit):
        return False
    if HOLDER.search(name):
        return True
    bare = NO_NOUN.match(text, number.end(), limit) is not None
    if number["quoted"] or IN_PAPERS.match(text, number.end(), limit):
        return True
    if not bare or not compared:
        return False
    return (cues.OBSERVER.search(name) or ROLE.match(name)) is not None
