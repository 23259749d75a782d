"""One row of what an account did, and how it is taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Model


@dataclass(frozen=True, slots=True)
class Rollback:
    """Whose edits, since when, and the newest review event when that was planned."""

    account: User
    since: dt.datetime
    newest: int


@dataclass(frozen=True, slots=True)
class Step:
    """A row, in words what would be done with it, and the doing.

    ``run`` takes ``by`` and ``reason`` and is None where nothing is done; ``words`` say why.
    """

    row: Model
    words: str
    run: Callable[..., Any] | None = None


@dataclass(frozen=True, slots=True)
class StepResult:
    """What became of a step, in words."""

    step: Step
    is_done: bool
    words: str
