"""What a correction changes in claims whose figures count otherwise, grouped and counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from claims.admin.members import Entry, Section, entry_of, sections_of
from claims.choices import Contention, DisputeState, ReviewedAlone
from claims.domain.published import ClaimDocument
from claims.models import Claim
from claims.workflow.correction_claims import Moved

IN_FULL: Final = 50  # claims of which every member that changes is shown, not the headline alone


@dataclass(frozen=True, slots=True)
class Effect:
    """One claim: its headline as it is and as it will be, and all sections that change."""

    claim: Claim
    headline: Entry
    sections: list[Section]


@dataclass(slots=True)
class Group:
    """Claims in which the same happens to label and disputes."""

    told: str
    effects: list[Effect] = field(default_factory=list)


def effect_groups(moved: Mapping[int, Moved]) -> list[Group]:
    """The claims that are decided with the row, those first of which most go the same way."""
    groups: dict[str, Group] = {}
    together = [one for one in moved.values() if not one.alone]
    for position, one in enumerate(together):
        before, after = one.before, one.after
        told = _told(before, after)
        headline = entry_of("", _headline(before), _headline(after))
        sections = sections_of(before, after) if position < IN_FULL else []
        changed = [section for section in sections if section.is_open]
        group = groups.setdefault(told, Group(told))
        group.effects.append(Effect(one.claim, headline, changed))
    return sorted(groups.values(), key=lambda group: (-len(group.effects), group.told))


def apart(moved: Mapping[int, Moved]) -> list[tuple[Claim, str | Promise]]:
    """The claims that are reviewed by themselves, and why."""
    return [(one.claim, ReviewedAlone(one.alone).label) for one in moved.values() if one.alone]


def _told(before: ClaimDocument, after: ClaimDocument) -> str:
    """Such as "disputed becomes single origin; dispute set aside"."""
    labels = [str(Contention(one["contention"]).label) for one in (before, after)]
    if labels[0] == labels[1]:
        words = [_("%(label)s as before") % {"label": labels[0]}]
    else:
        words = [_("%(old)s becomes %(new)s") % {"old": labels[0], "new": labels[1]}]
    old = {one["ref"]: one["state"] for one in before["disputes"]}
    moved = [one["state"] for one in after["disputes"] if old.get(one["ref"]) != one["state"]]
    words += [
        _("dispute: %(state)s") % {"state": DisputeState(state).label} for state in sorted(moved)
    ]
    return "; ".join(words)


def _headline(document: ClaimDocument) -> dict[str, Any]:
    found = document["range"]
    return {
        "contention": document["contention"],
        "range": found["words"] if found else "",
        "best": document["best"]["words"],
        "disputes": ", ".join(f"{one['ref']} {one['state']}" for one in document["disputes"]),
    }
