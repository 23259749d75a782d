"""Say where subjects are, and write down what versions are found by."""

import itertools
from dataclasses import asdict
from decimal import Decimal

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from claims.domain.document_format import read_claim
from claims.domain.documents import read_document
from claims.domain.facets import found_by, keys_of
from claims.domain.index_rows import (
    dispute_columns,
    figure_columns,
    source_columns,
    subject_columns,
)
from claims.domain.refs import SOURCE, SUBJECT, number_in

COUNTRIES = """
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ
BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM
DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS
GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN
KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ
MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM
PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV
SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI
VN VU WF WS YE YT ZA ZM ZW
""".split()
AT_ONCE = 200


def draw_columns(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give each version of before what it is found by, from its document."""
    using = schema_editor.connection.alias
    key, facets = apps.get_model("claims", "VersionKey"), apps.get_model("claims", "SearchFacets")
    versions = apps.get_model("claims", "ClaimVersion").objects.using(using)
    payloads = versions.values_list("pk", "payload").order_by("pk")
    for batch in itertools.batched(payloads.iterator(AT_ONCE), AT_ONCE):
        keys, rows = [], []
        for number, payload in batch:
            if read_document(payload)["status"] != "published":
                continue  # a tombstone is found by nothing
            document = read_claim(payload)
            keys += [key(version_id=number, name=name, value=value)
                     for name, value in keys_of(document)]  # fmt: skip
            rows.append(facets(version_id=number, **asdict(found_by(document))))
        key.objects.using(using).bulk_create(keys)
        facets.objects.using(using).bulk_create(rows)


def rewrite_rows(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Draw the index rows of current versions again: documents have members of places now."""
    using = schema_editor.connection.alias
    tables = {
        name: apps.get_model("claims", name).objects.using(using)
        for name in ("PublishedFigure", "PublishedDispute", "PublishedSource", "PublishedSubject")
    }
    versions = apps.get_model("claims", "ClaimVersion").objects.using(using)
    published = versions.filter(op="publish").order_by("pk")
    for number, payload in published.values_list("pk", "payload").iterator(AT_ONCE):
        document = read_claim(payload)
        figures = {one["assertion_id"]: one for one in
                   (figure_columns(document, entry) for entry in document["figures"])}  # fmt: skip
        disputes = {one["dispute_id"]: one for one in
                    (dispute_columns(document, entry) for entry in document["disputes"])}  # fmt: skip
        sources = {
            number_in(entry["ref"], SOURCE): source_columns(entry) for entry in document["sources"]
        }
        subject = document["subject"]
        subjects = {number_in(subject["ref"], SUBJECT): subject_columns(subject)}
        for name, key, drawn, columns in (
            ("PublishedFigure", "assertion_id", figures, ["record", "csv_line", "status"]),
            ("PublishedDispute", "dispute_id", disputes, ["record"]),
            ("PublishedSource", "source_id", sources, ["record", "folded"]),
            ("PublishedSubject", "subject_id", subjects, ["record", "folded"]),
        ):
            rows = list(tables[name].filter(version_id=number))
            for row in rows:
                for column in columns:
                    setattr(row, column, drawn[getattr(row, key)][column])
            tables[name].bulk_update(rows, columns)


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0015_add_source_relations"),
    ]

    operations = [
        migrations.CreateModel(
            name="VersionKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        choices=[
                            ("subject", "a subject, or one above it"),
                            ("country", "country"),
                            ("place", "place"),
                        ],
                        max_length=8,
                    ),
                ),
                ("value", models.CharField(max_length=300)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="keys",
                        to="claims.claimversion",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("name", "value", "version"), name="versionkey_is_written_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name__in", ["subject", "country", "place"])),
                        name="versionkey_name_is_known",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="historicalsubject",
            name="country",
            field=models.CharField(blank=True, max_length=2, verbose_name="country (ISO 3166-1)"),
        ),
        migrations.AddField(
            model_name="historicalsubject",
            name="latitude",
            field=models.DecimalField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="historicalsubject",
            name="longitude",
            field=models.DecimalField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="historicalsubject",
            name="wikidata_id",
            field=models.CharField(blank=True, max_length=20, verbose_name="Wikidata id"),
        ),
        migrations.AddField(
            model_name="subject",
            name="country",
            field=models.CharField(blank=True, max_length=2, verbose_name="country (ISO 3166-1)"),
        ),
        migrations.AddField(
            model_name="subject",
            name="latitude",
            field=models.DecimalField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="subject",
            name="longitude",
            field=models.DecimalField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="subject",
            name="wikidata_id",
            field=models.CharField(blank=True, max_length=20, verbose_name="Wikidata id"),
        ),
        migrations.AddConstraint(
            model_name="subject",
            constraint=models.CheckConstraint(
                condition=models.Q(("country", ""), ("country__in", COUNTRIES), _connector="OR"),
                name="subject_country_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="subject",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("latitude__isnull", True), ("longitude__isnull", True)),
                    models.Q(("latitude__isnull", False), ("longitude__isnull", False)),
                    _connector="OR",
                ),
                name="subject_has_both_coordinates_or_none",
            ),
        ),
        migrations.AddConstraint(
            model_name="subject",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("latitude__isnull", True),
                        models.Q(
                            ("latitude__gte", Decimal("-90")), ("latitude__lte", Decimal("90"))
                        ),
                        _connector="OR",
                    ),
                    models.Q(
                        ("longitude__isnull", True),
                        models.Q(
                            ("longitude__gte", Decimal("-180")), ("longitude__lte", Decimal("180"))
                        ),
                        _connector="OR",
                    ),
                ),
                name="subject_lies_on_the_globe",
            ),
        ),
        migrations.AddField(
            model_name="publishedfigure",
            name="status",
            field=models.CharField(
                choices=[
                    ("live", "live"),
                    ("superseded", "superseded"),
                    ("withdrawn", "withdrawn"),
                    ("rejected", "rejected"),
                ],
                default="live",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="publishedsource",
            name="folded",
            field=models.TextField(
                blank=True, default="", help_text="The title as searches compare."
            ),
        ),
        migrations.AddField(
            model_name="publishedsubject",
            name="folded",
            field=models.TextField(
                blank=True, default="", help_text="The title as searches compare."
            ),
        ),
        migrations.CreateModel(
            name="SearchFacets",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "folded",
                    models.TextField(blank=True, help_text="The question as searches compare."),
                ),
                ("live_count", models.PositiveIntegerField(help_text="Statements that stand.")),
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="search",
                        to="claims.claimversion",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "search facets",
                "ordering": ["pk"],
            },
        ),
        migrations.RunPython(draw_columns, migrations.RunPython.noop),
        migrations.RunPython(rewrite_rows, migrations.RunPython.noop),
    ]
