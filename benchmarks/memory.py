"""One export by the product alone, and the memory of a process that does nothing else."""

# Imported before anything that the product is compared with: that would be in the process too.

from __future__ import annotations

import resource
import sys

from claims.exporters.streams import stream
from claims.exporters.whole_files import Tally, Wanted


def product(kind: str, contentions: tuple[str, ...] = ("disputed",)) -> Tally:
    """Export through the product into nothing; return its tally."""
    tally = Tally()
    for _ in stream(Wanted(kind=kind, contentions=contentions), tally):
        pass
    return tally


def memory(kind: str, contentions: list[str]) -> tuple[float, int]:
    """Export once; return the most memory that this process ever held, in MB, and the rows."""
    rows = product(kind, tuple(contentions)).count
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024), rows
