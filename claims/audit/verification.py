"""The whole verification in its order."""

from __future__ import annotations

from collections.abc import Sequence

from claims.audit.acts import verify_acts, verify_states
from claims.audit.borrowed import verify_articles
from claims.audit.decisions import verify_decisions
from claims.audit.derived import (
    verify_counters,
    verify_party_names,
    verify_queue,
    verify_titles,
)
from claims.audit.findings import Report
from claims.audit.histories import verify_histories
from claims.audit.index_rows import verify_index_rows
from claims.audit.kept import Promise
from claims.audit.log import verify_log
from claims.audit.streams import one_snapshot
from claims.audit.versions import verify_versions


def verify_everything(kept: Sequence[Promise] = ()) -> Report:
    """Look at every history, decision, version, index row and act; change nothing.

    Reads one snapshot in constant memory, so that it can run beside writers. ``kept`` are
    checkpoints that the log must extend.
    """
    report = Report()
    with one_snapshot():
        verify_histories(report)
        verify_decisions(report)
        verify_versions(report)
        verify_index_rows(report)
        verify_party_names(report)
        verify_titles(report)
        verify_articles(report)
        verify_queue(report)
        verify_counters(report)
        verify_acts(report)
        verify_states(report)
        verify_log(report, kept)
    return report
