"""The plot of a claim as a picture that stands alone: SVG with the looks written into it."""

from __future__ import annotations

from textwrap import wrap
from typing import Any

from django.template.loader import render_to_string

from claims.domain.evidence_rows import evidence_table
from claims.domain.published import ClaimDocument
from claims.domain.vocabulary import AssertionStatus

# Of the plot as a picture, in pixels; SVG does not break lines by itself.
ROW_HEIGHT = 34
TOP_MARGIN = 14
QUESTION_LINE, QUESTION_LETTERS = 20, 78
SUMMARY_LINE, SUMMARY_LETTERS = 16, 112


def picture_of(document: ClaimDocument) -> str:
    """The picture as SVG, in the language that is active."""
    return render_to_string("plots/picture.svg", _rows(document))


def _rows(document: ClaimDocument) -> dict[str, Any]:
    """Rows of the picture: words, who said them, the shape and where it lies."""
    table, (head, top) = evidence_table(document), _head(document)
    live = [one for one in table["rows"] if one["figure"]["status"] == AssertionStatus.LIVE]
    rows = [{**one, "y": top + ROW_HEIGHT * (place + 1)} for place, one in enumerate(live)]
    bottom = top + ROW_HEIGHT * (len(rows) + 1)
    return {
        "document": document,
        "plot": table["plot"],
        "head": head,
        "rows": rows,
        "top": top,
        "bottom": bottom,
        "band_height": bottom - top,
    }


def _head(document: ClaimDocument) -> tuple[list[dict[str, Any]], int]:
    """The lines of question and summary, each with its place, and where they end."""
    lines, y = [], TOP_MARGIN
    for text in wrap(document["question"], QUESTION_LETTERS):
        y += QUESTION_LINE
        lines.append({"text": text, "y": y, "is_question": True})
    for text in wrap(document["summary"], SUMMARY_LETTERS):
        y += SUMMARY_LINE
        lines.append({"text": text, "y": y + 2, "is_question": False})
    return lines, y + SUMMARY_LINE
