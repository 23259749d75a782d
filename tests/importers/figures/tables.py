"""Tables written for tests, and the command that takes them in."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management import call_command

from claims.domain.tidy import COLUMNS

ROW = dict.fromkeys(COLUMNS, "") | {
    "claim_ref": "C1",
    "question": "How many were killed?",
    "subject": "Flood",
    "stance": "asserts",
    "kind": "exact",
    "point": "97",
    "measure": "killed",
    "aggregation": "event",
    "status": "live",
    "speaker": "Jane Holt",
    "speaker_kind": "person",
    "source_title": "Report",
    "citation_needed": "false",
    **dict.fromkeys(("low_strict", "high_strict", "high_open", "approximate"), "false"),
}
LEAST = {
    "question": "How many were killed?",
    "subject": "Flood",
    "measure": "killed",
    "point": "97",
    "source_title": "Report",
}


def table(folder: Path, *rows: Mapping[str, str]) -> Path:
    """The tidy table with these rows, each on top of ROW."""
    return written(folder, *(ROW | dict(row) for row in rows))


def written(folder: Path, *rows: Mapping[str, str], name: str = "figures.csv", **how: Any) -> Path:
    """A table with the columns of its first row; ``how`` as csv.writer takes it."""
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), **how)
        writer.writeheader()
        writer.writerows(rows)
    return path


def run(path: Path, **options: Any) -> tuple[dict[str, Any], str, int]:
    """Run the command; return its JSON, what it said, and its exit code."""
    out, said, code = io.StringIO(), io.StringIO(), 0
    try:
        call_command("import_figures", path, output="json", stdout=out, stderr=said, **options)
    except SystemExit as end:
        code = int(str(end.code))
    return json.loads(out.getvalue()), said.getvalue(), code
