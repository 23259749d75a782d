"""What a reader makes of an unseen article: its reading, and the drafts of a real import."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from claims.models import Assertion, Claim

Row = dict[str, Any]


@dataclass(slots=True)
class Statement:
    """A draft statement; positions are code points of the text, `claim` numbers its draft.

    `replaces` is the position where the statement begins that it supersedes.
    """

    claim: int
    char_start: int
    char_end: int
    quote: str
    low: float | None = None
    high: float | None = None
    low_strict: bool = False
    high_strict: bool = False
    approximate: bool = False
    vague: str = ""
    stance: str = "asserts"
    speakers: tuple[str, ...] = ()
    replaces: int | None = None
    work: str = ""
    """Title of the source that the draft cites."""


@dataclass(slots=True)
class Draft:
    """A draft claim about a quantity; texts are "" where it says nothing."""

    number: int
    question: str
    measure: str
    unit: str = ""
    population: str = ""
    subject: str = ""
    place: str = ""
    when: str = ""
    """The date of the claim, else that of its subject (EDTF)."""
    disputes: list[list[tuple[int, int]]] = field(default_factory=list)
    """Of each dispute that the machine opened: where its statements stand."""


@dataclass(slots=True)
class Answer:
    """All that came of one article; `reading` is the JSON of the dry run.

    `others` counts drafts about something else than a quantity.
    """

    reading: Row
    drafts: list[Draft] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    others: int = 0
    refused: str = ""


def answer_of(path: Path) -> Answer:
    """Import the article as an editor would, and take down what was drafted; needs a database."""
    from claims.errors import ImportRefusedError
    from claims.importers.articles import import_text
    from tests import factories

    text = path.read_text(encoding="utf-8")
    title = path.stem.replace("_", " ").capitalize()
    try:
        done = import_text(text, by=factories.contributor(), title=title)
    except ImportRefusedError as error:
        empty: Row = {"figures": [], "dates": [], "conflicts": [], "sources": []}
        return Answer(reading=empty, refused=str(error))
    answer = Answer(reading=done.reading.to_json())
    for claim in done.drafted:
        if claim.measure.value_kind not in ("quantity", "money"):
            answer.others += 1
            continue
        answer.drafts.append(_draft(claim))
        for assertion in claim.assertions.prefetch_related("anchors", "attributions__party"):
            answer.statements += _statements(claim.pk, assertion)
    return answer


@contextmanager
def test_database() -> Iterator[None]:
    """Make the database of tests, empty, and take it away again; for use outside of pytest."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factbase.settings")
    os.environ.setdefault("FACTBASE_MODE", "development")
    import django

    django.setup()
    from django.db import connection

    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def import_all(paths: list[Path]) -> dict[str, Answer]:
    """Import each article into the database of tests and forget it: {name: Answer}."""
    from django.db import transaction

    answers = {}
    for path in paths:
        with transaction.atomic():
            answers[path.stem] = answer_of(path)
            transaction.set_rollback(True)
        _forget()
    return answers


def _forget() -> None:
    from tests.accounts import forget_accounts

    forget_accounts()


def _draft(claim: Claim) -> Draft:
    disputes = []
    for dispute in claim.disputes.filter(opened_by=None):
        anchors = [one.anchors.first() for one in dispute.assertions.all()]
        disputes.append([(one.start, one.end) for one in anchors if one is not None])
    return Draft(
        number=claim.pk,
        question=claim.question,
        measure=claim.measure.slug,
        unit=claim.unit,
        population=claim.population,
        subject=claim.subject.title,
        place=claim.subject.place,
        when=claim.as_of or claim.subject.when,
        disputes=disputes,
    )


def _begin(assertion: Assertion) -> int | None:
    return assertion.anchors.values_list("start", flat=True).first()


def _statements(number: int, assertion: Assertion) -> Iterator[Statement]:
    anchor = assertion.anchors.first()
    if anchor is None or assertion.status in ("withdrawn", "rejected"):
        return
    point = assertion.point
    low, high = (assertion.low, assertion.high) if point is None else (point, point)
    if assertion.high_open and point is not None:
        high = None
    links = [link for link in assertion.attributions.all() if link.position == 0]
    yield Statement(
        claim=number,
        char_start=anchor.start,
        char_end=anchor.end,
        quote=anchor.exact,
        low=None if low is None else float(low),
        high=None if high is None else float(high),
        low_strict=assertion.low_strict,
        high_strict=assertion.high_strict,
        approximate=assertion.approximate,
        vague=assertion.vague_term,
        stance=assertion.stance,
        speakers=tuple(link.party.name for link in links),
        replaces=_begin(assertion.supersedes) if assertion.supersedes else None,
        work=assertion.source.title if assertion.source else "",
    )
