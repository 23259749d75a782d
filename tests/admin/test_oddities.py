"""Reviewers see what is not as it looks."""

from __future__ import annotations

import re

import pytest

from claims.admin.changes import queue_rows
from claims.models import Claim, Party
from tests import factories as make

pytestmark = pytest.mark.django_db


def flags(claim: Claim) -> list[str]:
    fresh = Claim.objects.get(pk=claim.pk)
    found = queue_rows([fresh], make.editor())[claim.pk].flags
    return [flag for flag in found if not flag.startswith("new party: ")]


@pytest.mark.parametrize(
    ("quote", "flag"),
    [
        ("12\u202e dead", "text direction controls"),
        ("12\u200b dead", "invisible characters"),
        ("12 d\u0435ad", "mixed scripts in a word"),
    ],
)
def test_odd_characters_of_a_quote_are_flagged_and_shown(client, quote: str, flag: str) -> None:
    claim = make.claim()
    figure = make.figure(claim, 12, quote=quote)
    assert flag in flags(claim)
    client.force_login(make.editor(), backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(f"/admin/claims/claim/{claim.pk}/change/").content.decode()
    make.approve(claim)
    review = client.get(f"/admin/claims/claim/{claim.pk}/review/").content.decode()
    for text in (page, review):
        assert ("[U+" in text) == (flag != "mixed scripts in a word")
        assert "\u202e" not in re.sub(r"<textarea.*?</textarea>", "", text, flags=re.DOTALL)
    figure.refresh_from_db()
    assert figure.quote == quote


def test_odd_questions_and_names_of_before_are_flagged() -> None:
    claim = make.claim()
    speaker = make.party()
    make.figure(claim, 12, speaker=speaker)
    assert flags(claim) == ["no quote"]
    Party.objects.filter(pk=speaker.pk).update(name="Ag\u0435nce\u200b Zed")
    assert flags(claim)[1:] == ["invisible characters", "mixed scripts in a word"]
    Claim.objects.filter(pk=claim.pk).update(question="Who\u202e?")
    assert "text direction controls" in flags(claim)


def test_origins_of_one_name_are_flagged() -> None:
    claim = make.claim()
    one, two = make.party("Zed", kind="outlet"), make.party("Zed", kind="organisation")
    for speaker in (one, two, make.party("Why")):
        make.figure(claim, 12, speaker=speaker, quote="12")
    assert flags(claim) == [f"called the same: {one.ref}, {two.ref}"]
    works = [make.source("Report"), make.source("Report", authors="Zed")]
    for work in works:
        make.figure(claim, 12, source=work, quote="12", attributions=[])
    assert f"called the same: {works[0].ref}, {works[1].ref}" in flags(claim)


@pytest.mark.parametrize("number", ["1_000", "١٢", "１２", "1\u200b2", "۱۲"])
def test_numbers_are_typed_in_plain_digits(client, form_of, number: str) -> None:
    claim = make.claim()
    client.force_login(make.contributor(), backend="django.contrib.auth.backends.ModelBackend")
    address = f"/admin/claims/assertion/add/?claim={claim.ref}"
    data = {**form_of(client, address), "point": number, "source": make.source().pk, "reason": "x"}
    errors = client.post(address, data).context["adminform"].form.errors
    assert "U+" in errors["point"][0]
    assert not claim.assertions.exists()
    data["point"] = "1000.5"
    assert client.post(address, {**data, "_save": "1"}).status_code == 302
