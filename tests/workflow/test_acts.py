"""Every signed act is written once, with the digest of all that it wrote and kept."""

from __future__ import annotations

from functools import partial
from itertools import takewhile

import pytest
from django.db import connection, transaction

from claims.audit.verification import verify_everything
from claims.errors import RefusalError
from claims.importers.articles import import_text
from claims.importers.pages import import_waiting
from claims.importers.uploads import note_upload
from claims.models import Act, ActRow, Claim, ClaimVersion, ImportedPage, Party, ReviewEvent
from claims.models.acts import ActInProgress, current_act
from claims.workflow import sequencing
from claims.workflow.acts import act
from claims.workflow.comments import resolve_comment, write_comment, write_comments
from claims.workflow.history import bulk_create_signed, signed_delete, signed_save
from claims.workflow.parties import add_party, edit_party
from claims.workflow.review import approve_claim, submit_claim
from tests import factories as make
from tests.importers.test_articles import FLOOD

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def accounts(db):
    """The accounts, made before the acts that a test counts."""
    for make_account in (make.contributor, make.editor, make.second_editor):
        make_account()


def acts_since(number: int) -> list[Act]:
    return list(Act.objects.order_by("pk")[number:])


def only_act_of(work) -> Act:
    """Do the work; return the one act that it was."""
    before = Act.objects.count()
    work()
    (found,) = acts_since(before)
    return found


def clean() -> bool:
    return verify_everything().bad == []


def test_an_approval_is_one_act_that_names_the_version_it_sealed():
    claim = make.submitted_claim(97)
    by = make.editor()
    done = only_act_of(lambda: approve_claim(claim=claim, by=by, reason="Checked."))

    version = ClaimVersion.objects.get()
    assert (done.verb, done.actor, done.reason) == ("approve_claim", by, "Checked.")
    assert done.published == [{"ref": claim.ref, "version": 1, "sha256": version.sha256}]
    history = Claim.history.filter(act=done.pk)
    events = ReviewEvent.objects.filter(act=done.pk)
    assert (history.count(), events.count(), version.act) == (1, 1, done.pk)
    assert done.rows == 3
    assert clean()


def test_what_is_not_published_is_not_in_the_public_leaf():
    done = only_act_of(lambda: make.party("Secret name"))

    assert done.published == []
    for word in (b"Secret", b"contributor", b"Needed", done.nonce.encode()):
        assert word not in done.entry


def test_the_same_rows_have_another_digest_in_another_act():
    header = only_act_of(lambda: make.party("One")).header
    other = type(header)(**{**_fields(header), "nonce": "0" * 32})

    assert header.digest([]) != other.digest([])


def _fields(header):
    return {name: getattr(header, name) for name in header.__slots__}


def test_verbs_of_an_import_are_one_act():
    done = only_act_of(lambda: import_text(FLOOD, by=make.contributor()))

    assert done.verb == "import_article"
    assert Claim.history.filter(act=done.pk).count() == Claim.objects.count() > 1
    assert ReviewEvent.objects.exclude(act=done.pk).count() == 0
    assert clean()


def test_an_imported_page_is_one_act_and_its_state_is_covered():
    before = Act.objects.count()
    page = note_upload(FLOOD, by=make.contributor(), file_name="flood.txt", title="Flood")
    import_waiting(page)

    noted, imported = acts_since(before)
    assert (noted.verb, imported.verb) == ("note_upload", "import_page")
    states = ActRow.objects.filter(table="claims_importedpage").order_by("pk")
    assert [row.act for row in states] == [noted.pk, imported.pk]
    assert states[1].previous == states[0].digest
    ImportedPage.objects.update(rule="forged")
    bad = verify_everything().bad
    assert [(row.table, row.id) for row in bad] == [("claims_importedpage", str(page.pk))]


def test_a_refused_verb_leaves_no_act():
    claim = make.claim()
    before = Act.objects.count()
    with pytest.raises(RefusalError):
        submit_claim(claim=claim, by=make.contributor(), reason="Ready.")

    assert Act.objects.count() == before
    assert current_act() is None


def test_what_a_savepoint_undid_is_not_covered():
    by, kept = make.contributor(), []

    def work():
        with transaction.atomic(), act("try_out", by=by, reason="A test."):
            kept.append(make.party("Kept"))
            with transaction.atomic():
                make.party("Undone")
                transaction.set_rollback(True)
            with pytest.raises(RefusalError):
                edit_party(party=kept[0], by=by, reason="x", name="")
            edit_party(party=kept[0], by=by, reason="y", name="Kept too")

    done = only_act_of(work)
    assert done.rows == 2
    assert Party.history.filter(act=done.pk).count() == 2
    assert clean()


