"""Cover all that was written before the log began."""

from __future__ import annotations

import itertools
import os
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models.functions import Collate
from django.utils import timezone

from claims.domain.acts import ActHeader, ActLine, state_digest
from claims.models.states import ordered_key, row_digest, values_of

# Tables whose rows have no history of ours.
STATES = (
    ("admin", "LogEntry"),
    ("auth", "Group"),
    ("auth", "User"),
    ("claims", "ImportedPage"),
    ("claims", "ImportRun"),
    ("claims", "ApiKey"),
)
CHUNK = 1_000
VERSIONS = 300  # that one act names in public
VERB, REASON = "begin_log", "All that was there when the log began."


def adopt(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give every row to the first act, and the published versions to acts that name them."""
    vendor = schema_editor.connection.vendor
    act = apps.get_model("claims", "Act")
    number = new_number(0)
    tables: dict[str, Callable[[], Iterator[ActLine]]] = {}
    rows = 0
    for model in apps.get_app_config("claims").get_models():
        if any(field.name == "history_digest" for field in model._meta.fields):
            rows += model.objects.update(act=number)
            tables[model._meta.db_table] = partial(history_lines, model, vendor)
    events = apps.get_model("claims", "ReviewEvent")
    rows += events.objects.update(act=number)
    tables[events._meta.db_table] = partial(event_lines, events)
    act_row = apps.get_model("claims", "ActRow")
    for app, name in STATES:
        model = apps.get_model(app, name)
        rows += keep_states(model, act_row, number)
        tables[model._meta.db_table] = partial(state_lines, model)
    if rows:
        lines = (line for table in sorted(tables) for line in tables[table]())
        write_act(act, number, rows, lines, [])
    adopt_versions(act, apps.get_model("claims", "ClaimVersion"))


def adopt_versions(act: Any, versions: Any) -> None:
    """Let acts name the versions as the acts of later ones do, so that each can be proved."""
    every = versions.objects.order_by("sequence").defer("payload").iterator(chunk_size=CHUNK)
    for turn, batch in enumerate(itertools.batched(every, VERSIONS), start=1):
        number = new_number(turn)
        versions.objects.filter(pk__in=[row.pk for row in batch]).update(act=number)
        table = versions._meta.db_table
        lines = [(table, ordered_key(row.sequence), row_digest(row)) for row in batch]
        published = [
            {"ref": f"C{row.claim_id}", "version": row.number, "sha256": row.sha256}
            for row in batch
        ]
        write_act(act, number, len(batch), lines, published)


def write_act(
    act: Any,
    number: uuid.UUID,
    rows: int,
    lines: Iterable[ActLine],
    published: list[dict[str, Any]],
) -> None:
    header = ActHeader(
        id=number.hex,
        at=timezone.now().replace(microsecond=0),  # fixtures keep no microseconds
        actor=None,
        verb=VERB,
        reason=REASON,
        nonce=os.urandom(16).hex(),
        published=published,
        rows=rows,
    )
    act.objects.create(
        id=number,
        at=header.at,
        verb=VERB,
        reason=REASON,
        nonce=header.nonce,
        published=published,
        rows=rows,
        digest=header.digest(lines),
    )


def new_number(turn: int) -> uuid.UUID:
    """A UUID of version 7, as acts have them; those of later turns are later."""
    stamp = int(time.time() * 1000) + turn
    number = int.from_bytes(stamp.to_bytes(6) + os.urandom(10))
    number = number & ~(0xF << 76) | 7 << 76
    return uuid.UUID(int=number & ~(0x3 << 62) | 0x2 << 62)


def history_lines(model: Any, vendor: str) -> Iterator[ActLine]:
    order = Collate("history_digest", "C") if vendor == "postgresql" else "history_digest"
    rows = model.objects.order_by(order).values_list("history_digest", flat=True)
    for digest in rows.iterator(chunk_size=CHUNK):
        yield model._meta.db_table, digest, digest


def event_lines(model: Any) -> Iterator[ActLine]:
    for row in model.objects.order_by("pk").iterator(chunk_size=CHUNK):
        yield model._meta.db_table, ordered_key(row.pk), row_digest(row)


def keep_states(model: Any, act_row: Any, number: uuid.UUID) -> int:
    """Keep the state of each row; return how many there are."""
    count, made = 0, []
    for table, key, digest in state_lines(model):
        made.append(act_row(act=number, table=table, key=key, digest=digest))
        count += 1
        if len(made) == CHUNK:
            act_row.objects.bulk_create(made)
            made = []
    act_row.objects.bulk_create(made)
    return count


def state_lines(model: Any) -> Iterator[ActLine]:
    for row in model.objects.order_by("pk").iterator(chunk_size=CHUNK):
        yield model._meta.db_table, ordered_key(row.pk), state_digest(values_of(row))


class Migration(migrations.Migration):
    dependencies = [
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("claims", "0013_add_the_log"),
        ("knox", "0009_extend_authtoken_field"),
    ]

    operations = [migrations.RunPython(adopt, migrations.RunPython.noop)]
