"""Proposals on constructed bundles: mostly right, mostly all, and every circle."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from claims.domain import copying
from claims.domain.copying import DatedPassage, RelayedReport, circles, copies
from claims.domain.vocabulary import RelationSignal, SourceRelationKind
from tests.domain.bundles import bundle_of, circle_of, no_circle_of

# The first were looked at while the thresholds were chosen, the second only afterwards.
SEEN, UNSEEN = range(1, 61), range(5001, 5061)
WIRE = (
    "The bridge over the river was swept away and the road to the north stayed closed for days "
    "while families waited outside the school."
)


def report(source: str, day: int | None, words: str = "", **fields: object) -> RelayedReport:
    when = None if day is None else dt.date(2012, 1, day)
    made = RelayedReport(id=int(source[1:]), source=source, earliest=when, latest=when, words=words)
    return replace(made, **fields)  # type: ignore[arg-type]


def signals(proposal) -> set[RelationSignal]:
    return {sign.signal for sign in proposal.signs}


@pytest.mark.parametrize("seeds", [SEEN, UNSEEN], ids=["seen", "unseen"])
def test_nine_of_ten_proposals_are_right_and_seven_of_ten_copies_are_found(seeds):
    right = made = copied = 0
    for seed in seeds:
        bundle = bundle_of(seed)
        proposals = copies(bundle.reports)
        made += len(proposals)
        right += sum(bundle.same(one.source, one.on) for one in proposals)
        copied += len(bundle.family) - len(set(bundle.family.values()))
    assert made > 100
    assert right / made >= 0.9
    assert right / copied >= 0.7


@pytest.mark.parametrize("start", [1, 5001], ids=["seen", "unseen"])
def test_all_of_twenty_circles_are_flagged_and_nothing_else(start):
    for seed in range(start, start + 20):
        report, passage = circle_of(seed)
        (found,) = circles([report], [passage])
        assert (found.source, found.on) == ("S1", "A1")
        assert RelationSignal.CIRCLE in signals(found)
        other, passage = no_circle_of(seed)
        assert circles([other], [passage]) == []


def test_a_text_printed_word_for_word_is_republished_by_the_later():
    (found,) = copies([report("S1", 5, WIRE), report("S2", 2, WIRE)])
    assert (found.source, found.on, found.kind) == ("S1", "S2", SourceRelationKind.REPUBLISHES)
    assert signals(found) == {RelationSignal.SHARED_WORDS, RelationSignal.ORDER}
    assert "such as “The bridge over the river”" in found.signs[0].words
    assert found.signs[-1].words == "S2 appeared by 2012-01-02, S1 from 2012-01-05."


def test_a_name_and_the_same_figure_make_a_relay():
    wire = report("S1", 2, "Sixty.", outlet="Harbour Wire", value="60")
    paper = report("S2", 3, "HARBOUR  WIRE says sixty.", outlet="The Post", value="60")
    (found,) = copies([paper, wire])
    assert (found.source, found.on, found.kind) == ("S2", "S1", SourceRelationKind.RELAYS)
    assert signals(found) == {RelationSignal.OUTLET_NAMED, RelationSignal.ORDER}
    assert copies([replace(paper, value="61"), wire]) == []
    in_title = replace(paper, words="Sixty.", title="Harbour Wire on the raid")
    assert [one.on for one in copies([in_title, wire])] == ["S1"]


def test_the_earlier_never_copied_the_later():
    wire = report("S1", 9, "Sixty.", outlet="Harbour Wire", value="60")
    paper = report("S2", 3, "Harbour Wire says sixty.", outlet="The Post", value="60")
    assert copies([paper, wire]) == []


@pytest.mark.parametrize("day", [None, 2])
def test_where_the_dates_do_not_tell_the_shorter_text_is_the_copy(day):
    part = " ".join(WIRE.split()[:14])
    (found,) = copies([report("S1", day, part), report("S2", day, WIRE)])
    assert (found.source, found.on) == ("S1", "S2")
    assert "Which of them came first is not known" in found.signs[-1].words


def test_a_rare_figure_speaks_for_a_copy_and_a_common_one_does_not():
    half = " ".join(WIRE.split()[:12])
    own = "A bell tolled from noon and shops kept their shutters down until the funerals were over"
    wire = report("S1", 2, WIRE, value="1347")
    paper = report("S2", 3, f"{half} {own}", value="1347")
    (found,) = copies([wire, paper])
    assert RelationSignal.RARE_VALUE in signals(found)
    for value in ("1300", "97"):
        assert copies([replace(wire, value=value), replace(paper, value=value)]) == []
    others = [report(f"S{number}", 1, value="1347") for number in range(3, 9)]
    assert copies([wire, paper, *others]) == []  # everybody says it


def test_a_stock_phrase_is_no_copy():
    stock = "People were killed and many others were injured in the incident."
    own = "A bell tolled from noon and shops kept their shutters down until the funerals were over"
    assert copies([report("S1", 1, f"{stock} {own}"), report("S2", 2, f"{stock} {WIRE}")]) == []


def test_a_source_that_appeared_before_the_article_had_its_words_is_no_circle():
    passage = DatedPassage("A1", WIRE, dt.date(2012, 1, 5))
    assert circles([report("S1", 5, WIRE), report("S2", None, WIRE)], [passage]) == []
    assert [one.source for one in circles([report("S1", 6, WIRE)], [passage])] == ["S1"]


def test_the_work_grows_with_the_texts_and_not_with_their_pairs(monkeypatch):
    def compared(count: int) -> int:
        calls = []
        monkeypatch.setattr(
            copying, "_per_cent", lambda *given: calls.append(1) or per_cent(*given)
        )
        reports = [report(f"S{number}", 1 + number % 20, WIRE) for number in range(1, count + 1)]
        assert len(copies(reports)) == count - 1
        return len(calls)

    per_cent = copying._per_cent
    assert compared(400) <= 4 * compared(100) + 4
