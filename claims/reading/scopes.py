"""How far a statement reaches: the stretch of text that its speaker answers for."""

import re

from claims.reading.cues import Cue
from claims.reading.sentences import Sentence
from claims.reading.speakers import FINITE

CONTRAST = re.compile(
    r"; |,? (?:while|whereas|but|although|though) |, (?:and|with|of which|of whom|which|who) |: "
    r"| in which | from which "
)
STRONG_CONTRAST = re.compile(r"; |, (?:while|whereas|but|although|though) |,? whereas ")
TRAILING = re.compile(
    r"(?: (?:on|in|at|late|early|yesterday|today|last|this|after|during|overnight|later|"
    r"earlier)\b[^,;.0-9]{0,40})?[,.;]"
)
OPENING_QUOTES = re.compile(r" [\"\u201c]")
RELATIVE = re.compile(r"\b(?:which|who|that), \Z")
CLOSING_QUOTES = re.compile(r"[\"\u201d]")
LONGEST_QUOTE = 1500


def scope_of(
    text: str, cue: Cue, sentence: Sentence, source_at: int, *, inverted: bool
) -> tuple[int, int]:
    if cue.shape in ("according", "said_by", "passive_by", "figures_from", "count_of"):
        return _segment(text, STRONG_CONTRAST, cue.start, sentence)
    trailing = TRAILING.match(text, cue.end, sentence.end)
    if trailing and text.startswith(", ", source_at - 2):
        start, end = _segment(text, STRONG_CONTRAST, cue.start, sentence)
        if RELATIVE.search(text, start, source_at):
            return source_at, end  # "over levels which, its records show, exceeded ..."
        if FINITE.search(text, start, source_at):
            # "X won, the commission announced on Sunday, ending ..."
            return start, source_at if len(trailing[0]) > 1 else end
    quoted = inverted and text[cue.start - 2 : cue.start].strip() in ('"', "\u201d")
    if quoted and not OPENING_QUOTES.search(text, cue.end, sentence.end):
        return _segment(text, STRONG_CONTRAST, cue.start, sentence)[0], cue.end
    rest = text[cue.end : sentence.end].strip(" .\"'\u201d\u2019)]")
    if (
        inverted
        or not rest
        or (
            len(rest) < 40
            and text[max(0, source_at - 2) : source_at].strip() in (",", '"', "\u201d")
            and "that" not in rest
            and not any(c.isdigit() for c in rest)
        )
    ):
        return _segment(text, STRONG_CONTRAST, cue.start, sentence)
    end = sentence.end
    contrast = STRONG_CONTRAST.search(text, cue.end, sentence.end)
    if contrast:
        end = contrast.start()
    elif text[end - 1 : end] not in ('"', "\u201d") and re.match(
        r"[:,]? [\"\u201c]", text[cue.end : cue.end + 3]
    ):
        closing = CLOSING_QUOTES.search(text, cue.end + 3, cue.end + LONGEST_QUOTE)
        newline = text.find("\n", cue.end)
        if closing and (newline < 0 or closing.start() < newline):
            end = max(end, closing.start())
    return cue.start, end


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
    if cue.shape in ("it_was", "reports"):
        return cue.start, _segment(text, STRONG_CONTRAST, cue.start, sentence)[1]
    return start, end
