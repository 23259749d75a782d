"""What the desk holds, to tell whether anything changed."""

from __future__ import annotations

import hashlib
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User


def tables() -> list[Any]:
    """Every table of the claims app, those of the history included."""
    return list(apps.get_app_config("claims").get_models())


def histories() -> list[Any]:
    return [model for model in tables() if hasattr(model, "history_object")]


def content(*left_out: str) -> tuple[dict[str, int], str]:
    """How many rows each table holds, and a digest over all of them."""
    rows = {
        model.__name__: list(model._base_manager.order_by("pk").values_list())
        for model in [*tables(), User]
        if model.__name__ not in left_out
    }
    digest = hashlib.sha256(repr(sorted(rows.items())).encode()).hexdigest()
    return {name: len(found) for name, found in rows.items()}, digest


def besides_record() -> tuple[dict[str, int], str]:
    """The same without the list of imports, and the log that says that one was listed."""
    return content("ImportRun", "ImportedTable", "Act", "ActRow")
