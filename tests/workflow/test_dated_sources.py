"""The date of a source may tell which answer of one origin is its last."""

from __future__ import annotations

import pytest

from claims.domain.documents import read_document
from claims.models import ClaimVersion
from claims.workflow.sources import edit_source
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_a_new_date_of_a_source_that_tells_who_counts_sends_claims_to_review():
    office, other = make.party(), make.source(issued="2014-06-03")
    claim, single = make.claim(), make.claim()
    dated = make.source()
    make.figure(claim, 84, speaker=office, source=dated)
    make.figure(claim, 52, speaker=office, source=other)
    make.figure(single, 7, source=dated)
    for one in (claim, single):
        make.approve(one)
    edit_source(source=dated, by=make.contributor(), reason="Dated.", issued="2014-06-20")
    claim.refresh_from_db()
    single.refresh_from_db()
    assert (claim.state, single.state) == ("in_review", "published")
    make.approve(claim, by=make.second_editor())
    document = read_document(ClaimVersion.objects.public().get(claim=claim).payload)
    assert document["inputs"] == [document["figures"][0]["ref"]]
