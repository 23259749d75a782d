"""The desk document beside the published one: what a reviewer has to look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from claims.admin.column_words import words_of_name
from claims.domain.diff import word_diff
from claims.domain.differences import Difference, differences
from claims.domain.document_format import read_claim
from claims.domain.document_plot import document_plots
from claims.domain.plot import StripShape
from claims.domain.published import ClaimDocument
from claims.domain.published_figures import FigureEntry
from claims.domain.said_by import SaidBy, said_by
from claims.models import Claim, ClaimVersion

# Numbers and places: they stand with all other members below the table.
_QUIET = ("test_low", "test_high", "anchors", "origin", "earliest", "latest")


@dataclass(frozen=True, slots=True)
class MemberChange:
    """One member that differs, as pieces of (equal, insert or delete; text)."""

    label: str
    pieces: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class FigureChange:
    """One figure before and after, with its strips on the common axis."""

    ref: str
    who: SaidBy
    sign: str  # new, gone, changed or same
    before: FigureEntry | None
    after: FigureEntry | None
    shape_before: StripShape | None
    shape_after: StripShape | None
    details: list[MemberChange]

    @property
    def entry(self) -> FigureEntry:
        found = self.after or self.before
        assert found is not None
        return found


def published_document(claim: Claim) -> ClaimDocument | None:
    """The document that readers have now; None before the first approval or after retirement."""
    version = ClaimVersion.objects.public().filter(claim=claim).first()
    return None if version is None else read_claim(version.payload)


def drawn_together(before: ClaimDocument | None, after: ClaimDocument) -> dict[str, Any]:
    """Figures side by side on one axis."""
    found = differences(before, after) if before else []
    plot, earlier = document_plots(after, before or after)
    old = {entry["ref"]: entry for entry in before["figures"]} if before else {}
    new = {entry["ref"]: entry for entry in after["figures"]}
    who = {ref: said_by(before, old[ref]) for ref in old} if before else {}
    who |= {ref: said_by(after, new[ref]) for ref in new}
    refs = [*new, *(ref for ref in old if ref not in new)]
    return {
        "figures": [
            _figure(
                ref,
                who[ref],
                (old.get(ref), earlier.shapes.get(ref)),
                (new.get(ref), plot.shapes.get(ref)),
                found,
            )
            for ref in refs
        ],
        "scale": plot.scale,
        "first": before is None,
        "unchanged": before is not None and not found,
    }


def _figure(
    ref: str,
    who: SaidBy,
    was: tuple[FigureEntry | None, StripShape | None],
    now: tuple[FigureEntry | None, StripShape | None],
    found: list[Difference],
) -> FigureChange:
    (before, shape_before), (after, shape_after) = was, now
    prefix = f"figures/{ref}/"
    mine = [one for one in found if one["path"].startswith(prefix)]
    loud = [one for one in mine if one["path"].split("/")[2] not in _QUIET]
    sign = "changed" if mine else "same"
    if before is None or after is None:
        sign = "new" if before is None else "gone"
    return FigureChange(
        ref=ref,
        who=who,
        sign=sign,
        before=before,
        after=after,
        shape_before=shape_before if before else None,
        shape_after=shape_after if after else None,
        details=[_change(one, one["path"].removeprefix(prefix)) for one in loud],
    )


def _change(one: Difference, path: str) -> MemberChange:
    label = ", ".join(map(words_of_name, path.split("/")))
    return MemberChange(label, list(word_diff(_words(one["before"]), _words(one["after"]))))


def _words(value: Any) -> str:
    """A member as people read it; entries by the words they are known by."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(_words(one) for one in value)
    if isinstance(value, dict):
        known = [
            value[name] for name in ("ref", "name", "title", "words", "reason") if value.get(name)
        ]
        return " ".join(str(one) for one in known) or ", ".join(
            f"{name} {_words(one)}" for name, one in value.items() if one not in (None, "")
        )
    return str(value)
