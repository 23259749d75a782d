"""A public document as people read it: every member in its place, beside what readers have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import quote

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims.admin.column_words import words_of_name
from claims.choices import ReviewAction
from claims.domain.addresses import is_web
from claims.domain.diff import word_diff

type Members = Mapping[str, Any]
type DiffPiece = tuple[str, str]  # equal, insert or delete; the text

# Members that no reviewer has to read, with the reason.
UNREAD: Final = {
    "type": "the same for every claim",
    "format": "the same for every new document",
    "version": "given by the approval",
    "sequence": "given by the approval",
    "review": "given by the approval; the public reason stands above",
    "links": "made of the reference",
    "sha256": "a hash of words that are shown",
    "previous_sha256": "a hash of the version before",
    "fingerprint": "a hash of figures that are shown",
}
# What a document has at its top, in the order in which people ask. What is in no group comes last.
GROUPS: Final[tuple[tuple[str | Promise, tuple[str, ...]], ...]] = (
    (_("Question and scope"), (
        *("question", "measure", "unit", "population", "aggregation", "as_of", "as_of_words"),
        *("cardinality", "tolerance_pct", "best_policy"))),
    (_("What readers are told"), (
        *("summary", "contention", "severity", "denied_by", "range", "best", "agreement"),
        *("inputs", "excluded", "origins"))),
    (_("Subject"), ("subject",)),
    (_("Figures"), ("figures",)),
    (_("Sources"), ("sources", "source_relations")),
    (_("Links and sums"), ("relations", "arithmetic")),
    (_("Disputes"), ("disputes",)),
)  # fmt: skip
REST: Final = _("Everything else")

ADDRESSES: Final = ("url", "archive_url", "origin_url")
REFERENCES: Final = ("source", "target", "supersedes", "preferred", "from", "to", "counted")
# Numbers that stand behind words which are shown.
_QUIET: Final = frozenset(
    {"kind", "value_state", "point", "low", "high", "test_low", "test_high", "earliest", "latest"}
    | {"origin", "start", "end"}
)
QUIET_LABELS: Final = frozenset(name.replace("_", " ") for name in _QUIET)
_ONE_OF: Final = {
    "figures": _("figure"),
    "sources": _("source"),
    "disputes": _("dispute"),
    "attribution": _("in the chain"),
    "anchors": _("in the article"),
    "parties": _("answer"),
    "path": _("within"),
    "belligerents": _("party to the conflict"),
    "relations": _("linked to"),
    "source_relations": _("rests on"),
    "origins": _("origin"),
    "evidence": _("speaks for it"),
    "arithmetic": _("sum of"),
    "excluded": _("not counted"),
    "events": _("event"),
}
_REFERRED: Final = (
    *("ref", "party", "article", "claim", "total", "figure", "slug", "origin", "signal"),
)
_CALLED: Final = ("name", "title", "words", "question")
# What tells entries of a list apart that have no reference.
_KEYS: Final = {
    "attribution": ("party", "role"),
    "anchors": ("article",),
    "relations": ("kind", "direction", "claim"),
    "arithmetic": ("total",),
    "excluded": ("figure",),
    "origins": ("origin",),
    "evidence": ("signal", "words"),
    "events": ("at", "action"),
}


@dataclass(frozen=True, slots=True)
class Member:
    """One member in words, as pieces of what was and will be; ``url`` where its value leads."""

    label: str
    pieces: list[DiffPiece]
    url: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """An object of the document: its members, the numbers behind them, the objects inside it.

    ``sign`` is new, gone, changed or same; ``place`` its reference when others lead to it.
    """

    label: str
    sign: str
    place: str
    members: list[Member]
    quiet: list[Member]
    entries: list[Entry]


@dataclass(frozen=True, slots=True)
class MemberSection:
    """One group of the document; ``is_open`` when something in it is new to readers."""

    title: str | Promise
    entry: Entry
    is_open: bool


def sections_of(before: Members | None, after: Members) -> list[MemberSection]:
    """Every member of a document in groups, as changes against what readers have.

    Both documents come from read_document(); without ``before`` all is shown as it is.
    """
    known = {name for _title, names in GROUPS for name in names}
    rest = tuple(name for name in {**after, **(before or {})} if name not in known)
    found = []
    for title, names in (*GROUPS, (REST, rest)):
        new = {name: after[name] for name in names if name in after}
        old = {name: before[name] for name in names if name in before} if before else new
        entry = object_entry("", old, new)
        if entry.members or entry.quiet or entry.entries:
            found.append(MemberSection(title, entry, before is None or entry.sign != "same"))
    return found


def changes_of(before: Members, after: Members) -> list[MemberSection]:
    """Only what differs between two documents, in groups."""
    sections = sections_of(before, after)
    return [
        replace(one, entry=_changed_only(one.entry)) for one in sections if one.entry.sign != "same"
    ]


def _changed_only(entry: Entry) -> Entry:
    if entry.sign in ("new", "gone"):
        return entry
    return replace(
        entry,
        members=[one for one in (*entry.members, *entry.quiet) if one.changed],
        quiet=[],
        entries=[_changed_only(one) for one in entry.entries if one.sign != "same"],
    )


def object_entry(
    label: str, before: Members | None, after: Members | None, place: str = ""
) -> Entry:
    """One object with everything in it; None stands for an object that is not there."""
    old, new = before or {}, after or {}
    names = [name for name in {**new, **old} if name not in UNREAD]
    if label and (before is None or after is None or old.get("ref") == new.get("ref")):
        names = [name for name in names if name != "ref"]  # which the label says already
    members = [
        one
        for name in names
        if (one := plain_member(name, old.get(name), new.get(name))) is not None
    ]
    members += [*_flags(old, new, names), *_orders(old, new, names)]
    entries = [one for name in names for one in _entries(name, old.get(name), new.get(name))]
    sign = "new" if before is None else "gone" if after is None else ""
    touched = any(one.changed for one in members) or any(one.sign != "same" for one in entries)
    return Entry(
        label=label,
        sign=sign or ("changed" if touched else "same"),
        place=place,
        members=[one for one in members if one.label not in QUIET_LABELS],
        quiet=[one for one in members if one.label in QUIET_LABELS],
        entries=entries,
    )


def plain_member(name: str, before: Any, after: Any) -> Member | None:
    """One plain member; None for objects, for yes and no, and where nothing is said."""
    if any(_is_nested(value) or isinstance(value, bool) for value in (before, after)):
        return None
    old, new = member_words(before), member_words(after)
    if not old and not new:
        return None
    is_address = name in ADDRESSES or name == "doi"
    pieces: list[DiffPiece] = [("equal", new)]
    if before != after and is_address:
        pieces = [piece for piece in (("delete", old), ("insert", new)) if piece[1]]
    elif before != after:
        pieces = list(word_diff(old, new))
    return Member(words_of_name(name), pieces, _leads_to(name, new), before != after)


def member_words(value: Any) -> str:
    """A plain member as people read it; '' when nothing is said."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return "; ".join(member_words(one) for one in value)
    return "" if value is None else str(value)


