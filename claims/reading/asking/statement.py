"""One answer that an article gives: who says it, and where."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from claims.reading.asking.scope import Scope
from claims.reading.asking.silence import Silence
from claims.reading.proposals import ProposedAttribution, Span


@dataclass(slots=True)
class Statement:
    """One answer: its scope, value, words, speaker, citation and the places where it stands.

    `parties` are the names that answer a question of who. `silence` is why it makes no draft and
    is only a highlight. `replaces` is where the answer begins that this one takes the place of.
    """

    scope: Scope
    value: dict[str, Any]
    quote: str
    stance: str
    attribution: ProposedAttribution | None
    citation: str
    places: list[Span]
    doubts: list[str] = field(default_factory=list)
    objection: dict[str, Any] = field(default_factory=dict)
    parties: tuple[str, ...] = ()
    silence: Silence = Silence.SPEAKS
    replaces: int | None = None

    @property
    def is_highlight(self) -> bool:
        """Whether an editor makes the claim, if anybody: the import does not."""
        return self.silence is not Silence.SPEAKS

    @property
    def key(self) -> tuple[Any, ...]:
        """The same for the same answer by the same speaker, wherever the article repeats it."""
        said = tuple(sorted(self.value.items()))
        return self.scope, said, self.parties, self.stance, self.attribution, self.citation


@dataclass(frozen=True, slots=True)
class Unkept:
    """What an import leaves out from a place on, and the rule that it breaks."""

    offset: int
    value: str
    rule: str
