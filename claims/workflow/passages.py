"""The passages of an article's public text, as searches find them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Final

from claims.domain.findable import passage_words
from claims.models import ArticlePassage, ArticleRevision
from claims.reading.page_text import Passage, Piece, lay_out

LEAST: Final = 400  # characters; shorter stretches join the next of their section
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


def texts_of(text: str, format: str) -> list[str]:  # noqa: A002
    """The text as readers see it, cut where passages and sections begin, at some length."""
    return list(_stretches(lay_out(text, [], format)))


def write_passages(revision: ArticleRevision) -> None:
    """Let searches find this text of its article, and no earlier one."""
    ArticlePassage.objects.filter(article=revision.article_id).delete()
    ArticlePassage.objects.bulk_create(passages_of(revision))


def passages_differ(revision: ArticleRevision) -> bool:
    """Whether the stored passages of the article are not those of this text."""
    stored = ArticlePassage.objects.filter(article=revision.article_id).order_by("number")
    wanted = [tuple(getattr(row, name) for name in _COMPARED) for row in passages_of(revision)]
    return list(stored.values_list(*_COMPARED)) != wanted


def _stretches(passages: list[Passage]) -> Iterator[str]:
    kept: list[str] = []
    for passage in passages:
        if passage.kind == "heading" and kept:
            yield "\n".join(kept)
            kept = []
        if text := _text(passage):
            kept.append(text)
        if sum(map(len, kept)) >= LEAST:
            yield "\n".join(kept)
            kept = []
    if kept:
        yield "\n".join(kept)


def _text(passage: Passage) -> str:
    cells = (piece for row in passage.rows for piece in row)
    pieces = [_words(piece) for piece in (*passage.pieces, *cells)]
    return " · ".join(filter(None, (*passage.headers, *pieces)))


def _words(piece: Piece) -> str:
    text = " ".join("".join(run.text for run in piece.runs).split())
    return f"{piece.label}: {text}" if piece.label else text
