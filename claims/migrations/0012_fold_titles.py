"""Write down the titles of sources and subjects as they are compared."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from claims.domain.names import fold_name

AT_ONCE = 1_000


def fold_titles(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give each source and subject of before its folded title."""
    using = schema_editor.connection.alias
    for noun in ("source", "subject"):
        titles = apps.get_model("claims", f"{noun}title")
        rows = []
        for number, title in (
            apps.get_model("claims", noun)
            .objects.using(using)
            .values_list("pk", "title")
            .iterator()
        ):
            rows.append(titles(**{f"{noun}_id": number, "folded": fold_name(title)}))
            if len(rows) >= AT_ONCE:
                titles.objects.using(using).bulk_create(rows)
                rows = []
        titles.objects.using(using).bulk_create(rows)


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0011_refold_names"),
    ]

    operations = [
        migrations.CreateModel(
            name="SourceTitle",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("folded", models.CharField(max_length=300)),
                (
                    "source",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="folded_title",
                        to="claims.source",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["folded"], name="sourcetitle_folded_idx")],
            },
        ),
        migrations.CreateModel(
            name="SubjectTitle",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("folded", models.CharField(max_length=300)),
                (
                    "subject",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="folded_title",
                        to="claims.subject",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["folded"], name="subjecttitle_folded_idx")],
            },
        ),
        migrations.RunPython(fold_titles, migrations.RunPython.noop),
    ]
