"""Relations between sources: who copied whom."""

import django.db.models.deletion
import django.db.models.functions.comparison
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0014_adopt_what_is_there"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalSourceRelation",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("history_digest", models.CharField(editable=False, max_length=64)),
                ("act", models.UUIDField(editable=False, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("republishes", "republishes"),
                            ("relays", "relays"),
                            ("cites", "cites"),
                            ("compiled_from", "is compiled from"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "proposed"),
                            ("confirmed", "confirmed"),
                            ("rejected", "rejected"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="proposed",
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("evidence", models.JSONField(default=list, editable=False)),
                ("proposed_at", models.DateTimeField(editable=False)),
                ("decided_at", models.DateTimeField(editable=False, null=True)),
                ("decision_reason", models.TextField(blank=True, editable=False)),
                ("final", models.BooleanField(default=False, editable=False)),
                ("history_change_reason", models.TextField()),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="claims.claim",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "from_source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="claims.source",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "to_article",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="claims.article",
                    ),
                ),
                (
                    "to_source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="claims.source",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical relation between sources",
                "verbose_name_plural": "historical relations between sources",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="SourceRelation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("republishes", "republishes"),
                            ("relays", "relays"),
                            ("cites", "cites"),
                            ("compiled_from", "is compiled from"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "proposed"),
                            ("confirmed", "confirmed"),
                            ("rejected", "rejected"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="proposed",
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("evidence", models.JSONField(default=list, editable=False)),
                ("proposed_at", models.DateTimeField(editable=False)),
                ("decided_at", models.DateTimeField(editable=False, null=True)),
                ("decision_reason", models.TextField(blank=True, editable=False)),
                ("final", models.BooleanField(default=False, editable=False)),
                (
                    "claim",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="source_relations",
                        to="claims.claim",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decided_relations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "from_source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rests_on",
                        to="claims.source",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposed_relations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "to_article",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rested_on_by",
                        to="claims.article",
                    ),
                ),
                (
                    "to_source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rested_on_by",
                        to="claims.source",
                    ),
                ),
            ],
            options={
                "verbose_name": "relation between sources",
                "verbose_name_plural": "relations between sources",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["republishes", "relays", "cites", "compiled_from"])
                        ),
                        name="sourcerelation_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["proposed", "confirmed", "rejected", "withdrawn"])
                        ),
                        name="sourcerelation_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_source__isnull", True),
                            models.Q(("to_source", models.F("from_source")), _negated=True),
                            _connector="OR",
                        ),
                        name="sourcerelation_rests_on_another_source",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("to_article__isnull", True), ("to_source__isnull", False)),
                            models.Q(("to_article__isnull", False), ("to_source__isnull", True)),
                            _connector="OR",
                        ),
                        name="sourcerelation_rests_on_one_thing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("state", "proposed")),
                            models.Q(
                                models.Q(("state", "proposed"), _negated=True),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                models.Q(("decision_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="sourcerelation_decided_has_person_time_and_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("final", False), ("state", "rejected"), _connector="OR"
                        ),
                        name="sourcerelation_final_is_rejected",
                    ),
                    models.UniqueConstraint(
                        models.F("from_source"),
                        django.db.models.functions.comparison.Coalesce(
                            "to_source", models.Value(0)
                        ),
                        django.db.models.functions.comparison.Coalesce(
                            "to_article", models.Value(0)
                        ),
                        django.db.models.functions.comparison.Coalesce("claim", models.Value(0)),
                        condition=models.Q(("state__in", ["proposed", "confirmed"])),
                        name="sourcerelation_is_named_once",
                    ),
                ],
                "indexes": [
                    models.Index(fields=["state", "from_source"], name="sourcerelation_state_idx")
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name="borrowedrow",
            name="borrowedrow_noun_is_known",
        ),
        migrations.RemoveConstraint(
            model_name="correction",
            name="correction_noun_is_known",
        ),
        migrations.RemoveConstraint(
            model_name="reviewevent",
            name="reviewevent_action_is_known",
        ),
        migrations.AlterField(
            model_name="borrowedrow",
            name="noun",
            field=models.CharField(
                choices=[
                    ("source", "source"),
                    ("party", "party"),
                    ("subject", "subject"),
                    ("belligerents", "parties to a conflict"),
                    ("measure", "measure"),
                    ("article", "article"),
                    ("relation", "relation between sources"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="correction",
            name="noun",
            field=models.CharField(
                choices=[
                    ("source", "source"),
                    ("party", "party"),
                    ("subject", "subject"),
                    ("belligerents", "parties to a conflict"),
                    ("measure", "measure"),
                    ("article", "article"),
                    ("relation", "relation between sources"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="historicalcorrection",
            name="noun",
            field=models.CharField(
                choices=[
                    ("source", "source"),
                    ("party", "party"),
                    ("subject", "subject"),
                    ("belligerents", "parties to a conflict"),
                    ("measure", "measure"),
                    ("article", "article"),
                    ("relation", "relation between sources"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="reviewevent",
            name="action",
            field=models.CharField(
                choices=[
                    ("drafted", "drafted"),
                    ("edited", "edited"),
                    ("submitted", "submitted"),
                    ("returned", "returned"),
                    ("approved", "approved"),
                    ("retired", "retired"),
                    ("reverted", "reverted"),
                    ("dispute_opened", "dispute opened"),
                    ("dispute_taken", "dispute taken"),
                    ("dispute_resolved", "dispute resolved"),
                    ("dispute_dismissed", "dispute dismissed"),
                    ("dispute_reopened", "dispute reopened"),
                    ("dispute_moot", "dispute moot"),
                    ("source_withdrawn", "source withdrawn"),
                    ("part_published", "a part published"),
                    ("corrected", "correction published"),
                    ("retirement_proposed", "retirement proposed"),
                    ("taken_down", "taken down"),
                    ("takedown_confirmed", "takedown confirmed"),
                    ("takedown_reversed", "takedown reversed"),
                    ("relation_confirmed", "relation confirmed"),
                    ("relation_withdrawn", "relation withdrawn"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="borrowedrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "noun__in",
                        [
                            "source",
                            "party",
                            "subject",
                            "belligerents",
                            "measure",
                            "article",
                            "relation",
                        ],
                    )
                ),
                name="borrowedrow_noun_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "noun__in",
                        [
                            "source",
                            "party",
                            "subject",
                            "belligerents",
                            "measure",
                            "article",
                            "relation",
                        ],
                    )
                ),
                name="correction_noun_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "action__in",
                        [
                            "drafted",
                            "edited",
                            "submitted",
                            "returned",
                            "approved",
                            "retired",
                            "reverted",
                            "dispute_opened",
                            "dispute_taken",
                            "dispute_resolved",
                            "dispute_dismissed",
                            "dispute_reopened",
                            "dispute_moot",
                            "source_withdrawn",
                            "part_published",
                            "corrected",
                            "retirement_proposed",
                            "taken_down",
                            "takedown_confirmed",
                            "takedown_reversed",
                            "relation_confirmed",
                            "relation_withdrawn",
                        ],
                    )
                ),
                name="reviewevent_action_is_known",
            ),
        ),
    ]
