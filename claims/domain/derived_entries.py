"""What an entry of a document derives from what its source said: words, kind, days, origin."""

from __future__ import annotations

from collections.abc import Container, Mapping
from datetime import date

from claims.domain.dates import date_words, parse_edtf
from claims.domain.edtf_text import date_interval
from claims.domain.entries import entry_has_value, read_quantity
from claims.domain.evidence import ClaimTerms
from claims.domain.figures import words_of_figure
from claims.domain.intervals import Interval
from claims.domain.published import ClaimDocument
from claims.domain.published_figures import (
    AttributionEntry,
    FigureDerived,
    FigureEntry,
    SourceEntry,
    Speaker,
)
from claims.domain.quantity import Figure, kind
from claims.domain.vocabulary import (
    AttributionRole,
    Stance,
    ValueState,
    states_figures,
)
from claims.domain.words import party_words


def derived_figure_members(
    entry: FigureEntry,
    terms: ClaimTerms,
    belligerents: Container[str],
    sources: Mapping[str, SourceEntry],
) -> FigureDerived:
    """Return the derived members of a figure's entry, in the document's form.

    They are kind, words, test_low, test_high, earliest, latest, said_on and origin, and in
    `speaker` and `attribution` those members that repeat or follow from others. `belligerents`
    are the refs of the parties to the conflict, `sources` the document's by ref.
    """
    figure = read_quantity(entry)
    interval = _test_interval(entry, figure, terms)
    days = parse_edtf(entry["edtf"]) if entry["edtf"] else None
    return {
        "kind": _kind(entry, figure, terms.value_kind),
        "words": _words(entry, figure, terms.said_unit),
        "test_low": interval.low,
        "test_high": interval.high,
        "earliest": _iso(days.earliest if days else None),
        "latest": _iso(days.latest if days else None),
        "said_on": said_on(entry, sources),
        "origin": _origin(entry),
        "speaker": _speaker(entry, belligerents),
        "attribution": _attribution(entry, belligerents),
    }


def said_on(entry: FigureEntry, sources: Mapping[str, SourceEntry]) -> str:
    """When a figure's answer was said, as far as is known: its own date, else its source's."""
    source = sources.get(entry["source"] or "")
    return entry["asserted_on"] or (source["issued"] if source is not None else "")


def scope_members(document: ClaimDocument) -> dict[str, str]:
    """Return as_of_words of a claim's document and when_words of its subject."""
    when = document["subject"]["when"]
    return {
        "as_of_words": date_words(document["as_of"]) if document["as_of"] else "",
        "when_words": date_words(when) if when else "",
    }


def _kind(entry: FigureEntry, figure: Figure | None, value_kind: str) -> str:
    """How the answer is drawn: a figure's kind, or denial, date, party, boolean, text, none."""
    if entry_has_value(entry):
        return kind(figure) if figure is not None else value_kind
    if entry["stance"] == Stance.DENIES:
        return "denial"
    return "unknown" if entry["value_state"] == ValueState.UNKNOWN else "none"


def _words(entry: FigureEntry, figure: Figure | None, unit: str) -> str:
    """The answer as people say it; '' when there is none."""
    if not entry_has_value(entry):
        return "unknown" if entry["value_state"] == ValueState.UNKNOWN else ""
    if figure is not None:
        return words_of_figure(figure, unit)
    if entry["edtf"]:
        return date_words(entry["edtf"])
    if entry["party_mode"]:
        return party_words((party["name"] for party in entry["parties"]), entry["party_mode"])
    if entry["boolean"] is not None:
        return "yes" if entry["boolean"] else "no"
    return str(entry["text"])


def _test_interval(entry: FigureEntry, figure: Figure | None, terms: ClaimTerms) -> Interval:
    """The claim's tolerance is not in it; dates are day numbers."""
    if figure is not None and states_figures(terms.value_kind):
        return figure.test_interval(count=terms.count)
    return date_interval(entry["edtf"]) if entry["edtf"] else Interval()


def _origin(entry: FigureEntry) -> str:
    """Who first said it: the speaker, else the first publisher, else the source, else ''."""
    for role in (AttributionRole.SPEAKER, AttributionRole.PUBLISHER):
        for link in entry["attribution"]:
            if link["role"] == role:
                return str(link["party"])
    return str(entry["source"] or "")


def _attribution(entry: FigureEntry, belligerents: Container[str]) -> list[AttributionEntry]:
    """The chain as it is where it is right, which saves comparing it."""
    chain = entry["attribution"]
    if all(link["belligerent"] is (link["party"] in belligerents) for link in chain):
        return chain
    return [{**link, "belligerent": link["party"] in belligerents} for link in chain]


def _speaker(entry: FigureEntry, belligerents: Container[str]) -> Speaker | None:
    """The first speaker; how the party is described stands nowhere else and is taken as it is."""
    for link in entry["attribution"]:
        if link["role"] == AttributionRole.SPEAKER:
            return {
                "ref": link["party"],
                "name": link["name"],
                "kind": link["kind"],
                "description": entry["speaker"]["description"] if entry["speaker"] else "",
                "belligerent": link["party"] in belligerents,
            }
    return None


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
