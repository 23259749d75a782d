"""Whatever is asked of the API within its schema, the answer is one that the schema foretells."""

from __future__ import annotations

from collections.abc import Iterator
from threading import BoundedSemaphore
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from schemathesis.specs.openapi.schemas import OpenApiSchema

from claims.api import exports
from factbase.wsgi import application
from tests.world import build_world

CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
)
# Always the same questions, so that a run is repeated and its time is known.
SETTINGS = settings(
    max_examples=8,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def read_api(db: None) -> Iterator[OpenApiSchema]:
    """What can be read, of a newspaper with something of everything, in this process.

    A server closes its connections between requests; the test's one holds what it reads.
    """
    build_world()
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/v1/schema/", application).include(method="GET")
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_every_answer_is_as_described(
    read_api: OpenApiSchema, subtests: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Answers of this process are read later, or never: they may not wait for one another.
    monkeypatch.setattr(exports, "PLACES", BoundedSemaphore(10_000))
    operations = [found.ok() for found in read_api.get_all_operations()]
    assert len(operations) > 20
    statuses = set()
    for operation in operations:
        with subtests.test(operation.path):

            @SETTINGS
            @given(case=operation.as_strategy())
            def ask(case: Case) -> None:
                statuses.add(case.call_and_validate(checks=list(CHECKS)).status_code)

            ask()
    assert {200, 400, 404} <= statuses
