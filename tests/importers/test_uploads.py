"""A text that waits is kept to the letter, and is settled even when nobody may take it in."""

from __future__ import annotations

from functools import partial
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command

from claims.errors import DuplicateError
from claims.importers import pages
from claims.importers.pages import import_waiting
from claims.importers.uploads import note_upload
from claims.models import Article, ArticleRevision, ImportedPage
from tests import factories as make
from tests.workflow.test_concurrency import marked
from tests.workflow.writers import at_once, refused

FLOOD = "= Flood of Arden =\n\nOn 4 May 1987 ten people were killed in Arden.\n"
MANY = 6


def upload(text: str, title: str = "Untitled") -> ImportedPage:
    return note_upload(text, by=make.contributor(), file_name="a.txt", title=title)


@pytest.mark.django_db
def test_same_file_by_command_and_by_the_desk_is_one_revision(tmp_path: Path) -> None:
    path = tmp_path / "flood.txt"
    path.write_text(f"\n{FLOOD}\n\n", encoding="utf-8")
    call_command("import_article", path, stdout=StringIO())
    page = upload(path.read_text(encoding="utf-8"))
    assert ImportedPage.objects.get().text == path.read_text(encoding="utf-8")
    assert import_waiting(page).outcome == "unchanged"
    assert ArticleRevision.objects.count() == 1


@pytest.mark.django_db
def test_page_of_somebody_who_may_no_longer_edit_is_rejected() -> None:
    page = upload(FLOOD)
    User.objects.filter(pk=make.contributor().pk).update(is_active=False)
    settled = import_waiting(ImportedPage.objects.get(pk=page.pk))
    assert (settled.outcome, settled.rule) == ("rejected", "permission-missing")
    assert import_waiting(settled).outcome == "rejected"
    assert not Article.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(("times", "outcome"), [(2, "imported"), (99, "rejected")])
def test_row_that_another_import_adds_at_once_is_looked_up_again(
    times: int, outcome: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[str] = []
    store = pages._stored

    def late(title: str, *rest: Any) -> dict[str, Any]:
        tried.append(title)
        if len(tried) <= times:
            raise DuplicateError("Such a row exists already.")
        return store(title, *rest)

    monkeypatch.setattr(pages, "_stored", late)
    assert import_waiting(upload(FLOOD)).outcome == outcome
    assert len(tried) == min(times + 1, pages.ATTEMPTS)


def take_in(pages: list[ImportedPage]) -> list[str]:
    done = at_once([partial(import_waiting, page) for page in pages])
    assert refused(done) == []
    return sorted(ImportedPage.objects.values_list("outcome", flat=True))


@marked
def test_a_new_title_uploaded_at_once_is_one_article() -> None:
    texts = [FLOOD.replace("ten", str(number)) for number in range(11, 11 + MANY)]
    assert take_in([upload(text) for text in texts]) == ["imported"] * MANY
    assert Article.objects.get().revisions.count() == MANY


@marked
def test_titles_of_one_slug_uploaded_at_once_are_articles_of_their_own() -> None:
    body = "Ten people were killed in Arden on 4 May 1987."
    titles = ["Raid", "Raid!", "Raid?", "Raid 2", "Raid-2", "(Raid)"]
    assert take_in([upload(body, title) for title in titles]) == ["imported"] * MANY
    assert set(Article.objects.values_list("title", flat=True)) == set(titles)


@marked
def test_one_text_uploaded_at_once_is_one_revision() -> None:
    outcomes = take_in([upload(FLOOD) for _ in range(MANY)])
    assert outcomes == ["imported"] + ["unchanged"] * (MANY - 1)
    assert ArticleRevision.objects.count() == 1
