"""Nothing that becomes public is left out of the queue's row or the page of a bulk approval."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from claims.admin import changes
from claims.admin.changes import QueueRow, queue_rows
from claims.domain.document_format import read_version
from claims.domain.documents import dump_document
from claims.domain.quantity import FigureError
from claims.models import Claim, ClaimVersion, Source
from claims.workflow import proposed
from claims.workflow.claims import edit_claim, relate_claims
from claims.workflow.desk import Desk, read_desk
from claims.workflow.disputes import open_dispute, resolve_dispute, take_dispute
from claims.workflow.document import build_document
from claims.workflow.evidence import change_assertion
from claims.workflow.linked import Linked, read_linked
from claims.workflow.parties import edit_party
from claims.workflow.published_columns import published_columns
from claims.workflow.retiring import retire_claim
from claims.workflow.review import return_claim, submit_claim
from claims.workflow.sources import edit_source, withdraw_source
from tests import factories as make
from tests.admin.conftest import hidden_of, messages_of
from tests.kept import undone_after
from tests.workflow.test_published_columns import another_value, rows_read
from tests.world import build_world

pytestmark = pytest.mark.django_db
QUEUE = "/admin/claims/claim/"
BY: Callable[[], dict[str, Any]] = lambda: {"by": make.contributor(), "reason": "Read again."}  # noqa: E731


@dataclass(frozen=True)
class World:
    """A claim with all that it borrows, read once; its rows are changed in memory."""

    desk: Desk
    linked: Linked
    editor: User

    def text(self) -> str:
        return dump_document(build_document(self.desk, self.linked))


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Any:
    with undone_after(django_db_blocker):
        claim = build_world()
        first, second = Source.objects.filter(assertions__claim=claim).order_by("pk")[:2]
        make.relation(second, first, kind="cites")
        desk = read_desk(Claim.objects.for_evidence().get(pk=claim.pk))
        yield World(desk, read_linked(desk), make.editor())


@pytest.fixture
def row_of(world: World, monkeypatch: pytest.MonkeyPatch) -> Callable[[], QueueRow]:
    """The row of the world's claim as the desk stands now; readers have what stood before."""
    number = world.desk.claim.pk
    public = read_version(world.text())
    monkeypatch.setattr(proposed, "read_desks", lambda claims: {number: world.desk})
    monkeypatch.setattr(proposed, "read_all_linked", lambda desks: {number: world.linked})
    monkeypatch.setattr(changes, "_published", lambda numbers: {number: public})
    return lambda: queue_rows([world.desk.claim], world.editor)[number]


@pytest.mark.parametrize("number", range(12))
def test_every_published_column_is_told(
    number: int, world: World, row_of: Callable[[], QueueRow]
) -> None:
    """Each column of each table that a document is read from, changed one by one."""
    assert row_of().changes == []
    row = list(rows_read(world.desk, world.linked))[number]
    before, untold = world.text(), {}
    for field in row._meta.concrete_fields:
        if field.attname not in published_columns(type(row)) or field.is_relation:
            continue
        stored = getattr(row, field.attname)
        setattr(row, field.attname, another_value(field, stored))
        try:
            if world.text() != before and not row_of().told(5):
                untold[field.attname] = getattr(row, field.attname)
        except FigureError:  # no document can hold this value beside the others
            pass
        finally:
            setattr(row, field.attname, stored)
    assert untold == {}, type(row)


def pages(client: Client, claim: Claim) -> list[str]:
    """The queue, and the page of a bulk approval of the claim and another, as text."""
    other = make.submitted_claim(11)
    chosen = {"action": "approve", "_selected_action": [str(claim.pk), str(other.pk)]}
    found = [client.get(QUEUE), client.post(QUEUE, chosen)]
    return [html.unescape(page.content.decode()) for page in found]


def submitted_again(claim: Claim) -> Claim:
    return submit_claim(claim=Claim.objects.get(pk=claim.pk), **BY())


