"""What somebody denies in words and not in figures: an account that is true or not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import unescape
from itertools import islice
from typing import Final

from claims.domain.vocabulary import Aggregation
from claims.reading.asking.spans import Within
from claims.reading.asking.terms import ACCOUNT, Scope
from claims.reading.proposals import AttributedStatement, ProposedConflict, Reading, Span

LONGEST: Final = 200  # characters of an account
MOST_CUES: Final = 20  # that are tried in one sentence
_REACH: Final = 2_000  # characters of a sentence that are looked at
_BEFORE: Final = 50  # characters before a cue that may undo it
_TO_THAT: Final = 60  # characters from a verb to the clause that it takes
_NO_CLAUSE: Final = (
    r"(?!(?:account|charge|claim|count|estimate|figure|number|report|toll|view)s?\b)"
)
_THAT = re.compile(rf"[^.;:,()\n]{{0,{_TO_THAT}}}?\bthat\s+{_NO_CLAUSE}")
# "Denied that firmly, in a statement": no clause follows, "that" is what was said before.
_ADVERB = r"(?:[a-z]+ly|too|again|later|outright|yesterday|today|then|now|either|altogether)"
_BESIDE = r"(?:in|on|at|as|by|during|through|via|when|while|to|with|from|after|before|and|but)"
_DATED = (  # "that in March its men had fired" is a clause all the same
    r"(?:in|on|at|by|during) (?!an? )(?:(?!when|which|after|as\b)[\w'’]+,? ){1,4}?"
    r"(?:it|they|he|she|its|their|his|her|the|any)\b[^,.;]{0,40}? "
    r"(?:had|has|have|was|were|is|are|would)\b"
)
_POINTS = (
    rf"(?:(?!at (?:least|most)\b|as (?:many|few|much)\b|{_DATED}){_BESIDE}\b"
    rf"|{_ADVERB}(?=\W*$|\s*[,.;:]|\s+(?:{_ADVERB}|{_BESIDE}|\w+ing)\b))"
)
_DENIED_THAT = re.compile(
    rf"\W*(?:(?!and\b|that\s+{_POINTS})[\w'’]+\s+){{0,5}}?that\s+{_NO_CLAUSE}(?!{_POINTS})"
)
_BLAME = (
    r"(?:(?:all|any|its|their|his|her) )?"
    r"(?:negligence|responsibility|involvement|guilt|wrongdoing|liability|complicity)\b"
)
_DEED = re.compile(
    r"\W*(?:(?:all|any) )?(?=(?:ever |having )*[a-z]{2,}ing\b(?<!wrongdoing)|"
    rf"{_BLAME} (?:for|in|of|over|with)\b"
    r"(?! (?:an? |the )?(?:\w+ )?(?:statement|interview|letter|speech|press|court|report)\b))"
)
_BLAMED = re.compile(rf"\W*{_BLAME}")
# Words by which a denial points back: what was said before is denied, not the words themselves.
_BACK = re.compile(
    r"\b(?:such|this|these|those|so (?:many|high|few)|counts?|estimates?|figures?|tolls?)\b|\bany$"
)
_VERB = (
    r"(?:has |have |had |also |later |then |both ){0,2}(?:denied|denies|rejected|rejects|disputed|"
    r"dismissed|said|says|stated|claimed|claims|insisted|argued|replied|accused|blamed|added)\b"
)
_NAMED = r"(?:[A-Z][\w.'’-]* ){1,4}"
_SOMEBODY = r"(?:(?!who\b|which\b|that\b)[\w.'’-]+ ){1,6}?"
_END = re.compile(
    r"[.;](?:\s|$)|\n[^\S\n]*\n|, (?:say|explain|add|argu|point|stat|not|insist|claim)ing\b|"
    r" and (?:said|say|suggested|accused|added|called|blamed|insisted)\b|"
    rf",\s+(?:and|but|while|whereas|though)\s+{_SOMEBODY}{_VERB}|,\s+{_NAMED}{_VERB}|"
    rf"\s(?:and|but|while|whereas)\s+(?:{_NAMED}|(?:the|its|their|his|her) {_SOMEBODY}){_VERB}"
    r"(?= (?:that|it|this|any|having)\b)|,\s+(?:said|says|claimed|added|stated)\s+that\b|"
    r",\s+(?:and|but)\s*$|,\s+(?:which|who)\b(?:\s+\w+){0,3}\s*$|,\s+an? \w+\s*$"
)
_NO_END = re.compile(
    r"(?:\b(?:Gen|Col|Lt|Maj|Capt|Sgt|Cpl|Adm|Brig|Dr|Mr|Mrs|Ms|Prof|Rev|No|St|"
    r"Sr|Jr|Ltd|Inc|vs|ca|[A-Zbcd])|\b[ap]\.m|&#?\w{1,8})$"
)
_LINE_ENDS = re.compile(r"(?:[^\S\n]*\n(?=[^\S\n]*[a-z])[^\n]{1,400}){0,3}")
_SMALL: Final = frozenset("been have they that were with from would their there".split())
_UNSAID = re.compile(
    r"<ref\b[^<>]*/>|<ref\b.*?(?:</ref>|$)|<!--.*?(?:-->|$)|\{\{[^{}]*\}\}|"
    r"\[\[\s*(?i:file|image|category)\s*:(?:[^\[\]]|\[\[[^\[\]]*\]\])*\]\]",
    re.DOTALL,
)
_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]")
_MARKUP = re.compile(r"<[^<>]*>|\{\{[^{}]*\}\}|'{2,}")
_NOT_DENIED = re.compile(  # right before the verb
    r"(?:(?:\b(?:never|not(?! only)|cannot|nor|did|would|could|might|(?-i:may)|"
    r"(?:refus|declin)\w+ to)|n['’]t)(?:\s+(?:has|have|had|be|been|ever|once|\w+ly)){0,3}|"
    r"\b(?:if|unless|whether|nobody|no one)\b[^.,;:()]{0,25})\s*$",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"\b(?:nobody|no[- ]one|neither|nor|cannot|never|not)\b|"
    r"^(?:none|few|who|whom|if|unless|whether|hardly|no(?!\.))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Told:
    """Words of the article with their place; ``by`` is the cue of who says so, if anybody."""

    words: str
    place: Span
    by: AttributedStatement | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """What is denied; ``of`` is whose deed the words name, ``told`` where somebody states it.

    ``is_clause`` when the words are a sentence of their own, as after "denied that";
    ``is_unclear`` when they may not be what is denied.
    """

    words: str
    of: str = ""
    told: Told | None = None
    is_clause: bool = True
    is_unclear: bool = False

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
        self._used: set[int] = set()

    def cue_in(self, conflict: ProposedConflict) -> tuple[AttributedStatement, Span] | None:
        """The cue that denies, with the member that it stands in: the last that has one.

        Of several there it is that of the speaker whom the conflict names, or else the first.
        None where nobody denies it in truth ("never denied").
        """
        for member in reversed(conflict.members):
            if cues := [cue for cue in self._denials(member) if cue.source]:
                cue = max(cues, key=lambda one: self._rank(one, conflict.why))
                self._used.add(cue.cue_start)
                return (cue, member) if self._is_denial(cue) else None
        return None

    def _rank(self, cue: AttributedStatement, why: str) -> tuple[int, bool]:
        source = cue.source or ""
        return len(source) if source in why else 0, cue.cue_start not in self._used

    def _is_denial(self, cue: AttributedStatement) -> bool:
        lead = self.text[max(0, cue.cue_start - _BEFORE) : cue.cue_start]
        return not (_NOT_DENIED.search(lead) or _NOBODY.search(cue.source or ""))

    def outright(
        self, denial: AttributedStatement, members: Sequence[Span], figures: Sequence[Span]
    ) -> Account | None:
        """What a denial itself names ("denied that shots were fired"), unless it is a figure.

        The denial stands in the last of the members, and so do the figures.
        """
        *before, own = members
        clause = _after(_DENIED_THAT, self.text, denial.cue_end, own.char_end)
        if clause is not None and " " not in _words(self.text, clause):
            clause = None
        deed = clause or _after(_DEED, self.text, denial.cue_end, own.char_end)
        if deed is None and _BLAMED.match(self.text, denial.cue_end, own.char_end):
            blamed = self.before(own, before)
            return replace(blamed, is_unclear=True) if blamed else None
        if deed is None or any(_holds(deed, figure) for figure in figures):
            return None
        words = _words(self.text, deed)
        if not words or _BACK.search(words):
            return None
        if clause is None:
            return Account(words, of=re.sub(r"^The ", "the ", denial.source or ""))
        same = (told for told in self._tellings(before) if _same(words, told.words))
        return Account(words, told=next(same, None))

    def before(self, own: Span, others: Sequence[Span]) -> Account | None:
        """What is said before the denial's own member: the words of the last that has any."""
        members = [other for other in others if other.char_start < own.char_start]
        told = next(self._tellings(members), None)
        if told is None:
            return None
        is_clause = all(told.place != member for member in members)
        return Account(told.words, told=told, is_clause=is_clause, is_unclear=not is_clause)

    def _tellings(self, members: Sequence[Span]) -> Iterator[Told]:
        """The clauses that cues take ("said that ..."), last member first; then members whole."""
        for member in reversed(members):
            for cue in self._sayings(member):
                place = _after(_THAT, self.text, cue.cue_start, member.char_end)
                if place is not None and (words := _words(self.text, place)):
                    yield Told(words, place, cue)
        for member in reversed(members):
            if self._denials(member):
                continue
            if words := _words(self.text, member):
                yield Told(words, member, next(self._sayings(member), None))

    def _denials(self, member: Span) -> list[AttributedStatement]:
        cues = islice(self._cues.of(member), MOST_CUES)
        return [cue for cue in cues if cue.role == "denied by"]

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
    """The words after a lead, up to where the clause ends; a line may end within it."""
    end = min(end, start + _REACH)
    lines = _LINE_ENDS.match(text, end)
    clear = _UNSAID.sub(_blank, text[start : lines.end() if lines else end])
    led = lead.match(clear)
    if led is None or start + led.end() > end:
        return None
    words = clear[led.end() : _end_of(clear, led.end())].rstrip()
    return Span(start + led.end(), start + led.end() + len(words)) if words else None


