from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import claims.domain.resting as module
from claims.domain.evidence import ClaimTerms, value_key
from claims.domain.fingerprint import fingerprint
from claims.domain.origins import counted
from claims.domain.resting import THE_ARTICLE, Rest, follow, merges, reaches
from tests.domain.strategies import says


def printed(number, source, point="97", origin="", **fields):
    """What a source says in its own name, or an outlet's; `speaker` makes it a named person's."""
    speaker = fields.pop("speaker", "")
    said = says(number, speaker or origin or source, point, **fields)
    return replace(said, source=source, names_speaker=bool(speaker))


def rests(*chains):
    """``rests("S2 S1")``: S2 rests on S1; "S2" alone rests on the article."""
    pairs = [chain.split() for chain in chains]
    return [Rest(pair[0], pair[1] if len(pair) > 1 else THE_ARTICLE) for pair in pairs]


def inputs(evidence, *chains):
    return [one.id for one in counted(follow(evidence, rests(*chains))).inputs]


def codes(evidence, *chains):
    return {one.id: one.code for one in counted(follow(evidence, rests(*chains))).excluded}


def origins(evidence, *chains):
    return {one.id: one.origin for one in follow(evidence, rests(*chains))}


def test_without_relations_every_source_is_its_own_origin():
    evidence = [printed(number, f"S{number}") for number in (1, 2, 3)]
    assert follow(evidence, []) == evidence
    assert inputs(evidence) == [1, 2, 3]


def test_ten_reports_that_relay_one_are_one_origin_and_the_first_stands():
    evidence = [printed(number, f"S{number}") for number in range(1, 12)]
    chains = [f"S{number} S1" for number in range(2, 12)]
    assert inputs(evidence, *chains) == [1]
    assert set(codes(evidence, *chains).values()) == {"rests_on_others"}


def test_ten_reports_that_relay_one_that_nobody_cites_are_one_origin():
    evidence = [printed(number, f"S{number}") for number in range(1, 11)]
    chains = [f"S{number} S99" for number in range(1, 11)]
    assert inputs(evidence, *chains) == [10]
    assert set(codes(evidence, *chains).values()) == {"same_origin_repeats"}
    assert set(origins(evidence, *chains).values()) == {"S99"}


def test_a_chain_is_followed_to_its_end():
    evidence = [printed(1, "S1"), printed(2, "S2"), printed(3, "S3")]
    assert inputs(evidence, "S3 S2", "S2 S1") == [1]
    assert inputs(evidence, "S3 S8", "S8 S9", "S2 S9") == [1, 2]


def test_five_outlets_one_officer_whom_only_one_of_them_names():
    evidence = [printed(number, f"S{number}", origin=f"P{number}") for number in (1, 2, 4, 5)]
    evidence.append(printed(3, "S3", speaker="P9"))
    relaying = [f"S{number} S3" for number in (1, 2, 4, 5)]
    from_a_wire = [f"S{number} S50" for number in (1, 2, 3, 4, 5)]
    for chains in (relaying, from_a_wire):
        assert set(origins(evidence, *chains).values()) == {"P9"}
        assert inputs(evidence, *chains) == [3]


def test_a_wire_that_names_nobody_is_the_officers_whom_its_relayer_names():
    evidence = [printed(1, "S1"), printed(2, "S2", speaker="P9"), printed(3, "S3")]
    assert set(origins(evidence, "S2 S1", "S3 S1").values()) == {"P9"}
    assert len(inputs(evidence, "S2 S1", "S3 S1")) == 1


def test_a_named_speaker_stays_the_origin_wherever_it_is_printed():
    evidence = [printed(1, "S1"), printed(2, "S2", speaker="P1"), printed(3, "S3", speaker="P2")]
    assert origins(evidence, "S2 S1", "S3 S1") == {1: "S1", 2: "P1", 3: "P2"}


def test_of_several_origins_the_one_with_the_same_value_is_repeated():
    evidence = [
        printed(1, "S1", "60", speaker="P1"),
        printed(2, "S1", "97", speaker="P2"),
        printed(3, "S2", "97"),
        printed(4, "S3", "80"),
    ]
    chains = ("S2 S1", "S3 S1")
    assert inputs(evidence, *chains) == [1, 2]
    assert origins(evidence, *chains)[3] == "P2"
    assert codes(evidence, *chains) == {3: "rests_on_others", 4: "rests_on_others"}


def test_what_is_compiled_from_several_does_not_join_them():
    evidence = [printed(1, "S1", "60"), printed(2, "S2", "82"), printed(3, "S3", "60")]
    assert inputs(evidence, "S3 S1", "S3 S2") == [1, 2]
    assert inputs(evidence, "S3 S1", "S3 S8") == [1, 2]


def test_two_works_compiled_from_the_same_uncited_sources_are_one_origin():
    evidence = [printed(1, "S1"), printed(2, "S2"), printed(3, "S3"), printed(4, "S4")]
    chains = ("S1 S7", "S1 S8", "S2 S8", "S2 S9", "S3 S5", "S3 S6")
    assert inputs(evidence, *chains) == [2, 3, 4]
    assert inputs(evidence, *chains, "S4 S9", "S4 S5") == [4]


