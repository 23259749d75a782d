"""The demo comes in through the workflow, once, and shows every hard case as the model says."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings

from claims.choices import Contention, DisputeKind, DisputeState, ReviewAction
from claims.domain.search_text import read_search
from claims.filtering.searching import Found
from claims.importers.demo.accounts import ACCOUNTS
from claims.importers.demo.bundle import read_bundle
from claims.importers.demo.load import LoadedDemo, load_demo
from claims.models import Assertion, Claim, ClaimVersion, Dispute, ReviewEvent
from tests.importers.demo_searches import FIND_NOTHING, SEARCHES, SPELLINGS
from tests.importers.desk_content import content, histories
from tests.kept import undone_after

pytestmark = pytest.mark.django_db
FAST_HASHER = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def say_nothing(words: str) -> None:
    """Take progress and show none."""


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[LoadedDemo]:
    """The demo, loaded once for this module and undone after it."""
    with override_settings(PASSWORD_HASHERS=FAST_HASHER), undone_after(django_db_blocker):
        yield load_demo(say_nothing)


def claim(demo: LoadedDemo, key: str) -> Claim:
    return Claim.objects.get(pk=int(demo.claims[key][1:]))


def current(demo: LoadedDemo, key: str) -> dict[str, Any]:
    version = ClaimVersion.objects.get(claim=claim(demo, key), is_current=True)
    document: dict[str, Any] = json.loads(version.payload)
    return document


def disputes(demo: LoadedDemo, key: str) -> dict[str, tuple[str, str]]:
    rows = Dispute.objects.filter(claim=claim(demo, key))
    return {row.kind: (row.state, row.outcome) for row in rows}


def test_demo_leaves_each_claim_in_its_state(demo: LoadedDemo) -> None:
    records = {record.key: record for record in read_bundle().claims}
    pending = {
        key
        for key, record in records.items()
        if record.life.change and not record.life.change.approved_by
    }
    wanted = {key: record.life.state for key, record in records.items()}
    wanted |= dict.fromkeys(pending, "in_review")
    assert {key: claim(demo, key).state for key in demo.claims} == wanted
    assert pending == {"timbuktu_captured"}


def test_demo_publishes_most_claims(demo: LoadedDemo) -> None:
    published = ClaimVersion.objects.filter(is_current=True).count()
    wanted = [one for one in read_bundle().claims if one.life.state == "published"]
    assert published == len(wanted) > 100


def test_second_load_changes_nothing(demo: LoadedDemo) -> None:
    before = content()
    again = load_demo(say_nothing)
    assert content() == before
    assert again.claims == demo.claims
    assert again.drafted == 0


def test_demo_spares_what_people_edited_since(demo: LoadedDemo) -> None:
    with transaction.atomic():
        rebels = claim(demo, "rebels_killed_total")
        Claim.objects.filter(pk=rebels.pk).update(question="How many rebels fell?", unit="rebels")
        assert load_demo(say_nothing).claims == demo.claims
        assert claim(demo, "rebels_killed_total").question == "How many rebels fell?"
        transaction.set_rollback(True)


def test_demo_nobody_approved_what_they_wrote(demo: LoadedDemo) -> None:
    for version in ClaimVersion.objects.all():
        approval = ReviewEvent.objects.filter(
            claim=version.claim_id, action=ReviewAction.APPROVED, actor=version.approved_by
        )
        assert approval.exists()
    for one in Claim.objects.filter(versions__isnull=False).distinct():
        actors: set[int | None] = set()
        for event in one.events.order_by("pk"):
            if event.action == ReviewAction.APPROVED:
                assert event.actor_id not in actors
                actors = set()
            elif event.action not in (ReviewAction.SUBMITTED, ReviewAction.DISPUTE_TAKEN):
                actors.add(event.actor_id)


def test_demo_history_says_who_and_why(demo: LoadedDemo) -> None:
    names = {account.username for account in ACCOUNTS} | {None}
    for history in histories():
        rows = history._base_manager.values_list("history_user__username", "history_change_reason")
        assert {name for name, _ in rows} <= names
        assert all(reason for _, reason in rows)


def test_demo_machine_signs_only_what_it_derives(demo: LoadedDemo) -> None:
    unsigned = {
        history.__name__
        for history in histories()
        if history._base_manager.filter(history_user=None).exists()
    }
    assert unsigned == {"HistoricalDispute", "HistoricalDisputeAssertion"}


def test_demo_history_verifies(demo: LoadedDemo) -> None:
    talk = StringIO()
    call_command("verify_history", stderr=talk)
    assert ", 0 bad." in talk.getvalue()


def test_aguelhok_figures_are_a_major_dispute_and_denied_in_part(demo: LoadedDemo) -> None:
    document = current(demo, "aguelhok_executed")
    denial = next(figure for figure in document["figures"] if figure["stance"] == "denies")
    assert (document["contention"], document["severity"]) == ("disputed", "major")
    assert document["denied_by"] == "belligerents"
    assert (document["range"]["low"], document["range"]["high"]) == (60, 97)
    assert len(document["inputs"]) == 2  # the article's own 97 is no independent origin
    assert (denial["speaker"]["name"], denial["extent"]) == ("MNLA", "part")
    assert denial["ground"] == "fabricated"
    assert disputes(demo, "aguelhok_executed") == {"value": ("open", ""), "denial": ("open", "")}


def test_aguelhok_keeps_the_version_before_the_denial(demo: LoadedDemo) -> None:
    versions = claim(demo, "aguelhok_executed").versions.order_by("number")
    counts = [len(json.loads(version.payload)["figures"]) for version in versions]
    assert counts == [3, 5]


def test_aguelhok_perpetrator_is_an_attribution_dispute(demo: LoadedDemo) -> None:
    article, army = Assertion.objects.filter(claim=claim(demo, "aguelhok_perpetrator"))
    chain = [link.party.name for link in army.attributions.order_by("position")]
    assert [link.party.name for link in article.party_links.all()] == ["AQIM"]
    assert article.citation_needed
    assert chain == ["Malian army", "RFI"]
    assert disputes(demo, "aguelhok_perpetrator") == {"attribution": ("open", "")}


def test_gao_holders_are_disputed_and_the_table_names_all_three(demo: LoadedDemo) -> None:
    table = Assertion.objects.get(claim=claim(demo, "gao_held_by"))
    holders = {link.party.name for link in table.party_links.all()}
    assert holders == {"MNLA", "Ansar Dine", "MOJWA"}
    assert (table.party_mode, table.claim.cardinality) == ("unspecified", "multi")
    assert disputes(demo, "gao_held_by") == {}
    assert disputes(demo, "gao_controlled_by") == {"attribution": ("open", "")}


def test_casualty_total_is_an_arithmetic_dispute_raised_by_an_editor(demo: LoadedDemo) -> None:
    total = claim(demo, "government_losses_total")
    dispute = Dispute.objects.get(claim=total)
    assert (dispute.kind, dispute.state) == (DisputeKind.ARITHMETIC, DisputeState.OPEN)
    assert dispute.opened_by is not None
    assert total.relations_to.count() == 3
    assert not total.relations_to.filter(scope_exact=True).exists()


@pytest.mark.parametrize(
    ("key", "kind", "outcome"),
    [
        ("menaka_captured", "date", "different_scope"),
        ("douentza_captured", "date", "prefer"),
        ("toure_ousted", "date", "range_stands"),
        ("ansongo_captured_by", "attribution", "different_scope"),
    ],
)
def test_demo_resolves_with_a_public_reason(
    demo: LoadedDemo, key: str, kind: str, outcome: str
) -> None:
    assert disputes(demo, key) == {kind: ("resolved", outcome)}
    assert Dispute.objects.get(claim=claim(demo, key)).rationale
    assert claim(demo, key).versions.count() == 2


def test_refugee_figures_of_two_agencies_corroborate_each_other(demo: LoadedDemo) -> None:
    assert claim(demo, "displaced_total").contention == Contention.CORROBORATED
    assert disputes(demo, "displaced_total") == {}


def test_demo_has_no_dispute_that_its_files_do_not_foresee(demo: LoadedDemo) -> None:
    kinds = Counter(Dispute.objects.values_list("kind", flat=True))
    assert kinds == {
        "value": 1,
        "denial": 5,
        "attribution": 3,
        "date": 3,
        "arithmetic": 1,
        "editor": 3,
    }


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("in_esmal_killed", "50 to 101"),
        ("aguelhok_killed_fighting", "dozens"),
        ("government_losses_total", "1,000 to 1,500 or more"),
        ("border_crossings", "up to 400"),
        ("drought_affected", "more than 13,000,000"),
        ("niafunke_captured", "about February 2012"),
        ("aguelhok_recaptured", "unknown"),
    ],
)
def test_demo_says_figures_as_the_article_does(demo: LoadedDemo, key: str, words: str) -> None:
    assert current(demo, key)["figures"][0]["words"] == words


def test_dire_was_entered_about_13_march_and_perhaps_not_held(demo: LoadedDemo) -> None:
    captured = Assertion.objects.get(claim=claim(demo, "dire_captured"))
    held = Assertion.objects.get(claim=claim(demo, "dire_still_held"))
    assert captured.edtf == "2012-03-13~"
    assert (held.stance, held.boolean) == ("doubts", None)


def test_command_prints_accounts_and_claims_as_json(demo: LoadedDemo) -> None:
    out = StringIO()
    call_command("load_demo", output="json", stdout=out)
    printed = json.loads(out.getvalue())
    assert printed["claims"] == demo.claims
    assert printed["claims"]["aguelhok_executed"][0] == "C"
    assert [account["username"] for account in printed["accounts"]] == [
        "contributor",
        "editor",
        "second_editor",
        "chief",
    ]


def test_command_prints_passwords_that_sign_in(demo: LoadedDemo) -> None:
    out = StringIO()
    call_command("load_demo", stdout=out)
    for account in ACCOUNTS:
        user = User.objects.get(username=account.username)
        assert account.password in out.getvalue()
        assert user.check_password(account.password)
        assert [group.name for group in user.groups.all()] == [account.group]


def test_command_refuses_in_production(settings: Any) -> None:
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="passwords are public"):
        call_command("load_demo")


@pytest.mark.parametrize(("typed", "shelf", "words"), SEARCHES)
def test_what_readers_type_finds_what_they_mean(
    demo: LoadedDemo, typed: str, shelf: str, words: str
) -> None:
    """R3: page and API ask the same search."""
    found = Found(read_search(typed))
    shown = [
        "".join(piece.text for piece in (*hit.title, *hit.snippet))
        for hit in found.hits(shelf, most=2_000)
    ]
    assert [text for text in shown if words in text]
    assert found.count(shelf) < 118  # no search here is for all


@pytest.mark.parametrize("typed", FIND_NOTHING)
def test_what_nothing_holds_is_not_found(demo: LoadedDemo, typed: str) -> None:
    assert Found(read_search(typed)).is_empty


@pytest.mark.parametrize(("typed", "meant"), SPELLINGS.items())
def test_a_typing_error_is_told(demo: LoadedDemo, typed: str, meant: dict[str, str]) -> None:
    found = Found(read_search(typed))
    assert found.is_empty
    assert found.better_spelling() == meant
