"""Nobody passes for somebody else: parties, questions and scopes that only look the same."""

from __future__ import annotations

from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from claims.errors import DuplicateError, InvalidValueError
from claims.models import Claim, Party, PartyName, SourceTitle, SubjectTitle
from claims.workflow.claims import draft_claim, edit_claim
from claims.workflow.parties import add_parties, add_party, edit_party
from claims.workflow.sources import add_sources, edit_source
from claims.workflow.subjects import add_subjects, edit_subject
from tests import factories as make

pytestmark = pytest.mark.django_db
LOOKS = ["agence  zed", "Ａｇｅｎｃｅ Zed", "Ag\u0435nce Zed", "Agence\u00ad Zed",
         "Agence Zed\ufe0f"]  # fmt: skip
HIDDEN = ["Agence Zed\u200b", "Agence\u2066 Zed", "\u202eAgence Zed", "Agence Zed\ufeff"]


def signed(**more: Any) -> dict[str, Any]:
    return {"by": make.contributor(), "reason": "Needed.", **more}


@pytest.mark.parametrize("name", LOOKS)
def test_a_party_that_looks_like_another_is_refused_with_the_other(name: str) -> None:
    first = make.party("Agence Zed", kind="outlet")
    with pytest.raises(DuplicateError, match=rf"{first.ref}, Agence Zed, is called") as refused:
        make.party(name, kind="outlet")
    assert refused.value.field == "name"
    assert Party.objects.count() == 1


@pytest.mark.parametrize("name", HIDDEN)
def test_a_name_with_hidden_characters_is_refused_by_the_character(name: str) -> None:
    with pytest.raises(InvalidValueError, match=r"U\+.*cannot be seen; remove it") as refused:
        make.party(name, kind="outlet")
    assert refused.value.field == "name"
    with pytest.raises(InvalidValueError, match="cannot be seen") as refused:
        make.party("Zed", kind="outlet", aliases=[name])
    assert refused.value.field == "aliases"
    assert not Party.objects.exists()


@pytest.mark.parametrize("name", ["\u3164", "\u00ad", "\ufe0f\u2800"])
def test_a_name_that_shows_nothing_is_refused(name: str) -> None:
    with pytest.raises(InvalidValueError, match="nothing to see"):
        make.party(name)


@pytest.mark.parametrize("add", [make.source, make.subject])
@pytest.mark.parametrize("title", ["\u2800", "\ufe0f \u2800"])
def test_a_title_that_shows_nothing_is_refused(add: Any, title: str) -> None:
    with pytest.raises(InvalidValueError, match="nothing to see") as refused:
        add(title)
    assert refused.value.field == "title"


@pytest.mark.parametrize("more", [{"kind": "organisation"}, {"description": "of the north"}])
def test_letters_of_another_script_are_refused_whatever_else_differs(more: dict[str, str]) -> None:
    make.party("Agence Zed", kind="outlet")
    with pytest.raises(DuplicateError):
        make.party("Ag\u0435nce Zed", **{"kind": "outlet", **more})


def test_look_alike_aliases_are_refused_both_ways() -> None:
    make.party("Agence Zed", kind="outlet", aliases=["AZ"])
    for fields in ({"name": "\u0410Z"}, {"name": "Zed", "aliases": ["Ag\u0435nce Zed"]}):
        with pytest.raises(DuplicateError):
            make.party(**fields, kind="organisation")


@pytest.mark.parametrize("more", [{"kind": "person"}, {"description": "the footballer"}])
def test_two_may_share_a_name_that_is_written_the_same(more: dict[str, str]) -> None:
    make.party("John Smith", kind="outlet")
    assert make.party("john smith", **{"kind": "outlet", **more}).pk


def test_unnamed_speakers_of_two_articles_may_be_two() -> None:
    first = make.party("an official", kind="unnamed", description="as A calls them")
    assert make.party("an official", kind="unnamed", description="as B calls them").pk
    with pytest.raises(DuplicateError, match=first.ref):
        make.party("\u0430n official", kind="unnamed", description="as A calls them")


def test_a_party_cannot_be_renamed_into_another() -> None:
    make.party("Agence Zed", kind="outlet")
    other = make.party("Agence Why", kind="outlet")
    alias = {"aliases": ["\u0410gence Zed"]}
    for changes in ({"name": "Ag\u0435nce Zed"}, {"name": "agence zed"}, alias):
        with pytest.raises(DuplicateError):
            edit_party(party=other, **signed(**changes))
    assert Party.objects.get(pk=other.pk).name == "Agence Why"


def test_a_party_may_be_spelt_better() -> None:
    party = make.party("agence zed", kind="outlet")
    assert edit_party(party=party, **signed(name="Agence Zed")).name == "Agence Zed"
    assert edit_party(party=party, **signed(description="a wire")).description == "a wire"


def test_of_many_parties_none_may_look_like_another_of_them() -> None:
    rows = [{"name": name, "kind": "outlet"} for name in ("Agence Zed", "Ag\u0435nce Zed")]
    with pytest.raises(DuplicateError, match="Agence Zed is called the same"):
        add_parties(rows=rows, **signed())


def test_what_an_import_names_is_taken_without_hidden_characters() -> None:
    rows = [{"name": "Agence\u200b Zed", "kind": "outlet", "aliases": ["A\u202eZ"]}]
    party = add_parties(rows=rows, **signed())[0]
    assert (party.name, party.aliases) == ("Agence Zed", ["AZ"])


