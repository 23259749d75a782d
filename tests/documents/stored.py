"""Documents that were published in some format, put back as the versions of a database."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.db import models

from claims.choices import AssertionStatus, ClaimState, VersionOp
from claims.domain.document_format import FORMAT, read_claim, read_version
from claims.domain.documents import read_document, seal, sealed_hash
from claims.domain.refs import number_in
from claims.models import (
    Article,
    ArticleRevision,
    Assertion,
    Claim,
    ClaimVersion,
    Dispute,
    Measure,
    Party,
    PublicationHead,
    PublishedArticle,
    Source,
    Subject,
)
from claims.workflow.published_rows import facet_columns
from claims.workflow.rebuilding import rebuild_index

FOLDER = Path(__file__).parent
VERSIONS = "versions.ndjson"
LETTERS: dict[type[models.Model], str] = {
    model: model.ref_letter
    for model in (Article, Assertion, Claim, Dispute, Party, Source, Subject)
}


def folders() -> dict[int, Path]:
    """The folder of each format that was frozen, by its number."""
    return {int(path.name.partition("-")[2]): path for path in FOLDER.glob("format-*")}


def payloads(folder: Path) -> list[str]:
    """The documents of a folder, as they were sealed, in the order of their publication."""
    return (folder / VERSIONS).read_text(encoding="utf-8").splitlines()


def upgraded_payloads(folder: Path) -> list[str]:
    """The same documents as today's format would have them: sealed and chained anew."""
    texts, previous = [], ""
    for text in payloads(folder):
        document: dict[str, Any] = {**read_version(text), "format": FORMAT}
        text, previous = seal({**document, "previous_sha256": previous})
        texts.append(text)
    return texts


def load(folder: Path, texts: list[str]) -> list[ClaimVersion]:
    """Store a folder's documents as versions with their index rows, in an empty database.

    The desk beside them knows little more than numbers: what readers see comes from documents.
    """
    documents = [read_document(text) for text in texts]
    _Desk(folder).fill(documents)
    versions = _versions(texts, documents)
    ClaimVersion.objects.bulk_create(versions)
    last = versions[-1]
    PublicationHead.objects.create(sequence=last.sequence, sha256=last.sha256)
    for step in rebuild_index():
        assert step.refused == []
    return versions


