"""ClaimReviews as drafts: the statement in its words, by its speaker, in each appearance."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.contrib.auth.models import User

from claims.choices import (
    Aggregation,
    AttributionMode,
    AttributionRole,
    CslType,
    PartyKind,
    SubjectKind,
    ValueKind,
    ValueState,
)
from claims.errors import ImportRefusedError, InvalidValueError
from claims.importers.drafting import Drafted, DraftedAnswer, DraftedQuestion, Drafting
from claims.importers.figures.record import ImportFile
from claims.importers.json_files import json_values, sha256_of
from claims.importers.reviews.reading import FoundReview, Work, review_of, reviews_in

REASON: Final = "Imported from a feed of fact checks."
MEASURE: Final = "statement"


class ReviewImport:
    """One feed on its way to the desk."""

    def __init__(self, data: bytes, *, file_name: str, by: User) -> None:
        values = json_values(data, file_name, html=True)
        self._reviews = [review_of(one) for one in reviews_in(values)]
        if not self._reviews:
            raise ImportRefusedError(f"{file_name} holds no ClaimReview.")
        file = ImportFile(file_name, sha256_of(data))
        self._drafting = Drafting(file, verb="import_claimreview", by=by, reason=REASON)
        self._registers = self._drafting.registers

    def run(self) -> Iterator[Drafted]:
        """Draft each review; yield it when it is committed."""
        for number, review in enumerate(self._reviews, start=1):
            yield self._drafting.draft(self._asking(number, review), "review", number)
        self._drafting.record.finish()

    def _asking(self, number: int, review: FoundReview) -> Any:
        return lambda: self._question(number, review)

    def _question(self, number: int, review: FoundReview) -> DraftedQuestion:
        if not review.said:
            raise InvalidValueError("the review names no claim.", field="claimReviewed")
        measure = self._registers.measure(MEASURE, ValueKind.TEXT)
        if measure.value_kind != ValueKind.TEXT:
            raise InvalidValueError(f"the measure {MEASURE} takes no text.", field="measure")
        short = review.said if len(review.said) <= 280 else f"{review.said[:279]}…"
        terms = {
            "subject": self._registers.subject(short, kind=SubjectKind.OTHER),
            "measure": measure,
            "unit": measure.default_unit,
            "population": "",
            "aggregation": Aggregation.EVENT,
            "as_of": "",
        }
        answers = [self._answer(number, review, work) for work in review.works or [review.review]]
        return DraftedQuestion(f"Who said “{short}”, and in what words?", terms, answers)

    def _answer(self, number: int, review: FoundReview, work: Work) -> DraftedAnswer:
        fields = {
            "text": review.said,
            "value_state": ValueState.VALUE,
            "asserted_on": review.said_on,
            "attributions": self._chain(review, work),
            **self._cited(work),
        }
        return DraftedAnswer(
            number, f"review of {work.url or work.title}", fields, note=review.rating
        )

    def _cited(self, work: Work) -> dict[str, Any]:
        if not work.title:
            return {"citation_needed": True}
        fields = {"title": work.title, "url": work.url, "issued": work.issued}
        kind = {"csl_type": CslType.WEBPAGE.value} if work.url else {}
        return {"source": self._registers.work({**fields, **kind}, work.publisher)}

    def _chain(self, review: FoundReview, work: Work) -> list[dict[str, Any]]:
        """The speaker; then the fact checker, where only the review reports the statement."""
        links = []
        if review.speaker:
            kind = PartyKind.PERSON if review.is_person else PartyKind.ORGANISATION
            party = self._registers.party(review.speaker[:200], kind, review.role[:300])
            links.append(_link(party, AttributionRole.SPEAKER, AttributionMode.SAID))
        if work is review.review and work.publisher:
            party = self._registers.party(work.publisher[:200])
            links.append(_link(party, AttributionRole.PUBLISHER, AttributionMode.REPORTED))
        return links


def _link(party: Any, role: str, mode: str) -> dict[str, Any]:
    return {"party": party, "role": role, "mode": mode}
