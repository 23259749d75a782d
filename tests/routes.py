"""Every route of the URL resolver, and its addresses for sample rows in each state."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.urls import URLPattern, URLResolver, get_resolver

from claims.importers.figures.uploads import keep_table
from claims.importers.uploads import note_upload
from claims.models import ApiKey, Article, Claim, Correction
from claims.workflow.claims import edit_claim, relate_claims
from claims.workflow.comments import write_comment
from claims.workflow.disputes import open_dispute
from claims.workflow.merging import propose_merge
from claims.workflow.queue_views import save_view
from claims.workflow.review import submit_claim
from claims.workflow.sameness import ask_sameness
from claims.workflow.sequencing import seal_log
from claims.workflow.sources import edit_source
from tests import factories as make

# <converter:name>, (?P<name>expression) and the ([^/]+) of an expression without names.
PARAMETER = re.compile(r"\(\?P<(\w+)>[^()]*\)|<(?:\w+:)?(\w+)>|(\(\[\^/\]\+\))")
CLAIM_STATES = ("published", "in_review", "retired")
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
NONE = "-"  # the sample of a route that names no row
# What stands for a parameter that names no row.
WORDS = {
    "token": "x",
    "uidb64": "x",
    "suffix": "json",
    "app_label": "claims",
    "code": "not-found",
    "kind": "main",
    "part": "1",
    "url": "nowhere",
    "number": "1",
    "before": "1",
    "after": "2",
    "level": "0",
    "tile": "000.p/1",
}
# Addresses that answer nothing without a question.
QUESTIONS = {
    "admin:autocomplete": "?app_label=claims&model_name=claim&field_name=subject&term=a",
    "api-search": "?q=battle",
    "oembed": "?url=/claims/C999999/",
}
Samples = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Route:
    """A URL pattern: its name, or where it has none the pattern itself."""

    name: str
    pattern: str
    parameters: tuple[str, ...] = field(default=())

    @property
    def is_public(self) -> bool:
        return not self.pattern.startswith("admin/")

    @property
    def noun(self) -> str:
        """What the first parameter names, by the part of the address before it."""
        part = PARAMETER.split(self.pattern)[0].rstrip("/").rpartition("/")[2]
        return part.removesuffix("s") if self.is_public else part

    @property
    def names_row(self) -> bool:
        rows = {"ref", "slug"} if self.is_public else {"object_id", "id", "number", "positional"}
        return bool(rows & set(self.parameters)) and "content_type_id" not in self.parameters

    @property
    def methods(self) -> tuple[str, ...]:
        """The admin knows no PUT and PATCH: it reads whatever is not POST as GET."""
        return METHODS if self.is_public else ("GET", "POST", "DELETE")

    def samples(self) -> tuple[str, ...]:
        """The samples that differ here; the desk's registers have one for all."""
        if not self.names_row:
            return (NONE,)
        if self.noun == "claim":
            return CLAIM_STATES if self.is_public else (*CLAIM_STATES, "own")
        if self.is_public:
            return CLAIM_STATES[: 2 if self.noun == "article" else 3]
        return ("published",)

    def address(self, sample: str, rows: Samples) -> str:
        """The path of this route for the sample."""
        row: Any = rows[sample][self.noun] if self.names_row else None
        by_place = row is not None and "positional" in self.parameters
        values = iter([str(row.pk), _record_of(row)] if by_place else ())

        def value(match: re.Match[str]) -> str:
            name = match[1] or match[2]
            return next(values) if name is None else self._value(name, row, rows)

        path = PARAMETER.sub(value, self.pattern).replace("\\", "")
        return f"/{path}{QUESTIONS.get(self.name, '')}"

    def _value(self, name: str, row: Any, rows: Samples) -> str:
        if name in ("content_type_id", "object_id") and row is None:
            kind = ContentType.objects.get_for_model(Claim)
            return str(kind.pk if name == "content_type_id" else rows["published"]["claim"].pk)
        if name in ("object_id", "id") or (name == "number" and not self.is_public):
            return str(row.pk)
        if name == "name":
            return "ndjson"
        return str(getattr(row, name)) if name in ("ref", "slug") else WORDS[name]


def every_route() -> list[Route]:
    """Every pattern of the resolver, the admin's own included."""
    return list(_walk(get_resolver()))


def _walk(resolver: URLResolver, prefix: str = "", space: str = "") -> Iterator[Route]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            inner = f"{space}{one.namespace}:" if one.namespace else space
            yield from _walk(one, prefix + _text(one), inner)
        else:
            pattern = prefix + _text(one)
            found = tuple(m[1] or m[2] or "positional" for m in PARAMETER.finditer(pattern))
            yield Route(f"{space}{one.name}" if one.name else pattern, pattern, found)


