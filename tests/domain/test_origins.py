from dataclasses import replace
from operator import lt

import pytest
from hypothesis import given
from hypothesis import strategies as st

import claims.domain.evidence as module
from claims.domain.evidence import Evidence, said_order
from claims.domain.origins import counted, denials, denied_by_belligerents_only
from tests.domain.strategies import denies, quantities, says


def ids(evidence):
    return [one.id for one in evidence]


def codes(evidence):
    return {one.id: one.code for one in counted(evidence).excluded}


@given(quantities())
def test_counted_sorts_every_assertion_exactly_once(evidence):
    sides = counted(evidence)
    sorted_ids = ids(sides.inputs) + ids(sides.excluded)
    assert sorted(sorted_ids) == sorted(ids(evidence))


@given(quantities())
def test_counted_takes_one_answer_per_origin(evidence):
    origins = [one.origin for one in counted(evidence).inputs]
    assert len(origins) == len(set(origins))
    assert "" not in origins


@given(quantities(), st.randoms())
def test_counted_does_not_depend_on_the_order(evidence, random):
    shuffled = list(evidence)
    random.shuffle(shuffled)
    assert counted(shuffled) == counted(evidence)


def test_ten_papers_relaying_one_officer_are_one_origin():
    evidence = [says(number, "officer", "97") for number in range(1, 11)]
    sides = counted(evidence)
    assert ids(sides.inputs) == [10]
    assert {one.code for one in sides.excluded} == {"same_origin_repeats"}
    assert sides.to_confirm == ()


def test_a_later_figure_of_the_same_origin_supersedes_to_confirm():
    evidence = [
        says(2, "army", "60", asserted_on="2012-02-13"),
        says(1, "army", "82", asserted_on="2012-02-20"),
    ]
    sides = counted(evidence)
    assert ids(sides.inputs) == [1]
    assert sides.to_confirm == (2,)
    assert sides.excluded[0].reason == "superseded by the same origin, to confirm"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"live": False}, "not_live"),
        ({"source_withdrawn": True}, "source_withdrawn"),
        ({"stance": "doubts"}, "not_an_assertion"),
        ({"stance": "denies"}, "not_an_assertion"),
    ],
)
def test_what_does_not_count_says_why(more, code):
    evidence = [says(1, "army", "60"), says(2, "press", "97", **more)]
    assert codes(evidence) == {2: code}


def test_the_articles_own_voice_is_no_independent_origin():
    sides = counted([says(1, "", "97", sourced=False), says(2, "officer", "97")])
    assert ids(sides.inputs) == [2]
    assert ids(sides.voices) == [1]
    assert sides.excluded[0].reason == "no independent origin: the article's own voice"


def test_an_origin_that_says_unknown_is_set_aside():
    sides = counted([says(1, "army"), says(2, "press", "97")])
    assert ids(sides.unknowns) == [1]
    assert codes([says(1, "army"), says(2, "press", "97")]) == {1: "no_value"}


def test_a_retraction_takes_back_its_target_only():
    evidence = [
        says(1, "army", "60", asserted_on="2012-01"),
        says(2, "press", "97"),
        says(3, "army", stance="retracts", target=1, asserted_on="2012-02"),
    ]
    assert codes(evidence) == {1: "retracted", 3: "not_an_assertion"}


def test_a_retraction_without_target_takes_back_what_its_origin_said_before():
    evidence = [
        says(1, "army", "60", asserted_on="2012-01"),
        says(2, "army", stance="retracts", asserted_on="2012-02"),
        says(3, "army", "82", asserted_on="2012-03"),
    ]
    assert ids(counted(evidence).inputs) == [3]
    assert codes(evidence)[1] == "retracted"


def test_the_date_of_the_source_stands_in_where_the_statement_has_none():
    """Case w2: the late report came in first."""
    evidence = [
        says(1, "office", "84", issued="2014-06-20"),
        says(2, "office", "52", issued="2014-06-03"),
    ]
    assert ids(counted(evidence).inputs) == [1]
    assert counted(evidence).to_confirm == (2,)


