"""What short notes lead to: {{sfn|Moor|1974|p=88}} to the book, {{efn|name=x}} to its text."""

import re
from collections.abc import Iterable, Sequence

from claims.reading.languages.english import ENGLISH
from claims.reading.text.templates import CITE, TemplateParameter, split_template
from claims.reading.text.wiki_tokens import Part

NOTES = frozenset(ENGLISH.words("short_notes.notes"))
SURNAMES = tuple(ENGLISH.words("short_notes.surnames"))
OWN_KEY = ENGLISH.pattern("short_notes.own_key")
"""The key that a work gives itself: ref={{harvid|BBC|1974}}."""
YEAR = re.compile(r"(?<![0-9])[0-9]{4}[a-z]?(?![0-9a-z])")
NUMBERED = re.compile(r"(?:doi|isbn|url)\s*=\s*\S", re.IGNORECASE)
MOST_NAMES = 4

ShortKey = tuple[str, ...]


class ShortNotes:
    """The works and notes of an article by what short notes call them; read when first asked."""

    def __init__(self, text: str, parts: Sequence[Part]) -> None:
        self._text, self._parts = text, parts
        self._works: dict[ShortKey, str] | None = None
        self._notes: dict[str, str] = {}

    def text_of(self, name: str, parameters: list[TemplateParameter], written: str) -> str:
        """Return the reference that a short note stands for, the note itself where none is known.

        A work that a number or an address tells from others comes with the note, which names the
        page.
        """
        values = [self._value(one) for one in parameters if one.positional]
        if self._works is None:
            self._works = self._gathered()
        if name in NOTES:
            named = next((self._value(one) for one in parameters if one.name == "name"), "")
            return next(filter(None, (*values[:1], self._notes.get(named, ""))), written)
        work = self._works.get(tuple(value.casefold() for value in values), "")
        if not work:
            return written
        return f"{written} {work}" if NUMBERED.search(work) else work

    def _value(self, one: TemplateParameter) -> str:
        return self._text[one.start : one.end].strip()

    def _gathered(self) -> dict[ShortKey, str]:
        works: dict[ShortKey, str] = {}
        for part in self._parts:
            if part.kind != "template":
                continue
            head = self._text[part.inner : part.inner + 40].split("|", maxsplit=1)[0].strip()
            is_note = head.casefold() in NOTES
            if not is_note and CITE.match(head) is None:
                continue
            _, parameters = split_template(self._text, part.inner, part.end, part.pipes)
            if is_note:
                self._keep_note(parameters)
                continue
            for key in self._keys(parameters):
                works.setdefault(key, self._text[part.start : part.end])
        return works

    def _keep_note(self, parameters: list[TemplateParameter]) -> None:
        named = next((self._value(one) for one in parameters if one.name == "name"), "")
        said = next((self._value(one) for one in parameters if one.positional), "")
        if named and said:
            self._notes.setdefault(named, said)

    def _keys(self, parameters: list[TemplateParameter]) -> Iterable[ShortKey]:
        fields = {one.name.casefold(): self._value(one) for one in parameters}
        own = OWN_KEY.search(fields.get("ref", ""))
        if own:
            yield tuple(value.strip().casefold() for value in own["key"].split("|"))
        year = YEAR.search(fields.get("year") or fields.get("date", ""))
        names = []
        for number in range(1, MOST_NAMES + 1):
            ways = (f"{way}{number}" for way in SURNAMES)
            first = SURNAMES if number == 1 else ()
            name = next((fields[way] for way in (*first, *ways) if fields.get(way)), "")
            if name:
                names.append(name.casefold())
        if year and names:
            yield (*names, year[0])
