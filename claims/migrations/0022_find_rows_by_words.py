"""Keep what public rows are found by beside them; the database indexes it after each migration."""

import itertools
from collections.abc import Iterator
from dataclasses import asdict

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from claims.domain.document_format import read_claim
from claims.domain.findable import (
    Words,
    claim_words,
    figure_words,
    passage_words,
    source_words,
    subject_words,
)
from claims.domain.published import ClaimDocument
from claims.domain.refs import FIGURE, SOURCE, SUBJECT, number_in
from claims.domain.spelling import forms_of, spellable_words
from claims.reading.page_text import texts_of

AT_ONCE = 200


def note_words(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Write down the words of what is public, from its documents."""
    using = schema_editor.connection.alias
    versions = apps.get_model("claims", "ClaimVersion").objects.using(using)
    rows = versions.filter(op="publish").order_by("pk")
    public = rows.values_list("pk", "payload", "claim_id", "is_current")
    for batch in itertools.batched(public.iterator(AT_ONCE), AT_ONCE):
        claims, spellings = [], set()
        for number, payload, claim, is_current in batch:
            document = read_claim(payload)
            for name, key, words in _shared(document):
                rows = apps.get_model("claims", name).objects.using(using)
                rows.filter(version_id=number, **key).update(**asdict(words))
            if is_current:
                claims.append((number, claim, claim_words(document)))
                spellings |= spellable_words(document)
        model = apps.get_model("claims", "PublishedClaim")
        model.objects.using(using).bulk_create(
            model(version_id=number, claim_id=claim, **asdict(words))
            for number, claim, words in claims
        )
        _note_spellings(apps, using, spellings)


def _shared(document: ClaimDocument) -> Iterator[tuple[str, dict[str, int], Words]]:
    for entry in document["figures"]:
        key = {"assertion_id": number_in(entry["ref"], FIGURE)}
        yield "PublishedFigure", key, figure_words(document, entry)
    for entry in document["sources"]:
        yield "PublishedSource", {"source_id": number_in(entry["ref"], SOURCE)}, source_words(entry)
    subject = document["subject"]
    key = {"subject_id": number_in(subject["ref"], SUBJECT)}
    yield "PublishedSubject", key, subject_words(subject)


def _note_spellings(apps: Apps, using: str, words: set[str]) -> None:
    model = apps.get_model("claims", "Spelling")
    model.objects.using(using).bulk_create(
        (model(form=form, word=word) for word in sorted(words) for form in sorted(forms_of(word))),
        ignore_conflicts=True,
    )


def cut_articles(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Write down the passages of the texts that readers have."""
    using = schema_editor.connection.alias
    passage = apps.get_model("claims", "ArticlePassage")
    shown = apps.get_model("claims", "PublishedArticle").objects.using(using)
    for row in shown.select_related("revision").order_by("pk").iterator(AT_ONCE):
        revision = row.revision
        passage.objects.using(using).bulk_create(
            passage(
                article_id=row.article_id,
                revision_id=revision.pk,
                number=number,
                text=text,
                **asdict(passage_words(revision.title, text)),
            )
            for number, text in enumerate(texts_of(revision.text, revision.format))
        )


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0021_leave_what_nobody_read"),
    ]

    operations = [
        migrations.AddField(
            model_name="publishedfigure",
            name="text_words",
            field=models.TextField(blank=True, default="", editable=False),
        ),
        migrations.AddField(
            model_name="publishedfigure",
            name="title_words",
            field=models.TextField(blank=True, default="", editable=False),
        ),
        migrations.AddField(
            model_name="publishedsource",
            name="text_words",
            field=models.TextField(blank=True, default="", editable=False),
        ),
        migrations.AddField(
            model_name="publishedsource",
            name="title_words",
            field=models.TextField(blank=True, default="", editable=False),
        ),
        migrations.AddField(
            model_name="publishedsubject",
            name="text_words",
            field=models.TextField(blank=True, default="", editable=False),
        ),
        migrations.AddField(
            model_name="publishedsubject",
            name="title_words",
            field=models.TextField(blank=True, default="", editable=False),
        ),
        migrations.CreateModel(
            name="PublishedClaim",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title_words", models.TextField(blank=True, default="", editable=False)),
                ("text_words", models.TextField(blank=True, default="", editable=False)),
                (
                    "claim",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="published_claim",
                        to="claims.claim",
                    ),
                ),
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="published_claim",
                        to="claims.claimversion",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Spelling",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("form", models.CharField(max_length=64)),
                ("word", models.CharField(max_length=64)),
            ],
            options={
                "ordering": ["form", "word"],
                "constraints": [
                    models.UniqueConstraint(fields=("form", "word"), name="spelling_is_noted_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ArticlePassage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title_words", models.TextField(blank=True, default="", editable=False)),
                ("text_words", models.TextField(blank=True, default="", editable=False)),
                ("number", models.PositiveIntegerField(help_text="Its place in the text, from 0.")),
                ("text", models.TextField()),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="passages",
                        to="claims.article",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="passages",
                        to="claims.articlerevision",
                    ),
                ),
            ],
            options={
                "ordering": ["article", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("article", "number"), name="articlepassage_number_is_unique"
                    )
                ],
            },
        ),
        migrations.RunPython(note_words, migrations.RunPython.noop),
        migrations.RunPython(cut_articles, migrations.RunPython.noop),
    ]