def _text(one: URLPattern | URLResolver) -> str:
    """A pattern without the anchors of an expression; what matches anything as a parameter."""
    return str(one.pattern).replace(r"^[\s\S]*$", "<url>").lstrip("^").rstrip("$")


def _record_of(row: Any) -> str:
    return str(row.history.latest().history_id)


def build_samples() -> Samples:
    """Rows of each noun: readers see the published ones, not yet those in review, no longer the
    retired; ``own`` was edited by everybody who may edit, and waits for review.
    """
    text = "= Battle =\n\nAbout 60 people were killed, others said 97.\n"
    revision = make.article("Battle", text)
    army = make.party("Army", kind="armed_group")
    published = make.claim(subject=make.subject("Battle", belligerents=[(army, "government")]))
    make.figure(published, 60, anchors=[{"revision": revision, "start": 12, "end": 20}])
    make.figure(published, 97)
    make.approve(published)
    edit: dict[str, Any] = {"by": make.contributor(), "reason": "Narrower."}
    edit_claim(claim=published, population="soldiers", **edit)
    make.approve(published)
    in_review = make.submitted_claim(11, 23)
    retired = make.published_claim(5, 9).claim
    make.retire(retired)
    related: dict[str, Any] = {
        "kind": "part_of_total",
        "by": make.contributor(),
        "reason": "A part.",
    }
    own = make.claim()
    make.figure(own, 31)
    relation = relate_claims(from_claim=own, to_claim=make.claim(), **related)
    comment = write_comment(claim=own, by=make.contributor(), body="Which list?")
    for person in (make.contributor(), make.editor(), make.chief()):
        own = edit_claim(claim=own, by=person, reason="Mine.", population=person.username)
    submit_claim(claim=own, by=make.contributor(), reason="Ready.")
    open_dispute(claim=in_review, by=make.second_editor(), reason="Which is right?")
    draft = make.article("Skirmish", approved=False)
    source = make.figure(make.claim(), 3).source
    assert source is not None
    make.approve(source.assertions.get().claim)
    edit_source(source=source, title="Report, corrected", **edit)
    kept: dict[str, Any] = {"file_name": "figures.csv", "by": make.contributor()}
    question = ask_sameness(
        noun="party",
        one=army.pk,
        other=make.party("The army").pk,
        why="called the same",
        by=make.contributor(),
        reason="An import met both.",
    )
    merge = propose_merge(noun="party", merged=army.pk, into=make.party("Armed forces").pk, **edit)
    upload = note_upload(text, by=make.contributor(), file_name="battle.txt", title="Battle")
    seal_log()
    somebody = User.objects.create_user("somebody")
    rows = {
        "published": _rows_of(published, revision.article),
        "in_review": _rows_of(in_review, draft.article),
        "retired": _rows_of(retired, None),
        "own": {"claim": Claim.objects.get(pk=own.pk)},
    }
    rows["published"] |= {
        "party": army,
        "articlerevision": draft,
        "comment": comment,
        "correction": Correction.objects.get(),
        "claimrelation": relation,
        "merge": merge,
        "samenessquestion": question,
        "sourcerelation": make.relation(source, make.source(), confirmed=False),
        "reviewevent": published.events.first(),
        "claimversion": published.versions.first(),
        "importrun": upload.run,
        "importedpage": upload,
        "importedtable": keep_table(b"question,subject,measure\nQ?,S,m\n", **kept),
        "apikey": _key_of(make.contributor()),
        "views": save_view(name="Mine", query="queue=review", by=make.contributor()),
        "user": somebody,
        "accounts": somebody,
        "group": Group.objects.get(name="editor"),
    }
    return rows


def _key_of(owner: User) -> ApiKey:
    make.api_key(owner)
    key = owner.auth_token_set.first()
    assert isinstance(key, ApiKey)
    return key


def _rows_of(claim: Claim, article: Article | None) -> dict[str, Any]:
    fresh = Claim.objects.get(pk=claim.pk)
    figure = fresh.assertions.order_by("pk").first()
    assert figure is not None
    return {
        "claim": fresh,
        "assertion": figure,
        "figure": figure,
        "source": figure.source,
        "subject": fresh.subject,
        "measure": fresh.measure,
        "dispute": fresh.disputes.order_by("pk").first(),
        "article": article,
    }
