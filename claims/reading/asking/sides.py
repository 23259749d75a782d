"""The sides of a fight, as an infobox names them, and which of them a figure is of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from claims.reading.asking.owners import bare, verb_subject
from claims.reading.languages.english import ENGLISH
from claims.reading.proposals import ArticleBlock, ProposedFigure

LONGEST: Final = 60  # characters of a name
STEM: Final = 4  # letters that "Sarnia" and "the Sarnians" share at least
_NAMING = ENGLISH.pattern("sides.naming")
_LEADING = ENGLISH.pattern("sides.leading")
_LOSER = ENGLISH.pattern("sides.loser")
_LOSSES_OF = ENGLISH.pattern("sides.losses_of")
_COMMON: Final = frozenset(ENGLISH.words("sides.common"))
_FIGHTERS: Final = frozenset(ENGLISH.words("sides.fighters"))
_POSSESSIVES: Final = frozenset(ENGLISH.words("sides.possessives"))
FOUGHT: Final = frozenset(ENGLISH.words("sides.measures"))
"""What a fight does to a side."""
_LINE_END = re.compile(r"<br */?>|\n|\{\{|\}\}|<ref|\* ?|\(|;")
_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)(?:\]\]|$)")
_MARKUP = re.compile(r"<[^<>]*>|'{2,}|[\[\]{}|]")
_LOSSES_SAID = ENGLISH.pattern("sides.losses_said")
_OWN = re.compile(r"\s*(?:of )?(?P<whose>[a-z]+)(?: own)? (?P<noun>[a-z]+)\b")


def side_names(blocks: Iterable[ArticleBlock], text: str) -> Mapping[str, str]:
    """Return {number of a side: its name}, the first that an infobox gives for it.

    A side of several is known by the one that is named first.
    """
    return _numbered(blocks, text, _NAMING)


def _numbered(
    blocks: Iterable[ArticleBlock], text: str, naming: re.Pattern[str]
) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for block in blocks:
        if block.kind == "infobox" and (numbered := naming.fullmatch(block.label.casefold())):
            name = _name(text[block.char_start : block.char_end])
            if name:
                found.setdefault(numbered["side"], name)
    return found


def _name(written: str) -> str:
    first = next((line for line in _LINE_END.split(written) if line.strip(" ,:*'")), "")
    name = " ".join(_MARKUP.sub("", _LINK.sub(r"\1", first)).split()).strip(" ,:.")
    return name if len(name) <= LONGEST and re.search(r"[^\W\d_]", name) else ""


class Sides:
    """The sides of an article's infobox, by name; none where it tells of no fight."""

    def __init__(self, blocks: Iterable[ArticleBlock], text: str) -> None:
        blocks = [block for block in blocks if block.kind == "infobox"]
        self.names = side_names(blocks, text)
        leaders = _numbered(blocks, text, _LEADING)
        self._stems = {
            number: {*_stems(name)} | {*_stems(leaders.get(number, "").rpartition(" ")[2])}
            for number, name in self.names.items()
        }
        shared = [
            stem for number, own in self._stems.items() for stem in own
            if any(stem in other for key, other in self._stems.items() if key != number)
        ]  # fmt: skip
        for own in self._stems.values():
            own.difference_update(shared)

    def __bool__(self) -> bool:
        return len(self.names) > 1

    def named(self, words: str) -> str:
        """Return the one side that words name, as "Sarnian" does Sarnia; '' for none or several."""
        found = {
            number
            for word in re.findall(r"[\w’]+", words.casefold())
            for number, stems in self._stems.items()
            if any(word.startswith(stem) for stem in stems)
        }
        return self.names[found.pop()] if len(found) == 1 else ""

    def owner(self, figure: ProposedFigure, noun: str) -> str:
        """Return the side that a figure of a sentence is of; '' where the words do not say."""
        if named := self.named(noun):
            return named
        if losses := _LOSSES_OF.search(figure.before):
            return self.named(losses["owner"])
        own = _OWN.match(figure.after)
        if own and own["whose"] in _POSSESSIVES:
            return self._spoken(figure) or self._nearest(figure.before)
        lost = _LOSER.search(figure.before)
        if lost is None:
            return ""
        subject = verb_subject(figure.before[: lost.start()])
        return self.named(subject) if subject else self._spoken(figure)

    def _spoken(self, figure: ProposedFigure) -> str:
        return next((self.named(one.name) for one in figure.attribution if one.name), "")

    def _nearest(self, before: str) -> str:
        """The side named last before the figure."""
        for word in reversed(re.findall(r"[\w’]+", before)):
            if named := self.named(word):
                return named
        return ""


def is_fighters(noun: str) -> bool:
    """Whether a noun counts those who fight without saying for whom; '' may."""
    return not noun or noun.casefold() in _FIGHTERS


def lost_in_battle(figure: ProposedFigure) -> bool:
    """Whether a side is said to have lost so many, and not that they were killed."""
    return _LOSSES_SAID.search(figure.before) is not None


def loser_of(figure: ProposedFigure) -> str:
    """Return who lost so many, as the words right before the figure say; '' for nobody."""
    lost = _LOSER.search(figure.before)
    if lost is None or not lost[0].startswith(("lost", "suffered")):
        return ""
    return bare(verb_subject(figure.before[: lost.start()]))


def _stems(name: str) -> Iterator[str]:
    for word in re.findall(r"[^\W\d_]{3,}", name.casefold()):
        if word not in _COMMON or len(name.split()) == 1:
            yield word if len(word) <= STEM else word[: max(STEM, len(word) - 2)]
    if "government" in name.casefold():
        yield "government"
    if re.search(r"\bfront\b", name.casefold()):
        yield "front"
