"""What somebody denies in words and not in figures: an account that is true or not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from claims.choices import Aggregation
from claims.importers.proposals.inside import Within
from claims.importers.proposals.scopes import ACCOUNT, Scope
from claims.reading.proposals import AttributedStatement, Reading, Span

LONGEST: Final = 200  # characters of an account
MOST_CUES: Final = 20  # that are tried in one sentence
_REACH: Final = 2_000  # characters of a sentence that are looked at
_TO_THAT: Final = 60  # characters from a verb to the clause that it takes
_NO_CLAUSE: Final = (
    r"(?!(?:account|charge|claim|count|estimate|figure|number|report|toll|view)s?\b)"
)
_THAT = re.compile(rf"[^.;:,()\n]{{0,{_TO_THAT}}}?\bthat\s+{_NO_CLAUSE}")
_DENIED_THAT = re.compile(rf"\W*(?:(?!and\b)[\w'’]+\s+){{0,5}}?that\s+{_NO_CLAUSE}")
_DEED = re.compile(
    r"\W*(?:(?:all|any) )?(?=(?:ever |having )*[a-z]{2,}ing\b"
    r"|(?:negligence|responsibility|involvement|guilt|wrongdoing|liability|complicity)\b)"
)
# Words by which a denial points back: what was said before is denied, not the words themselves.
_BACK = re.compile(
    r"\b(?:such|this|these|those|so (?:many|high|few)|counts?|estimates?|figures?|tolls?)\b|\bany$"
)
_END = re.compile(
    r"[.;]\s|[.;]$|\n|, (?:say|explain|add|argu|point|stat|not|insist|claim)ing\b|"
    r" and (?:said|say|suggested|accused|added|called|blamed|insisted)\b|"
    r",\s+(?:which|who)\b(?:\s+\w+){0,3}\s*$|,\s+an? \w+\s*$"
)
_SMALL: Final = frozenset("been have they that were with from would their there".split())
_REFERENCE = re.compile(r"<ref\b[^<>]*/>|<ref\b.*?(?:</ref>|$)", re.DOTALL)
_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]")
_MARKUP = re.compile(r"<[^<>]*>|\{\{[^{}]*\}\}|'{2,}")


@dataclass(frozen=True, slots=True)
class Told:
    """Words of the article with their place; ``by`` is the cue of who says so, if anybody."""

    words: str
    place: Span
    by: AttributedStatement | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """What is denied; ``of`` is whose deed the words name, ``told`` where somebody states it.

    ``is_clause`` when the words are a sentence of their own, as after "denied that".
    """

    words: str
    of: str = ""
    told: Told | None = None
    is_clause: bool = True

    @property
    def scope(self) -> Scope:
        """The question whether it is true."""
        asked = f"“{self.words}”"
        lead = "Is it true that" if self.is_clause else "Is this so:"
        return Scope(
            measure=ACCOUNT,
            unit="",
            population=self.words,
            aggregation=Aggregation.EVENT,
            as_of="",
            place="",
            when="",
            words=f"Is {asked} true of {self.of}" if self.of else f"{lead} {asked}",
        )


class Denied:
    """What the denials of one article are about."""

    def __init__(self, reading: Reading) -> None:
        self.text = reading.text
        self._cues = Within(reading.attributions, lambda cue: cue.cue_start)

    def cue_in(self, members: Iterable[Span]) -> tuple[AttributedStatement, Span] | None:
        """The first cue that denies, with the member of the conflict that it stands in."""
        for member in members:
            for cue in self._cues.of(member):
                if cue.role == "denied by" and cue.source:
                    return cue, member
        return None

    def outright(
        self, denial: AttributedStatement, members: Sequence[Span], figures: Sequence[Span]
    ) -> Account | None:
        """What a denial itself names ("denied that shots were fired"), unless it is a figure.

        The denial stands in the last of the members, and so do the figures.
        """
        *before, own = members
        clause = _after(_DENIED_THAT, self.text, denial.cue_end, own.char_end)
        deed = clause or _after(_DEED, self.text, denial.cue_end, own.char_end)
        if deed is None or any(_holds(deed, figure) for figure in figures):
            return None
        words = _words(self.text, deed)
        if not words or _BACK.search(words):
            return None
        if clause is None:
            return Account(words, of=re.sub(r"^The ", "the ", denial.source or ""))
        same = (told for told in self._tellings(before) if _same(words, told.words))
        return Account(words, told=next(same, None))

    def before(self, members: Sequence[Span]) -> Account | None:
        """What is said before the denial, by the words of the last member that has any."""
        told = next(self._tellings(members), None)
        if told is None:
            return None
        is_clause = all(told.place != member for member in members)
        return Account(told.words, told=told, is_clause=is_clause)

    def _tellings(self, members: Sequence[Span]) -> Iterator[Told]:
        """The clauses that cues take ("said that ..."), last member first; then members whole."""
        for member in reversed(members):
            for cue in self._sayings(member):
                place = _after(_THAT, self.text, cue.cue_start, member.char_end)
                if place is not None and (words := _words(self.text, place)):
                    yield Told(words, place, cue)
        for member in reversed(members):
            if words := _words(self.text, member):
                yield Told(words, member, next(self._sayings(member), None))

    def _sayings(self, member: Span) -> Iterator[AttributedStatement]:
        cues = islice(self._cues.of(member), MOST_CUES)
        return (cue for cue in cues if cue.role != "denied by")


def _holds(place: Span, other: Span) -> bool:
    return place.char_start <= other.char_start < place.char_end


def _same(one: str, other: str) -> bool:
    """Whether most long words of the one are in the other."""
    mine, theirs = (set(re.findall(r"\w{4,}", words.casefold())) for words in (one, other))
    mine -= _SMALL
    return bool(mine) and 2 * len(mine & theirs) > len(mine)


def _after(lead: re.Pattern[str], text: str, start: int, end: int) -> Span | None:
    """The words after a lead, up to where the clause ends."""
    clear = _REFERENCE.sub(_blank, text[start : min(end, start + _REACH)])
    led = lead.match(clear)
    if led is None:
        return None
    ended = _END.search(clear, led.end())
    words = clear[led.end() : ended.start() if ended else len(clear)].rstrip()
    return Span(start + led.end(), start + led.end() + len(words)) if words else None


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _words(text: str, place: Span) -> str:
    """The words without markup, shortened; '' when they are too few to ask about."""
    clear = _REFERENCE.sub(
        " ", text[place.char_start : min(place.char_end, place.char_start + _REACH)]
    )
    clear = _MARKUP.sub("", _LINK.sub(r"\1", _END.split(clear.strip(), maxsplit=1)[0]))
    line = " ".join(clear.split()).strip(" ,.;:–—-")
    line = line.replace("“", "‘").replace("”", "’").replace('"', "'")
    if len(line) > LONGEST:
        line = f"{line[: LONGEST - 1].rsplit(' ', 1)[0]}…"
    return line if re.search(r"[^\W\d_]{3}", line) else ""