CHANGES: dict[str, Any] = {
    "population": lambda claim: edit_claim(claim=claim, population="space aliens", **BY()),
    "tolerance in per cent": lambda claim: edit_claim(
        claim=claim, tolerance_pct=Decimal(7), **BY()
    ),
    "locator": lambda claim: change_assertion(
        assertion=claim.assertions.first(), locator="page 9", **BY()
    ),
    "source": lambda claim: change_assertion(
        assertion=claim.assertions.first(), source=make.source("Another paper"), **BY()
    ),
    "in the chain": lambda claim: change_assertion(
        assertion=claim.assertions.first(),
        attributions=[{"party": make.party("Somebody else"), "role": "speaker", "mode": "said"}],
        **BY(),
    ),
}


@pytest.mark.parametrize("words", CHANGES)
def test_both_pages_say_what_the_old_queue_left_out(editor: Client, words: str) -> None:
    claim = make.published_claim(97).claim
    CHANGES[words](Claim.objects.get(pk=claim.pk))
    submitted_again(claim)
    for page in pages(editor, claim):
        assert words in page
        assert "→" in page or "new:" in page


def flags(claim: Claim) -> list[str]:
    return queue_rows([Claim.objects.get(pk=claim.pk)], make.editor())[claim.pk].flags


def test_flags_tell_what_a_change_does_to_readers() -> None:
    claim = make.published_claim(97, 60).claim
    first, second = claim.assertions.order_by("pk")
    for flag in flags(claim):
        assert not flag.startswith(("range", "source removed", "correction", "new party"))
    change_assertion(assertion=first, point=Decimal(99), **BY())
    withdraw_source(source=second.source, by=make.chief(), reason="Taken back.")
    edit_source(source=first.source, title="Right title", **BY())
    speaker = first.attributions.first()
    if speaker is not None:
        edit_party(party=speaker.party, name="Right name", **BY())
    make.figure(claim, 70, speaker=make.party("Newcomer"))
    found = flags(claim)
    assert "range moved" in found
    assert f"source removed: {second.source.ref}" in found
    assert f"correction of {first.source.ref}" in found
    assert "new party: Newcomer" in found


def test_a_decided_dispute_is_flagged() -> None:
    claim = make.submitted_claim(97)
    assert "earlier dispute" not in flags(claim)
    case = open_dispute(claim=claim, by=make.editor(), reason="Is it?")
    assert "earlier dispute" not in flags(claim)
    by: dict[str, Any] = {"by": make.second_editor(), "reason": "It is."}
    taken = take_dispute(dispute=case, **by)
    resolve_dispute(dispute=taken, outcome="range_stands", rationale="Both are lists.", **by)
    assert "earlier dispute" in flags(claim)


def test_events_and_links_are_told_in_words(editor: Client) -> None:
    claim, other = make.published_claim(60, 97).claim, make.published_claim(7).claim
    take_dispute(dispute=claim.disputes.get(), by=make.editor(), reason="I look.")
    relate_claims(from_claim=Claim.objects.get(pk=claim.pk), to_claim=other, kind="series_next",
                  **BY())  # fmt: skip
    row = queue_rows([Claim.objects.get(pk=claim.pk)], make.second_editor())[claim.pk]
    text = "\n".join(row.changes)
    assert "event dispute taken" in text
    assert f"linked to {other.ref}" in text
    assert "action dispute_taken" not in text
    assert f"claim {other.ref}" not in text


def test_a_retirement_is_told(editor: Client) -> None:
    claim = make.published_claim(97).claim
    retire_claim(claim=claim, by=make.chief(), reason="It asks nothing.")
    for page in pages(editor, claim):
        assert "retired: readers lose every figure" in page


def bulk(client: Client, claims: list[Claim]) -> tuple[str, list[str]]:
    """The page that asks, and the messages after its button."""
    chosen = {"action": "approve", "_selected_action": [str(one.pk) for one in claims]}
    asked = client.post(QUEUE, chosen)
    hidden = hidden_of(asked)
    done = client.post(QUEUE, {**hidden, **chosen, "reason": "Read."}, follow=True)
    return html.unescape(asked.content.decode()), messages_of(done)


