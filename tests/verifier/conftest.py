"""The export of the demo, and ways to run the program on texts."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.test import override_settings

from claims.exporters.streams import stream
from claims.exporters.whole_files import Tally, Wanted
from claims.importers.demo.load import load_demo
from claims.verifier.chain import Chain
from claims.verifier.examination import Examination
from claims.verifier.pieces import FileLayout, pieces
from claims.verifier.report import CheckReport
from tests.kept import undone_after

FAST_HASHER = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def demo_export(django_db_setup: None, django_db_blocker: Any) -> bytes:
    """claims.ndjson of the demo, which is loaded once and undone."""
    with override_settings(PASSWORD_HASHERS=FAST_HASHER), undone_after(django_db_blocker):
        load_demo(lambda words: None)
        return b"".join(stream(Wanted(), Tally()))


def examine(text: bytes, *, part: bool = False) -> CheckReport:
    """What the program finds in a file that holds the text."""
    report = CheckReport(lambda sentence: None)
    examination = Examination(report, Chain())
    layout: FileLayout = "single"
    for piece in pieces(io.BytesIO(text)):
        layout = piece.layout
        examination.take(piece)
    examination.finish(layout, part=part)
    return report
