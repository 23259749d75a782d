"""Imported tables: what each added, so that it is listed and can be undone; all groups see it."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

GROUPS = ("contributor", "editor", "chief", "administrator")
SEEN = "view_importedtable"


def let_groups_see_tables(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give every group the view of imported tables; migrations make permissions too late."""
    using = schema_editor.connection.alias
    config = apps.get_app_config("claims")
    config.models_module = True
    create_permissions(config, verbosity=0, apps=apps, using=using)
    config.models_module = None
    permissions = apps.get_model("auth", "Permission").objects.using(using)
    found = permissions.get(codename=SEEN, content_type__app_label="claims")
    for group in apps.get_model("auth", "Group").objects.using(using).filter(name__in=GROUPS):
        group.permissions.add(found)


def hide_tables(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    using = schema_editor.connection.alias
    permissions = apps.get_model("auth", "Permission").objects.using(using)
    found = permissions.filter(codename=SEEN, content_type__app_label="claims")
    for group in apps.get_model("auth", "Group").objects.using(using).filter(name__in=GROUPS):
        group.permissions.remove(*found)


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
        migrations.RunPython(let_groups_see_tables, hide_tables),
    ]
