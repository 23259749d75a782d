"""What a claim takes from other claims: the sums of published parts."""

from __future__ import annotations

import pytest

from claims.domain.documents import read_document
from claims.workflow.claims import relate_claims
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kind", "answer"), [("date", {"edtf": "1992"}), ("boolean", {"boolean": True})]
)
def test_a_part_that_is_no_figure_adds_up_to_nothing(kind, answer):
    part = make.claim(kind)
    make.figure(part, **answer)
    make.approve(part)
    total = make.submitted_claim(97)

    relate_claims(
        from_claim=part, to_claim=total, kind="part_of_total", by=make.contributor(), reason="So."
    )

    make.approve(part)
    assert read_document(make.approve(total).payload)["arithmetic"] == []
