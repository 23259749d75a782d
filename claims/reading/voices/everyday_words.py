"""Cues at words that stand in every sentence: only the few shapes they open are tried there."""

import re

from claims.reading.voices.cue_patterns import CUE

OPENED_BY = {
    "in on by from against": "count_of",
    "as per": "according",
    "it": "it_was",
    "is are was were be been being": "passive",
    "has have had": "passive phrase",
    "also": "reports",
}
"""Everyday words, and the shapes of cues that can begin with them."""

WORD = re.compile(r"[A-Za-z]*")
_SHAPES = {
    shape.split(">", 1)[0].removeprefix("(?P<"): shape
    for shape in re.split(r"\|(?=\(\?P<)", CUE.pattern)
}
_CUES = {
    word: re.compile("|".join(_SHAPES[shape] for shape in shapes.split()))
    for words, shapes in OPENED_BY.items()
    for word in words.split()
}


def cue_at(text: str, at: int, end: int) -> re.Match[str] | None:
    """Match the cue of text[at:end] that begins at a word, None when there is none."""
    word = WORD.match(text, at, end)
    pattern = _CUES.get(word[0].lower(), CUE) if word else CUE
    return pattern.match(text, at, end)