def web_address(text: str) -> str:
    """The text when it is an address that a browser may open; '' for every other scheme."""
    return text if is_web(text) else ""


def _leads_to(name: str, value: str) -> str:
    if name in ADDRESSES:
        return web_address(value)
    if name == "doi":
        return f"https://doi.org/{quote(value)}" if value else ""
    return f"#{value}" if name in REFERENCES and value else ""


def _flags(old: Members, new: Members, names: list[str]) -> Iterator[Member]:
    """What is marked yes, in one line: what is not in it is no."""
    before, after = (
        [words_of_name(name) for name in names if members.get(name) is True]
        for members in (old, new)
    )
    if before or after:
        pieces: list[DiffPiece] = list(word_diff("; ".join(before), "; ".join(after)))
        yield Member("marked", pieces, "", before != after)


def _orders(old: Members, new: Members, names: list[str]) -> Iterator[Member]:
    """Lists that hold the same objects in another order, such as a chain of speakers."""
    for name in names:
        before, after = _by_key(name, old.get(name)), _by_key(name, new.get(name))
        if list(before) != list(after) and set(before) == set(after):
            words = ["; ".join(map(_named, one.values())) for one in (before, after)]
            label = _("order of %(name)s") % {"name": words_of_name(name)}
            yield Member(label, list(word_diff(*words)), "", changed=True)


def _is_nested(value: Any) -> bool:
    if isinstance(value, list | tuple):
        return any(isinstance(one, dict) for one in value)
    return isinstance(value, dict)


def _entries(name: str, before: Any, after: Any) -> Iterator[Entry]:
    """The objects of one member, old and new side by side."""
    if not _is_nested(before) and not _is_nested(after):
        return
    old, new = _by_key(name, before), _by_key(name, after)
    for key in [*new, *(key for key in old if key not in new)]:
        entry = new[key] if key in new else old[key]
        ref = str(entry.get("ref") or "")
        label = " ".join(filter(None, (str(_ONE_OF.get(name, words_of_name(name))), _named(entry))))
        is_target = name in ("figures", "sources", "disputes")
        yield object_entry(label, old.get(key), new.get(key), ref if is_target else "")


def _named(entry: Members) -> str:
    """Which one it is, and what people call it: "S2, Report of the fire"."""
    found = (
        next((str(entry[name]) for name in names if entry.get(name)), "")
        for names in (_REFERRED, _CALLED)
    )
    action = entry.get("action")
    done = str(ReviewAction(action).label) if action in ReviewAction.values else ""
    return ", ".join(filter(None, (*found, done)))


def _by_key(name: str, value: Any) -> dict[tuple[Any, ...], Members]:
    if isinstance(value, dict):
        return {(): value}
    found: dict[tuple[Any, ...], Members] = {}
    seen: Counter[tuple[Any, ...]] = Counter()
    for entry in value if _is_nested(value) else ():
        key = tuple(entry.get(part) for part in _KEYS.get(name, ("ref",)))
        seen[key] += 1
        found[*key, seen[key]] = entry
    return found
