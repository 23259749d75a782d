"""Note of what is public which rows of registers it shows, and as of when."""

import json
import re
from bisect import bisect_right

from django.db import migrations

CHUNK = 500
_REF = re.compile(r"[A-Z]([1-9][0-9]*)")


def note_what_is_shown(apps, schema_editor):
    versions = apps.get_model("claims", "ClaimVersion").objects
    measures = dict(apps.get_model("claims", "Measure").objects.values_list("slug", "id"))
    rows = versions.filter(is_current=True, op="publish").order_by("id")
    rows = rows.values_list("id", "claim_id", "payload", "published_at")
    batch = []
    for row in rows.iterator(chunk_size=CHUNK):
        batch.append(row)
        if len(batch) == CHUNK:
            _write(apps, batch, measures)
            batch = []
    if batch:
        _write(apps, batch, measures)


def note_articles(apps, schema_editor):
    """What readers have of an article: its data as they stood at the newest approval of a text."""
    revision = apps.get_model("claims", "ArticleRevision").objects
    history = apps.get_model("claims", "HistoricalArticle").objects
    published = apps.get_model("claims", "PublishedArticle").objects
    newest = {}
    for row in revision.filter(approved_at__isnull=False).order_by("number").defer("text"):
        newest[row.article_id] = row
    for number, row in newest.items():
        stood = history.filter(id=number, history_date__lte=row.approved_at)
        stood = stood.order_by("-history_id").first()
        published.create(
            article_id=number,
            revision=row,
            language=stood.language,
            origin_url=stood.origin_url,
            licence=stood.licence,
            shown=stood.history_id,
        )


def _write(apps, batch, measures):
    wanted = {
        (number, claim): (at, set(_borrowed(json.loads(payload), measures)))
        for number, claim, payload, at in batch
    }
    keys = {key for _, found in wanted.values() for key in found}
    signed = _signed(apps, keys)
    table = apps.get_model("claims", "BorrowedRow")
    table.objects.bulk_create(
        table(
            version_id=version,
            claim_id=claim,
            noun=noun,
            number=number,
            shown=_shown(signed.get((noun, number), []), at),
        )
        for (version, claim), (at, found) in wanted.items()
        for noun, number in sorted(found)
    )


def _borrowed(document, measures):
    subject = document["subject"]
    yield "measure", measures[document["measure"]["slug"]]
    for one in (subject, *subject["path"]):
        yield "subject", _number(one["ref"])
        yield "belligerents", _number(one["ref"])
    for one in subject["belligerents"]:
        yield "party", _number(one["ref"])
    for source in document["sources"]:
        yield "source", _number(source["ref"])
        if source["publisher"]:
            yield "party", _number(source["publisher"]["ref"])
    for figure in document["figures"]:
        for one in figure["attribution"]:
            yield "party", _number(one["party"])
        for one in figure["parties"]:
            yield "party", _number(one["ref"])
        for one in figure["anchors"]:
            yield "article", _number(one["article"])


def _signed(apps, keys):
    """{(noun, number): [(when, history row), ...]}, oldest first."""
    tables = {
        "measure": ("HistoricalMeasure", "id"),
        "source": ("HistoricalSource", "id"),
        "subject": ("HistoricalSubject", "id"),
        "belligerents": ("HistoricalSubjectBelligerent", "subject_id"),
        "party": ("HistoricalParty", "id"),
        "article": ("HistoricalArticle", "id"),
    }
    found = {}
    for noun, (name, column) in tables.items():
        numbers = {number for one, number in keys if one == noun}
        rows = apps.get_model("claims", name).objects.filter(**{f"{column}__in": numbers})
        for number, at, key in rows.order_by("history_id").values_list(
            column, "history_date", "history_id"
        ):
            found.setdefault((noun, number), []).append((at, key))
    return found


def _shown(rows, at):
    place = bisect_right([one for one, _ in rows], at)
    return rows[place - 1][1] if place else 0


def _number(ref):
    return int(_REF.fullmatch(ref)[1])


class Migration(migrations.Migration):
    dependencies = [("claims", "0008_record_what_approvals_showed")]

    operations = [
        migrations.RunPython(note_what_is_shown, migrations.RunPython.noop),
        migrations.RunPython(note_articles, migrations.RunPython.noop),
    ]
