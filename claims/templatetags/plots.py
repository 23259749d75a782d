"""Plots as inline SVG: percentages along the axis, looks from the stylesheet."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext

from claims.domain.document_plot import DocumentPlot, document_plot
from claims.domain.published import ClaimDocument
from claims.domain.published_figures import FigureEntry

register = template.Library()


@register.inclusion_tag("plots/_claim.html")
def claim_strip(document: ClaimDocument) -> dict[str, Any]:
    """All live figures of a claim on one small strip, with its range: for lists and cards."""
    plot = document_plot(document)
    counted = set(document["inputs"])
    live = [entry for entry in document["figures"] if entry["status"] == "live"]
    marks = [
        {"shape": plot.shapes[entry["ref"]], "counts": entry["ref"] in counted}
        for entry in live
        if entry["ref"] in plot.shapes
    ]
    marks.sort(key=lambda mark: bool(mark["counts"]))  # what counts is drawn on top
    ends = plot.scale.ticks[:1] + plot.scale.ticks[-1:] if plot.scale else ()
    return {"plot": plot, "marks": marks, "ends": ends, "words": strip_words(document)}


def strip_words(document: ClaimDocument) -> str:
    """What the strip shows, for those who do not see it: each figure in words, and the range."""
    said = [entry["words"] for entry in document["figures"] if entry["status"] == "live"]
    if document["range"] and document["range"]["words"] not in said:
        said.append(gettext("range: %(words)s") % {"words": document["range"]["words"]})
    return "; ".join(words for words in said if words)


@register.inclusion_tag("plots/_row.html")
def figure_strip(plot: DocumentPlot, figure: FigureEntry, counts: bool = True) -> dict[str, Any]:
    """One figure on the axis of its claim; ``counts`` tells those behind the range apart."""
    live = figure["status"] == "live"
    return {"shape": plot.shapes.get(figure["ref"]), "counts": counts and live}


@register.inclusion_tag("plots/_axis.html")
def plot_axis(plot: DocumentPlot, name: str = "grid") -> dict[str, Any]:
    """The labelled axis; its lines and bands are drawn again behind each row, by ``name``."""
    return {"plot": plot, "name": name}
