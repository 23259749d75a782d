"""What an importer asks for: claims and assertions as plain plans, nothing stored yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from claims.models import ArticleRevision, Measure, Party, Subject


@dataclass(frozen=True, slots=True)
class AssertionPlan:
    """One assertion to be drafted: fields as add_assertion takes them, links apart.

    ``attributions`` are {"party", "role", "mode"}, speaker first; ``places`` are (start, end) in
    the text of ``revision``, code points, end exclusive. ``replaces`` is the place in the claim's
    plan of an earlier assertion that this one supersedes.
    """

    fields: Mapping[str, Any]
    attributions: Sequence[Mapping[str, Any]] = ()
    parties: Sequence[Party] = ()
    revision: ArticleRevision | None = None
    places: Sequence[tuple[int, int]] = ()
    replaces: int | None = None


@dataclass(frozen=True, slots=True)
class ClaimPlan:
    """One claim to be drafted with its assertions; ``fields`` as draft_claim takes them."""

    question: str
    subject: Subject
    measure: Measure
    fields: Mapping[str, Any] = field(default_factory=dict)
    assertions: Sequence[AssertionPlan] = ()
