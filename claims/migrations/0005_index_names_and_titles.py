"""Let an import look parties, sources, subjects and articles up by their names."""

import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0004_index_spread_of_all_versions"),
    ]

    operations = [
        migrations.CreateModel(
            name="PartyName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("folded", models.CharField(max_length=300)),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="names",
                        to="claims.party",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["folded"], name="partyname_folded_idx")],
            },
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["title"], name="article_title_idx"),
        ),
        migrations.AddIndex(
            model_name="party",
            index=models.Index(fields=["description", "name"], name="party_description_idx"),
        ),
        migrations.AddIndex(
            model_name="source",
            index=models.Index(fields=["title"], name="source_title_idx"),
        ),
        migrations.AddIndex(
            model_name="source",
            index=models.Index(fields=["isbn"], name="source_isbn_idx"),
        ),
        migrations.AddIndex(
            model_name="source",
            index=models.Index(
                django.db.models.functions.text.Lower("doi"), name="source_doi_lower_idx"
            ),
        ),
        migrations.AddIndex(
            model_name="subject",
            index=models.Index(fields=["title"], name="subject_title_idx"),
        ),
    ]
