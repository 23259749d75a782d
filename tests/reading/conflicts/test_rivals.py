"""Dates and actors that disagree: what they answer, who says so, and what is left unsaid."""

from __future__ import annotations

import pytest

from claims.reading.article import read_article
from claims.reading.proposals import Asked, ProposedConflict

TITLE = "= War of Arden (1987) =\n\n"
TABLE = """== Towns ==
| Town | Date captured | Held by |
| Lowick | 4 May | MNA |
| Marsh | 1 May 9 May | MNA |
"""


def rivals(text: str) -> list[ProposedConflict]:
    reading = read_article(TITLE + text)
    return [one for one in reading.conflicts if one.kind != "denied"]


def test_table_and_text_that_date_one_capture_apart_ask_when_it_was():
    (conflict,) = rivals(
        f"Reuters reported that the rebels had captured Lowick on 6 May.\n\n{TABLE}"
    )

    assert conflict.asked == Asked("date_captured", place="Lowick")
    listed, told = conflict.answers
    assert (listed.edtf, told.edtf) == ("1987-05-04", "1987-05-06")
    assert listed.attribution == ()
    assert [one.name for one in told.attribution] == ["Reuters"]
    assert conflict.members == tuple(
        type(conflict.members[0])(one.char_start, one.char_end) for one in conflict.answers
    )


def test_two_dates_in_one_cell_are_two_captures_and_ask_nothing():
    (conflict,) = rivals(f"The rebels captured Marsh on 5 May.\n\n{TABLE}")

    assert conflict.kind == "dates disagree"
    assert (conflict.asked, conflict.answers) == (None, ())


@pytest.mark.parametrize(
    ("second", "found"),
    [
        ("The BBC said that the rebels had captured Lowick on 6 May.", 1),
        ("The rebels captured Lowick on 6 May.", 0),
        ("The BBC said that the rebels had captured Lowick on 4 May.", 0),
    ],
)
def test_two_speakers_of_one_section_who_date_a_capture_apart_are_rivals(second: str, found: int):
    text = f"Reuters said that the rebels had captured Lowick on 4 May. {second}"

    assert len(rivals(text)) == found


def test_table_and_text_that_name_other_holders_ask_who_held_it():
    (conflict,) = rivals(f"On 4 May the FLA took control of Lowick.\n\n{TABLE}")

    assert conflict.asked == Asked("held_by", place="Lowick")
    assert [one.parties for one in conflict.answers] == [("MNA",), ("FLA",)]


def test_a_speaker_of_another_clause_is_not_the_speaker_of_the_capture():
    text = "On 4 May the FLA took control of Lowick, as the army said it was leaving.\n\n"
    (conflict,) = rivals(text + TABLE)

    assert [one.attribution for one in conflict.answers] == [(), ()]


def test_two_speakers_who_name_other_takers_of_one_day_ask_who_captured_it():
    (conflict,) = rivals(
        "Reuters said that the MNA or the FLA took Lowick on 4 May. "
        "The BBC said that the ADF took Lowick on 4 May."
    )

    assert conflict.asked == Asked("captured_by", place="Lowick", when="1987-05-04")
    first, second = conflict.answers
    assert (first.parties, first.either) == (("MNA", "FLA"), True)
    assert (second.parties, second.either) == (("ADF",), False)


@pytest.mark.parametrize(
    "second",
    [
        "The BBC said that the ADF took Lowick on 9 May.",
        "The BBC said that the MNA took Lowick on 4 May.",
        "The ADF took Lowick on 4 May.",
    ],
)
def test_takers_of_other_days_the_same_takers_and_one_voice_are_no_rivals(second: str):
    found = rivals(f"Reuters said that the MNA took Lowick on 4 May. {second}")

    assert [one for one in found if one.kind == "attribution disagrees"] == []


def test_one_deed_of_one_day_laid_at_two_doors_asks_who_did_it():
    (conflict,) = rivals(
        "On 24 May, after the rebels captured Lowick the group ADF summarily executed soldiers.\n\n"
        "The army told Reuters that the MNA had carried out executions on 24 May."
    )

    assert conflict.asked == Asked("perpetrator", when="1987-05-24", of="executions")
    assert [one.parties for one in conflict.answers] == [("ADF",), ("MNA",)]
    (speaker,) = conflict.answers[1].attribution
    assert (speaker.name, speaker.via) == ("The army", "Reuters")


def test_deeds_of_two_names_may_be_two_deeds_and_ask_nothing():
    (conflict,) = rivals(
        "On 24 May the ADF bombed Lowick.\n\nOn 24 May the MNA carried out executions."
    )

    assert conflict.asked is None


def test_actors_are_written_as_the_article_abbreviates_them():
    (conflict,) = rivals(
        "The National Movement of Arden (NMA) arose in 1986. On 4 May the National Movement of "
        f"Arden took control of Lowick.\n\n{TABLE}"
    )

    assert conflict.answers[1].parties == ("NMA",)
