"""Fills a database with districts of published claims, every row as the workflow writes it."""

# District 0 is published through the workflow; the others repeat its rows, history included, with
# keys, references, names, fingerprints, hashes and the chain of versions moved on.

from __future__ import annotations

import heapq
import sys
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.apps import apps
from django.db import models, transaction

from benchmarks.bulk import settle, write_rows
from benchmarks.district import CLAIMS, make_district
from benchmarks.patterns import District, read_district
from claims.audit.acts import covered
from claims.models import Act, Checkpoint, ClaimVersion, LogTile, PublicationHead
from claims.workflow.sequencing import seal_log

AT_ONCE = 25  # districts a transaction
# Shared by all districts.
SHARED = {"measure", "historicalmeasure", "publicationhead", "spelling"}
# Not repeated: the acts of district 0 cover what repeats their rows, too.
LOG = {"act", "actrow", "logtile", "checkpoint"}


def fill(claims: int) -> int:
    """Grow the database to at least this many published claims; return how many there are."""
    if not ClaimVersion.objects.exists():
        make_district()
    have, want = ClaimVersion.objects.count() // CLAIMS, -(-claims // CLAIMS)
    district = read_district(tables(), have)
    for first in range(have, want, AT_ONCE):
        _write(district, range(first, min(first + AT_ONCE, want)))
        _tell(min(first + AT_ONCE, want) * CLAIMS, claims)
    _cover()
    settle(tables())
    return max(have, want) * CLAIMS


def _cover() -> None:
    """Let the acts cover what they and the repetitions of their rows are, and seal them anew."""
    LogTile.objects.all().delete()
    Checkpoint.objects.all().delete()
    Act.objects.update(index=None)
    for number, rows in groupby(heapq.merge(*covered()), key=itemgetter(0)):
        lines = [row[1:] for row in rows]
        act = Act.objects.get(pk=number)
        act.rows = len(lines)
        Act.objects.filter(pk=number).update(rows=act.rows, digest=act.header.digest(lines))
    seal_log()


def tables() -> list[type[models.Model]]:
    """Return the models that every district has rows of."""
    found = apps.get_app_config("claims").get_models()
    return [model for model in found if model._meta.model_name not in SHARED | LOG]


def _write(district: District, numbers: range) -> None:
    """Append whole districts in one transaction, and move the head of the chain."""
    rows: dict[type[models.Model], list[list[Any]]] = {model: [] for model in district.tables}
    with transaction.atomic():
        head = PublicationHead.objects.select_for_update().get()
        for number in numbers:
            head.sha256 = district.repeat(number, head.sha256, rows)
            head.sequence += CLAIMS
        for model, found in _filled(rows):
            write_rows(model, found)
        head.save()


def _filled(
    rows: dict[type[models.Model], list[list[Any]]],
) -> Iterator[tuple[type[models.Model], list[list[Any]]]]:
    return ((model, found) for model, found in rows.items() if found)


def _tell(done: int, of: int) -> None:
    if sys.stderr.isatty():
        print(f"\r  {min(done, of):,} of {of:,} claims", end="", file=sys.stderr)
        if done >= of:
            print(file=sys.stderr)
