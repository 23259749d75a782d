"""Names of one party in several forms: letter case, articles, possessives, brackets, offices."""

from __future__ import annotations

import pytest

from claims.choices import PartyKind
from claims.importers.intake.parties import Name, Speakers
from claims.models import Party
from claims.reading.asking.party_names import PartyNames
from tests import factories as make

pytestmark = pytest.mark.django_db

TITLE = "Raid on Arden"
DEFINED = "It was led by the National Movement for the Liberation of Arden (NMLA) from 1986."


def speakers(text: str = "", title: str = TITLE) -> Speakers:
    return Speakers(PartyNames(title, text), by=make.contributor(), reason="Read.")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A rescue worker", "a rescue worker"),
        ("A rescue worker", "the rescue worker"),
        ("The NMLA", "NMLA"),
        ("the NMLA", "Nmla"),
        ("NMLA's", "NMLA"),
        ("the rebels’", "The rebels"),
        ("The Malian army", "the Malian Army"),
        ("National Movement for the Liberation of Arden (NMLA)", "the NMLA"),
        ("the National Movement for the Liberation of Arden", "NMLA"),
        ("France's Henri de Raincourt", "Henri de Raincourt"),
        ("French Development Minister Henri de Raincourt", "Henri de Raincourt"),
        ("The newspaper Libération also reported", "Libération"),
    ],
)
@pytest.mark.parametrize("at_once", [True, False])
def test_forms_of_one_name_are_one_party(one: str, other: str, at_once: bool):
    found = speakers(DEFINED)
    if at_once:
        found.prepare([Name(one), Name(other)])
    party = found.party(one)

    assert found.party(other) == party
    assert speakers(DEFINED).party(other) == party  # in the next article too
    assert Party.objects.count() == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A rescue worker", "another rescue worker"),
        ("The NMLA", "The NMA"),
        ("Malian army", "Nigerien army"),
        ("Jane Holt", "John Holt"),
    ],
)
def test_names_of_others_are_other_parties(one: str, other: str):
    found = speakers()

    assert found.party(one) != found.party(other)


def test_a_party_learns_the_full_name_that_the_article_abbreviates():
    known = make.party("NMLA", kind="armed_group")

    speakers(DEFINED).party("the NMLA")

    known.refresh_from_db()
    assert known.aliases == ["National Movement for the Liberation of Arden"]


def test_a_new_party_bears_its_full_name_with_the_short_one_as_alias():
    party = speakers(DEFINED).party("NMLA")

    assert party.name == "National Movement for the Liberation of Arden"
    assert party.aliases == ["NMLA"]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("The Malian army", PartyKind.GOVERNMENT),
        ("the Mali government", PartyKind.GOVERNMENT),
        ("the army", PartyKind.UNNAMED),
        ("The rebels", PartyKind.UNNAMED),
        ("Malian sources", PartyKind.UNNAMED),
        ("An official", PartyKind.UNNAMED),
        ("Jane Holt", PartyKind.PERSON),
        ("France's Jane Holt", PartyKind.PERSON),
        ("The newspaper Libération", PartyKind.OUTLET),
        ("NMLA", PartyKind.ORGANISATION),
    ],
)
def test_names_tell_what_sort_of_party_it_is(words: str, kind: str):
    assert PartyNames(TITLE).read(words).kind == kind


def test_who_a_person_speaks_for_is_kept_apart_from_the_name():
    read = PartyNames(TITLE).read("France's Henri de Raincourt")

    assert (read.names, read.description) == (["Henri de Raincourt"], "of France")


def test_an_institution_of_a_country_keeps_its_country():
    assert PartyNames(TITLE).read("Mali's Defence Ministry").names == ["Mali's Defence Ministry"]


def test_unnamed_speakers_of_two_articles_are_two_parties():
    one = speakers().party("An official")
    other = speakers(title="Flood").party("An official")

    assert one != other


@pytest.mark.parametrize(
    "other", ["Ag\u0435nce Zed", "Agence\u200b Zed", "Ａｇｅｎｃｅ Zed", "\u202eAgence Zed"]
)
@pytest.mark.parametrize("at_once", [True, False])
def test_an_import_finds_who_is_called_the_same(other: str, at_once: bool) -> None:
    first = make.party("Agence Zed", kind="outlet")
    found = speakers()
    if at_once:
        found.prepare([Name(other), Name("Agence Zed")])
    assert found.party(other) == found.party("Agence Zed") == first
    assert found.added == 0
    assert Party.objects.get() == first


def test_hidden_characters_of_an_article_are_not_taken_into_names() -> None:
    found = speakers("It was the Free Army\u200b of Arden (F\u202eAA) that came.")
    party = found.party("Free Army\u200b of Arden (F\u202eAA)")
    assert all(name.isprintable() for name in (party.name, *party.aliases))
