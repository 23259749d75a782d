"""How far a statement reaches: the stretch of text that its speaker answers for."""

import re

from claims.reading.languages.english import ENGLISH
from claims.reading.text.sentences import Sentence
from claims.reading.voices.cues import Cue
from claims.reading.voices.speakers import FINITE

CONTRAST = ENGLISH.pattern("reach.contrast")
STRONG_CONTRAST = ENGLISH.pattern("reach.strong_contrast")
CONTRASTING = ("; ", "while ", "whereas ", "but ", "though ")
"""Without one of these there is no strong contrast."""
TRAILING = ENGLISH.pattern("reach.trailing")
HEARER = ENGLISH.pattern("reach.hearer")
OPENING_QUOTES = re.compile(r" [\"\u201c]")
QUOTED = re.compile(r"[\"\u201d],? \Z")
GOES_ON = re.compile(
    r" [\"\u201c][^\"\u201c\u201d\n]{1,1500}[.!?][\"\u201d](?=\Z|\n| [A-Z\"\u201c])"
)
"""A further quotation, with no speaker of its own behind it."""
AROUND = frozenset(ENGLISH.words("reach.around"))
PASSIVE = ENGLISH.pattern("reach.passive")
IN_RELATIVE = ENGLISH.pattern("reach.in_relative")
ALSO_DID = ENGLISH.pattern("reach.also_did")
"""After "said that ...": the verb belongs to the speaker again."""
AS_SAID = re.compile(r"\b[Aa]s \Z")
RELATIVE = ENGLISH.pattern("reach.relative")
CLOSING_QUOTES = re.compile(r"[\"\u201d]")
LONGEST_QUOTE = 1500


def scope_of(
    text: str, cue: Cue, sentence: Sentence, source_at: int, *, inverted: bool
) -> tuple[int, int]:
    if cue.shape in ("said_by", "written_in") and not PASSIVE.search(
        text, sentence.start, cue.start
    ):
        return _attributive(text, cue, sentence)
    if cue.shape == "that_of":
        return _back(text, cue, sentence), cue.start
    if cue.shape in AROUND:
        return _around(text, cue, sentence)
    if quotation := _quotation(text, cue, sentence, cue.start if inverted else source_at):
        return quotation
    if AS_SAID.search(text, max(sentence.start, source_at - 4), source_at):
        return _segment(text, STRONG_CONTRAST, cue.start, sentence)
    if inserted := _inserted(text, cue, sentence, source_at):
        return inserted
    if inverted or _ends_there(text, cue, sentence, source_at):
        return _segment(text, STRONG_CONTRAST, cue.start, sentence)
    return cue.start, _end_of_speech(text, cue, sentence)


def strong_contrast(text: str, start: int, end: int) -> re.Match[str] | None:
    """Find the first strong contrast of text[start:end]."""
    if any(text.find(word, start, end) >= 0 for word in CONTRASTING):
        return STRONG_CONTRAST.search(text, start, end)
    return None


def _attributive(text: str, cue: Cue, sentence: Sentence) -> tuple[int, int]:
    """As in "of the 700 men listed by the admiralty, 41 were found"."""
    start, end = _segment(text, STRONG_CONTRAST, cue.start, sentence)
    comma = text.find(", ", cue.end, end)
    if AS_SAID.search(text, max(start, cue.start - 4), cue.start):
        return start, end
    return start, comma if comma >= 0 else end


def _back(text: str, cue: Cue, sentence: Sentence) -> int:
    """Where the last item before "by that of X" begins."""
    low = max(sentence.start, cue.start - 80)
    return max(low, *(text.rfind(sign, low, cue.start) for sign in (" and ", ", ", "; ")))


def _around(text: str, cue: Cue, sentence: Sentence) -> tuple[int, int]:
    """The clause with "according to X" in it, a relative one by itself."""
    if cue.shape == "count_of" and cue.start > sentence.start and text[cue.start - 2] not in ",:;":
        start, end = _segment(text, STRONG_CONTRAST, cue.start, sentence)
        joined = text.find(" and ", cue.end, end)
        return start, joined if joined >= 0 else end
    inside = IN_RELATIVE.search(text, max(sentence.start, cue.start - 24), cue.start)
    if inside is None:
        return _segment(text, STRONG_CONTRAST, cue.start, sentence)
    comma = text.find(", ", cue.end, sentence.end)
    return inside.start(), comma if comma >= 0 else sentence.end


