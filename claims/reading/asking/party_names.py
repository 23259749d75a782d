"""Who a name means: forms of one name, offices before it, and speakers who have none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from claims.domain.characters import without_hidden
from claims.domain.names import fold_name
from claims.domain.vocabulary import PartyKind
from claims.reading.languages.english import ENGLISH
from claims.reading.proposals import Reading
from claims.reading.voices.names import definitions

_ARTICLE = re.compile(r"^the\s+", re.IGNORECASE)
_ANY_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)
_SHORT = ENGLISH.pattern("party_names.short")
_SAYS = ENGLISH.pattern("party_names.says")
_OWNED = ENGLISH.pattern("party_names.owned")
_UNNAMED = ENGLISH.pattern("party_names.unnamed")
_SOURCES = ENGLISH.pattern("party_names.sources")
_OFFICE = ENGLISH.pattern("party_names.office")
_AFTER = ENGLISH.pattern("party_names.after")
_OUTLET = ENGLISH.pattern("party_names.outlet")
_STATE = ENGLISH.pattern("party_names.state")
_ARMED: Final = ENGLISH.pattern("party_names.armed")
_PERSONAL: Final = re.compile(r"^[A-ZÀ-Þ][\w'’.-]+(?: (?:[a-z]{1,3}|[A-ZÀ-Þ][\w'’.-]*)){1,4}$")


@dataclass(frozen=True, slots=True)
class Named:
    """A name as read: the forms of it, the full one last, and what sort of party bears it."""

    names: list[str]
    kind: str
    description: str

    @property
    def is_unnamed(self) -> bool:
        return self.kind == PartyKind.UNNAMED


class PartyNames:
    """Reads the names of one article, whose short forms it gives in brackets.

    ``outlets`` are those whom it cites as publishers. What it says decides, and not what an
    earlier article said: imports in another order give the same.
    """

    def __init__(self, title: str, text: str = "", outlets: Iterable[str] = ()) -> None:
        self.unnamed_as = f"as “{title}” calls them"[:300]
        self._forms = forms_in(without_hidden(text))
        self._outlets = {fold_name(bare_name(words)) for words in outlets if words}

    def read(self, words: str, *, anonymous: bool = False, outlet: bool = False) -> Named:
        """What the words say of who it is."""
        name, office = _without_office(bare_name(without_hidden(words)))
        if anonymous or _is_unnamed(name, named=_has_capital(words)):
            return Named([name[:200]], PartyKind.UNNAMED, self.unnamed_as)
        match = _SHORT.match(name)
        forms = [match["short"], match["full"]] if match else self._forms.get(fold_name(name))
        names = list(forms or [name[:200]])
        outlet = outlet or any(fold_name(one) in self._outlets for one in names)
        kind = party_kind_of(name, office)
        if outlet and kind in (PartyKind.ORGANISATION, PartyKind.PERSON):
            kind = PartyKind.OUTLET  # a ministry that publishes a report stays one
        return Named(names, kind, office)


def forms_in(text: str) -> Mapping[str, list[str]]:
    """The short and the full form of each name that a text abbreviates, by either, folded."""
    found: dict[str, list[str]] = {}
    for full, short in definitions(text):
        for name in (full, short):
            found.setdefault(fold_name(name), [short, full])
    return found


def outlets_in(reading: Reading) -> Iterator[str]:
    """Name whom the article cites as publishers, and through whom others speak in it."""
    yield from (work.publisher or work.container for work in reading.sources)
    for figure in reading.figures:
        yield from (named.via for named in figure.attribution if named.via)


def bare_name(name: str) -> str:
    """A name without article, quotes, a possessive ending or a verb of speech left behind."""
    words = " ".join(name.split()).strip(" .,;:\"“”'’-–")
    if words.count(")") > words.count("("):
        words = words.rstrip(")").rstrip()
    words = _SAYS.sub("", re.sub(r"(?:['’]s|(?<=s)['’])$", "", words))
    return _ARTICLE.sub("", words) or name.strip()


def same_speaker(words: str) -> str:
    """The same for unnamed speakers whose names differ by case or article only."""
    return fold_name(_ANY_ARTICLE.sub("", words) or words)


def party_kind_of(name: str, office: str = "") -> PartyKind:
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


def _has_capital(words: str) -> bool:
    """Whether "The Arden army" has a capital that no sentence gave it."""
    return _ARTICLE.sub("", words) != words and bare_name(words)[:1].isupper()


def _is_unnamed(words: str, *, named: bool = False) -> bool:
    """Whether the words describe somebody ("a rescue worker") and name nobody."""
    start = words if named else words[:1].lower() + words[1:]
    described = start == words.lower() and (" " in words or words == start)
    return bool(described or _UNNAMED.match(start) or _SOURCES.search(words))


def _without_office(words: str) -> tuple[str, str]:
    """Split "Norse Development Minister Ola de Brand" into name and office."""
    match = _OFFICE.match(words) or _AFTER.match(words)
    if match is not None and not _is_unnamed(words):
        of = match.groupdict().get("of") or ""
        return match["name"], f"{match['office']}{of}"
    owned = _OWNED.match(words)
    if owned and party_kind_of(owned["rest"]) == PartyKind.PERSON:
        return owned["rest"], f"of {owned['owner']}"
    return words, ""
