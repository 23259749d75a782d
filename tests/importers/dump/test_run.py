"""A dump becomes articles with draft claims, page by page; what cannot be read is named."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings

from benchmarks.dump import write_dump
from claims.errors import ImportRefusedError
from claims.importers.dump.digest import content_digest
from claims.importers.dump.run import begin_import, import_pages
from claims.importers.dump.survey import survey_dump
from claims.models import (
    Article,
    ArticleRevision,
    Assertion,
    Claim,
    ClaimVersion,
    ImportedPage,
    ImportRun,
)
from claims.workflow.articles import add_article
from tests import factories as make
from tests.importers.desk_content import content
from tests.importers.dump.test_file import dump, page, written

FLOOD = "On 4 May 1987 ten people were killed in Arden.&lt;ref&gt;Arden Post&lt;/ref&gt;"


def run(path: Path, **options: Any) -> tuple[dict[str, Any], str, int]:
    """Run the command; return its JSON, what it said, and its exit code."""
    out, said, code = StringIO(), StringIO(), 0
    try:
        call_command("import_dump", path, output="json", stdout=out, stderr=said, **options)
    except SystemExit as end:
        code = int(str(end.code))
    return json.loads(out.getvalue()), said.getvalue(), code


@pytest.mark.django_db
def test_dump_becomes_articles_with_draft_claims(tmp_path: Path) -> None:
    summary, _, code = run(written(tmp_path, dump(page("Flood of Arden", FLOOD))))
    assert (code, summary["imported"], summary["rejected"]) == (0, 1, 0)
    article = Article.objects.get()
    assert (article.title, article.slug, article.language) == (
        "Flood of Arden",
        "flood-of-arden",
        "en-GB",
    )
    assert article.origin_url == "https://fr.example.org/wiki/Flood_of_Arden"
    killed = Claim.objects.get(measure__slug="killed")
    assert (killed.state, killed.assertions.get().point) == ("draft", 10)
    assert killed.assertions.get().anchors.get().exact == "ten"
    assert not ClaimVersion.objects.exists()
    assert killed.history.get().history_user.username == "importer"


@pytest.mark.django_db
def test_dump_imported_again_adds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "dump.xml.bz2"
    write_dump(path, 2)
    run(path)
    before = {model: model.objects.count() for model in (ArticleRevision, Assertion, Claim)}
    digest = content_digest()
    summary, _, code = run(path)
    assert (code, summary["imported"], summary["unchanged"]) == (0, 0, 2)
    assert before == {model: model.objects.count() for model in before}
    assert content_digest() == digest


@pytest.mark.django_db
def test_dump_skips_redirects_and_other_namespaces_and_counts_them(tmp_path: Path) -> None:
    pages = [page(), page("Rain", more='<redirect title="Flood" />'), page("Talk:Flood", ns=1)]
    summary, _, _ = run(written(tmp_path, dump(*pages)))
    assert (summary["pages"], summary["redirects"], summary["other_namespaces"]) == (1, 1, 1)
    assert ImportedPage.objects.count() == 1


REJECTED = {
    "no text": (page("Bare", ""), "text"),
    "no title": (page(" "), "title"),
    "title too long": (page("t" * 301), "title"),
    "too long": (page("Long", "word " * 20_000), "length"),
    "script": (page("Code").replace("wikitext", "Scribunto"), "content model"),
    "character": (page("Odd", "Ten \u0081 died."), "invalid-value"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", REJECTED)
def test_rejected_page_is_named_with_its_rule_and_the_rest_goes_on(
    tmp_path: Path, name: str
) -> None:
    bad, rule = REJECTED[name]
    data = dump(page("First"), bad, page("Last"))
    limits = {**make_limits(), "import_page_bytes": 50_000}
    with override_settings(FACTBASE_LIMITS=limits):
        summary, said, code = run(written(tmp_path, data))
    assert (code, summary["imported"], summary["rejected"]) == (3, 2, 1)
    row = ImportedPage.objects.rejected().get()
    assert row.rule == rule
    assert data[row.position :].startswith(b"<page>")
    assert f"dump.xml: byte {row.position}: page {row.title!r}: {rule}: " in said


def make_limits() -> dict[str, Any]:
    from django.conf import settings

    limits: dict[str, Any] = settings.FACTBASE_LIMITS
    return limits


@pytest.mark.django_db
def test_titles_that_share_a_slug_are_articles_of_their_own(tmp_path: Path) -> None:
    titles = ["Red Sea", "Red sea", "Red sea!", "Потоп", "Наводнение"]
    path = written(tmp_path, dump(*(page(title, f"{title}: ten died.") for title in titles)))
    run(path)
    run(path)
    assert list(Article.objects.order_by("pk").values_list("title", flat=True)) == titles
    assert ArticleRevision.objects.count() == len(titles)


@pytest.mark.django_db
def test_dry_run_keeps_nothing(tmp_path: Path) -> None:
    before = content()
    summary, said, _ = run(written(tmp_path, dump(page("Flood", FLOOD))), dry_run=True)
    assert (summary["imported"], summary["claims"]) == (1, 1)
    assert "nothing was kept" in said
    assert content() == before


@pytest.mark.django_db
@pytest.mark.parametrize(
    "data", [dump()[:-30], b'<!DOCTYPE m [<!ENTITY a "b">]>' + dump(), b"", b"\x00\x01"]
)
def test_refused_dump_leaves_nothing(tmp_path: Path, data: bytes) -> None:
    before = content()
    with pytest.raises(CommandError) as refused:
        run(written(tmp_path, data))
    assert refused.value.returncode == 1
    assert "\n" not in str(refused.value)
    assert content() == before


@pytest.mark.django_db
def test_unfinished_import_is_resumed_only_when_asked(tmp_path: Path) -> None:
    path = tmp_path / "dump.xml"
    write_dump(path, 3)
    survey, by = survey_dump(path, 100_000), make.contributor()
    first = begin_import(survey, by=by, resume=False)
    pages = import_pages(survey, first, by=by)
    next(pages)
    pages.close()
    with pytest.raises(CommandError, match="stopped after 1 pages: add --resume"):
        run(path)
    summary, _, _ = run(path, resume=True)
    assert (summary["done_before"], summary["imported"]) == (1, 2)
    assert ImportRun.objects.get().finished_at is not None
    assert Article.objects.count() == 3


@pytest.mark.django_db
def test_two_imports_of_one_file_do_not_mix(tmp_path: Path) -> None:
    path = tmp_path / "dump.xml"
    write_dump(path, 2)
    survey, by = survey_dump(path, 100_000), make.contributor()
    one = begin_import(survey, by=by, resume=False)
    first = import_pages(survey, one, by=by)
    second = import_pages(survey, begin_import(survey, by=by, resume=True), by=by)
    next(first)
    next(second)
    with pytest.raises(ImportRefusedError, match="Another process imports"):
        next(first)
    assert Article.objects.count() == ImportedPage.objects.count()


@pytest.mark.django_db
def test_digest_tells_a_changed_figure_and_ignores_numbers_and_order(tmp_path: Path) -> None:
    one = dump(page("Flood", FLOOD), page("Fire", "Two people were killed."))
    two = dump(page("Fire", "Two people were killed."), page("Flood", FLOOD))
    digests = [digest_after(tmp_path, data) for data in (one, two, one.replace(b"ten", b"six"))]
    assert digests[0] == digests[1] != digests[2]


def digest_after(folder: Path, data: bytes) -> str:
    """The digest of a desk that holds this dump and nothing else."""
    with transaction.atomic():
        summary, _, _ = run(written(folder, data), digest=True)
        transaction.set_rollback(True)
    digest: str = summary["content_sha256"]
    return digest


@pytest.mark.django_db
def test_page_with_the_title_of_an_article_elsewhere_is_its_revision(tmp_path: Path) -> None:
    words = {"title": "Flood of Arden", "text": "Old.", "slug": "elsewhere"}
    article = add_article(by=make.contributor(), reason="First.", **words).article
    run(written(tmp_path, dump(page("Flood of Arden", FLOOD))))
    assert article.revisions.count() == 2
    assert Article.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("tag", "kept"), [("en-AU", "en-AU"), ("no tag", "en"), ("x" * 36, "en")])
def test_language_that_is_no_tag_is_taken_for_english(tag: str, kept: str, tmp_path: Path) -> None:
    words = dump(page("Flood of Arden", FLOOD)).replace(b'"en-GB"', f'"{tag}"'.encode())
    run(written(tmp_path, words))
    assert (Article.objects.get().language, ImportRun.objects.get().language) == (kept, kept)


@pytest.mark.django_db
def test_dump_in_another_language_is_rejected_page_by_page(tmp_path: Path) -> None:
    words = dump(page("Flood of Arden", FLOOD)).replace(b'"en-GB"', b'"pt-BR"')
    summary, _, _ = run(written(tmp_path, words))
    assert (summary["imported"], summary["rejected"]) == (0, 1)
    noted = ImportedPage.objects.get()
    assert (noted.rule, noted.refusal) == (
        "language",
        "The text is in Portuguese; articles are read in English only.",
    )
