"""Whatever is changed past the workflow is found and named."""

from __future__ import annotations

import pytest
from django.db import models

from claims.audit.findings import finding_name
from claims.audit.histories import tracked_models
from claims.audit.verification import verify_everything
from claims.models import (
    Anchor,
    Article,
    ArticleRevision,
    Assertion,
    AssertionParty,
    Attribution,
    Claim,
    ClaimRelation,
    ClaimVersion,
    Comment,
    Correction,
    Dispute,
    DisputeAssertion,
    Measure,
    Merge,
    Party,
    PublicationHead,
    PublishedAnchor,
    PublishedDispute,
    PublishedFigure,
    PublishedSource,
    PublishedSubject,
    QueueView,
    ReviewEvent,
    SamenessQuestion,
    Source,
    SourceRelation,
    Subject,
    SubjectBelligerent,
    VersionKey,
)
from tests.audit.tampering import change, execute, named, newest, undone
from tests.kept import undone_after
from tests.world import build_world

pytestmark = pytest.mark.django_db

# A column of each working table and an expression that changes it.
CHANGES: dict[type[models.Model], tuple[str, str]] = {
    Anchor: ("exact", "'another quote'"),
    Article: ("title", "'Another title'"),
    ArticleRevision: ("text", "'Another text'"),
    Assertion: ("point", "point + 1"),
    AssertionParty: ("party_id", "party_id + 1"),
    Attribution: ("mode", "'alleged'"),
    Claim: ("question", "'Another question?'"),
    ClaimRelation: ("exhaustive", "NOT exhaustive"),
    Comment: ("body", "'Another message'"),
    Merge: ("reason", "'Another reason'"),
    SamenessQuestion: ("why", "'Another ground'"),
    Correction: ("reason", "'Another reason'"),
    Dispute: ("rationale", "'Another reason'"),
    DisputeAssertion: ("assertion_id", "assertion_id + 1"),
    Measure: ("label", "'another label'"),
    Party: ("name", "'Somebody else'"),
    QueueView: ("name", "'Another view'"),
    Source: ("title", "'Another work'"),
    SourceRelation: ("kind", "'cites'"),
    Subject: ("place", "'Elsewhere'"),
    SubjectBelligerent: ("side", "'rebels'"),
}
PUBLISHED = [
    (PublishedFigure, "high", "high + 1"),
    (PublishedFigure, "record", "replace(record, '97', '79')"),
    (PublishedFigure, "csv_line", "replace(csv_line, '97', '79')"),
    (PublishedFigure, "contention", "'corroborated'"),
    (PublishedDispute, "state", "'open'"),
    (PublishedDispute, "record", "replace(record, 'Nobody', 'Somebody')"),
    (PublishedSource, "title", "'Another work'"),
    (PublishedSource, "record", "replace(record, 'report', 'book')"),
    (PublishedSubject, "title", "'Another event'"),
    (PublishedAnchor, "start", "start + 1"),
]
VERSION = [
    ("payload", "replace(payload, '97', '79')"),
    ("payload", "''"),
    ("sha256", "'0'"),
    ("previous_sha256", "'0'"),
    ("sequence", "sequence + 100"),
    ("number", "number + 100"),
    ("op", "'tombstone'"),
    ("summary", "'Another reason'"),
    ("question", "'Another question?'"),
    ("contention", "'corroborated'"),
    ("severity", "'minor'"),
    ("range_high", "79"),
    ("spread", "1.1"),
    ("has_denial", "NOT has_denial"),
    ("figure_count", "figure_count + 1"),
    ("event_latest", "NULL"),
    ("approved_by_id", "(SELECT max(id) FROM auth_user)"),
]


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Made once for this module: each test changes it by itself, and is rolled back."""
    with undone_after(django_db_blocker):
        yield build_world()


def test_what_the_workflow_made_is_clean(world):
    report = verify_everything()

    assert report.bad == []
    assert report.checked[Assertion._meta.db_table] == Assertion.objects.count()
    assert report.checked[ClaimVersion._meta.db_table] == ClaimVersion.objects.count()
    assert all(report.checked[model._meta.db_table] for model in CHANGES)


def test_every_tracked_table_is_put_to_the_test():
    assert set(CHANGES) == set(tracked_models())


def test_a_changed_row_is_named(world, subtests):
    for model, changed in CHANGES.items():
        row = newest(model)
        with subtests.test(model.__name__), undone():
            change(row, *changed)
            assert (model._meta.db_table, finding_name(model, row.pk)) in named()


def test_a_changed_history_row_is_named(world, subtests):
    for model in CHANGES:
        row = newest(model.history.model)
        with subtests.test(model.__name__), undone():
            change(row, "history_change_reason", "'Another reason'")
            assert (row._meta.db_table, str(row.history_id)) in named()


@pytest.mark.parametrize("column", ["history_date", "history_user_id", "history_digest"])
def test_a_forged_signature_is_named(world, column):
    row = Claim.history.order_by("history_id").first()
    forged = {"history_date": "'2001-01-01 00:00:00+00:00'", "history_digest": "'0'"}
    other = "(SELECT max(id) FROM auth_user)"
    change(row, column, forged.get(column, other))

    assert (row._meta.db_table, str(row.history_id)) in named()


@pytest.mark.parametrize("position", ["first", "middle", "last"])
def test_a_missing_history_row_is_found(world, position):
    rows = list(Claim.history.filter(id=world.pk).order_by("history_id"))
    row = {"first": rows[0], "middle": rows[2], "last": rows[-1]}[position]
    execute(f"DELETE FROM {row._meta.db_table} WHERE history_id = %s", row.history_id)

    follower = rows[1] if position == "first" else rows[3]
    found = named()
    if position == "last":
        assert ("claims_claim", world.ref) in found
    else:
        assert (row._meta.db_table, str(follower.history_id)) in found


def test_a_row_removed_by_sql_is_found(world):
    row = newest(Comment)
    execute(f"DELETE FROM {row._meta.db_table} WHERE id = %s", row.pk)

    assert named() == {(row._meta.db_table, str(row.pk))}


def test_a_row_added_by_sql_is_found(world):
    execute(
        "INSERT INTO claims_comment (id, claim_id, author_id, body, written_at)"
        " SELECT 999, claim_id, author_id, 'Forged', written_at FROM claims_comment"
    )

    assert ("claims_comment", "999") in named()


def test_a_changed_index_row_is_named(world, subtests):
    of_world = {PublishedSource: {}, PublishedSubject: {"subject": world.subject}}
    for model, column, expression in PUBLISHED:
        rows = model._default_manager.filter(**of_world.get(model, {"claim": world}))
        row = rows.order_by("-pk").first()
        with subtests.test(model.__name__, column=column), undone():
            change(row, column, expression)
            assert (model._meta.db_table, str(row.pk)) in named()


@pytest.mark.parametrize(
    "statement",
    ["UPDATE claims_versionkey SET value = '999' WHERE id = %s",
     "DELETE FROM claims_versionkey WHERE id = %s"],
)  # fmt: skip
def test_what_a_version_is_found_by_is_drawn_from_it(world, statement):
    key = VersionKey.objects.filter(version__claim=world).first()
    execute(statement, key.pk)

    assert named() == {("claims_claimversion", str(key.version_id))}


@pytest.mark.parametrize("model", [PublishedFigure, PublishedDispute, PublishedAnchor])
def test_a_missing_index_row_is_found(world, model):
    row = model._default_manager.filter(claim=world).first()
    execute(f"DELETE FROM {model._meta.db_table} WHERE id = %s", row.pk)

    assert named() == {("claims_claimversion", str(row.version_id))}


def test_a_missing_source_row_is_found(world):
    row = PublishedSource.objects.filter(version__claim=world).first()
    execute("DELETE FROM claims_publishedsource WHERE id = %s", row.pk)

    assert named() == {("claims_publishedsource", row.source.ref)}


def test_a_missing_subject_row_is_found(world):
    execute("DELETE FROM claims_publishedsubject WHERE subject_id = %s", world.subject_id)

    assert named() == {("claims_publishedsubject", world.subject.ref)}


def test_a_changed_version_is_named(world, subtests):
    version = ClaimVersion.objects.current().get(claim=world)
    for column, expression in VERSION:
        with subtests.test(column, expression=expression), undone():
            change(version, column, expression)
            assert ("claims_claimversion", str(version.pk)) in named()


def test_a_version_that_is_current_no_more_is_named(world):
    version = ClaimVersion.objects.current().get(claim=world)
    change(version, "is_current", "NOT is_current")

    assert ("claims_claimversion", str(version.pk)) in named()


def test_a_missing_version_is_found(world):
    version = newest(ClaimVersion)
    execute("DELETE FROM claims_claimversion WHERE id = %s", version.pk)

    assert ("claims_publicationhead", "1") in named()


def test_a_changed_head_is_named(world):
    change(PublicationHead.objects.get(), "sequence", "sequence + 1")

    assert named() == {("claims_publicationhead", "1")}


@pytest.mark.parametrize(
    ("column", "expression"),
    [
        ("comment", "'Another reason'"),
        ("actor_id", "(SELECT max(id) FROM auth_user)"),
        ("action", "'approved'"),
        ("revision", "revision + 1"),
        ("at", "'2001-01-01 00:00:00+00:00'"),
    ],
)
def test_a_changed_decision_is_named(world, column, expression):
    event = ReviewEvent.objects.filter(claim=world, action="submitted").first()
    change(event, column, expression)

    assert ("claims_reviewevent", str(event.pk)) in named()


def test_a_missing_decision_is_found(world):
    event = ReviewEvent.objects.filter(claim=world, actor__isnull=False).first()
    execute("DELETE FROM claims_reviewevent WHERE id = %s", event.pk)

    assert named() == {("claims_claim", world.ref)}


@pytest.mark.parametrize("action", ["dispute_opened", "dispute_taken"])
def test_a_changed_decision_on_a_dispute_is_named(world, action):
    event = ReviewEvent.objects.filter(claim=world, action=action).first()
    change(event, "comment", "'Another reason'")

    assert named() == {("claims_reviewevent", str(event.pk))}
