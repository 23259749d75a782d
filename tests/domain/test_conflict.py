from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import claims.domain.conflict as module
from claims.domain.conflict import conflicting_pairs, conflicts, expected_disputes, severity
from claims.domain.evidence import ClaimTerms, Evidence
from claims.domain.vocabulary import ValueKind
from tests.domain.strategies import denies, quantities, says, terms_of_counts

COUNT = ClaimTerms()
DATE = ClaimTerms(value_kind="date")
PARTY = ClaimTerms(value_kind="party")
YES_OR_NO = ClaimTerms(value_kind="boolean")

AQIM, MNLA, ANSAR_DINE = 1, 2, 3


def on(number: int, origin: str, edtf: str) -> Evidence:
    return Evidence(id=number, origin=origin, value_kind="date", edtf=edtf)


def by(number: int, origin: str, *parties: int, sourced: bool = True) -> Evidence:
    named = frozenset(parties)
    return Evidence(id=number, origin=origin, value_kind="party", parties=named, sourced=sourced)


def whether(number: int, origin: str, answer: bool) -> Evidence:
    return Evidence(id=number, origin=origin, value_kind="boolean", boolean=answer)


@given(quantities(), terms_of_counts)
def test_conflicts_agrees_with_testing_every_pair(evidence, terms):
    conflict = conflicts(evidence, terms)
    paired = {number for pair in conflicting_pairs(evidence, terms) for number in pair}
    assert set(conflict.members if conflict else ()) == paired


@given(quantities(), terms_of_counts, st.randoms())
def test_conflicts_does_not_depend_on_the_order(evidence, terms, random):
    shuffled = list(evidence)
    random.shuffle(shuffled)
    assert conflicts(shuffled, terms) == conflicts(evidence, terms)


@given(quantities(origins="a"), terms_of_counts)
def test_one_origin_never_contradicts_itself(evidence, terms):
    assert conflicts([one for one in evidence if one.origin], terms) is None


@given(quantities(), terms_of_counts)
def test_an_answer_that_nobody_knows_contradicts_nothing(evidence, terms):
    unknown = says(10**7, "somebody else")
    assert conflicts([*evidence, unknown], terms) == conflicts(evidence, terms)


def test_about_60_and_97_executed_at_aguelhok_is_a_major_conflict():
    conflict = conflicts([says(1, "minister", "about 60"), says(2, "officer", "97")], COUNT)
    assert (conflict.kind, conflict.members, conflict.severity) == ("value", (1, 2), "major")


@pytest.mark.parametrize(
    ("one", "other", "clash"),
    [
        ("200,000", "roughly 200,000", False),
        ("between 50 and 101", "97", False),
        ("dozens", "97", False),
        ("dozens", "5", True),
        ("at least 60", "97", False),
        ("more than 97", "97", True),
        ("up to 96", "97", True),
        ("1,000-1,500+", "1,600", False),
        ("about 60", "66", False),
        ("about 60", "67", True),
    ],
)
def test_two_origins_conflict_when_their_test_intervals_are_disjoint(one, other, clash):
    found = conflicts([says(1, "one", one), says(2, "other", other)], COUNT)
    assert (found is not None) is clash


def test_tolerance_of_the_claim_lets_near_figures_pass():
    evidence = [says(1, "one", "98"), says(2, "other", "102")]
    assert conflicts(evidence, ClaimTerms(tolerance_pct=Decimal("3.9"))) is not None
    assert conflicts(evidence, ClaimTerms(tolerance_pct=Decimal(4))) is None


def test_same_origin_with_a_later_figure_is_no_conflict():
    evidence = [
        says(1, "army", "60", asserted_on="2012-02-13"),
        says(2, "army", "97", asserted_on="2012-02-20"),
    ]
    assert conflicts(evidence, COUNT) is None


def test_a_withdrawn_source_no_longer_conflicts():
    evidence = [says(1, "one", "60"), says(2, "other", "97", source_withdrawn=True)]
    assert conflicts(evidence, COUNT) is None


def test_the_articles_voice_contradicts_a_source_but_not_itself():
    voice = [says(1, "", "97", sourced=False), says(2, "", "60", sourced=False)]
    assert conflicts(voice, COUNT) is None
    assert conflicts([*voice, says(3, "army", "97")], COUNT).members == (2, 3)


def test_aqim_in_the_articles_voice_against_mnla_is_an_attribution_conflict():
    evidence = [by(1, "", AQIM, sourced=False), by(2, "army", MNLA)]
    assert conflicts(evidence, PARTY).kind == "attribution"


def test_parties_conflict_only_when_their_sets_are_disjoint():
    assert conflicts([by(1, "a", AQIM, MNLA), by(2, "b", MNLA)], PARTY) is None
    conflict = conflicts([by(1, "a", AQIM, MNLA), by(2, "b", MNLA), by(3, "c", ANSAR_DINE)], PARTY)
    assert conflict.members == (1, 2, 3)


def test_parties_of_a_claim_with_several_answers_never_conflict():
    several = ClaimTerms(value_kind="party", cardinality="multi")
    assert conflicts([by(1, "a", AQIM), by(2, "b", MNLA)], several) is None


