"""The passages of an article's public text, as searches find them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Final

from claims.domain.findable import passage_words
from claims.models import ArticlePassage, ArticleRevision
from claims.reading.text.page_text import texts_of

_COMPARED: Final = ("article_id", "revision_id", "number", "text", "title_words", "text_words")


def passages_of(revision: ArticleRevision) -> list[ArticlePassage]:
    """The passages of a text with their words; each goes under its article's title."""
    return [
        ArticlePassage(
            article_id=revision.article_id,
            revision=revision,
            number=number,
            text=text,
            **asdict(passage_words(revision.title, text)),
        )
        for number, text in enumerate(texts_of(revision.text, revision.format))
    ]


def write_passages(revision: ArticleRevision) -> None:
    """Let searches find this text of its article, and no earlier one."""
    ArticlePassage.objects.filter(article=revision.article_id).delete()
    ArticlePassage.objects.bulk_create(passages_of(revision))


def passages_differ(revision: ArticleRevision) -> bool:
    """Whether the stored passages of the article are not those of this text."""
    stored = ArticlePassage.objects.filter(article=revision.article_id).order_by("number")
    wanted = [tuple(getattr(row, name) for name in _COMPARED) for row in passages_of(revision)]
    return list(stored.values_list(*_COMPARED)) != wanted