class _Desk:
    """Rows for everything that documents refer to, so that links of versions lead somewhere."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: dict[tuple[type[models.Model], int], models.Model] = {}

    def fill(self, documents: list[dict[str, Any]]) -> None:
        names = {one["review"][by] for one in documents for by in ("edited_by", "approved_by")}
        for name in sorted(names):
            User.objects.create_user(name)
        for document in documents:
            if document["status"] == "published":
                self._fill(document)
        for document in documents:
            if document["status"] == "retired":
                retired = Claim.objects.filter(pk=number_in(document["ref"], Claim.ref_letter))
                retired.update(state=ClaimState.RETIRED)

    def _fill(self, document: dict[str, Any]) -> None:
        self._add_parties(document)
        subject = self._subject(document["subject"])
        measure = self._measure(document["measure"])
        for entry in document["sources"]:
            publisher = entry["publisher"] and number_in(entry["publisher"]["ref"], "P")
            self._add(Source, entry["ref"], **{**entry, "publisher": publisher})
        scope = {name: document[name] for name in ("question", "unit", "population", "as_of")}
        person = User.objects.get(username=document["review"]["edited_by"])
        claim = self._add(
            Claim,
            document["ref"],
            **scope,
            subject=subject.pk,
            measure=measure.pk,
            state=ClaimState.PUBLISHED,
            last_edited_by=person.pk,
            edited_at=_moment(document),
        )
        for entry in document["figures"]:
            self._add(
                Assertion,
                entry["ref"],
                claim=claim.pk,
                value_kind=measure.value_kind,
                is_count=measure.is_count,
                value_state="unknown",
                citation_needed=True,
                status=AssertionStatus.LIVE,
            )
            for anchor in entry["anchors"]:
                self._add_article(anchor, person)
        for entry in document["disputes"]:
            told = {name: entry[name] for name in ("kind", "reason")}
            opened = dt.datetime.fromisoformat(entry["opened_at"])
            self._add(Dispute, entry["ref"], claim=claim.pk, opened_at=opened, **told)

    def _add_parties(self, document: dict[str, Any]) -> None:
        for entry in document["figures"]:
            found = [entry["speaker"]] if entry["speaker"] else []
            found += [{**link, "ref": link["party"]} for link in entry["attribution"]]
            for party in (*found, *entry["parties"]):
                self._add_party(party)
        for party in document["subject"]["belligerents"]:
            self._add_party(party)
        for source in document["sources"]:
            if source["publisher"]:
                self._add_party(source["publisher"])

    def _add_party(self, told: dict[str, Any]) -> None:
        kind = told.get("kind", "organisation")
        self._add(Party, told["ref"], name=told["name"], kind=kind)

    def _subject(self, told: dict[str, Any]) -> models.Model:
        parent = None
        for above in told["path"]:
            parent = self._add(
                Subject, above["ref"], title=above["title"], kind="event", parent=parent
            ).pk
        known = {name: told[name] for name in ("title", "kind", "place", "when")}
        return self._add(Subject, told["ref"], parent=parent, **known)

    def _measure(self, told: dict[str, Any]) -> Measure:
        known = {name: told[name] for name in ("slug", "label", "value_kind", "is_count")}
        Measure.objects.bulk_create([Measure(**known)], ignore_conflicts=True)
        return Measure.objects.get(slug=told["slug"])

    def _add_article(self, anchor: dict[str, Any], person: User) -> None:
        text = (self._folder / f"{anchor['article']}.txt").read_text(encoding="utf-8")
        assert hashlib.sha256(text.encode()).hexdigest() == anchor["sha256"]
        told = {name: anchor[name] for name in ("slug", "title")}
        article = self._add(Article, anchor["article"], **told)
        if ArticleRevision.objects.filter(article=article.pk).exists():
            return
        now = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
        revision = ArticleRevision(
            article_id=article.pk,
            number=anchor["revision"],
            title=anchor["title"],
            format="wikitext",
            text=text,
            sha256=anchor["sha256"],
            added_by=person,
            added_at=now,
            approved_by=User.objects.exclude(pk=person.pk).first(),
            approved_at=now,
        )
        ArticleRevision.objects.bulk_create([revision])
        PublishedArticle.objects.create(
            article_id=article.pk, revision=revision, language="en", shown=1
        )

    def _add(self, model: type[models.Model], ref: str, /, **values: Any) -> models.Model:
        """A row with the number of the reference and what fits its columns; once."""
        number = number_in(ref, LETTERS[model])
        if (model, number) not in self._made:
            fields = {field.name: field.attname for field in model._meta.concrete_fields}
            known = {fields[name]: value for name, value in values.items() if name in fields}
            row = model(pk=number, **known)
            model._default_manager.bulk_create([row])
            self._made[model, number] = row
        return self._made[model, number]


def _versions(texts: list[str], documents: list[dict[str, Any]]) -> list[ClaimVersion]:
    people = {user.username: user for user in User.objects.all()}
    newest: dict[str, ClaimVersion] = {}
    versions = []
    for text, document in zip(texts, documents, strict=True):
        review, before = document["review"], newest.get(document["ref"])
        is_retired = document["status"] == "retired"
        version = ClaimVersion(
            claim_id=number_in(document["ref"], Claim.ref_letter),
            number=document["version"],
            sequence=document["sequence"],
            op=VersionOp.TOMBSTONE if is_retired else VersionOp.PUBLISH,
            payload=text,
            sha256=sealed_hash(text),
            previous_sha256=document["previous_sha256"],
            edited_by=people[review["edited_by"]],
            approved_by=people[review["approved_by"]],
            published_at=_moment(document),
            summary=review["reason"],
            is_takedown=review["edited_by"] == review["approved_by"],
            **(_kept(document, before) if is_retired else facet_columns(read_claim(text))),
        )
        if before is not None:
            before.is_current = False
        newest[document["ref"]] = version
        versions.append(version)
    return versions


def _kept(document: dict[str, Any], before: ClaimVersion | None) -> dict[str, Any]:
    """The facets of a tombstone: what readers knew the claim by."""
    names = ("contention", "severity", "subject_id", "measure_id")
    kept = {name: getattr(before, name) for name in names}
    return {**kept, "question": document["question"]}


def _moment(document: dict[str, Any]) -> dt.datetime:
    return dt.datetime.fromisoformat(document["review"]["published_at"])
