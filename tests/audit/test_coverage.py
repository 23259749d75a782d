"""Every table is covered by the log, or derived from what is: a new model must choose."""

from __future__ import annotations

import importlib
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader

from claims.audit.acts import state_models
from claims.audit.histories import tracked_models
from claims.audit.verification import verify_everything
from claims.models import Act, ActRow, Checkpoint, ClaimVersion, LogTile, Merge, ReviewEvent
from claims.models.history import SealedHistory
from claims.workflow.merging import unmerge
from claims.workflow.rebuilding import rebuild_index
from claims.workflow.sequencing import seal_log
from tests import factories as make
from tests.audit import forgers_world

# Checked against what is covered, so that no act need cover them.
DERIVED = {
    "ArticlePassage": "cut from the approved text of an article",
    "BorrowedRow": "drawn from the payload of a version, and from the histories of its rows",
    "PublishedArticle": "compared with the history of its article",
    "SourceTitle": "recomputed from titles",
    "SubjectTitle": "recomputed from titles",
    "PartyName": "recomputed from names and aliases of parties",
    "PublicationHead": "the end of the chain of versions",
    "PublishedClaim": "drawn from the payload of a version",
    "PublishedAnchor": "drawn from the payload of a version",
    "PublishedDispute": "drawn from the payload of a version",
    "PublishedFigure": "drawn from the payload of a version",
    "PublishedSource": "drawn from the payload of a version",
    "PublishedSubject": "drawn from the payload of a version",
    "QueueEntry": "drawn from the log of decisions",
    "SearchFacets": "drawn from the payload of its version",
    "Spelling": "words to offer, which a search tries before it offers them",
    "VersionKey": "drawn from the payload of its version",
}
# An account's own: they say nothing of any row, so nobody has to answer for them.
OWN = {
    "Watch": "what an account follows",
    "Notification": "what it was told of review events, comments and saves, which are covered",
    "MailChoice": "how soon it is told by mail",
}
THE_LOG = {Act, ActRow, LogTile, Checkpoint}


def test_every_table_of_ours_is_covered_or_derived() -> None:
    found = set(apps.get_app_config("claims").get_models())
    histories = {model for model in found if issubclass(model, SealedHistory)}
    covered = {*tracked_models(), *histories, *state_models(), ReviewEvent, ClaimVersion}
    derived = {model for model in found if model.__name__ in {*DERIVED, *OWN}}

    assert found - covered - THE_LOG == derived
    assert {model.__name__ for model in derived} == {*DERIVED, *OWN}


@pytest.mark.django_db
def test_what_was_there_before_the_log_is_adopted() -> None:
    """As a database of the version before: no acts, and no row that names one."""
    forgers_world.build()
    for merge in Merge.objects.done():
        unmerge(merge=merge, by=make.contributor(), reason="There was no merge then.")
    module = importlib.import_module("claims.migrations.0014_adopt_what_is_there")
    state = MigrationLoader(connection).project_state(("claims", "0014_adopt_what_is_there"))
    known = {model.__name__ for model in state.apps.get_models()}
    for model in apps.get_app_config("claims").get_models():
        if model.__name__ not in {*known, *DERIVED}:  # tables of later
            models.QuerySet(model)._raw_delete("default")
    for log in THE_LOG:  # a later migration may have written the first leaf
        models.QuerySet(log).delete()
    for model in apps.get_app_config("claims").get_models():
        if model not in THE_LOG and any(field.name == "act" for field in model._meta.fields):
            models.QuerySet(model).update(act=None)
    assert verify_everything().bad

    module.adopt(state.apps, SimpleNamespace(connection=connection))
    assert [step.refused for step in rebuild_index()] == [[], []]  # draws tables of later

    assert verify_everything().bad == []
    seal_log()
    report = verify_everything()
    assert report.bad == []
    versions = ClaimVersion.objects.order_by("sequence")
    first, second = Act.objects.order_by("pk")
    assert first.published == []
    assert [one["sha256"] for one in second.published] == [row.sha256 for row in versions]
    assert {row.act for row in versions} == {second.pk}
