"""Whatever a verb changes of a row that a public claim shows goes before reviewers."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest
from django.db import transaction

from claims.models import Claim, Correction, Measure, Party, Source, Subject
from claims.workflow import measures, parties, sources, subjects
from claims.workflow.candidate import document_of
from tests import factories as make

pytestmark = pytest.mark.django_db
REGISTERS: dict[ModuleType, type] = {
    measures: Measure, parties: Party, sources: Source, subjects: Subject,
}  # fmt: skip
CHANGES: dict[str, dict[str, Any]] = {
    "edit_measure": {"label": "Other words"},
    "edit_party": {"name": "Other words"},
    "edit_source": {"title": "Other words", "issued": "2014-06-20"},
    "edit_subject": {"title": "Other words", "when": "2014-06-20"},
    "rate_source": {"reliability": "E"},
    "restore_source": {},
    "withdraw_source": {},
}


def verbs_on_rows() -> Iterator[tuple[str, str, Callable[..., Any]]]:
    """(noun, name, verb) of each verb that changes a row of a register that stands."""
    for module, model in REGISTERS.items():
        noun = model.__name__.lower()
        for name, call in inspect.getmembers(module, inspect.isfunction):
            own = call.__module__ == module.__name__ and not name.startswith("_")
            if own and {noun, "by", "reason"} <= inspect.signature(call).parameters.keys():
                yield noun, name, call


def shown() -> tuple[Claim, list[tuple[str, Any]]]:
    """A public claim, and each row that it shows by its way into the document."""
    above = make.subject("The war", parent=make.subject("The century"))
    subject = make.subject("The battle", parent=above)
    publisher, outlet, speaker = make.party(), make.party(), make.party()
    cited, wire = make.source(publisher=publisher), make.source(publisher=outlet)
    record, ledger = make.source(), make.source()
    claim = make.claim(subject=subject)
    make.figure(claim, 97, source=cited, speaker=speaker)
    make.relation(cited, wire)
    make.relation(wire, record)
    make.relation(cited, ledger, claim=claim)
    make.approve(claim)
    return claim, [
        ("the measure", claim.measure),
        ("the subject", subject),
        ("what the subject is part of", above),
        ("the whole of that", above.parent),
        ("the source", cited),
        ("what the source rests on", wire),
        ("what that rests on", record),
        ("what the source rests on for this claim", ledger),
        ("the speaker", speaker),
        ("the publisher", publisher),
        ("the publisher of what the source rests on", outlet),
    ]


def waits(claim: Claim, noun: str, row: Any) -> bool:
    """Whether reviewers have the claim, or the row as a correction, before them."""
    corrections = Correction.objects.of(noun, row.pk).waiting()
    return Claim.objects.get(pk=claim.pk).state == "in_review" or corrections.exists()


def said(claim: Claim) -> Any:
    return document_of(Claim.objects.get(pk=claim.pk))


def test_every_verb_that_changes_what_a_claim_shows_leaves_something_to_review():
    claim, rows = shown()
    signed = {"by": make.chief(), "reason": "So."}
    found = list(verbs_on_rows())
    assert {name for _, name, _ in found} == CHANGES.keys()
    unseen, run = [], 0
    for way, row in rows:
        noun = type(row).__name__.lower()
        for name, call in ((name, call) for of, name, call in found if of == noun):
            with transaction.atomic():
                if name == "restore_source":
                    sources.withdraw_source(source=row, **signed)
                    make.approve(claim)
                before = said(claim)
                call(**{noun: row}, **CHANGES[name], **signed)
                assert said(claim) != before, f"{name} of {way}: the claim does not show it"
                unseen += [] if waits(claim, noun, row) else [f"{name} of {way}"]
                run += 1
                transaction.set_rollback(True)
    assert unseen == []
    assert run == 1 + 3 + 4 * 4 + 3