def test_the_date_of_the_statement_goes_before_that_of_its_source():
    evidence = [
        says(1, "office", "84", issued="2014-06-20", asserted_on="2014-06-01"),
        says(2, "office", "52", issued="2014-06-03"),
    ]
    assert ids(counted(evidence).inputs) == [2]


def test_a_retraction_of_an_undated_source_takes_back_what_was_recorded_before():
    evidence = [
        says(1, "office", "84", issued="2014-06-20"),
        says(2, "office", stance="retracts"),
        says(3, "office", "60", issued="2014-06-21"),
    ]
    assert ids(counted(evidence).inputs) == [3]
    assert codes(evidence)[1] == "retracted"


def test_a_retraction_takes_back_nothing_that_a_later_source_says():
    evidence = [
        says(1, "office", "84", issued="2014-06-20"),
        says(2, "office", stance="retracts", issued="2014-06-03"),
    ]
    assert ids(counted(evidence).inputs) == [1]


def test_nobody_can_retract_what_somebody_else_said():
    evidence = [says(1, "army", "60"), says(2, "rebels", stance="retracts", target=1)]
    assert ids(counted(evidence).inputs) == [1]


def test_denials_stand_until_their_own_origin_retracts_them():
    denial = denies(1, "rebels", asserted_on="2012-02")
    assert ids(denials([denial])) == [1]
    assert ids(denials([denial, says(2, "rebels", stance="retracts", target=1)])) == []
    assert ids(denials([denies(3, "rebels", live=False)])) == []
    assert ids(denials([denies(4, "rebels", source_withdrawn=True)])) == []


def test_denied_by_belligerents_only_needs_every_denier_to_be_one():
    rebels = denies(1, "rebels", denier_is_belligerent=True)
    assert denied_by_belligerents_only([rebels])
    assert not denied_by_belligerents_only([rebels, denies(2, "observers")])
    assert not denied_by_belligerents_only([says(3, "army", "60")])


def takes_back(retraction: Evidence, one: Evidence) -> bool:
    """The rule for one pair: nobody can retract what somebody else said."""
    if retraction.origin != one.origin or retraction.id == one.id:
        return False
    if retraction.target is not None:
        return retraction.target == one.id
    if one.said_on and retraction.said_on:
        return said_order(one) < said_order(retraction)
    undated = (replace(row, issued="") for row in (one, retraction))
    return lt(*map(said_order, undated))


@given(
    evidence=quantities("ab"),
    targets=st.lists(st.none() | st.integers(0, 8), min_size=9, max_size=9),
    issued=st.lists(st.sampled_from(["", "2012-02", "2014"]), min_size=9, max_size=9),
)
def test_retractions_take_back_what_the_rule_for_pairs_says(
    evidence: list[Evidence], targets: list[int | None], issued: list[str]
) -> None:
    every = [
        replace(
            one,
            issued=day,
            target=evidence[at].id if at is not None and at < len(evidence) else None,
        )
        for one, at, day in zip(evidence, targets, issued, strict=False)
    ]
    backs = [one for one in every if one.stance == "retracts" and one.stands]
    gone = {one.id for one in every if any(takes_back(back, one) for back in backs)}
    deniers = {one.id for one in every if one.stance == "denies" and one.stands}
    assert {one.id for one in denials(every)} == deniers - gone
    found = {one.id for one in counted(every).excluded if one.code == "retracted"}
    standing = {one.id for one in every if one.stands and one.stance == "asserts"}
    assert found == gone & standing


def test_the_work_grows_with_the_retractions_and_not_with_their_pairs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def looked_up(count: int) -> int:
        days: list[str] = []
        monkeypatch.setattr(module, "_first_day", lambda text: days.append(text) or first(text))
        stances = ("asserts", "retracts") * count
        rows = [says(number, "army", "5", stance=one) for number, one in enumerate(stances, 1)]
        assert set(codes(rows).values()) == {"retracted", "not_an_assertion"}
        return len(days)

    first = module._first_day
    assert looked_up(400) <= 4 * looked_up(100)
