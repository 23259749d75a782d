"""Note what the queue knows of claims that wait; index the rest of what its views ask."""

from collections import defaultdict
from datetime import datetime
from itertools import batched

import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TO_DECIDE = ("in_review", "retiring")
AUTHORING = (
    "drafted",
    "edited",
    "reverted",
    "dispute_opened",
    "dispute_taken",
    "dispute_released",
    "dispute_resolved",
    "dispute_dismissed",
    "dispute_reopened",
    "source_withdrawn",
    "source_restored",
    "restored",
    "decision_undone",
    "retirement_proposed",
    "takedown_reversed",
    "merged",
    "unmerged",
    "relation_confirmed",
    "relation_withdrawn",
)
AT_ONCE = 500


def draw_entries(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Write what the queue knows of each claim that waits, from the log of decisions."""
    using = schema_editor.connection.alias
    claim, event, entry = (
        apps.get_model("claims", name) for name in ("Claim", "ReviewEvent", "QueueEntry")
    )
    waiting = claim.objects.using(using).filter(state__in=(*TO_DECIDE, "changes_requested"))
    rows = waiting.order_by("pk").values_list("pk", "state", "edited_at", "last_edited_by_id")
    for some in batched(rows.iterator(), AT_ONCE):
        told = defaultdict(list)
        events = event.objects.using(using).filter(claim__in=[row[0] for row in some])
        for number, *said in events.order_by("pk").values_list("claim", "action", "actor", "at"):
            told[number].append(said)
        entry.objects.using(using).bulk_create(
            entry(claim_id=number, account_id=account, state=state, since=since)
            for number, state, edited_at, editor in some
            for accounts, brought in [read(told[number])]
            for since in [brought if state in TO_DECIDE and brought else edited_at]
            for account in sorted(accounts or {editor})
        )


def read(told: list[list]) -> tuple[set[int], datetime | None]:
    """Who wrote since the last approval, and when it came before the reviewers last, if it is there.

    A return that was undone counts for nothing.
    """
    accounts: set[int] = set()
    brought = before_return = None
    for action, account, at in told:
        if action == "approved":
            accounts, brought, before_return = set(), None, None
        elif action == "returned":
            before_return, brought = brought or before_return, None
        elif action == "return_undone":
            brought, before_return = brought or before_return, None
        elif action in ("submitted", "reverted"):
            brought = at
        if action in AUTHORING and account is not None:
            accounts.add(account)
    return accounts, brought


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0036_cut_articles_again"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="QueueEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("in_review", "in review"),
                            ("changes_requested", "changes requested"),
                            ("published", "published"),
                            ("retiring", "to be retired"),
                            ("retired", "retired"),
                        ],
                        max_length=20,
                    ),
                ),
                ("since", models.DateTimeField()),
            ],
            options={
                "verbose_name_plural": "queue entries",
                "default_permissions": (),
                "ordering": ["pk"],
            },
        ),
        migrations.RemoveIndex(
            model_name="anchor",
            name="anchor_status_idx",
        ),
        migrations.AddIndex(
            model_name="anchor",
            index=models.Index(
                condition=models.Q(("status", "orphaned")),
                fields=["assertion"],
                name="anchor_lost_idx",
            ),
        ),
        migrations.AddIndex(
            model_name="articlerevision",
            index=models.Index(
                condition=models.Q(("approved_at__isnull", True)),
                fields=["article"],
                name="articlerevision_waiting_idx",
            ),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(
                condition=models.Q(("assignee__isnull", False)),
                fields=["assignee"],
                name="claim_assigned_idx",
            ),
        ),
        migrations.AddField(
            model_name="queueentry",
            name="account",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="queue_entries",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="queueentry",
            name="claim",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="queue_entries",
                to="claims.claim",
            ),
        ),
        migrations.AddIndex(
            model_name="queueentry",
            index=models.Index(fields=["account", "state", "claim"], name="queueentry_mine_idx"),
        ),
        migrations.AddIndex(
            model_name="queueentry",
            index=models.Index(fields=["state", "since"], name="queueentry_since_idx"),
        ),
        migrations.AddConstraint(
            model_name="queueentry",
            constraint=models.UniqueConstraint(
                fields=("claim", "account"), name="queueentry_is_written_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="queueentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("in_review", "retiring", "changes_requested"))),
                name="queueentry_waits",
            ),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(fields=["state", "id"], name="claim_state_number_idx"),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(
                condition=models.Q(
                    ("state__in", ("draft", "changes_requested", "in_review", "retiring"))
                ),
                fields=["id"],
                name="claim_unfinished_idx",
            ),
        ),
        migrations.RunPython(draw_entries, migrations.RunPython.noop),
    ]