def _inserted(text: str, cue: Cue, sentence: Sentence, source_at: int) -> tuple[int, int] | None:
    """As in "X won, the commission announced on Sunday, ending ..."."""
    trailing = TRAILING.match(text, cue.end, sentence.end)
    if trailing is None and cue.shape == "told":
        trailing = HEARER.match(text, cue.end, sentence.end)
    if trailing is None or not text.startswith(", ", source_at - 2):
        return None
    start, end = _segment(text, STRONG_CONTRAST, cue.start, sentence)
    if RELATIVE.search(text, start, source_at):
        return source_at, end  # "over levels which, its records show, exceeded ..."
    if FINITE.search(text, start, source_at):
        goes_on = len(trailing[0]) == 1 or text.startswith(" or ", trailing.end())
        return start, end if goes_on else source_at
    return None


def _ends_there(text: str, cue: Cue, sentence: Sentence, source_at: int) -> bool:
    """Whether nothing of substance follows the verb."""
    rest = text[cue.end : sentence.end].strip(" .\"'\u201d\u2019)]")
    return not rest or (
        len(rest) < 40
        and text[max(0, source_at - 2) : source_at].strip() in (",", '"', "\u201d")
        and "that" not in rest
        and not any(c.isdigit() for c in rest)
    )


def _end_of_speech(text: str, cue: Cue, sentence: Sentence) -> int:
    """Where what is said after the verb ends: a contrast, the sentence, or the quotation."""
    end = sentence.end
    if contrast := strong_contrast(text, cue.end, sentence.end):
        return contrast.start()
    if text.startswith(" that ", cue.end) and (deed := ALSO_DID.search(text, cue.end, end)):
        return deed.start()
    if text[end - 1 : end] not in ('"', "\u201d") and re.match(
        r"[:,]? [\"\u201c]", text[cue.end : cue.end + 3]
    ):
        closing = CLOSING_QUOTES.search(text, cue.end + 3, cue.end + LONGEST_QUOTE)
        newline = text.find("\n", cue.end)
        if closing and (newline < 0 or closing.start() < newline):
            end = max(end, closing.start())
    return end


def _quotation(text: str, cue: Cue, sentence: Sentence, at: int) -> tuple[int, int] | None:
    """The words in quotation marks before `"...", the mayor said`, and what she says next."""
    if not QUOTED.search(text, max(sentence.start, at - 4), at):
        return None
    close = max(text.rfind(mark, sentence.start, at) for mark in '"\u201d')
    low = max(0, close - LONGEST_QUOTE, text.rfind("\n", 0, close) + 1)
    opening = max(text.rfind(mark, low, close) for mark in '"\u201c')
    start = _segment(text, STRONG_CONTRAST, close, sentence)[0]
    start = opening if 0 <= opening < start else start
    if OPENING_QUOTES.search(text, cue.end, sentence.end):
        return start, sentence.end
    further = GOES_ON.match(text, sentence.end)
    return start, further.end() if further else max(cue.end, at)


def _segment(
    text: str, breaks: re.Pattern[str], position: int, sentence: Sentence
) -> tuple[int, int]:
    start, end = sentence.start, sentence.end
    for found in breaks.finditer(text, sentence.start, sentence.end):
        if found.end() <= position:
            start = found.end()
        elif found.start() >= position:
            end = found.start()
            break
    return start, end


def anonymous_scope(text: str, cue: Cue, sentence: Sentence) -> tuple[int, int]:
    if cue.shape == "adverb":
        return _segment(text, CONTRAST, cue.start, sentence)
    start, end = _segment(text, CONTRAST, cue.start, sentence)
    if cue.shape in ("it_was", "reports") and text[cue.end : cue.end + 1] not in (".", ","):
        return cue.start, _segment(text, STRONG_CONTRAST, cue.start, sentence)[1]
    return start, end
