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
from claims.reading.asking.scope import ACCOUNT, Scope
from claims.reading.asking.spans import Within
from claims.reading.languages.english import ENGLISH
from claims.reading.proposals import AttributedStatement, ProposedConflict, Reading, Span

LONGEST: Final = 200  # characters of an account
MOST_CUES: Final = 20  # that are tried in one sentence
_REACH: Final = 2_000  # characters of a sentence that are looked at
_BEFORE: Final = 50  # characters before a cue that may undo it
_THAT = ENGLISH.pattern("denied_accounts.that")
# "Denied that firmly, in a statement": no clause follows, "that" is what was said before.
_DENIED_THAT = ENGLISH.pattern("denied_accounts.denied_that")
_DEED = ENGLISH.pattern("denied_accounts.deed")
_BLAMED = ENGLISH.pattern("denied_accounts.blamed")
# Words by which a denial points back: what was said before is denied, not the words themselves.
_BACK = ENGLISH.pattern("denied_accounts.back")
_NAMED = r"(?:[A-Z][\w.'’-]* ){1,4}"
_END = ENGLISH.pattern("denied_accounts.end")
_NO_END = ENGLISH.pattern("denied_accounts.no_end")
_LINE_ENDS = re.compile(r"(?:[^\S\n]*\n(?=[^\S\n]*[a-z])[^\n]{1,400}){0,3}")
_SMALL: Final = frozenset(ENGLISH.words("denied_accounts.small"))
_UNSAID = ENGLISH.pattern("denied_accounts.unsaid")
_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]")
_MARKUP = re.compile(r"<[^<>]*>|\{\{[^{}]*\}\}|'{2,}")
_NOT_DENIED = ENGLISH.pattern("denied_accounts.not_denied")
_NOBODY = ENGLISH.pattern("denied_accounts.nobody")


@dataclass(frozen=True, slots=True)
class AccountTold:
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
    told: AccountTold | None = None
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


class DeniedAccounts:
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

    def _tellings(self, members: Sequence[Span]) -> Iterator[AccountTold]:
        """The clauses that cues take ("said that ..."), last member first; then members whole."""
        for member in reversed(members):
            for cue in self._sayings(member):
                place = _after(_THAT, self.text, cue.cue_start, member.char_end)
                if place is not None and (words := _words(self.text, place)):
                    yield AccountTold(words, place, cue)
        for member in reversed(members):
            if self._denials(member):
                continue
            if words := _words(self.text, member):
                yield AccountTold(words, member, next(self._sayings(member), None))

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
