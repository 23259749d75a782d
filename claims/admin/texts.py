"""What readers would get of an article's text, and the change: previewed, reviewed and compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from claims.admin.facts import account_names
from claims.admin.members import Member, plain_member
from claims.domain.text_changes import changes_between
from claims.models import Article, ArticleRevision, Assertion, PublishedArticle
from claims.querysets.article import APPROVED_DATA
from claims.reading.text.cutting import Run
from claims.reading.text.page_text import Passage, Piece, lay_out
from claims.workflow.text_edits import Fates, fates_in
from claims.workflow.texts import TextCandidate, read_text_candidate

TOLD = ("title", "slug", "language", "licence", "origin_url", "revision", "format")


@dataclass(frozen=True, slots=True)
class MarkedRun:
    """Words of the text; ``figures`` are those whose place they are, ``ends`` those that end."""

    laid: Run
    figures: list[str]
    ends: list[str]


@dataclass(frozen=True, slots=True)
class MarkedPiece:
    """A line of the text, or a cell: its words with their marks, and what else is ``laid`` out."""

    runs: list[MarkedRun]
    laid: Piece


def text_facts(revision: ArticleRevision) -> dict[str, Any]:
    """What approving the revision publishes, against what readers have of the article."""
    return facts_of(read_text_candidate(revision), fates_in(revision))


def facts_of(candidate: TextCandidate, fates: Fates) -> dict[str, Any]:
    """The same of any candidate: the author's preview and the reviewer's page are one."""
    newest = public_revision(candidate.revision.article_id)
    revision, text = candidate.revision, candidate.document["text"]
    return {
        "revision": revision,
        "public": newest,
        "is_newest": newest is None or newest.number < revision.number,
        "members": _members(candidate, newest),
        **(text_differences(newest, revision) if newest else {}),
        **_as_read(candidate),
        "fates": fates,
        "raw": text,
        "authors": account_names(candidate.authors),
    }


def read_facts(revision: ArticleRevision) -> dict[str, Any]:
    """The revision as readers' page lays it out, and the statements that are marked in it."""
    return {"revision": revision, **_as_read(read_text_candidate(revision))}


def _as_read(candidate: TextCandidate) -> dict[str, Any]:
    return {"passages": _passages(candidate), "marks": _marks(candidate)}


def public_revision(article: int) -> ArticleRevision | None:
    """The text that readers have of the article."""
    return ArticleRevision.objects.newest_approved().of_article(article).first()


def text_differences(old: ArticleRevision, new: ArticleRevision) -> dict[str, Any]:
    """What changes between two texts, as they are written and as readers find them."""
    return {
        "written": changes_between(old.text, new.text),
        "read": changes_between(
            plain_lines(old.text, old.format), plain_lines(new.text, new.format)
        ),
    }


def plain_lines(text: str, format: str) -> str:  # noqa: A002  the word of the model
    """The words that readers find, a line for each heading, paragraph, item or row."""
    return "".join(f"{line}\n" for line in _lines(lay_out(text, (), format).passages))


def _lines(passages: Iterable[Passage]) -> Iterator[str]:
    for passage in passages:
        for piece in passage.pieces:
            label = f"{piece.label}: " if piece.label else ""
            yield label + _words(piece)
        yield from (" | ".join(_words(cell) for cell in row) for row in passage.rows)


def _words(piece: Piece) -> str:
    return "".join(run.text for run in piece.runs)


def _members(candidate: TextCandidate, newest: ArticleRevision | None) -> list[Member]:
    after = candidate.document
    before = after if newest is None else public_data(newest)
    pairs = ((name, before.get(name), after[name]) for name in TOLD)
    return [one for pair in pairs if (one := plain_member(*pair)) is not None]


def public_data(newest: ArticleRevision) -> dict[str, Any]:
    """The article's data as readers have them."""
    shown = PublishedArticle.objects.filter(article=newest.article_id).first()
    data = {name: getattr(shown, name) for name in APPROVED_DATA} if shown else {}
    slug = Article.objects.values_list("slug", flat=True).get(pk=newest.article_id)
    told = {"slug": slug, "title": newest.title, "revision": newest.number}
    return {**told, "format": newest.format, **data}


def _marks(candidate: TextCandidate) -> list[dict[str, Any]]:
    """Each statement in the text with its words and its claim."""
    text, anchors = candidate.document["text"], candidate.document["anchors"]
    numbers = {int(one["figure"][1:]) for one in anchors}
    figures = Assertion.objects.select_related("claim").in_bulk(numbers)
    return [
        {
            "figure": one["figure"],
            "number": one["figure"][1:],
            "words": text[slice(*_span(one))],
            "claim": figures[int(one["figure"][1:])].claim,
        }
        for one in anchors
    ]


def _span(anchor: dict[str, Any]) -> tuple[int, int]:
    return anchor["start"], anchor["end"]


def _passages(candidate: TextCandidate) -> list[dict[str, Any]]:
    """The text as readers' page lays it out, the places of statements marked."""
    document = candidate.document
    figures = [one["figure"] for one in document["anchors"]]
    spans = [_span(one) for one in document["anchors"]]
    passages = lay_out(document["text"], spans, document["format"]).passages
    return [_passage(passage, figures) for passage in passages]


def _passage(passage: Passage, figures: Sequence[str]) -> dict[str, Any]:
    rows = [[_piece(cell, figures) for cell in row] for row in passage.rows]
    return {
        "laid": passage,
        "pieces": [_piece(piece, figures) for piece in passage.pieces],
        "head": rows[: passage.head],
        "rows": rows[passage.head :],
    }


def _piece(piece: Piece, figures: Sequence[str]) -> MarkedPiece:
    runs = [
        MarkedRun(run, [figures[one] for one in run.marks], [figures[one] for one in run.ends])
        for run in piece.runs
    ]
    return MarkedPiece(runs, piece)
