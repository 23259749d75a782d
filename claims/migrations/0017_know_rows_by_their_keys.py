"""Write down what rows are found by, and which pairs of rows may be one."""

from collections.abc import Callable, Iterable
from typing import Any

import django.db.models.deletion
import simple_history.models
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from claims.domain.identity import address_key, doi_key, isbn_key, key_of_folded

AT_ONCE = 1_000


def write_keys(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give each name and title of before its keys."""
    using = schema_editor.connection.alias
    for noun in ("partyname", "subjecttitle"):
        rows = apps.get_model("claims", noun).objects.using(using)
        _write(rows, rows.iterator(), _set_key, ["key"])
    works = apps.get_model("claims", "sourcetitle").objects.using(using)
    _write(
        works,
        works.select_related("source").iterator(),
        _set_source,
        ["key", "address", "doi", "isbn"],
    )


def _write(rows: Any, found: Iterable[Any], fill: Callable[[Any], None], names: list[str]) -> None:
    held = []
    for row in found:
        fill(row)
        held.append(row)
        if len(held) >= AT_ONCE:
            rows.bulk_update(held, names)
            held = []
    rows.bulk_update(held, names)


def _set_key(row: Any) -> None:
    row.key = key_of_folded(row.folded)


def _set_source(row: Any) -> None:
    _set_key(row)
    work = row.source
    row.address, row.isbn = address_key(work.url), isbn_key(work.isbn)
    row.doi = doi_key(work.doi) or doi_key(work.url)


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0016_place_subjects"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalSamenessQuestion",
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
                    "noun",
                    models.CharField(
                        choices=[
                            ("party", "party"),
                            ("source", "source"),
                            ("subject", "subject"),
                            ("measure", "measure"),
                            ("claim", "claim"),
                        ],
                        max_length=12,
                    ),
                ),
                ("first", models.PositiveBigIntegerField()),
                ("second", models.PositiveBigIntegerField()),
                ("why", models.TextField()),
                ("asked_at", models.DateTimeField()),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("open", "not answered yet"),
                            ("yes", "the same"),
                            ("no", "not the same"),
                            ("never", "not the same; never ask again"),
                        ],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.TextField(blank=True)),
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
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
            ],
            options={
                "verbose_name": "historical sameness question",
                "verbose_name_plural": "historical sameness questions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="SamenessQuestion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "noun",
                    models.CharField(
                        choices=[
                            ("party", "party"),
                            ("source", "source"),
                            ("subject", "subject"),
                            ("measure", "measure"),
                            ("claim", "claim"),
                        ],
                        max_length=12,
                    ),
                ),
                ("first", models.PositiveBigIntegerField()),
                ("second", models.PositiveBigIntegerField()),
                ("why", models.TextField()),
                ("asked_at", models.DateTimeField()),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("open", "not answered yet"),
                            ("yes", "the same"),
                            ("no", "not the same"),
                            ("never", "not the same; never ask again"),
                        ],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.TextField(blank=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answered_sameness",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="asked_sameness",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("noun__in", ["party", "source", "subject", "measure", "claim"])
                        ),
                        name="samenessquestion_noun_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("answer__in", ["open", "yes", "no", "never"])),
                        name="samenessquestion_answer_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("first__lt", models.F("second"))),
                        name="samenessquestion_is_about_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("why", ""), _negated=True),
                        name="samenessquestion_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answer", "open"),
                                ("answered_at__isnull", True),
                                ("answered_by__isnull", True),
                                ("reason", ""),
                            ),
                            models.Q(
                                models.Q(("answer", "open"), _negated=True),
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="samenessquestion_answered_has_person_time_and_reason",
                    ),
                    models.UniqueConstraint(
                        fields=("noun", "first", "second"), name="samenessquestion_is_asked_once"
                    ),
                ],
                "indexes": [
                    models.Index(fields=["answer", "asked_at"], name="samenessquestion_answer_idx")
                ],
            },
        ),
        migrations.AddField(
            model_name="partyname",
            name="key",
            field=models.CharField(default="", max_length=300),
        ),
        migrations.AddField(
            model_name="sourcetitle",
            name="address",
            field=models.CharField(default="", max_length=300),
        ),
        migrations.AddField(
            model_name="sourcetitle",
            name="doi",
            field=models.CharField(default="", max_length=300),
        ),
        migrations.AddField(
            model_name="sourcetitle",
            name="isbn",
            field=models.CharField(default="", max_length=300),
        ),
        migrations.AddField(
            model_name="sourcetitle",
            name="key",
            field=models.CharField(default="", max_length=300),
        ),
        migrations.AddField(
            model_name="subjecttitle",
            name="key",
            field=models.CharField(default="", max_length=300),
        ),
        migrations.AddIndex(
            model_name="partyname",
            index=models.Index(fields=["key"], name="partyname_key_idx"),
        ),
        migrations.AddIndex(
            model_name="sourcetitle",
            index=models.Index(fields=["key"], name="sourcetitle_key_idx"),
        ),
        migrations.AddIndex(
            model_name="sourcetitle",
            index=models.Index(fields=["address"], name="sourcetitle_address_idx"),
        ),
        migrations.AddIndex(
            model_name="sourcetitle",
            index=models.Index(fields=["doi"], name="sourcetitle_doi_idx"),
        ),
        migrations.AddIndex(
            model_name="sourcetitle",
            index=models.Index(fields=["isbn"], name="sourcetitle_isbn_idx"),
        ),
        migrations.AddIndex(
            model_name="subjecttitle",
            index=models.Index(fields=["key"], name="subjecttitle_key_idx"),
        ),
        migrations.RunPython(write_keys, migrations.RunPython.noop),
    ]
