"""Rows of figures as a browser sends them with the form of their claim."""

from __future__ import annotations

from typing import Any

from tests import factories as make
from tests.admin.test_pickers import NEW

ADD = "admin:claims_claim_add"


def rows(*filled: dict[str, Any], count: int = 0) -> dict[str, Any]:
    """The inputs of rows as a browser sends them; those that are not given are left empty."""
    sent = {"assertions-TOTAL_FORMS": max(count, len(filled)), "assertions-INITIAL_FORMS": 0}
    for number in range(max(count, len(filled))):
        row = {"stance": "asserts", "speaker_kind": "person", "id": "", "claim": ""}
        row |= filled[number] if number < len(filled) else {}
        sent |= {f"assertions-{number}-{name}": value for name, value in row.items()}
    return sent


def new_claim(*filled: dict[str, Any], kind: str = "quantity", **more: Any) -> dict[str, Any]:
    subject, measure = make.subject(), make.measure(slug=f"a-{kind}", value_kind=kind)
    return {**NEW["claim"], "subject": subject.pk, "measure": measure.pk, "reason": "Reported.",
            "_save": "Save", **rows(*filled, count=2), **more}  # fmt: skip


def row_errors(response: Any) -> list[dict[str, list[str]]]:
    return [dict(one) for one in response.context["inline_admin_formsets"][0].formset.errors]


TOLD = (
    {"value": "about 60", "source_title": "Morning Post", "source_url": "https://post.example/1",
     "source_publisher": "Post", "source_issued": "2012-02-13", "speaker_name": "Ann Bell",
     "speaker_role": "mayor", "quote": "about 60"},
    {"value": "50-101", "as_above": "on", "speaker_name": "Ann Bell", "speaker_role": "mayor"},
    {"value": "1,204", "source_title": "Evening Herald", "speaker_name": "Col. Roe"},
    {"value": "at least 97", "as_above": "on", "relayer_name": "Post"},
)  # fmt: skip


CITED = "{{cite report |title=Mill fire |author=Bell |publisher=Fire Office |date=13 March 2012}}"


def of_new_subject(**more: Any) -> dict[str, Any]:
    return new_claim(TOLD[0]) | {"subject": "", "subject_title": "Fire of Arden", **more}