def part_and_total() -> tuple[Claim, Claim]:
    """(part, total), both in review; the total has the lower number."""
    total, part = linked_to_total(part_of_total=25)
    return part, total


def linked_to_total(**points: int) -> list[Claim]:
    """A total, and a claim for each kind of link to it, all in review."""
    claims = [make.claim() for _ in range(len(points) + 1)]
    make.figure(claims[0], 61)
    for claim, (kind, point) in zip(claims[1:], points.items(), strict=True):
        make.figure(claim, point)
        named = kind.rstrip("_")
        relate_claims(from_claim=claim, to_claim=claims[0], kind=named, **BY())
    return [submitted_again(claim) for claim in claims]


def test_a_part_and_its_total_are_approved_together(editor: Client) -> None:
    part, total = part_and_total()
    page, said = bulk(editor, [total, part])
    assert page.index(part.ref + "<") < page.index(total.ref + "<")
    assert said == ["2 rows: approved."]
    versions = ClaimVersion.objects.filter(claim__in=[part, total]).order_by("sequence")
    assert [one.claim for one in versions] == [part, total]
    relations = read_version(versions[1].payload)["relations"]  # type: ignore[typeddict-item]
    assert [one["claim"] for one in relations] == [part.ref]


def test_two_parts_and_a_claim_that_is_linked_are_approved_together(editor: Client) -> None:
    rows = linked_to_total(part_of_total=25, part_of_total_=12, series_next=61)
    assert bulk(editor, rows)[1] == ["4 rows: approved."]


def test_a_total_whose_part_changed_meanwhile_is_refused(editor: Client) -> None:
    part, total = part_and_total()
    chosen = {"action": "approve", "_selected_action": [str(part.pk), str(total.pk)]}
    hidden = hidden_of(editor.post(QUEUE, chosen))
    change_assertion(assertion=part.assertions.get(), point=Decimal(30), **BY())
    submitted_again(part)
    said = messages_of(editor.post(QUEUE, {**hidden, **chosen, "reason": "Read."}, follow=True))
    assert any(part.ref in text and "changed since you read it" in text for text in said)
    assert not ClaimVersion.objects.filter(claim=part).exists()


def test_own_rows_stand_in_one_line_and_are_not_asked_about(editor: Client) -> None:
    own = []
    for _ in range(3):
        claim = make.claim(by=make.editor())
        make.figure(claim, 5, by=make.editor())
        own.append(submit_claim(claim=claim, by=make.editor(), reason="Ready."))
    theirs = make.submitted_claim(97)
    page, said = bulk(editor, [*own, theirs])
    assert "3 are your own and wait for somebody else" in page
    assert f'name="witness_{theirs.pk}"' in page
    assert not any(f'name="witness_{one.pk}"' in page for one in own)
    refs = ", ".join(one.ref for one in own)
    assert said == ["1 row: approved.", f"3 skipped: your own ({refs}). Somebody else must decide."]


def test_age_counts_from_the_submission_and_a_returned_row_says_why(editor: Client) -> None:
    claim = make.claim()
    make.figure(claim, 5)
    ready = timezone.now() - dt.timedelta(days=3)
    submit_claim(claim=Claim.objects.get(pk=claim.pk), now=ready, **BY())
    waiting = Claim.objects.get(pk=claim.pk)
    assert queue_rows([waiting], make.editor())[claim.pk].since == ready
    assert "3\xa0days" in html.unescape(editor.get(QUEUE).content.decode())
    return_claim(claim=waiting, by=make.editor(), reason="No quote at all.")
    page = html.unescape(editor.get(QUEUE).content.decode())
    assert "returned: No quote at all." in page
    submitted_again(claim)
    assert "No quote at all." not in editor.get(QUEUE).content.decode()
