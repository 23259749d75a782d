"""A document's figures on one axis."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from claims.domain.document_plot import document_plot


def entry(ref: str, **fields: Any) -> dict[str, Any]:
    """A figure entry with only what a plot reads."""
    blank: dict[str, Any] = dict.fromkeys(("point", "low", "high"))
    flags = dict.fromkeys(("low_strict", "high_strict", "high_open", "approximate"), False)
    texts = {"vague_term": "", "edtf": "", "value_state": "value", "kind": "exact"}
    return {"ref": ref, **blank, **flags, **texts, **fields}


def document(*figures: dict[str, Any], kind: str = "quantity", **fields: Any) -> dict[str, Any]:
    return {"measure": {"value_kind": kind}, "figures": list(figures), **fields}


def test_plot_lays_figures_and_range_on_one_axis() -> None:
    span = {"low": 60, "high": 97, "low_open": False, "high_open": False}
    plot = document_plot(document(entry("F1", point=60), entry("F2", point=97), range=span))
    assert plot.scale is not None
    assert (plot.scale.low, plot.scale.high) == (0, 100)
    assert (plot.shapes["F1"].x, plot.shapes["F2"].x) == (60, 97)
    assert plot.range is not None
    assert (plot.range.x1, plot.range.x2) == (60, 97)


def test_plot_draws_a_denial_as_a_bare_line() -> None:
    plot = document_plot(document(entry("F1", point=60), entry("F2", kind="denial")))
    assert plot.shapes["F2"].kind == "empty"


def test_plot_shows_agreement_of_two_origins_only_where_it_is_unique() -> None:
    figures = entry("F1", point=60), entry("F2", low=50, high=70, kind="range")
    told = {"low": 60, "high": 60, "origins": 2, "of": 2, "unique": True}
    assert document_plot(document(*figures, agreement=told)).agreement is not None
    for weak in ({"origins": 1}, {"unique": False}):
        assert document_plot(document(*figures, agreement=told | weak)).agreement is None


def test_plot_leaves_an_open_range_to_the_edge() -> None:
    span = {"low": 1000, "high": 1500, "low_open": False, "high_open": True}
    figure = entry("F1", low=1000, high=1500, high_open=True, kind="range_open")
    plot = document_plot(document(figure, range=span))
    assert plot.range is not None
    assert (plot.range.x2, plot.range.arrow_right) == (Decimal(100), True)


def test_plot_lays_dates_on_an_axis_of_days() -> None:
    span = {"low": "2012-01-16", "high": "2012-01-24", "low_open": False, "high_open": False}
    days = (
        entry("F1", kind="date", edtf="2012-01-16/2012-01-17"),
        entry("F2", kind="date", edtf="2012-01-24"),
    )
    plot = document_plot(document(*days, kind="date", range=span))
    assert plot.range is not None
    assert plot.shapes["F1"].x1 == plot.range.x1
    assert plot.shapes["F2"].x == plot.range.x2


def test_plot_of_parties_has_no_axis() -> None:
    assert document_plot(document(entry("F1", kind="party"), kind="party")).scale is None
