"""What an account did that is not taken back with the rest: each row is named, and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from claims.models import (
    Comment,
    Dispute,
    Merge,
    QueueView,
    SamenessQuestion,
    SourceRelation,
)
from claims.workflow.rollback_steps import Rollback, Step

LEFT: Final[dict[Any, str]] = {
    Dispute: "look yourself: a decision is reopened, what was opened is dismissed",
    SourceRelation: "look yourself: a relation is withdrawn or rejected by itself",
    Merge: "look yourself: a merge is returned or undone by itself",
    SamenessQuestion: "look yourself: the question can be answered again",
    Comment: "stays: readers never see it",
}
# An account's own lists, of which nobody else sees anything.
OWN: Final = frozenset({QueueView})


def left_steps(plan: Rollback) -> Iterator[Step]:
    """A step without a doing for each such row that the account wrote since."""
    for model, words in LEFT.items():
        rows = model.history.filter(history_user=plan.account, history_date__gte=plan.since)
        numbers = set(rows.order_by().values_list("id", flat=True))
        for row in model._default_manager.filter(pk__in=numbers).order_by("pk"):
            yield Step(row, words)
