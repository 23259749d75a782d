"""The whole verification in its order."""

from __future__ import annotations

from claims.audit.decisions import verify_decisions
from claims.audit.findings import Report
from claims.audit.histories import verify_histories
from claims.audit.index_rows import verify_index_rows
from claims.audit.streams import one_snapshot
from claims.audit.versions import verify_versions


def verify_everything() -> Report:
    """Look at every history, decision, version and index row; change nothing.

    Reads one snapshot in constant memory, so that it can run beside writers.
    """
    report = Report()
    with one_snapshot():
        verify_histories(report)
        verify_decisions(report)
        verify_versions(report)
        verify_index_rows(report)
    return report