def _end_of(words: str, start: int = 0) -> int:
    """Where the clause ends; the full stop of "Gen." is no end."""
    for ended in _END.finditer(words, start):
        at = ended.start()
        if words[at] not in ".;" or not _NO_END.search(words, max(0, at - 10), at):
            return at
    return len(words)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _words(text: str, place: Span) -> str:
    """The words without markup, shortened; '' when they are too few to ask about."""
    end = min(place.char_end, place.char_start + _REACH)
    clear = _UNSAID.sub(" ", text[place.char_start : end]).strip()
    clear = _MARKUP.sub("", _LINK.sub(r"\1", clear[: _end_of(clear)]))
    line = " ".join(unescape(clear).split()).strip(" ,.;:–—-")
    line = "".join(sign for sign in line if unicodedata.category(sign) not in {"Cc", "Cf"})
    line = _without_lone_quotes(line.replace("“", "‘").replace("”", "’").replace('"', "'"))
    if len(line) > LONGEST:
        line = f"{line[: LONGEST - 1].rsplit(' ', 1)[0]}…"
    return line if re.search(r"[^\W\d_]{3}", line) else ""


def _without_lone_quotes(line: str) -> str:
    """The line without a quote at its edge that has no other half."""
    if line[:1] in {"'", "‘"} and not re.search(r"\S['’](?!\w)", line[1:]):
        line = line[1:]
    if line[-1:] in {"'", "’"} and not re.search(r"(?<!\w)['‘]", line[:-1]):
        line = line[:-1]
    return line.strip(" ,;")
