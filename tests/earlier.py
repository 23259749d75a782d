"""Claims as they were published under the rules of format 1, with a headline that was wrong."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any, cast
from unittest.mock import patch

from claims.domain.document_format import upgraded
from claims.domain.published import ClaimDocument
from claims.models import Claim, ClaimVersion
from claims.workflow import candidate, publication
from tests import factories as make

WRONG = "2 statements, 2 figures, 100. Best supported: 100."


@contextmanager
def format_one() -> Iterator[None]:
    """Publish as format 1 did: no format, and the lone end of "at least 1,000" left out."""
    build = candidate.build_document

    def built(*given: Any) -> Any:
        document = {name: value for name, value in build(*given).items() if name != "format"}
        if document["range"]:
            span = {name: one for name, one in document["range"].items() if name != "low_open"}
            low = span["low"]
            document["range"] = {**span, "high": low, "words": str(low)}
        return document | {"summary": WRONG}

    write = publication.write_index

    def written(version: ClaimVersion, document: Any) -> None:
        """The index as it stands once it was made again."""
        write(version, cast("ClaimDocument", upgraded(deepcopy(document), ClaimDocument)))

    with (
        patch.object(candidate, "build_document", built),
        patch.object(publication, "write_index", written),
    ):
        yield


def published_before(*figures: dict[str, Any]) -> tuple[Claim, ClaimVersion]:
    """A claim with these figures, sealed under the rules of format 1."""
    claim = make.claim()
    for figure in figures:
        make.figure(claim, **figure)
    with format_one():
        version = make.approve(claim)
    claim.refresh_from_db()
    return claim, version
