"""A table finds what is there however it is written; where nobody can tell, people are asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.models import Assertion, Claim, Party, SamenessQuestion, Source, Subject
from claims.workflow.candidate import document_of
from tests import factories as make
from tests.importers.figures.tables import run, table

pytestmark = pytest.mark.django_db


def origins() -> set[str]:
    return set(Assertion.objects.values_list("origin", flat=True))


def speaker(name: str, kind: str = "", role: str = "", **cells: str) -> dict[str, str]:
    return {"speaker": name, "speaker_kind": kind, "role": role, **cells}


def outlet(name: str, **cells: str) -> dict[str, str]:
    return {"speaker": "", "speaker_kind": "", "outlet": name, **cells}


def test_two_origins_in_six_names_are_two(tmp_path: Path) -> None:
    """Case w1: one movement and one agency, each written in three ways."""
    mnla = make.party(
        "MNLA",
        kind="armed_group",
        description="A movement of the north",
        aliases=[
            "National Movement for the Liberation of Azawad",
            "Mouvement national de libération de l'Azawad",
        ],
    )
    afp = make.party("AFP", kind="outlet", description="Agency", aliases=["Agence France-Presse"])
    kind = "armed_group"
    rows = [
        speaker("MNLA", kind, source_title="One"),
        speaker("MNLA", kind, "National Movement for the Liberation of Azawad", source_title="Two"),
        speaker("Mouvement national de libération de l’Azawad", kind, source_title="Three"),
        outlet("Agence France-Presse", source_title="Four"),
        outlet("AFP", source_title="Five"),
        outlet("afp", source_title="Six"),
    ]
    summary, said, code = run(table(tmp_path, *rows))
    assert (code, summary["added"], summary["asked"]) == (0, 6, 0), said
    assert origins() == {mnla.ref, afp.ref}
    assert Party.objects.count() == 2
    again, _, _ = run(table(tmp_path, *rows))
    assert (again["added"], again["known"]) == (0, 6)


def test_same_name_in_another_role_is_added_and_asked_about(tmp_path: Path) -> None:
    mayor = make.party("Jane Holt", description="mayor of Arden")
    summary, _, _ = run(table(tmp_path, speaker("Jane Holt", "person", "a miner")))
    assert (summary["added"], summary["asked"]) == (1, 1)
    miner = Party.objects.exclude(pk=mayor.pk).get()
    question = SamenessQuestion.objects.get()
    assert (question.noun, question.first, question.second) == ("party", mayor.pk, miner.pk)
    assert question.why == "called the same, in another role"
    again, _, _ = run(table(tmp_path, speaker("Jane Holt", "person", "a miner")))
    assert (again["known"], again["asked"], Party.objects.count()) == (1, 0, 2)


def test_name_that_two_bear_is_asked_about(tmp_path: Path) -> None:
    make.party("Jane Holt", description="mayor of Arden")
    make.party("Jane Holt", description="a miner")
    summary, _, _ = run(table(tmp_path, speaker("Jane Holt", "person")))
    assert (summary["added"], summary["asked"], Party.objects.count()) == (1, 2, 3)


WORKS = {
    "address": ({"source_url": "https://www.example.org/a/?utm_source=feed#top"}, 1, 0),
    "article of the title": ({"source_title": "The Report"}, 1, 0),
    "month": ({"published": "2012-03"}, 1, 0),
    "another title": ({"source_title": "Another"}, 2, 1),
    "another date": ({"published": "2013"}, 2, 1),
    "another address": ({"source_url": "https://example.org/b"}, 2, 1),
    "another work": ({"source_title": "Note", "source_url": "https://example.org/b"}, 2, 0),
}


@pytest.mark.parametrize("name", WORKS)
def test_work_is_found_however_it_is_written(tmp_path: Path, name: str) -> None:
    cells, sources, asked = WORKS[name]
    cited = {"source_url": "https://example.org/a", "published": "2012-03-01"}
    run(table(tmp_path, cited))
    summary, _, _ = run(table(tmp_path, cited | {"point": "60"} | cells))
    assert (summary["added"], summary["asked"]) == (1, asked)
    assert Source.objects.count() == sources


def test_late_report_without_a_date_of_its_own_stands(tmp_path: Path) -> None:
    """Case w2: the dates of both works are known."""
    office = speaker("Harbour office", "organisation")
    late = {"point": "84", "source_title": "Second bulletin", "published": "2014-06-20"}
    early = {"point": "52", "source_title": "First bulletin", "published": "2014-06-03"}
    run(table(tmp_path, office | late, office | early))
    document = document_of(Claim.objects.get())
    first, second = document["figures"]
    assert document["inputs"] == [first["ref"]]
    assert [one["figure"] for one in document["excluded"]] == [second["ref"]]
    assert [one["said_on"] for one in document["figures"]] == ["2014-06-20", "2014-06-03"]


def test_same_row_thrice_is_one_statement(tmp_path: Path) -> None:
    """Case 18."""
    summary, _, _ = run(table(tmp_path, {}, {}, {}))
    assert (summary["added"], summary["known"]) == (1, 2)
    assert Assertion.objects.count() == 1


SPLITS = {
    "unit": ({"unit": "persons"}, "unit 'persons' C"),
    "population": ({"population": "persons"}, "population 'persons' C"),
    "event date": ({"event_date": "2012-03"}, "event_date '2012-03' C"),
    "as of": ({"as_of": "2012"}, "as_of '2012' C"),
}


@pytest.mark.parametrize("name", SPLITS)
def test_claim_does_not_split_without_a_word(tmp_path: Path, name: str) -> None:
    cells, words = SPLITS[name]
    asked = {
        "unit": "people",
        "population": "people",
        "event_date": "2012-03-01",
        "as_of": "2012-04",
    }
    run(table(tmp_path, asked))
    summary, said, code = run(table(tmp_path, asked | cells | {"point": "60"}))
    assert (code, summary["rejected"], Claim.objects.count()) == (3, 1, 1)
    assert words in said
    assert "asks the same with" in said
    assert Subject.objects.count() == 1


def test_unit_in_capitals_is_the_same_claim(tmp_path: Path) -> None:
    run(table(tmp_path, {"unit": "people"}))
    summary, _, _ = run(table(tmp_path, {"unit": "People", "point": "60"}))
    assert (summary["claims_extended"], Claim.objects.count()) == (1, 1)


def test_other_question_of_other_scope_is_another_claim(tmp_path: Path) -> None:
    run(table(tmp_path, {"unit": "people"}))
    other = {"question": "How many persons died?", "unit": "persons"}
    summary, _, _ = run(table(tmp_path, other))
    assert (summary["claims_drafted"], Claim.objects.count()) == (1, 2)
