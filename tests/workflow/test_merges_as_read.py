"""A merge publishes what its approver has read of it, and nothing else of any claim."""

from __future__ import annotations

import pytest

from claims.models import Claim, ClaimVersion, Correction, Merge
from claims.workflow import correction_candidate, merge_candidate, merge_publishing
from claims.workflow.corrections import approve_correction
from claims.workflow.merge_candidate import read_merge
from claims.workflow.merge_publishing import publish_merge_piece
from claims.workflow.parties import edit_party
from claims.workflow.published_columns import published_columns
from claims.workflow.sources import edit_source
from tests import factories as make
from tests.workflow.merges import approved, clean, measure, merged, public, said, told_apart

pytestmark = pytest.mark.django_db


def test_claims_that_the_page_does_not_compare_go_along_where_only_the_name_changes(monkeypatch):
    monkeypatch.setattr(merge_publishing, "COMPARED", 1)
    monkeypatch.setattr(merge_candidate, "COMPARED", 1)
    old, new = make.party("Agence"), make.party("Agency")
    compared, moved, named = told_apart(old, new), told_apart(old, new), said(old)
    item = merged("party", old, new)
    found = read_merge(item)
    assert ([one.claim for one in found.outcomes], found.along, found.beyond) == ([compared], 3, 2)
    approved(item)
    for claim, state in ((compared, "published"), (moved, "in_review"), (named, "published")):
        claim.refresh_from_db()
        assert claim.state == state
    assert public(moved)["contention"] == "corroborated"
    assert public(named)["figures"][0]["origin"] == new.ref
    clean()


def test_what_no_sum_tells_is_compared_too():
    """One party's later answer ends its earlier one: same range of one figure, other reasons."""
    old, new = make.party("Agence"), make.party("Agency")
    claim = make.claim(measure=measure())
    earlier = make.figure(claim, 5, speaker=old, asserted_on="2012-01-01")
    make.figure(claim, 7, speaker=new, asserted_on="2012-01-02")
    make.approve(claim)
    item = merged("party", old, new)
    (found,) = read_merge(item).outcomes
    assert (found.before.not_counted, found.before.best != found.after.best) == ((), True)
    assert [one.split(": ")[0] for one in found.after.not_counted] == [earlier.ref]
    approved(item)
    after = public(claim)
    assert [one["figure"] for one in after["excluded"]] == [earlier.ref]
    assert (after["summary"], after["best"]["words"]) == (found.after.summary, found.after.best)


@pytest.mark.parametrize("noun", ["party", "source", "subject", "measure"])
def test_page_shows_every_column_of_both_rows_that_readers_get(noun):
    added = measure if noun == "measure" else getattr(make, noun)
    old, new = added(), added()
    found = read_merge(Merge(noun=noun, merged=old.pk, into=new.pk, reason="The same."))
    seen = {name: (one, other) for name, one, other in found.members}
    columns = [
        field.name
        for field in type(new)._meta.concrete_fields
        if field.attname in published_columns(type(new)) and getattr(new, field.attname)
    ]
    assert columns
    for name in columns:
        shown = [getattr(row, name) for row in (old, new)]
        assert seen[name.replace("_", " ")] == tuple(
            "" if one is None else str(one) for one in shown
        )


def test_words_that_a_correction_left_unread_do_not_come_with_a_merge(monkeypatch):
    """A claim that an approved correction did not reach has more to read than the merge."""
    monkeypatch.setattr(correction_candidate, "READ", 1)
    old, new = make.party("Agence"), make.party("Agency")
    work, later = make.source(issued="2012-01-01"), make.source(issued="2013-01-01")
    claims = []
    for _ in range(2):
        claim = make.claim(measure=measure())
        make.figure(claim, 5, speaker=old, source=work)
        make.figure(claim, 7, speaker=old, source=later)
        make.approve(claim)
        claims.append(Claim.objects.get(pk=claim.pk))
    edit_source(source=work, by=make.second_editor(), reason="Read.", issued="2014-05-01")
    approve_correction(correction=Correction.objects.get(), by=make.editor(), reason="Yes.")
    assert [public(claim)["sources"][0]["issued"] for claim in claims] == [
        "2014-05-01", "2012-01-01",
    ]  # fmt: skip
    reached, left = claims
    make.approve(reached)  # its reckoning moved, which waited by itself
    item = merged("party", old, new)
    assert read_merge(item).alone == [left]
    approved(item)
    assert public(reached)["figures"][0]["origin"] == new.ref
    assert public(left)["figures"][0]["origin"] == old.ref
    assert public(left)["sources"][0]["issued"] == "2012-01-01"
    left.refresh_from_db()
    assert left.state == "in_review"
    clean()


def test_words_edited_while_a_merge_is_published_wait_for_their_own_reader(monkeypatch):
    monkeypatch.setattr(merge_publishing, "PIECE", 1)
    old, new = make.party("Agence"), make.party("Agency")
    first, second = said(old), said(old)
    item = approved(merged("party", old, new))
    edit_party(party=new, by=make.second_editor(), reason="Typing.", name="Unread")
    assert publish_merge_piece(item) == 0
    assert public(first)["figures"][0]["origin"] == new.ref
    assert public(second)["figures"][0]["origin"] == old.ref
    assert "Unread" not in "".join(ClaimVersion.objects.public().values_list("payload", flat=True))
    clean()
