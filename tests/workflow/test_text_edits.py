"""Changing a text: the preview is what is stored, clashes are refused, old words come back."""

from __future__ import annotations

import pytest

from claims.audit.verification import verify_everything
from claims.errors import InvalidValueError, PermissionMissingError, StaleRevisionError
from claims.models import Anchor, ArticleRevision
from claims.workflow.articles import edit_article
from claims.workflow.evidence import withdraw_assertion
from claims.workflow.text_edits import change_text, fates_in, preview_text
from claims.workflow.texts import text_witness
from tests import factories as make
from tests.kept import made_once

pytestmark = pytest.mark.django_db
TEXT = "= Ford =\n\nAbout 60 people were killed near the ford at dawn.\n\nThen 97 fled.\n\nOdd.\n"
NEW = TEXT.replace("were killed", "had been killed").replace("97", "98")


@made_once
def base() -> ArticleRevision:
    """A text with three statements: one whose words change, one lost, one kept in NEW."""
    revision = make.article("Ford", TEXT)
    for words in ("About 60 people were killed near the ford", "Then 97 fled", "Odd"):
        start = TEXT.index(words)
        place = {"revision": revision, "start": start, "end": start + len(words)}
        make.figure(make.claim(), 60, anchors=[place])
    return revision


def change(base: ArticleRevision, text: str, **fields: str) -> ArticleRevision:
    by = make.contributor()
    return change_text(base=base, text=text, by=by, reason="Better.", **fields)


def test_the_preview_tells_what_is_stored_and_writes_nothing(base: ArticleRevision) -> None:
    preview = preview_text(base=base, text=NEW, by=make.contributor())
    assert (ArticleRevision.objects.count(), Anchor.objects.count()) == (1, 3)
    stored = change(base, NEW, witness=preview.candidate.witness)
    assert text_witness(stored) == preview.candidate.witness
    told, found = preview.fates, fates_in(stored)
    assert told == found
    assert (told.kept, len(told.moved), len(told.lost)) == (1, 1, 1)
    assert told.moved[0].words == "About 60 people had been killed near the ford"
    assert told.lost[0].exact == "Then 97 fled"
    assert list(Anchor.objects.lost()) == told.lost
    assert verify_everything().bad == []


def test_a_statement_that_counts_no_more_is_not_told_of(base: ArticleRevision) -> None:
    lost = Anchor.objects.get(exact="Then 97 fled").assertion
    withdraw_assertion(assertion=lost, by=make.contributor(), reason="Twice.")
    preview = preview_text(base=base, text=NEW, by=make.contributor())
    assert (preview.fates.kept, len(preview.fates.moved), preview.fates.lost) == (1, 1, [])
    assert fates_in(change(base, NEW)) == preview.fates


def test_words_that_come_back_bring_their_statements_back(base: ArticleRevision) -> None:
    second = change(base, NEW)
    third = change(second, TEXT)
    assert (third.number, third.sha256) == (3, base.sha256)
    assert (fates_in(third).kept, fates_in(third).lost) == (2, [])
    places = Anchor.objects.filter(revision=third).order_by("start")
    assert [TEXT[one.start : one.end] for one in places] == [one.exact for one in places]
    assert not Anchor.objects.lost().exists()


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"text": TEXT}, InvalidValueError),
        ({"text": " \n"}, InvalidValueError),
        ({"text": "A\x00"}, InvalidValueError),
        ({"text": "Other.", "format": "html"}, InvalidValueError),
        ({"text": "Other.", "witness": "0" * 64}, StaleRevisionError),
    ],
)
def test_change_text_refuses(
    base: ArticleRevision, fields: dict[str, str], error: type[Exception]
) -> None:
    with pytest.raises(error):
        change(base, **fields)
    assert ArticleRevision.objects.count() == 1
    assert not Anchor.objects.lost().exists()


def test_change_text_refuses_a_base_that_is_not_the_newest(base: ArticleRevision) -> None:
    change(base, NEW)
    with pytest.raises(StaleRevisionError, match="submitted revision 2 while you edited revision"):
        change(base, "Another text.")
    assert ArticleRevision.objects.count() == 2


def test_data_that_changed_since_the_preview_are_shown_first(base: ArticleRevision) -> None:
    seen = preview_text(base=base, text=NEW, by=make.contributor()).candidate.witness
    edit_article(article=base.article, by=make.editor(), reason="Known.", licence="CC0")
    with pytest.raises(StaleRevisionError, match="not what the preview showed"):
        change(base, NEW, witness=seen)


def test_who_may_not_edit_the_desk_changes_no_text(base: ArticleRevision) -> None:
    from django.contrib.auth.models import User

    nobody = User.objects.create_user("nobody")
    with pytest.raises(PermissionMissingError):
        change_text(base=base, text=NEW, by=nobody, reason="Mine.")


def test_another_format_alone_is_a_change(base: ArticleRevision) -> None:
    assert change(base, TEXT, format="wikitext").format == "wikitext"
