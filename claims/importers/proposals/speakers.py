"""Speakers and outlets that prose names, as parties; aliases joined."""

from __future__ import annotations

import re
from typing import Final

from django.contrib.auth.models import User

from claims.choices import PartyKind
from claims.models import Party
from claims.workflow.importing import lock_names
from claims.workflow.parties import add_party, edit_party

_ARTICLE = re.compile(r"^(?:the|The)\s+")
_SHORT = re.compile(r"^(?P<full>.{3,150}?) \((?P<short>[A-Z][A-Za-z-]{1,14})\)?$")
_UNNAMED = re.compile(
    r"^(?:an?|one|two|three|four|five|some|several|many|most|other|another|unnamed|anonymous|"
    r"local|official|officials|sources?|witnesses|residents|survivors|aides?|analysts|experts|"
    r"observers|reports?|authorities|police|diplomats?|his|her|their|its)\b"
)
_SOURCES = re.compile(
    r"\b(?:sources|officials|witnesses|residents|reports|estimates)$", re.IGNORECASE
)
_OFFICE = re.compile(
    r"^(?P<office>(?:.* )?(?:[Mm]inister|[Pp]resident|[Cc]olonel|[Gg]eneral|[Cc]aptain|[Mm]ajor|"
    r"[Ll]ieutenant|[Ss]pokes(?:man|woman|person)|[Ss]ecretary|[Gg]overnor|[Mm]ayor|[Dd]octor|"
    r"[Pp]rofessor|[Cc]hief|[Dd]irector|[Cc]ommander|[Ll]eader|[Aa]mbassador|newspaper|"
    r"radio station|broadcaster|news agency|magazine|think tank|journalist|historian)),? "
    r"(?P<name>[A-ZÀ-Þ][^\s,]*(?: (?!of )[^\s,]+){0,5})(?P<of> of [^,]+)?$"
)
_AFTER = re.compile(r"^(?P<name>[^,]{2,120}), (?P<office>(?:an?|the) .{3,280})$")
_OUTLET = re.compile(
    r"\b(?:AFP|RFI|BBC|CNN|AP|Reuters|Xinhua|TASS|Jazeera|Newspapers?|News|Press|Radio|"
    r"Television|TV|Times|Post|Guardian|Telegraph|Journal|Gazette|Herald|Tribune|Le Monde|"
    r"newspaper|radio station|broadcaster|news agency|magazine)\b"
)
_STATE = re.compile(
    r"\b(?:[Gg]overnment|[Mm]inistry|[Aa]rmy|[Mm]ilitary|[Pp]olice|[Nn]avy|[Pp]arliament|"
    r"[Cc]ouncil|[Cc]ourt|[Aa]uthorities|State)\b"
)
_ARMED: Final = re.compile(r"\b(?:rebels|insurgents|militants|militia|guerrillas|[Ff]ront)\b")
_PERSONAL: Final = re.compile(r"^[A-ZÀ-Þ][\w'’.-]+(?: (?:[a-z]{1,3}|[A-ZÀ-Þ][\w'’.-]*)){1,4}$")


class Speakers:
    """Finds or adds the party for a name; each name is looked up once an article."""

    def __init__(self, *, by: User, reason: str, title: str) -> None:
        self._by, self._reason, self._title = by, reason, title
        self._known: dict[tuple[str, bool], Party] = {}
        self.added = 0

    def party(self, name: str, *, anonymous: bool = False, outlet: bool = False) -> Party:
        """Return the party of this name, added when nobody bears it yet."""
        key = (_bare(name).casefold(), outlet)
        if key not in self._known:
            self._known[key] = self._find(name, anonymous, outlet)
        return self._known[key]

    def _find(self, name: str, anonymous: bool, outlet: bool) -> Party:
        words, office = _without_office(_bare(name))
        match = _SHORT.match(words)
        names = [match["short"], match["full"]] if match else [words]
        unnamed = anonymous or _is_unnamed(words)
        if unnamed:
            # Two articles that both cite "an official" need not mean the same person.
            names, office = [words], f"as “{self._title}” calls them"[:300]
        found = self._look(names, office, unnamed)
        if found is None and lock_names("party", names):
            found = self._look(names, office, unnamed)
        if found is not None:
            return found if unnamed else self._join(found, names)
        kind = PartyKind.OUTLET if outlet else kind_of(words, office)
        return self._add(names[-1], PartyKind.UNNAMED if unnamed else kind, office, names[:-1])

    def _look(self, names: list[str], office: str, unnamed: bool) -> Party | None:
        if unnamed:
            return Party.objects.filter(name=names[0][:200], description=office).first()
        each = (Party.objects.named(name).order_by("pk").first() for name in names)
        return next((party for party in each if party is not None), None)

    def _join(self, party: Party, names: list[str]) -> Party:
        """Teach a party the other form of its name that the article gives."""
        have = {party.name.casefold(), *(alias.casefold() for alias in party.aliases)}
        fresh = [name for name in names if name.casefold() not in have]
        if not fresh:
            return party
        aliases = [*party.aliases, *fresh]
        return edit_party(party=party, by=self._by, reason=self._reason, aliases=aliases)

    def _add(self, name: str, kind: str, description: str, aliases: list[str]) -> Party:
        self.added += 1
        return add_party(
            by=self._by,
            reason=self._reason,
            name=name[:200],
            kind=kind,
            description=description[:300],
            aliases=aliases,
        )


def kind_of(name: str, office: str = "") -> PartyKind:
    """Guess what sort of party bears a name; an editor corrects what is wrong."""
    if _OUTLET.search(name) or _OUTLET.search(office):
        return PartyKind.OUTLET
    if _ARMED.search(name):
        return PartyKind.ARMED_GROUP
    if _STATE.search(name):
        return PartyKind.GOVERNMENT
    if office and "think tank" not in office:
        return PartyKind.PERSON
    return PartyKind.PERSON if _PERSONAL.match(name) else PartyKind.ORGANISATION


def _bare(name: str) -> str:
    words = " ".join(name.split()).strip(" .,;:\"“”'’-–")
    if words.count(")") > words.count("("):
        words = words.rstrip(")").rstrip()
    return _ARTICLE.sub("", words) or name.strip()


def _is_unnamed(words: str) -> bool:
    """Whether the words describe somebody ("a rescue worker") and name nobody."""
    start = words[:1].lower() + words[1:]
    described = start == words.lower() and (" " in words or words == start)
    return bool(described or _UNNAMED.match(start) or _SOURCES.search(words))


def _without_office(words: str) -> tuple[str, str]:
    """Split "French Development Minister Henri de Raincourt" into name and office."""
    match = _OFFICE.match(words) or _AFTER.match(words)
    if match is None or _is_unnamed(words):
        return words, ""
    of = match.groupdict().get("of") or ""
    return match["name"], f"{match['office']}{of}"