def test_what_was_copied_from_the_article_is_the_articles_own_voice():
    evidence = [printed(1, "S1"), printed(2, "S2")]
    sides = counted(follow(evidence, rests("S2")))
    assert [one.id for one in sides.inputs] == [1]
    assert [one.id for one in sides.voices] == [2]
    assert codes(evidence, "S2", "S2 S9") == {2: "article_voice"}


def test_a_retraction_takes_back_what_rests_on_it_and_what_was_printed_oneself():
    def retracted(by):
        back = printed(9, "S9", stance="retracts", origin=by, asserted_on="2020")
        evidence = [
            printed(1, "S1", origin="P1", asserted_on="2012"),
            printed(2, "S2", origin="P2", asserted_on="2012"),
            printed(3, "S3", origin="P3", asserted_on="2012"),
            back,
        ]
        found = codes(evidence, "S2 S1")
        return {number for number, code in found.items() if code == "retracted"}

    assert retracted("P1") == {1, 2}  # the wire, and the paper that relayed it
    assert retracted("P2") == {2}  # the paper cannot take back what the wire says
    assert retracted("P3") == {3}


@pytest.mark.parametrize("stance", ["denies", "doubts", "retracts"])
def test_only_what_is_asserted_is_followed(stance):
    evidence = [printed(1, "S1"), printed(2, "S2", stance=stance)]
    assert origins(evidence, "S2 S1") == {1: "S1", 2: "S2"}


def test_what_no_longer_stands_says_nothing_of_those_that_rest_on_it():
    evidence = [printed(1, "S1", speaker="P1", live=False), printed(2, "S2"), printed(3, "S3")]
    assert set(origins(evidence, "S2 S1", "S3 S1").values()) == {"P1", "S1"}
    assert len(inputs(evidence, "S2 S1", "S3 S1")) == 1


def test_a_circle_which_no_verb_lets_through_is_one_origin():
    evidence = [printed(number, f"S{number}") for number in (1, 2, 3)]
    assert inputs(evidence, "S1 S2", "S2 S3", "S3 S1") == [3]


def test_a_relation_that_changes_nothing_leaves_the_fingerprint():
    evidence = [printed(1, "S1"), printed(2, "S2")]
    terms = ClaimTerms()
    before = fingerprint(evidence, terms)
    assert fingerprint(follow(evidence, rests("S7 S1")), terms) == before
    assert fingerprint(follow(evidence, rests("S2 S1")), terms) != before


def test_a_citation_makes_one_origin_only_for_the_claim_that_it_is_confirmed_for():
    assert not merges("cites", whole=True)
    assert merges("cites", whole=False)
    assert all(merges(kind, whole=True) for kind in ("relays", "republishes", "compiled_from"))


def test_reaches_follows_chains_in_their_direction():
    chains = rests("S3 S2", "S2 S1")
    assert reaches("S3", "S1", chains)
    assert not reaches("S1", "S3", chains)


SOURCES = [f"S{number}" for number in range(1, 7)]
statements = st.lists(
    st.tuples(
        st.sampled_from(SOURCES), st.sampled_from(["50", "60"]), st.sampled_from(["", "P1", "P2"])
    ),
    min_size=1,
    max_size=8,
)
links = st.lists(st.tuples(st.sampled_from(SOURCES), st.sampled_from(SOURCES)), max_size=6)


@given(statements, links, st.randoms())
def test_following_never_adds_an_origin_and_does_not_depend_on_the_order(said, pairs, random):
    evidence = [
        printed(number, source, point, speaker=speaker)
        for number, (source, point, speaker) in enumerate(said, start=1)
    ]
    chains = [Rest(max(pair), min(pair)) for pair in pairs if pair[0] != pair[1]]
    found = follow(evidence, chains)
    shuffled, other = list(evidence), list(chains)
    random.shuffle(shuffled)
    random.shuffle(other)
    assert follow(shuffled, other) == found
    assert len(counted(found).inputs) <= len(counted(evidence).inputs)
    assert counted(found).inputs


def test_the_work_grows_with_the_statements_and_not_with_their_pairs(monkeypatch):
    def looked_at(count):
        calls = []
        monkeypatch.setattr(module, "value_key", lambda one: calls.append(one) or value_key(one))
        own = [printed(n, "S1", str(n), speaker=f"P{n}") for n in range(1, count + 1)]
        repeated = [printed(count + n, "S2", str(n)) for n in range(1, count + 1)]
        found = follow(own + repeated, rests("S2 S1"))
        assert [one.origin for one in found[count:]] == [one.origin for one in own]
        return len(calls)

    assert looked_at(400) <= 4 * looked_at(100)


@given(st.lists(st.sets(st.sampled_from("ABCDEFG"), min_size=2, max_size=3), max_size=9))
def test_works_that_share_a_source_however_far_are_one_origin(compiled):
    evidence = [printed(number, f"W{number}") for number, _ in enumerate(compiled)]
    chains = [Rest(f"W{number}", on) for number, every in enumerate(compiled) for on in every]
    groups = []
    for on in compiled:
        joined = [group for group in groups if group & on]
        groups = [*(group for group in groups if not group & on), on.union(*joined)]
    names = [min(group) for on in compiled for group in groups if group & on]
    assert [one.origin for one in follow(evidence, chains)] == names
