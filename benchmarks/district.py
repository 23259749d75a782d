"""One district of 40 published claims and 4 drafts, made by the workflow: what data repeats."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import Group, User

from claims.models import ArticleRevision, Claim, Measure, Party, Source, Subject
from claims.workflow.articles import add_article
from claims.workflow.claims import draft_claim, edit_claim
from claims.workflow.evidence import add_assertion, change_assertion
from claims.workflow.measures import add_measure
from claims.workflow.parties import add_party
from claims.workflow.review import approve_claim, return_claim, submit_claim
from claims.workflow.sources import add_source
from claims.workflow.subjects import add_subject
from claims.workflow.texts import approve_revision

CLAIMS = 40
DISPUTED = 8  # of the 40; 4 figures each, the others 2: 2.4 figures a claim
IN_REVIEW = range(DISPUTED, DISPUTED + 4)  # numbers of the published ones that were edited since
RETURNED = range(DISPUTED + 4, DISPUTED + 6)
DRAFTS = range(CLAIMS, CLAIMS + 4)  # never published
SPEAKERS, OUTLETS, SUBJECTS, SOURCES = 10, 4, 4, 8
REASON = "Generated for a benchmark."
COUNTED = ("houses", "barns", "bridges", "wells", "cattle", "sheep", "boats", "carts", "families",
           "workshops", "mills")  # fmt: skip


@dataclass(frozen=True)
class Cast:
    """Who writes, speaks and prints in the district, and where."""

    author: User
    reviewer: User
    speakers: list[Party]
    sources: list[Source]
    subjects: list[Subject]
    measure: Measure
    revision: ArticleRevision


def make_district() -> None:
    """Publish the 40 claims of district 0 in an empty, migrated database, and leave work to do.

    Four of them wait for a review of what changed, two were returned; four drafts were found in
    the article. The words "District 0" and "district-0" stand in every name that has to be unique.
    """
    cast = _cast()
    for number in range(CLAIMS):
        claim = _claim(cast, number)
        submit_claim(claim=claim, by=cast.author, reason=REASON)
        fresh = Claim.objects.get(pk=claim.pk)
        approve_claim(claim=fresh, by=cast.reviewer, reason=REASON)
        if number in IN_REVIEW or number in RETURNED:
            _edit(fresh, cast)
        if number in RETURNED:
            waiting = Claim.objects.get(pk=claim.pk)
            return_claim(claim=waiting, by=cast.reviewer, reason=REASON)
    for number in DRAFTS:
        _claim(cast, number)


def account(group: str) -> User:
    """Return the account named after its group; made when it is not there yet."""
    user, created = User.objects.get_or_create(username=group, defaults={"password": "!"})
    if created:
        user.groups.add(Group.objects.get(name=group))
    return User.objects.get(pk=user.pk)


def _cast() -> Cast:
    author, reviewer = account("contributor"), account("editor")
    signed: dict[str, Any] = {"by": author, "reason": REASON}
    outlets = [
        add_party(name=f"District 0 Courier {one}", kind="outlet", **signed)
        for one in range(OUTLETS)
    ]
    revision = add_article(title="Flood in District 0", slug="district-0", text=_text(), **signed)
    return Cast(
        author=author,
        reviewer=reviewer,
        speakers=[
            add_party(
                name=f"Speaker {one} of District 0",
                kind="person",
                description="spokesperson of the river board",
                **signed,
            )
            for one in range(SPEAKERS)
        ],
        sources=[_source(outlets[one % OUTLETS], one, signed) for one in range(SOURCES)],
        subjects=[
            add_subject(
                title=f"Flood {one} in District 0",
                kind="event",
                place=f"Valley {one}",
                when=f"2012-0{one + 1}-24",
                **signed,
            )
            for one in range(SUBJECTS)
        ],
        measure=add_measure(slug="damaged", label="damaged", value_kind="quantity", **signed),
        revision=approve_revision(revision=revision, by=reviewer, reason=REASON),
    )


def _source(outlet: Party, number: int, signed: dict[str, Any]) -> Source:
    return add_source(
        csl_type="article-newspaper",
        title=f"Rivers rise again, part {number}, District 0",
        publisher=outlet,
        authors="A. Correspondent; B. Correspondent",
        issued=f"2012-02-{number + 10}",
        url=f"https://courier.example.org/district-0/{number}",
        archive_url=f"https://archive.example.org/courier/district-0/{number}",
        url_status="live",
        language="en",
        **signed,
    )


def _quote(number: int, figure: int) -> str:
    return (
        f"In report {number}.{figure} the board counted the damage along the river and "
        "warned that more would be found once the water had gone down."
    )


def _text() -> str:
    quotes = [_quote(number, figure) for number in range(DRAFTS.stop) for figure in range(4)]
    return "Flood\n\n" + "\n\n".join(quotes) + "\n"


def _points(number: int) -> list[int]:
    """Four origins that disagree by more than a half, or two that agree."""
    base = 60 + 7 * number
    if number < DISPUTED:
        return [base, base * 2, base + 20, base * 2 + 5]
    return [base, base]


def _edit(claim: Claim, cast: Cast) -> None:
    """Change the scope and a figure of a published claim, and submit it."""
    edited = edit_claim(
        claim=claim, by=cast.author, reason=REASON, population=f"{claim.unit} by the river"
    )
    figure = edited.assertions.order_by("pk")[0]
    change_assertion(assertion=figure, by=cast.author, reason=REASON, point=figure.point + 1)
    submit_claim(claim=Claim.objects.get(pk=claim.pk), by=cast.author, reason=REASON)


def _claim(cast: Cast, number: int) -> Claim:
    subject = cast.subjects[number % SUBJECTS]
    counted = COUNTED[number // SUBJECTS]
    claim = draft_claim(
        by=cast.author,
        reason=REASON,
        question=f"How many {counted} were damaged in flood {number % SUBJECTS} of District 0?",
        subject=subject,
        measure=cast.measure,
        unit=counted,
        population=f"{counted} of the valley",
    )
    for figure, point in enumerate(_points(number)):
        quote = _quote(number, figure)
        start = cast.revision.text.index(quote)
        source = cast.sources[(number + figure) % SOURCES]
        add_figure(
            claim,
            point,
            by=cast.author,
            speaker=cast.speakers[(number + figure) % SPEAKERS],
            source=source,
            quote=quote,
            anchors=[{"revision": cast.revision, "start": start, "end": start + len(quote)}],
        )
    return claim


def add_figure(claim: Claim, point: int, *, by: User, speaker: Party, **fields: Any) -> None:
    """Add one spoken figure that a source prints."""
    publisher = fields["source"].publisher
    chain = [{"party": speaker, "role": "speaker", "mode": "said"}]
    chain += [{"party": publisher, "role": "publisher", "mode": "reported"}] if publisher else []
    add_assertion(
        claim=claim,
        by=by,
        reason=REASON,
        point=Decimal(point),
        quote_language="en",
        asserted_on="2012-02-13",
        attributions=chain,
        **fields,
    )