def test_a_state_that_a_savepoint_undid_is_not_covered():
    by = make.contributor()
    page = note_upload(FLOOD, by=by, file_name="flood.txt", title="Flood")
    with transaction.atomic():
        import_waiting(page)
        transaction.set_rollback(True)

    assert clean()
    assert import_waiting(ImportedPage.objects.get()).outcome == "imported"
    assert clean()


def test_an_act_that_is_undone_as_a_whole_leaves_nothing():
    before = Act.objects.count()
    with transaction.atomic(), act("try_out", by=None, reason="A test."):
        make.party("Undone")
        transaction.set_rollback(True)

    assert Act.objects.count() == before


def test_an_act_that_wrote_nothing_leaves_nothing():
    before = Act.objects.count()
    with act("look", by=None, reason="A test."):
        assert isinstance(current_act(), ActInProgress)

    assert Act.objects.count() == before


def test_a_signed_save_outside_of_any_verb_is_an_act_of_its_own():
    party = Party(name="Alone", kind="person")
    done = only_act_of(lambda: signed_save(party, by=make.editor(), reason="By hand."))

    assert (done.verb, done.reason, done.rows) == ("save", "By hand.", 1)
    done = only_act_of(lambda: signed_delete(party, by=make.editor(), reason="By hand."))
    assert (done.verb, done.rows) == ("remove", 1)
    assert clean()


def test_rows_written_in_bulk_outside_of_any_verb_are_an_act():
    rows = [Party(name=f"Party {number}", kind="unnamed") for number in range(3)]
    now = make.party().history.get().history_date
    done = only_act_of(lambda: bulk_create_signed(rows, by=None, reason="Bulk.", now=now))

    assert (done.actor, done.rows) == (None, 3)
    assert Party.history.filter(act=done.pk).count() == 3
    assert clean()


def test_a_row_that_is_saved_past_the_workflow_belongs_to_no_act():
    party = Party(name="Past it", kind="unnamed")
    party._change_reason = "Past the workflow."
    party.save()

    assert [row.what for row in verify_everything().bad] == ["it belongs to no act of the log"]


def test_comments_are_acts():
    claim, by = make.claim(), make.contributor()
    done = only_act_of(lambda: write_comment(claim=claim, by=by, body="See page 7."))
    assert (done.verb, done.rows) == ("write_comment", 1)
    done = only_act_of(lambda: write_comments(notes=[(claim, "One."), (claim, "Two.")], by=by))
    assert (done.verb, done.rows) == ("write_comments", 2)
    comment = claim.comments.first()
    done = only_act_of(lambda: resolve_comment(comment=comment, by=by))
    assert (done.verb, done.rows) == ("resolve_comment", 1)
    assert clean()


def test_numbers_of_acts_follow_time():
    numbers = [ActInProgress("x", None, "").id for _ in range(3)]

    assert all(number.version == 7 for number in numbers)
    assert len(set(numbers)) == 3


def test_what_a_person_did_without_a_name_is_the_machine_s():
    done = only_act_of(
        lambda: add_party(by=make.editor(), reason="Known.", name="Agency", kind="outlet")
    )
    assert done.actor == make.editor()
    assert str(done).startswith("add_party, ")


def test_a_thousand_acts_of_one_transaction_cost_a_thousand_times_one(monkeypatch):
    """Each looks at its own notes only, and one in eight asks the sequencer for all."""
    by = make.contributor()
    monkeypatch.setattr(sequencing, "_ask", lambda: None)
    looked = []
    monkeypatch.setattr("claims.models.acts.takewhile", partial(_counting, looked))
    with transaction.atomic():
        for number in range(20):
            add_party(by=by, reason="Needed.", name=f"Party {number}", kind="unnamed")
        waiting = [one for one in connection.run_on_commit if one[1] is sequencing._ask]
    assert max(looked) <= 3
    assert len(waiting) <= 3


def _counting(looked, test, rows):
    """takewhile, with the number of rows that it looked at appended."""
    rows = list(rows)
    found = list(takewhile(test, rows))
    looked.append(len(found) + 1)
    return found
