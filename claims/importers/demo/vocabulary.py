"""The demo's parties, sources, subjects, measures and article, each made once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import models, transaction

from claims.importers.demo.bundle import Bundle, Row
from claims.importers.demo.marks import made_for, rows_made
from claims.models import Article, ArticleRevision, Measure, Party, Source, Subject
from claims.workflow.articles import add_article
from claims.workflow.measures import add_measure
from claims.workflow.parties import add_party
from claims.workflow.sources import add_source
from claims.workflow.subjects import add_subject
from claims.workflow.texts import approve_revision


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The rows that claims and assertions of the demo refer to, by key."""

    revision: ArticleRevision
    parties: dict[str, Party]
    sources: dict[str, Source]
    subjects: dict[str, Subject]
    measures: dict[str, Measure]


def ensure_vocabulary(bundle: Bundle, accounts: dict[str, User]) -> Vocabulary:
    """Make what is missing, one transaction a table."""
    by = accounts["contributor"]
    parties = ensure_parties(bundle, by)
    return Vocabulary(
        revision=ensure_article(bundle, accounts),
        parties=parties,
        sources=ensure_sources(bundle, by, parties),
        subjects=ensure_subjects(bundle, by, parties),
        measures=ensure_measures(bundle, by),
    )


@transaction.atomic
def ensure_article(bundle: Bundle, accounts: dict[str, User]) -> ArticleRevision:
    """Return the demo's text as stored; a second person approves it for readers."""
    row, reason = bundle.article, made_for("article", bundle.article["slug"])
    article = rows_made(Article, "article").get(row["slug"])
    if article is not None:
        return article.revisions.earliest("number")
    texts = {name: row[name] for name in ("slug", "title", "language", "licence")}
    revision = add_article(by=accounts[row["added_by"]], reason=reason, text=bundle.text, **texts)
    approver = accounts[row["approved_by"]]
    return approve_revision(revision=revision, by=approver, reason="Read and found complete")


def ensure_parties(bundle: Bundle, by: User) -> dict[str, Party]:
    """Return the parties by key."""

    def make(row: Row, reason: str) -> Party:
        known = Party.objects.filter(**_only(row, "name", "kind", "description")).first()
        return known or add_party(by=by, reason=reason, **_without(row, "key"))

    return _ensure(Party, "party", bundle.parties, make)


def ensure_sources(bundle: Bundle, by: User, parties: dict[str, Party]) -> dict[str, Source]:
    """Return the sources by key."""

    def make(row: Row, reason: str) -> Source:
        publisher = parties[row["publisher"]]
        return add_source(
            by=by, reason=reason, publisher=publisher, **_without(row, "key", "publisher")
        )

    return _ensure(Source, "source", bundle.sources, make)


def ensure_subjects(bundle: Bundle, by: User, parties: dict[str, Party]) -> dict[str, Subject]:
    """Return the subjects by key; a parent stands before its children in the file."""
    made = rows_made(Subject, "subject")

    def make(row: Row, reason: str) -> Subject:
        made[row["key"]] = add_subject(
            by=by,
            reason=reason,
            parent=made[row["parent"]] if row["parent"] else None,
            belligerents=[(parties[one["party"]], one["side"]) for one in row["belligerents"]],
            **_without(row, "key", "parent", "belligerents"),
        )
        return made[row["key"]]

    return _ensure(Subject, "subject", bundle.subjects, make)


def ensure_measures(bundle: Bundle, by: User) -> dict[str, Measure]:
    """Return the measures by key, which is their slug."""

    def make(row: Row, reason: str) -> Measure:
        known = Measure.objects.filter(slug=row["key"]).first()
        return known or add_measure(by=by, reason=reason, slug=row["key"], **_without(row, "key"))

    return _ensure(Measure, "measure", bundle.measures, make)


@transaction.atomic
def _ensure[Made: models.Model](
    model: type[Made], noun: str, rows: tuple[Row, ...], make: Callable[[Row, str], Made]
) -> dict[str, Made]:
    made = rows_made(model, noun)
    for row in rows:
        key = row["key"]
        if key not in made:
            made[key] = make(row, made_for(noun, key))
    return made


def _only(row: Row, *names: str) -> Row:
    return {name: row[name] for name in names}


def _without(row: Row, *names: str) -> Row:
    return {name: value for name, value in row.items() if name not in names}
