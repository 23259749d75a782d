"""Keep what public rows are found by beside them; the database indexes it after each migration."""

import itertools
from collections.abc import Iterator
from dataclasses import asdict

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Q, QuerySet

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
from claims.querysets.full_text import remove_full_text
from claims.reading.text.page_text import texts_of

AT_ONCE = 200


def note_words(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Write down the words of what is public, from the documents that hold it."""
    using = schema_editor.connection.alias
    public = {
        name: apps.get_model("claims", name).objects.using(using)
        for name in (*_SHARED, "ClaimVersion")
    }
    held = Q(is_current=True)
    for name in _SHARED:
        held |= Q(pk__in=public[name].values("version"))
    versions = public["ClaimVersion"].filter(held, op="publish").order_by("pk")
    rows = versions.values_list("pk", "payload", "claim_id", "is_current")
    for batch in itertools.batched(rows.iterator(AT_ONCE), AT_ONCE):
        documents = {number: read_claim(payload) for number, payload, _, _ in batch}
        for name, column in _SHARED.items():
            _note_shared(public[name], column, documents)
        current = {number: claim for number, _, claim, is_current in batch if is_current}
        model = apps.get_model("claims", "PublishedClaim")
        model.objects.using(using).bulk_create(
            model(version_id=number, claim_id=claim, **asdict(claim_words(documents[number])))
            for number, claim in current.items()
        )
        spellings = {word for number in current for word in spellable_words(documents[number])}
        _note_spellings(apps, using, spellings)


# Each table of public rows, and the column that says whose row it is.
_SHARED = {
    "PublishedFigure": "assertion_id",
    "PublishedSource": "source_id",
    "PublishedSubject": "subject_id",
}


def _note_shared(table: QuerySet, column: str, documents: dict[int, ClaimDocument]) -> None:
    words = {number: dict(_words_in(one)) for number, one in documents.items()}
    changed = []
    for row in table.filter(version__in=documents):
        told = words[row.version_id].get((column, getattr(row, column)))
        if told is not None:
            row.title_words, row.text_words = told.title_words, told.text_words
            changed.append(row)
    table.bulk_update(changed, ["title_words", "text_words"], batch_size=AT_ONCE)


def _words_in(document: ClaimDocument) -> Iterator[tuple[tuple[str, int], Words]]:
    for entry in document["figures"]:
        yield ("assertion_id", number_in(entry["ref"], FIGURE)), figure_words(document, entry)
    for entry in document["sources"]:
        yield ("source_id", number_in(entry["ref"], SOURCE)), source_words(entry)
    subject = document["subject"]
    yield ("subject_id", number_in(subject["ref"], SUBJECT)), subject_words(subject)


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


def take_indexes_away(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Remove the indexes, which the database keeps itself and no model knows."""
    tables = (*_SHARED, "PublishedClaim", "ArticlePassage")
    remove_full_text(
        schema_editor.connection,
        [apps.get_model("claims", name)._meta.db_table for name in tables],
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
        # Last, so that going back begins with it: triggers name what goes next.
        migrations.RunPython(migrations.RunPython.noop, take_indexes_away),
    ]
