"""The page on which an article's text is approved: what readers would get of it, and the change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from claims.admin.facts import names_of
from claims.admin.members import Member, member_of
from claims.domain.diff import word_diff
from claims.models import Article, ArticleRevision, PublishedArticle
from claims.querysets.article import APPROVED_DATA
from claims.reading.page_text import Piece, lay_out
from claims.workflow.texts import TextCandidate, read_text_candidate

TOLD = ("title", "slug", "language", "licence", "origin_url", "revision", "format")


@dataclass(frozen=True, slots=True)
class MarkedRun:
    """Words of the text; ``figures`` are those whose place they are, ``ends`` those that end."""

    text: str
    figures: list[str]
    ends: list[str]


@dataclass(frozen=True, slots=True)
class MarkedPiece:
    """A line of the text, or a cell, with its label and the level of a heading."""

    runs: list[MarkedRun]
    label: str
    level: int


def text_facts(revision: ArticleRevision) -> dict[str, Any]:
    """What approving the revision publishes, against what readers have of the article."""
    candidate = read_text_candidate(revision)
    newest = ArticleRevision.objects.newest_approved().filter(article=revision.article_id).first()
    text = candidate.document["text"]
    return {
        "revision": candidate.revision,
        "public": newest,
        "is_newest": newest is None or newest.number < candidate.revision.number,
        "members": _members(candidate, newest),
        "pieces": word_diff(newest.text, text) if newest else [("equal", text)],
        "passages": _passages(candidate),
        "marks": _marks(candidate),
        "raw": text,
        "authors": names_of(candidate.authors),
    }


def _members(candidate: TextCandidate, newest: ArticleRevision | None) -> list[Member]:
    after = candidate.document
    before = after if newest is None else public_data(newest)
    pairs = ((name, before.get(name), after[name]) for name in TOLD)
    return [one for pair in pairs if (one := member_of(*pair)) is not None]


def public_data(newest: ArticleRevision) -> dict[str, Any]:
    """The article's data as readers have them."""
    shown = PublishedArticle.objects.filter(article=newest.article_id).first()
    data = {name: getattr(shown, name) for name in APPROVED_DATA} if shown else {}
    slug = Article.objects.values_list("slug", flat=True).get(pk=newest.article_id)
    told = {"slug": slug, "title": newest.title, "revision": newest.number}
    return {**told, "format": newest.format, **data}


def _marks(candidate: TextCandidate) -> list[dict[str, str]]:
    text, anchors = candidate.document["text"], candidate.document["anchors"]
    return [
        {"figure": one["figure"], "number": one["figure"][1:], "words": text[slice(*_span(one))]}
        for one in anchors
    ]


def _span(anchor: dict[str, Any]) -> tuple[int, int]:
    return anchor["start"], anchor["end"]


def _passages(candidate: TextCandidate) -> list[dict[str, Any]]:
    """The text as readers' page lays it out, the places of statements marked."""
    document = candidate.document
    figures = [one["figure"] for one in document["anchors"]]
    spans = [_span(one) for one in document["anchors"]]
    return [
        {
            "kind": passage.kind,
            "headers": passage.headers,
            "pieces": [_piece(piece, figures) for piece in passage.pieces],
            "rows": [[_piece(cell, figures) for cell in row] for row in passage.rows],
        }
        for passage in lay_out(document["text"], spans, document["format"])
    ]


def _piece(piece: Piece, figures: Sequence[str]) -> MarkedPiece:
    runs = [
        MarkedRun(run.text, [figures[one] for one in run.marks], [figures[one] for one in run.ends])
        for run in piece.runs
    ]
    return MarkedPiece(runs, piece.label, piece.level)