def test_yes_and_no_conflict():
    assert conflicts([whether(1, "a", True), whether(2, "b", True)], YES_OR_NO) is None
    assert conflicts([whether(1, "a", True), whether(2, "b", False)], YES_OR_NO).kind == "value"


def test_texts_never_conflict():
    texts = ClaimTerms(value_kind="text")
    one = Evidence(id=1, origin="a", value_kind="text", text="won")
    other = Evidence(id=2, origin="b", value_kind="text", text="lost")
    assert conflicts([one, other], texts) is None


def test_dates_conflict_when_disjoint_and_percentages_do_not_widen_them():
    evidence = [on(1, "a", "2012-01-16/2012-01-17"), on(2, "b", "2012-01-24")]
    wide = ClaimTerms(value_kind="date", tolerance_pct=Decimal(50))
    assert conflicts(evidence, wide).kind == "date"
    assert conflicts([on(1, "a", "2012-02~"), on(2, "b", "2012-03-01")], DATE) is None


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (["60", "97"], "major"),
        (["100", "109"], "minor"),
        (["100", "110"], "moderate"),
        (["100", "149"], "moderate"),
        (["100", "150"], "major"),
        (["0", "5"], "major"),
        (["-5", "5"], "major"),
        (["-100", "-109"], "minor"),
        (["97", "97"], "minor"),
        (["about 60", "97", "at least 5,000"], "major"),
        (["100", "105", "200+"], "major"),
        (["100", "100", "500-600"], "major"),
        (["97", "97", "up to 10"], "major"),
        (["100", "100", "thousands"], "major"),
        (["60 (50 to 101)", "200"], "major"),
        (["less than 98", "97"], "minor"),
        (["50-60", "66"], "moderate"),
        (["97"], ""),
        (["97", ""], ""),
        (["dozens", "5"], "major"),
    ],
)
def test_severity_is_how_far_the_facing_ends_lie_apart(said, expected):
    evidence = [says(number, str(number), text) for number, text in enumerate(said, 1)]
    assert severity(evidence, COUNT) == expected


def test_severity_takes_any_iterable():
    assert severity(iter([says(1, "a", "60"), says(2, "b", "97")]), COUNT) == "major"


def test_expected_disputes_name_the_kind_and_the_members():
    evidence = [says(1, "minister", "about 60"), says(2, "officer", "97")]
    denial = denies(3, "MNLA", target=2)
    found = expected_disputes([*evidence, denial], COUNT)
    assert [(one.kind, one.members) for one in found] == [("value", (1, 2)), ("denial", (2, 3))]


@pytest.mark.parametrize(
    ("terms", "evidence", "kind"),
    [
        (DATE, [on(1, "a", "2011"), on(2, "b", "2012")], "date"),
        (PARTY, [by(1, "a", AQIM), by(2, "b", MNLA)], "attribution"),
        (YES_OR_NO, [whether(1, "a", True), whether(2, "b", False)], "value"),
    ],
)
def test_expected_disputes_follow_the_kind_of_value(terms, evidence, kind):
    assert [one.kind for one in expected_disputes(evidence, terms)] == [kind]


def test_a_denial_calls_for_a_dispute_even_with_a_single_figure():
    found = expected_disputes([says(1, "officer", "97"), denies(2, "MNLA")], COUNT)
    assert [(one.kind, one.members) for one in found] == [("denial", (2,))]


def test_expected_disputes_of_compatible_evidence_are_none():
    assert expected_disputes([says(1, "a", "97"), says(2, "b", "50-101")], COUNT) == ()


@st.composite
def answers(draw: st.DrawFn, kind: str) -> list[Evidence]:
    """Answers of few values, of origins and of the article, one without any party among them."""
    values = {"party": st.frozensets(st.integers(1, 3)), "boolean": st.booleans() | st.none()}
    member = "parties" if kind == "party" else kind
    rows = draw(st.lists(st.tuples(st.sampled_from(["", *"abcdef"]), values[kind]), max_size=8))
    return [
        Evidence(id=number, origin=origin, value_kind=ValueKind(kind), **{member: value})
        for number, (origin, value) in enumerate(rows, 1)
    ]


@pytest.mark.parametrize("kind", ["party", "boolean"])
@given(st.data())
def test_parties_and_booleans_conflict_as_every_pair_of_them_does(
    kind: str, data: st.DataObject
) -> None:
    evidence, terms = data.draw(answers(kind)), ClaimTerms(value_kind=ValueKind(kind))
    found = conflicts(evidence, terms)
    paired = {number for pair in conflicting_pairs(evidence, terms) for number in pair}
    assert set(found.members if found else ()) == paired


@pytest.mark.parametrize("kind", ["party", "boolean"])
def test_the_work_grows_with_the_answers_and_not_with_their_pairs(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def compared(count: int) -> int:
        calls: list[int] = []
        monkeypatch.setattr(module, "disagree", lambda *given: calls.append(1) or disagree(*given))
        rows = [
            by(number, f"P{number}", number)
            if kind == "party"
            else whether(number, f"P{number}", number > 1)
            for number in range(1, count + 1)
        ]
        found = conflicts(rows, ClaimTerms(value_kind=ValueKind(kind)))
        assert found is not None
        assert len(found.members) == count
        return len(calls)

    disagree = module.disagree
    assert compared(400) <= 4 * compared(100) + 4
