"""Who speaks: the noun phrase that belongs to a cue."""

import re

from claims.reading.languages.english import ENGLISH

ABLE_TO = ENGLISH.pattern("speakers.able_to")
TAIL = ENGLISH.pattern("speakers.tail")
BOUNDARY = ENGLISH.pattern("speakers.boundary")
FINITE = ENGLISH.pattern("speakers.finite")
VERBAL = ENGLISH.pattern("speakers.verbal")
GOES_ON = ENGLISH.pattern("speakers.goes_on")
"""A verb behind "a count by the Herald": what is said of it."""
PARTICIPLE = re.compile(r"(?:[a-z]+ly )?[a-z]+ed (?:in|by|at|on|for)\b")
"""After "a review ordered by the board and": it goes on telling of the review."""
FURTHER = ENGLISH.pattern("speakers.further")
"""The end of words behind which a further verb of the same subject stands."""
WHO = re.compile(r",? (?:who|which),? \Z")
"""As in "the traveller Hugo Weiss, who in 1868 counted"."""
WITH_WHO = ENGLISH.pattern("speakers.with_who")
"""What stands between "who" and its verb: "who on state radio announced"."""
OFFICIALS = re.compile(r"s with \Z")
"""As in "Officials with the fire department"."""
THEN = ENGLISH.pattern("speakers.then")
IN_ORDER = ENGLISH.pattern("speakers.in_order")
ROLE = ENGLISH.pattern("speakers.role")
"""A person by what they are: who is named behind the comma is the same."""
PERSON = re.compile(
    r", ([A-Z][\w.\u2019'-]*(?: (?:(?:de|von|van|al|bin|la|du) )*[A-Z][\w.\u2019'-]*){1,4})"
    r"(?=[,.;]|\Z)"
)
OPENING = ENGLISH.pattern("speakers.opening")
PRONOUN = ENGLISH.pattern("speakers.pronoun")
LEADING = ENGLISH.pattern("speakers.leading")
DATE_LEAD = ENGLISH.pattern("speakers.date_lead")
RIGHT_END = ENGLISH.pattern("speakers.right_end")
MADE_BY = ENGLISH.pattern("speakers.made_by")
ROOM = 260
LONGEST_NAME = 9
"""In words, of the first of two who speak together."""
RELATIVES = ("who ", "which ", "whose ", "whom ", "itself")


def speaker_before(text: str, cue_start: int, floor: int) -> tuple[int, str]:
    """Return (start, words) of the subject to the left of an active cue; "" when none is there."""
    low = max(floor, cue_start - ROOM)
    end = _strip_tail(text, low, cue_start)
    relative = text[end:cue_start].lstrip().startswith(("who", "which"))
    if end > low and text[end - 1] == ",":
        if _goes_on(text, low, end, cue_start):
            return cue_start, ""
        return _before_comma(text, low, end - 1, relative=relative)
    boundary = _last_boundary(text, low, end)
    start, words = _trimmed(text, boundary, end)
    if (which := WHO.search(text, low, boundary)) and (not words or WITH_WHO.match(text, boundary)):
        head = which.start()
        return _trimmed(text, _last_boundary(text, low, head), head)
    if further := FURTHER.search(words):
        return _of_predicates(text, low, cue_start, start, words[: further.start()])
    if OFFICIALS.search(text, low, start):
        first, named = _trimmed(text, _last_boundary(text, low, start - 6), start - 6)
        if named and " " not in named:
            start, words = first, f"{named} with {words}"
    if (relative_at := _restrictive(text, low, boundary, words)) > low:
        start, words = _trimmed(text, _last_boundary(text, low, relative_at), relative_at)
    if PARTICIPLE.match(words) and text.endswith("and ", low, start):
        return _before_participles(text, low, start - 4)
    joined = _joined_by_and(text, low, start, words)
    return joined or _together(text, low, start, words) or (start, words)


def speaker_after(text: str, cue_end: int, limit: int) -> tuple[int, str]:
    """Return (start, words) of the noun phrase to the right ("according to X", "denied by X")."""
    start = cue_end + (cue_end < limit and text[cue_end] == " ")
    limit = min(limit, start + ROOM)
    article = re.compile(r"(?:the|an?) ").match(text, start, limit)
    end_match = RIGHT_END.search(text, article.end() if article else start, limit)
    end = end_match.start() if end_match else limit
    # "according to figures compiled by X" speaks of X.
    if (made := MADE_BY.match(text, start, limit)) and made.end() < limit:
        return speaker_after(text, made.end() - 1, limit)
    if (verb := GOES_ON.search(text, start + 1, end)) and verb.start() > start:
        end = verb.start()
    words = text[start:end].strip(" ,.")
    if ROLE.match(words) and (name := PERSON.match(text, start + len(words), limit)):
        words += name[0]
    return start, words


def clause_subject(text: str, start: int, end: int) -> str:
    """Return the subject of the main clause of text[start:end], "" when none is clear."""
    end = min(end, start + 2 * ROOM)
    at = start
    for _ in range(3):
        comma = text.find(", ", at, end)
        if not OPENING.match(text, at, end) or comma < 0:
            break
        at = comma + 2
    finite = FINITE.search(text, at, end)
    stop = finite.start() if finite else end
    piece = text[at : _strip_tail(text, at, stop)]
    words = piece.split(", ")[0].strip(" ,.")
    if ROLE.match(words) and (name := PERSON.match(text, at + len(piece.split(", ")[0]), end)):
        words += name[0]
    return words if 0 < len(words.split()) <= 14 else ""


