"""Every tracked row equals its newest history row, and every history's chain of digests holds."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import models

from claims.audit.findings import Report, finding_name
from claims.audit.streams import ordered_rows, side_by_side
from claims.models.history import digest_of, plain_value


def tracked_models() -> list[type[models.Model]]:
    """The working tables that keep a history."""
    return [model for model in apps.get_app_config("claims").get_models() if _has_history(model)]


def verify_histories(report: Report) -> None:
    """Look at every row of every tracked table beside its own history."""
    for model in tracked_models():
        histories = model.history.model  # type: ignore[attr-defined]
        pairs = side_by_side(
            (ordered_rows(histories.objects.all(), "id", "history_id"), "id"),
            (ordered_rows(model._default_manager.all(), "pk"), "pk"),
        )
        for key, (history, rows) in pairs:
            report.count(histories, len(history))
            report.count(model, len(rows))
            _verify_chain(report, model, history)
            _verify_newest(report, model, key, rows[0] if rows else None, history)


def _verify_chain(report: Report, model: type[models.Model], history: list[Any]) -> None:
    before = ""
    for position, row in enumerate(history):
        of = f"in the history of {finding_name(model, row.id)}"
        if (position == 0) != (row.history_type == "+"):
            what = "the row that says it was added is missing or doubled"
            report.blame(type(row), row.history_id, f"{of}: {what}")
        elif row.history_digest != digest_of(row, before):
            what = "it was changed, or the row before it is missing"
            report.blame(type(row), row.history_id, f"{of}: {what}")
        before = row.history_digest


def _verify_newest(
    report: Report, model: type[models.Model], key: int, row: Any, history: list[Any]
) -> None:
    newest: Any = history[-1] if history else None
    if row is None:
        if newest.history_type != "-":
            report.blame(model, key, "the row is gone and its history does not say so")
    elif newest is None:
        report.blame(model, key, "the row has no history")
    elif newest.history_type == "-":
        report.blame(model, key, "the row is there though its history says it was removed")
    else:
        differing = [
            field.name
            for field in newest.tracked_fields
            if plain_value(getattr(row, field.attname))
            != plain_value(getattr(newest, field.attname))
        ]
        if differing:
            words = ", ".join(differing)
            report.blame(model, key, f"differs from its newest history row in {words}")


def _has_history(model: type[models.Model]) -> bool:
    return hasattr(model, "history")
