"""Cut the public texts again: tables with spans, quotations and labels read otherwise since."""

from dataclasses import asdict

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from claims.domain.findable import passage_words
from claims.reading.text.page_text import texts_of

AT_ONCE = 20  # texts in memory


def cut_again(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Write the passages of the texts that are cut otherwise now, and leave all others."""
    using = schema_editor.connection.alias
    passages = apps.get_model("claims", "ArticlePassage").objects.using(using)
    shown = apps.get_model("claims", "PublishedArticle").objects.using(using)
    for row in shown.select_related("revision").order_by("pk").iterator(AT_ONCE):
        revision = row.revision
        texts = texts_of(revision.text, revision.format)
        stored = passages.filter(article_id=row.article_id)
        if list(stored.order_by("number").values_list("text", flat=True)) == texts:
            continue
        stored.delete()
        passages.bulk_create(
            passages.model(
                article_id=row.article_id,
                revision_id=revision.pk,
                number=number,
                text=text,
                **asdict(passage_words(revision.title, text)),
            )
            for number, text in enumerate(texts)
        )


class Migration(migrations.Migration):
    dependencies = [("claims", "0035_count_highlights")]

    operations = [migrations.RunPython(cut_again, migrations.RunPython.noop)]
