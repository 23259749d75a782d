"""What is not published shows nowhere: not by a word, not by a count, not by a refusal."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from claims.models import Assertion, Claim
from claims.workflow.articles import add_article, edit_article
from claims.workflow.claims import edit_claim
from claims.workflow.comments import write_comment
from claims.workflow.disputes import note_dispute, open_dispute
from claims.workflow.evidence import change_assertion
from claims.workflow.measures import edit_measure
from claims.workflow.parties import edit_party
from claims.workflow.review import submit_claim
from claims.workflow.sources import edit_source
from claims.workflow.subjects import edit_subject
from tests import factories as make
from tests.kept import made_once
from tests.public_answers import answer, answers, public_addresses
from tests.routes import CLAIM_STATES, Samples, build_samples, every_route

pytestmark = pytest.mark.django_db
# Each hidden text holds a word of its own that starts so; each hidden number these digits.
VEILED = "veiled"
HIDDEN = re.compile(rf"{VEILED}\w*|918\D?27\d", re.IGNORECASE)
FAR = 987654321  # the number of no row
LISTS = ("claims", "figures", "disputes", "sources", "subjects", "articles", "changes")


def hide_things(rows: Samples) -> None:
    """Write on the desk what readers must not see; the claim in review is all hidden."""
    by: dict[str, Any] = {"by": make.contributor(), "reason": "veiledreason"}
    hidden = make.claim(
        question="Is it veiledquestion?",
        population="veiledpopulation",
        subject=make.subject("veiledsubject", place="veiledplace"),
        measure=make.measure(slug="veiledmeasure", label="veiledlabel", default_unit="veiledunit"),
    )
    speaker = make.party("veiledspeaker", description="veileddescription")
    source = make.source("veiledsource", publisher=make.party("veiledpublisher"))
    figure = make.figure(hidden, 918273, speaker=speaker, source=source, quote="veiledquote")
    make.figure(hidden, 918275)
    open_dispute(claim=hidden, by=make.second_editor(), reason="veileddispute")
    write_comment(claim=hidden, by=make.contributor(), body="veiledcomment")
    submit_claim(claim=Claim.objects.get(pk=hidden.pk), **by)
    draft = add_article(title="veiledarticle", text="= veiledarticle =\n\nveiledtext\n", **by)
    rows["in_review"] |= {
        "claim": Claim.objects.get(pk=hidden.pk),
        "figure": figure,
        "source": source,
        "subject": hidden.subject,
        "measure": hidden.measure,
        "dispute": hidden.disputes.order_by("pk").first(),
        "article": draft.article,
    }
    shown = rows["published"]
    note_dispute(dispute=shown["dispute"], by=make.editor(), reason="x", note="veilednote")
    write_comment(claim=shown["claim"], by=make.contributor(), body="veiledremark")
    add_article(title="Battle", text="= Battle =\n\nveiledrevision 918274\n", **by)


def edit_what_is_shown(rows: Samples) -> None:
    """Change on the desk each thing that the published claim shows."""
    by: dict[str, Any] = {"by": make.contributor(), "reason": "Better known now."}
    shown = rows["published"]
    figure = Assertion.objects.get(pk=shown["assertion"].pk)
    speaker = figure.attributions.get().party
    change_assertion(assertion=figure, point=Decimal(918276), quote="veiledquote", **by)
    edit_claim(claim=Claim.objects.get(pk=shown["claim"].pk), question="veiledquestion?", **by)
    edit_source(source=shown["source"], title="veiledtitle", **by)
    edit_subject(subject=shown["subject"], title="veiledsubject", place="veiledplace", **by)
    edit_party(party=speaker, name="veiledspeaker", description="veiledrole", **by)
    edit_party(party=shown["party"], name="veiledbelligerent", **by)
    edit_measure(measure=shown["measure"], label="veiledlabel", **by)
    article: dict[str, Any] = {
        "origin_url": "https://example.org/veiled",
        "licence": "veiledlicence",
    }
    edit_article(article=shown["article"], title="veiledheading", language="fr", **article, **by)


def questions() -> list[str]:
    """Queries that would bring a hidden row to light in a list, a count, a facet or a search."""
    lists = [f"/api/v1/{noun}/" for noun in LISTS]
    pages = ["/claims/", "/disputes/", "/sources/"]
    groups = ("contention", "severity", "measure", "subject", "year")
    return [
        *(f"{address}?limit=200" for address in lists),
        *(f"/api/v1/{noun}/?q=vei" for noun in ("claims", "sources", "subjects")),
        *(f"{page}?q=vei" for page in pages),
        *(f"/api/v1/stats/?group_by={group}" for group in groups),
        *(f"{door}?q={words}" for door in ("/search/", "/api/v1/search/") for words in ASKED),
    ]


def page_of(sample: dict[str, Any]) -> str:
    return f"/claims/{sample['claim'].ref}/"


rows = made_once(build_samples)
ASKED = ("vei", "900000..920000", "918")


def leaks(addresses: list[str]) -> list[str]:
    """Where a hidden word or number stands."""
    found = ((address, HIDDEN.search(answer(address)[1])) for address in addresses)
    return [f"{address}: {match[0]}" for address, match in found if match]


def test_no_public_answer_holds_what_is_not_published(rows: Samples) -> None:
    hide_things(rows)
    addresses = public_addresses(rows) + questions()
    assert len(addresses) > 150
    assert leaks(addresses) == []
    make.approve(rows["in_review"]["claim"], by=make.chief())
    shown = "\n".join(leaks(["/claims/", page_of(rows["in_review"])]))
    assert "veiledquestion" in shown, "the words are found once they are published"


def test_what_is_hidden_is_refused_as_what_is_missing(rows: Samples) -> None:
    hide_things(rows)
    tried = 0
    for route in every_route():
        if not (route.is_public and route.names_row):
            continue
        row = rows["in_review"][route.noun]
        hidden, name = route.address("in_review", rows), route.parameters[0]
        shown = str(getattr(row, name))
        missing = f"{shown[0]}{FAR}" if name == "ref" else "no-such-article"
        assert refusal(hidden, shown) == refusal(hidden.replace(shown, missing), missing), hidden
        tried += 1
    assert tried >= 25


def refusal(address: str, word: str) -> tuple[int, str, dict[str, str]]:
    """Status, body and headers of an answer without the word that the address differs in."""
    response: Any = Client().get(address)
    assert response.status_code == 404, address
    headers = {name: value for name, value in response.headers.items() if name != "Content-Length"}
    return response.status_code, response.content.decode().replace(word, "*"), headers


@pytest.mark.parametrize("door", ["/claims/", "/disputes/", "/api/v1/claims/", "/api/v1/figures/"])
def test_lists_do_not_tell_a_hidden_value_from_a_missing_one(rows: Samples, door: str) -> None:
    hide_things(rows)
    hidden = rows["in_review"]
    speaker = hidden["figure"].attributions.get().party
    pairs = [
        *(("claim", hidden["claim"].ref, f"C{FAR}"), ("subject", hidden["subject"].ref, f"T{FAR}")),
        *(("source", hidden["source"].ref, f"S{FAR}"), ("speaker", speaker.ref, f"P{FAR}")),
        *(("article", hidden["article"].ref, f"A{FAR}"), ("measure", "veiledmeasure", "nothing")),
        ("q", "veiledquestion", "nothing"),
    ]
    for name, shown, missing in pairs:
        before, after = answer(f"{door}?{name}={shown}"), answer(f"{door}?{name}={missing}")
        assert without(before, shown) == without(after, missing), name


def without(told: tuple[int, str], word: str) -> tuple[int, str]:
    return told[0], told[1].replace(word, "*")


def test_edits_of_the_desk_show_nowhere_before_they_are_approved(rows: Samples) -> None:
    addresses = public_addresses(rows) + [one for one in questions() if "search" not in one]
    before = answers(addresses)
    edit_what_is_shown(rows)
    after = answers(addresses)
    assert leaks(addresses) == []
    assert [address for address in addresses if before[address] != after[address]] == []
    claim = rows["published"]["claim"]
    make.approve(claim)
    words = set(HIDDEN.findall(answer(page_of(rows["published"]))[1]))
    assert {"veiledquestion", "veiledtitle", "veiledsubject", "veiledspeaker"} <= words


def test_pages_say_that_changes_wait_and_nothing_of_them(rows: Samples) -> None:
    edit_what_is_shown(rows)
    page = Client().get(page_of(rows["published"])).content.decode()
    assert "Changes to this claim are under review." in page
    assert HIDDEN.search(page) is None


def test_every_state_of_a_claim_is_among_the_samples(rows: Samples) -> None:
    states = [rows[sample]["claim"].state for sample in CLAIM_STATES]
    assert states == ["published", "in_review", "retired"]
