"""Makes two measures one."""

from __future__ import annotations

from claims.choices import MergedNoun
from claims.management.merging import MergeCommand


class Command(MergeCommand):
    """``merge_measures MERGED INTO --as USER --reason WHY``."""

    noun = MergedNoun.MEASURE