def is_bare_pronoun(words: str) -> bool:
    """Whether the subject is one word that names nobody."""
    return " " not in words and is_pronoun(words)


def is_pronoun(words: str) -> bool:
    """Whether the subject only points back to somebody named before."""
    return PRONOUN.match(words) is not None


def _strip_tail(text: str, low: int, end: int) -> int:
    for _ in range(4):
        while end > low and text[end - 1] == " ":
            end -= 1
        able = text.endswith(" to", low, end) and ABLE_TO.search(text, low, end)
        tail = TAIL.search(text, max(low, end - 24), end) or able or None
        if tail is None or tail.start() == end:
            break
        # "leaked two months later, showed" ends a clause, "X, however, said" does not.
        if text[end - 1] == "," and not text.endswith(", ", low, tail.start()):
            break
        end = tail.start()
    while end > low and text[end - 1] == " ":
        end -= 1
    return end


def _before_comma(text: str, low: int, comma: int, *, relative: bool) -> tuple[int, str]:
    """As in "X, who said" and "X, the head of Y, said": the name stands before the comma."""
    start = _last_boundary(text, low, comma)
    first, words = _trimmed(text, start, comma)
    if relative:
        return first, words
    earlier = text.rfind(", ", low, comma)
    if earlier > low:
        front, named = _trimmed(text, _last_boundary(text, low, earlier), earlier)
        beside = text[earlier + 2 : comma]
        if named and not OPENING.match(named) and not VERBAL.search(named):
            return front, named if beside.startswith(RELATIVES) else f"{named}, {beside}"
    return first, words


def _goes_on(text: str, low: int, end: int, cue_start: int) -> bool:
    """Whether "..., then said" follows a whole clause: its subject speaks."""
    if THEN.fullmatch(text, end, cue_start) is None:
        return False
    return FINITE.search(text, _last_boundary(text, low, end - 1), end - 1) is not None


def _of_predicates(text: str, low: int, cue_start: int, start: int, before: str) -> tuple[int, str]:
    """As in "The envoy, Jan Tiel, saw the camp and said": "" where the clause has to tell."""
    before = before.strip(" ,")
    verb = FINITE.search(before) or IN_ORDER.match(before)
    if verb is None or not before:
        return cue_start, ""
    if verb.start():
        return start, before[: verb.start()].strip(" ,")
    if text.endswith(", ", low, start):
        return _before_comma(text, low, start - 2, relative=False)
    return cue_start, ""


def _before_participles(text: str, low: int, end: int) -> tuple[int, str]:
    """As in "A review ordered by the board and completed in May found": the review."""
    start, words = _trimmed(text, _last_boundary(text, low, end), end)
    first = VERBAL.search(words)
    return start, words[: first.start() if first else None].strip(" ,")


def _restrictive(text: str, low: int, boundary: int, words: str) -> int:
    """Where "that" or "who" of "a team that counted the dead" stands, -1 when there is none."""
    pronoun = re.compile(r" (?:that|who|which) \Z").search(text, max(low, boundary - 7), boundary)
    return pronoun.start() if pronoun and words and FINITE.match(words) else -1


def _last_boundary(text: str, low: int, end: int) -> int:
    last = low
    for match in BOUNDARY.finditer(text, low, end):
        closed_again = match[0] == "(" and text.find(")", match.end(), end) >= 0
        if match.end() <= end and not closed_again:
            last = match.end()
    return last


def _trimmed(text: str, start: int, end: int) -> tuple[int, str]:
    while leading := DATE_LEAD.match(text, start, end) or LEADING.match(text, start, end):
        start = leading.end()
    words = text[start:end]
    return start + len(words) - len(words.lstrip(" ,")), words.strip(" ,")


def _together(text: str, low: int, start: int, words: str) -> tuple[int, str] | None:
    """As in "The mayor and the bishop said": both, where a whole subject stands before "and"."""
    comma = text.endswith(", and ", low, start)
    if not words or not (comma or text.endswith(" and ", low, start)):
        return None
    end = start - (6 if comma else 5)
    boundary = low if comma else _last_boundary(text, low, end)
    first, named = _trimmed(text, boundary, end)
    opened = first == low or text.endswith(("that ", "; ", "but ", "But "), low, first)
    named = named.removeprefix("Both ").removeprefix("both ")
    if not opened or not named or len(named.split()) > LONGEST_NAME:
        return None
    if OPENING.match(named) or FINITE.search(named) or is_pronoun(named):
        return None
    return first, f"{named} and {words}"


def _joined_by_and(text: str, low: int, start: int, words: str) -> tuple[int, str] | None:
    """As in "X and Y said" has two speakers; "X did it and said" has X."""
    split = words.rfind(" and ")
    if words.startswith("and "):
        split = 0
    if split < 0 or not VERBAL.search(words[:split]):
        return None
    after = words[split + 5 :].strip()
    if after:
        return start + split + 5, after
    return None
