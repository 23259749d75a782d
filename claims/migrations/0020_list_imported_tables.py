"""Imported tables: what each added, so that it is listed and can be undone."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0019_take_amounts_of_money"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportedTable",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("waiting", "waits to be imported"),
                            ("imported", "imported"),
                            ("undone", "undone"),
                        ],
                        max_length=10,
                    ),
                ),
                ("content", models.TextField(blank=True)),
                ("mapping", models.TextField(blank=True)),
                ("header", models.CharField(blank=True, max_length=64)),
                ("added", models.PositiveIntegerField(default=0)),
                ("known", models.PositiveIntegerField(default=0)),
                ("rejected", models.PositiveIntegerField(default=0)),
                ("empty", models.PositiveIntegerField(default=0)),
                ("rejections", models.JSONField(blank=True, default=list)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                ("undo_reason", models.TextField(blank=True)),
                (
                    "run",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="table",
                        to="claims.importrun",
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "imported table",
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["header"], name="importedtable_header_idx")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["waiting", "imported", "undone"])),
                        name="importedtable_outcome_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("content", ""), ("outcome", "waiting"), _connector="OR"
                        ),
                        name="importedtable_content_only_while_it_waits",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "undone"), _negated=True),
                            models.Q(
                                ("undone_by__isnull", False),
                                ("undone_at__isnull", False),
                                models.Q(("undo_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="importedtable_undone_says_who_when_and_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportedStatement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("drafted", models.BooleanField(default=False)),
                (
                    "assertion",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="imported_by",
                        to="claims.assertion",
                    ),
                ),
                (
                    "table",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements",
                        to="claims.importedtable",
                    ),
                ),
            ],
            options={"verbose_name": "imported statement", "ordering": ["pk"]},
        ),
    ]
