"""The people, rows and tools of a random life: what its rules pick from and how they act."""

from __future__ import annotations

import datetime as dt
import inspect
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import time_machine
from django.apps import apps
from django.contrib.auth.models import Group, User
from django.db import models, transaction
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine

from claims.errors import RefusalError
from claims.models import Assertion, Claim, Dispute, Party, Source
from claims.workflow import corrections
from tests import factories as make

PEOPLE = ("contributor", "editor", "second_editor", "chief")
REASONS = ("Because.", "As the report says.", "Seen by two.")
CLOCKS = tuple(dt.timedelta(seconds=number) for number in (0, -10, 3600, 2, -3600))
SMALL_PIECE = 1  # claims that one piece of a correction publishes here

CALLS: Counter[tuple[str, str]] = Counter()  # what was called, "done" or "refused", and "steps"

people = st.sampled_from(PEOPLE)
which = st.integers(0, 7)
points = st.sampled_from(
    ("50", "60", "97", "100", "0", "-0", "60.0", "0.1", "1e-9", "1E+2", "123456789012345")
)
dates = st.sampled_from(
    (
        "",
        "1992",
        "1992-02-25",
        "1992-02?",
        "1992~",
        "1992-02/1992-03",
        "[1992,1993]",
        "199X",
        "../1993",
    )
)
witnesses = st.sampled_from(("none", "right", "wrong"))


class World(RuleBasedStateMachine):
    """Four people and a small desk; refusals are part of life, broken promises are not."""

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.folder = tempfile.TemporaryDirectory()
        self.piece, corrections.PIECE = corrections.PIECE, SMALL_PIECE  # type: ignore[misc]
        self.turn, self.clocks_differ = 0, False
        for name in PEOPLE:
            getattr(make, name)()
        for number in range(3):
            make.party(f"Speaker {number}")
            make.source(f"Report {number}", publisher=Party.objects.first())
        conflict = make.subject("The conflict", kind="conflict")
        place = make.subject("The raid", parent=conflict)
        killed = make.measure(slug="killed", is_count=True)
        make.claim(subject=place, measure=killed, population="children")
        for kind, measure in (
            ("quantity", killed),
            ("quantity", make.measure(slug="tonnes")),
            ("date", make.measure("date", slug="began")),
            ("party", make.measure("party", slug="who")),
            ("boolean", make.measure("boolean", slug="whether")),
        ):
            make.claim(kind, subject=place, measure=measure)

    def teardown(self) -> None:
        corrections.PIECE = self.piece  # type: ignore[misc]
        self.folder.cleanup()
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    def attempt(self, call: Callable[..., Any], by: str, **fields: Any) -> Any:
        """Call it and return what it returns; a refusal must leave everything as it was."""
        self.turn += 1
        fields["by"] = self.person(by)
        if "reason" in inspect.signature(call).parameters:
            fields["reason"] = REASONS[self.turn % len(REASONS)]
        before = content()
        try:
            with transaction.atomic(), self.clock():
                done = call(**fields)
            CALLS[call.__name__, "done"] += 1
            return done
        except RefusalError:
            CALLS[call.__name__, "refused"] += 1
            assert content() == before
            return None

    def clock(self) -> AbstractContextManager[Any]:
        """The clock of the server that does it: one of several, which do not agree."""
        off = CLOCKS[self.turn % len(CLOCKS)] if self.clocks_differ else dt.timedelta()
        if not off:
            return nullcontext()
        return time_machine.travel(timezone.now() + off, tick=True)

    def word(self) -> str:
        """A word that nobody wrote before."""
        self.turn += 1
        return f"Zq{self.turn}x"

    def path(self) -> Path:
        return Path(self.folder.name) / f"{self.word()}.csv"

    @staticmethod
    def person(name: str) -> User:
        return User.objects.get(username=name)

    @staticmethod
    def claim(number: int) -> Claim:
        return picked(Claim, number)

    @staticmethod
    def figure(number: int) -> Assertion | None:
        rows = Assertion.objects.order_by("-pk")[:8]
        return rows[number % len(rows)] if rows else None

    @staticmethod
    def dispute(number: int) -> Dispute | None:
        return picked(Dispute, number)

    @staticmethod
    def answer(claim: Claim, text: str, when: str, number: int) -> dict[str, Any]:
        """What a source answers to the claim: of its kind, by a speaker or in its own name."""
        kind = claim.measure.value_kind
        values: dict[str, Any] = {
            "quantity": {"point": text},
            "date": {"edtf": when},
            "party": {"parties": [picked(Party, number)]},
            "boolean": {"boolean": text in ("50", "0")},
            "text": {"text": text},
        }[kind]
        chain = [{"party": picked(Party, number), "role": "speaker", "mode": "said"}]
        chain = chain if number < 5 else []
        return {**values, "source": picked(Source, number), "attributions": chain}


def picked(model: Any, number: int) -> Any:
    """One row of a table, the same for the same number; None while there is none."""
    rows = model._default_manager.order_by("pk")
    count = rows.count()
    return rows[number % count] if count else None


def content() -> list[Any]:
    """Everything that is stored, histories by their number of rows."""
    found: list[Any] = []
    for model in [*apps.get_app_config("claims").get_models(), User, Group]:
        rows: models.QuerySet[Any] = model._base_manager.order_by("pk")
        is_history = hasattr(model, "history_object")
        found.append(rows.count() if is_history else list(rows.values_list()))
    return found
