"""Merges that cross one another, or what people write meanwhile: nothing names a merged row."""

from __future__ import annotations

from functools import partial

from claims.audit.verification import verify_everything
from claims.errors import StaleRevisionError, TransitionError
from claims.models import Assertion, Merge
from claims.workflow.merging import propose_merge
from tests import factories as make
from tests.workflow.test_concurrency import WRITERS, cast, marked
from tests.workflow.writers import at_once, refused


@marked
def test_of_two_merges_that_cross_exactly_one_wins():
    """Each would make the other's survivor the merged row."""
    cast()
    one, two = make.party("Agence"), make.party("Agency")
    for speaker in (one, two):
        make.figure(make.claim(), 5, speaker=speaker)

    def merge(old, new):
        propose_merge(
            noun="party", merged=old.pk, into=new.pk, by=make.contributor(), reason="The same."
        )

    results = at_once([partial(merge, one, two), partial(merge, two, one)])

    assert len(refused(results)) == 1
    assert Merge.objects.count() == 1
    assert len(set(Assertion.objects.values_list("origin", flat=True))) == 1
    assert verify_everything().bad == []


@marked
def test_no_statement_names_a_row_that_is_merged_meanwhile():
    cast()
    old, new, work = make.party("Agence"), make.party("Agency"), make.source()
    claims = [make.claim() for _ in range(WRITERS)]

    def merge():
        propose_merge(
            noun="party", merged=old.pk, into=new.pk, by=make.contributor(), reason="The same."
        )

    writes = [partial(make.figure, claim, 5, speaker=old, source=work) for claim in claims]
    results = at_once([*writes, merge])

    known = {TransitionError, StaleRevisionError}
    assert {type(one) for one in refused(results)} <= known
    if Merge.objects.exists():
        assert not Assertion.objects.filter(attributions__party=old).exists()
    assert verify_everything().bad == []
