"""Whether a phrase names somebody: a person, a body or a role, each of several by itself."""

from claims.reading.languages.english import ENGLISH

NO_OPENING = ENGLISH.pattern("somebody.no_opening")
"""What no name begins with: a preposition, a page, a number, a word of a clause."""
LATER = ENGLISH.pattern("somebody.later")
CLAUSE = ENGLISH.pattern("somebody.clause")
"""A finite verb: the phrase is a clause, of which only the end may name who speaks."""
SUBJECT = ENGLISH.pattern("somebody.subject")
"""Who stands before a verb of speech in a clause: "Dorn considers the number"."""
BY_WHOM = ENGLISH.pattern("somebody.by_whom")
HEAD_END = ENGLISH.pattern("somebody.head_end")
THINGS = frozenset(ENGLISH.words("somebody.things"))
DETERMINED = ENGLISH.pattern("somebody.determined")
PROPER = ENGLISH.pattern("somebody.proper")
PLURALS = ENGLISH.pattern("somebody.plurals")


def somebody_in(name: str) -> str:
    """Return the person, body or role that a phrase names, "" where it names nobody.

    Of a clause it is who stands at its end: "a plan was backed by growers [who said]".
    """
    name = LATER.sub("", name, count=1)
    if subject := SUBJECT.match(name):
        name = subject["name"].strip()
    elif (parted := name.find(", ")) > 0 and not CLAUSE.search(name[:parted]):
        name = name[:parted] if CLAUSE.search(name) else name
    elif CLAUSE.search(name):
        by_whom = BY_WHOM.search(name)
        if by_whom is None:
            return ""
        name = by_whom["name"]
    if NO_OPENING.match(name) or _head(name) in THINGS:
        return ""
    return name


def speakers_of(name: str) -> tuple[str, ...]:
    """Return each of several who speak together: "the army and the police"."""
    first, joined, second = name.removeprefix("both ").removeprefix("Both ").rpartition(" and ")
    if not joined:
        return (name,)
    second = second.removeprefix("to ").removeprefix("by ")
    proper = PROPER.match(first) and PROPER.match(second)
    alike = proper and len(first.split()) == len(second.split())
    if DETERMINED.match(second) or alike or (PLURALS.match(first) and PLURALS.match(second)):
        return first.rstrip(","), second
    return (name,)


def _head(name: str) -> str:
    """The noun that a phrase is about: "page" of "a page of names kept in the church"."""
    end = HEAD_END.search(name)
    words = name[: end.start() if end else None].split()
    return words[-1].casefold() if words else ""
