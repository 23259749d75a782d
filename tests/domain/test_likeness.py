"""Whether two rows are one: for certain, perhaps, or not."""

from __future__ import annotations

import pytest

from claims.domain.likeness import (
    Likeness,
    MeasureTraits,
    PartyTraits,
    SourceTraits,
    SubjectTraits,
    measure_likeness,
    party_likeness,
    pick,
    source_likeness,
    subject_likeness,
)

work = SourceTraits
MNLA = PartyTraits(
    "MNLA",
    aliases=("National Movement for the Liberation of Azawad",),
    kind="armed_group",
    description="A movement of the north",
    qid="Q1",
)
PARTIES = {
    "name": (PartyTraits("mnla", kind="armed_group"), "same"),
    "alias": (PartyTraits("The National Movement for the Liberation of Azawad"), "same"),
    "role": (PartyTraits("MNLA", description="a movement of the north"), "same"),
    "role is an alias": (
        PartyTraits("MNLA", description="National movement for the liberation of Azawad"),
        "same",
    ),
    "item": (PartyTraits("Another name", qid="Q1"), "same"),
    "another item": (PartyTraits("MNLA", qid="Q2"), "other"),
    "another role": (PartyTraits("MNLA", description="A library"), "maybe"),
    "another kind": (PartyTraits("MNLA", kind="person"), "maybe"),
    "another name": (PartyTraits("MNLF"), "other"),
    "unnamed": (PartyTraits("MNLA", kind="unnamed"), "other"),
}
WORK = SourceTraits(
    "The report", "https://example.org/a", "2012-03-01", "10.1000/abc", "0306406152", 7
)
PLAIN = SourceTraits("The report", issued="2012-03-01", publisher=7)
SOURCES = {
    "doi": (WORK, work("Other words", doi="doi:10.1000/ABC"), "same"),
    "doi as address": (WORK, work("Words", url="https://doi.org/10.1000/abc"), "same"),
    "another doi": (WORK, work("The report", doi="10.1000/abd"), "other"),
    "isbn": (WORK, work("Summary", isbn="978-0-306-40615-7"), "maybe"),
    "isbn and title": (WORK, work("the report", isbn="978-0306406157"), "same"),
    "another isbn": (WORK, work("The report", isbn="080442957X"), "other"),
    "address": (WORK, work("Summary", "http://www.example.org/a/"), "maybe"),
    "address and title": (WORK, work("Report", "http://example.org/a?utm_medium=x"), "same"),
    "address, title, month": (WORK, work("The Report", "http://example.org/a", "2012-03"), "same"),
    "address, title, year": (WORK, work("The report", "http://example.org/a", "2013"), "maybe"),
    "title, date, publisher": (WORK, PLAIN, "same"),
    "title, month, publisher": (PLAIN, work("The report", issued="2012-03", publisher=7), "same"),
    "title, date, another publisher": (
        PLAIN, work("The report", issued="2012-03-01", publisher=8), "other",
    ),
    "title and date": (PLAIN, work("the report", issued="2012-03-01"), "same"),
    "title alone": (PLAIN, work("the report"), "maybe"),
    "title, another date": (PLAIN, work("The report", issued="2013"), "other"),
    "title, another address": (WORK, work("The report", "https://example.org/b"), "maybe"),
    "another title": (PLAIN, work("A note", issued="2012-03-01", publisher=7), "other"),
}  # fmt: skip
SUBJECTS = {
    "same": (SubjectTraits("The storm", "2012-03-01"), "same"),
    "month": (SubjectTraits("Storm", "2012-03"), "maybe"),
    "no date": (SubjectTraits("Storm"), "maybe"),
    "another date": (SubjectTraits("Storm", "2013"), "other"),
    "another title": (SubjectTraits("Flood", "2012-03-01"), "other"),
}


@pytest.mark.parametrize("name", PARTIES)
def test_parties(name):
    wanted, answer = PARTIES[name]
    assert party_likeness(wanted, MNLA).answer == answer


@pytest.mark.parametrize("name", SOURCES)
def test_sources(name):
    one, other, answer = SOURCES[name]
    assert source_likeness(one, other).answer == answer
    assert source_likeness(other, one).answer == answer


@pytest.mark.parametrize("name", SUBJECTS)
def test_subjects(name):
    wanted, answer = SUBJECTS[name]
    assert subject_likeness(wanted, SubjectTraits("Storm", "2012-03-01")).answer == answer


def test_one_certain_row_is_found_whatever_else_is_like_it():
    answers = {"a": Likeness("maybe", "x"), "b": Likeness("same", "y"), "c": Likeness("other")}
    assert pick("abc", answers.__getitem__).row == "b"


def test_of_two_certain_rows_nobody_knows_which():
    found = pick("ab", lambda row: Likeness("same", f"as {row}"))
    assert (found.row, found.is_unsure) == (None, True)
    assert [(one.row, one.why) for one in found.candidates] == [("a", "as a"), ("b", "as b")]


def test_nothing_like_it_is_no_question():
    found = pick("ab", lambda row: Likeness("other"))
    assert (found.row, found.is_unsure) == (None, False)


LOST = MeasureTraits("boats-lost", "Boats lost", ("quantity", True), "P1120")
MEASURES = {
    "slug": (MeasureTraits("Boats_Lost", "Wrecks", ("quantity", True)), "maybe"),
    "label": (MeasureTraits("sunk", "boats lost", ("quantity", True)), "maybe"),
    "label like a slug": (MeasureTraits("sunk", "The boats-lost", ("quantity", True)), "maybe"),
    "property": (MeasureTraits("sunk", "Sunk", ("quantity", True), "P1120"), "maybe"),
    "no property": (MeasureTraits("sunk", "Sunk", ("quantity", True)), "other"),
    "other answers": (MeasureTraits("boats-lost", "Boats lost", ("date", False)), "other"),
    "no whole number": (MeasureTraits("boats-lost", "Boats lost", ("quantity", False)), "other"),
    "other words": (MeasureTraits("boats", "Boats", ("quantity", True)), "other"),
}


@pytest.mark.parametrize("name", MEASURES)
def test_measures_are_compared_by_words_property_and_answers(name):
    other, answer = MEASURES[name]
    assert measure_likeness(LOST, other).answer == answer
    assert measure_likeness(other, LOST).answer == answer
