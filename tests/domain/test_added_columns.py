"""A column added later changes no digest that was made before it."""

from __future__ import annotations

from typing import Any

import pytest

from claims.domain import added_columns
from claims.domain.acts import state_digest
from claims.domain.added_columns import signed_columns
from claims.models.history import digest_of_plain

OLD = {"id": 1, "title": "Aguelhok"}


@pytest.fixture(autouse=True)
def _country(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(added_columns, "ADDED", {"country": "", "is_rough": False})


@pytest.mark.parametrize("digest", [state_digest, digest_of_plain])
def test_a_row_that_never_filled_the_column_keeps_its_digest(digest: Any) -> None:
    assert digest(OLD | {"country": "", "is_rough": False}, "") == digest(OLD, "")


@pytest.mark.parametrize("digest", [state_digest, digest_of_plain])
@pytest.mark.parametrize("filled", [{"country": "ML"}, {"country": None}, {"is_rough": True}])
def test_every_other_value_is_covered(digest: Any, filled: dict[str, Any]) -> None:
    new = OLD | {"country": "", "is_rough": False} | filled
    assert digest(new, "") != digest(OLD, "")


def test_a_number_is_not_taken_for_a_switch() -> None:
    assert signed_columns({"is_rough": 0}) == {"is_rough": 0}