def test_independent_origins_do_not_come_of_look_alikes() -> None:
    claim = make.claim()
    make.figure(claim, 12, speaker=make.party("Agence Zed", kind="outlet"))
    for name in (*LOOKS, *HIDDEN):
        with pytest.raises((DuplicateError, InvalidValueError)):
            make.figure(claim, 12, speaker=make.party(name, kind="outlet"))
    assert Claim.objects.get(pk=claim.pk).contention == "single_origin"


def test_the_names_of_before_are_folded_again() -> None:
    party = make.party("Ag\u0435nce Zed", kind="outlet", aliases=["Ｚｅｄ"])
    PartyName.objects.all().delete()
    PartyName.objects.create(party=party, folded="ag\u0435nce zed")
    make.party("an official", kind="unnamed")
    migration = import_module("claims.migrations.0011_refold_names")
    migration.refold_names(apps, SimpleNamespace(connection=connection))
    found = PartyName.objects.values_list("party", "folded")
    assert list(found) == [(party.pk, "agence zed"), (party.pk, "zed")]


def again(claim: Claim, **changes: Any) -> Claim:
    terms = {name: getattr(claim, name) for name in ("subject", "measure", "unit", "population")}
    return draft_claim(**signed(**{"question": "Another one?", **terms, **changes}))


@pytest.mark.parametrize("population", ["Soldiers", "s\u043eldiers", "ｓoldiers", "soldi\u00aders"])
def test_a_scope_that_looks_the_same_is_the_same(population: str) -> None:
    claim = make.claim(population="soldiers", unit="people")
    with pytest.raises(DuplicateError, match=f"{claim.ref} asks the same"):
        again(claim, population=population)
    with pytest.raises(DuplicateError, match=f"{claim.ref} asks the same"):
        again(claim, unit="pe\u043eple")
    other = again(claim, population="civilians")
    with pytest.raises(DuplicateError):
        edit_claim(claim=other, **signed(population=population))


def test_a_question_that_only_looks_the_same_is_refused() -> None:
    claim = make.claim(question="How many died?", population="soldiers")
    with pytest.raises(DuplicateError, match=claim.ref):
        again(claim, question="How many di\u0435d?", population="civilians")
    assert again(claim, question="How many died?", population="civilians").pk


@pytest.mark.parametrize("character", ["\u202e", "\u200b", "\u2069", "\ufeff"])
def test_lines_of_text_hold_no_hidden_characters_and_quotes_keep_them(character: str) -> None:
    word = f"wo{character}rd"
    claim, source = make.claim(), make.source()
    for refused in (
        lambda: make.source(word),
        lambda: make.source(authors=word),
        lambda: make.subject(word),
        lambda: make.subject(place=word),
        lambda: make.measure(slug="m", label=word),
        lambda: make.claim(question=word),
        lambda: make.claim(population=word),
        lambda: make.article(word),
        lambda: make.figure(claim, 1, locator=word, source=source),
        lambda: add_party(**signed(name="Zed", kind="outlet", description=word)),
    ):
        with pytest.raises(InvalidValueError, match="cannot be seen"):
            refused()
    assert make.figure(claim, 1, quote=word, source=source).quote == word


@pytest.mark.parametrize("make_row", [make.source, make.subject])
def test_a_title_that_looks_like_another_is_refused(make_row: Any) -> None:
    first, other = make_row("Report of Zed"), make_row("Another")
    edit: Any = edit_source if make_row is make.source else edit_subject
    for title in ("Rep\u043ert of Zed", "Report\u00ad of Zed"):
        with pytest.raises(DuplicateError, match=rf"{first.ref}, Report of Zed, looks the same"):
            make_row(title)
        with pytest.raises(DuplicateError, match=first.ref):
            edit(**{first._meta.model_name: other}, **signed(title=title))
    assert type(first).objects.count() == 2
    edit(**{first._meta.model_name: first}, **signed(title="Rep\u043ert of Zed, corrected"))
    assert make_row("Report of Zed").pk


def test_works_may_share_a_title_that_is_written_the_same() -> None:
    make.source("Annual report", issued="2012")
    assert make.source("ANNUAL report", issued="2013").pk


def test_titles_of_imports_are_known_too() -> None:
    source = add_sources(rows=[{"title": "Report of Zed", "url_status": "none"}], **signed())[0]
    event = {"title": "Battle of Zed", "kind": "event"}
    below = {"title": "War of Zed", "kind": "event"}
    subjects = add_subjects(rows=[event], below=below, **signed())
    with pytest.raises(DuplicateError, match=source.ref):
        make.source("Rep\u043ert of Zed")
    for subject, title in zip(subjects, ("W\u0430r of Zed", "B\u0430ttle of Zed"), strict=True):
        with pytest.raises(DuplicateError, match=subject.ref):
            make.subject(title)


def test_the_titles_of_before_are_folded() -> None:
    source, subject = make.source("Rep\u043ert"), make.subject("Ｂattle")
    SourceTitle.objects.all().delete()
    SubjectTitle.objects.all().delete()
    migration = import_module("claims.migrations.0012_fold_titles")
    migration.fold_titles(apps, SimpleNamespace(connection=connection))
    assert list(SourceTitle.objects.values_list("source", "folded")) == [(source.pk, "report")]
    assert list(SubjectTitle.objects.values_list("subject", "folded")) == [(subject.pk, "battle")]
