"""What differs between two documents in short lines: the comparison of the review page, told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.admin.members import GROUPS, QUIET_LABELS, Entry, Member, changes_of
from claims.domain.published import ClaimDocument, Tombstone

type PublicDocument = ClaimDocument | Tombstone

LONGEST: Final = 40  # characters of what was and of what will be
_BEFORE_A_CHANGE: Final = 12  # characters that both share, kept for the eye
# What follows from the rest is told last.
_DERIVED: Final = GROUPS[1][0]
# What the name of its entry says already.
_SAID: Final = frozenset({"words", "ref", "action"})


def lines_between(before: PublicDocument | None, after: PublicDocument) -> list[str]:
    """One line for each member or entry that readers would find changed; [] when none would.

    Both documents come from read_version(). Whatever differs between them is in the lines:
    they are made of the sections that the review page shows.
    """
    if after["status"] == "retired":
        return _lines_of_tombstone(before, after)
    if before is None or before["status"] == "retired":
        return _lines_of_new(after, was_public=before is not None)
    sections = changes_of(before, after)
    ordered = sorted(sections, key=lambda section: section.title == _DERIVED)
    return [line for section in ordered for line in _lines_of(section.entry)]


def one_line(words: str) -> str:
    """The words in one line, at most LONGEST characters."""
    line = " ".join(words.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def _lines_of_tombstone(before: PublicDocument | None, after: PublicDocument) -> list[str]:
    if before is not None and before["status"] == "retired":
        return [line for section in changes_of(before, after) for line in _lines_of(section.entry)]
    return [_("retired: readers lose every figure")]


def _lines_of_new(after: ClaimDocument, *, was_public: bool) -> list[str]:
    """How many statements come, and each that stands in a line of its own."""
    live = [one for one in after["figures"] if one["status"] == "live"]
    count = len(live)
    text = (
        ngettext("retired for readers; back with %d statement",
                 "retired for readers; back with %d statements", count)
        if was_public
        else ngettext("never published; %d statement", "never published; %d statements", count)
    )  # fmt: skip
    return [text % count, *(_figure_in_short(one) for one in live)]


def _figure_in_short(figure: Any) -> str:
    speaker = figure["speaker"]["name"] if figure["speaker"] else ""
    said = one_line(figure["words"] or figure["stance"])
    return f"{figure['ref']} {', '.join(filter(None, (said, one_line(speaker), figure['source'])))}"


def _lines_of(section: Entry) -> Iterator[str]:
    """The members of a section one by one, each of its entries in one line."""
    for member in section.members:
        yield f"{member.label}: {_told(member)}"
    for entry in section.entries:
        yield _line_of(entry)


def _line_of(entry: Entry) -> str:
    name = entry.place or one_line(entry.label)
    if entry.sign not in ("new", "gone"):
        return f"{name}: {'; '.join(_parts(entry))}"
    said = entry.label.partition(entry.place)[2].strip(" ,") if entry.place else _members_of(entry)
    sign = _("new") if entry.sign == "new" else _("gone")
    return f"{name} {sign}: {one_line(said)}" if said else f"{name}: {sign}"


def _members_of(entry: Entry) -> str:
    """What an object says that has no name of its own."""
    members = [one for one in (*entry.members, *entry.quiet) if one.label not in _SAID]
    told = ((one.label, "".join(text for _operation, text in one.pieces)) for one in members)
    return "; ".join(f"{name} {words}" for name, words in told if words not in entry.label)


def _parts(entry: Entry) -> Iterator[str]:
    """Each member of an entry that changed, and those of the entries inside it."""
    for member in _without_quiet(entry):
        label = "" if member.label in _SAID else f"{member.label} "
        yield f"{label}{_told(member)}"
    for inner in entry.entries:
        yield _line_of(inner)


def _without_quiet(entry: Entry) -> list[Member]:
    """Without the numbers behind words that are told; with them when nothing else is."""
    loud = [one for one in entry.members if one.label not in QUIET_LABELS]
    return loud if loud or entry.entries else entry.members


def _told(member: Member) -> str:
    """Tell what was and what will be, each cut so that the change is in it."""
    old = "".join(text for operation, text in member.pieces if operation != "insert")
    new = "".join(text for operation, text in member.pieces if operation != "delete")
    if member.pieces and all(operation == "equal" for operation, _text in member.pieces):
        return one_line(new)
    head = _shared_head(member)
    was, now = _from(old, head), _from(new, head)
    return f"{was or '–'} → {now or '–'}"


def _shared_head(member: Member) -> int:
    operation, text = member.pieces[0]
    return len(text) if operation == "equal" else 0


def _from(text: str, head: int) -> str:
    """The text from shortly before the change on, when all of it is too long."""
    start = 0 if len(text) <= LONGEST else max(0, head - _BEFORE_A_CHANGE)
    return f"{'…' if start else ''}{one_line(text[start:])}"
