"""The commands that make rows one and two again, and look for those that may be one."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from claims.models import Merge, SamenessQuestion
from claims.workflow.merging import approve_merge
from claims.workflow.sameness import answer_sameness
from tests import factories as make

pytestmark = pytest.mark.django_db


def run(*words: Any, **options: Any) -> str:
    out = io.StringIO()
    username = options.pop("username", make.contributor().username)
    if words[0] != "find_duplicates":
        options.setdefault("reason", "One and the same.")
    call_command(*words, username=username, stdout=out, stderr=io.StringIO(), **options)
    return out.getvalue().strip()


def test_parties_become_one_and_two_again():
    old, new = make.party(), make.party()
    assert run("merge_parties", old.ref, new.ref) == f"{old.ref} is {new.ref} by now."
    assert run("unmerge", "party", old.ref) == f"{old.ref} and {new.ref}: undone."


def test_every_kind_has_its_command():
    pairs = {
        "merge_sources": (make.source(), make.source()),
        "merge_subjects": (make.subject(), make.subject()),
    }
    for command, (old, new) in pairs.items():
        told = json.loads(run(command, old.ref, new.ref, output="json"))
        assert (told["state"], told["merged"], told["into"]) == ("done", old.ref, new.ref)
    make.measure(slug="boats_lost"), make.measure(slug="lost-boats")
    assert run("merge_measures", "boats_lost", "lost-boats") == "boats_lost is lost-boats by now."
    where, what = make.subject(), make.measure(slug="killed")
    one, two = (make.claim(subject=where, measure=what, unit=unit) for unit in ("person", "people"))
    assert run("merge_claims", one.ref, two.ref) == f"{one.ref} is {two.ref} by now."


def test_what_readers_see_waits_for_somebody_else():
    old, new = make.party(), make.party()
    claim = make.claim()
    make.figure(claim, 5, speaker=old)
    make.approve(claim)
    assert "somebody else must approve" in run("merge_parties", old.ref, new.ref)
    approve_merge(merge=Merge.objects.get(), by=make.editor(), reason="So it is.")
    assert run("unmerge", "party", old.ref).endswith("done, to be undone.")


REFUSED = {
    "no such row": (("merge_parties", "P9999", "P9998"), "no such party"),
    "no reference": (("merge_parties", "Agency", "P1"), "'Agency' names no party"),
    "no such measure": (("merge_measures", "lost", "gone"), "'lost' names no measure"),
    "itself": (("merge_parties", "P1", "P1"), "into itself"),
    "not merged": (("unmerge", "party", "P1"), "P1 is not merged"),
    "kind": (("find_duplicates", "rumour"), "'rumour' is none of"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_is_refused_in_a_line(name):
    words, said = REFUSED[name]
    with pytest.raises(CommandError, match=said) as refused:
        run(*words)
    assert "\n" not in str(refused.value)


def test_account_must_be_there():
    with pytest.raises(CommandError, match="no account 'nobody'"):
        run("merge_parties", "P1", "P2", username="nobody")


def duplicates() -> dict[str, int]:
    """Two rows of each kind that may be one, and one that is like none."""
    make.party("Jane Holt", description="mayor"), make.party("Jane Holt", description="miner")
    make.party("The Péna Post", kind="outlet"), make.party("Pena Post", kind="outlet")
    make.source("Report", url="https://example.org/a", url_status="live")
    make.source("The report", url="http://www.example.org/a/?utm_source=x", url_status="live")
    make.source("Atlas", doi="10.1000/abc"), make.source("Map", doi="doi:10.1000/ABC")
    storm = make.subject("Storm", when="2012-03-01")
    make.subject("The storm", when="2012-03")
    fields = {"subject": storm, "measure": make.measure(), "question": "How many were lost?"}
    for unit in ("person", "people"):
        make.claim(unit=unit, **fields)
    make.measure(slug="boats-lost", label="boats lost"), make.measure(slug="boats_lost")
    make.measure(slug="sunk", label="Boats lost"), make.measure(slug="lost-boats", is_count=False)
    make.party("Nobody else"), make.source("Another"), make.subject("Flood")
    return {"party": 2, "source": 2, "subject": 1, "measure": 3, "claim": 1}


def test_pairs_that_may_be_one_are_asked_about_once():
    wanted = duplicates()
    found = json.loads(run("find_duplicates", output="json"))
    assert {noun: counts["asked"] for noun, counts in found.items()} == wanted
    assert SamenessQuestion.objects.count() == sum(wanted.values())
    again = json.loads(run("find_duplicates", output="json"))
    assert {noun: counts["asked"] for noun, counts in again.items()} == dict.fromkeys(wanted, 0)
    assert {noun: counts["pairs"] for noun, counts in again.items()} == wanted


def test_what_was_answered_stays_answered():
    duplicates()
    run("find_duplicates", "party")
    for question in SamenessQuestion.objects.all():
        answer_sameness(question=question, answer="never", by=make.editor(), reason="Two.")
    run("find_duplicates")
    assert not SamenessQuestion.objects.open().filter(noun="party").exists()


def test_dry_run_asks_nothing():
    duplicates()
    assert "0 asked" in run("find_duplicates", "party", dry_run=True)
    assert not SamenessQuestion.objects.exists()


def test_merged_rows_are_no_pair_any_more():
    old, new = make.party("The Pena Post", kind="outlet"), make.party("Pena Post", kind="outlet")
    run("merge_parties", old.ref, new.ref)
    assert json.loads(run("find_duplicates", "party", output="json"))["party"]["pairs"] == 0
