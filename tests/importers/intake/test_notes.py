"""The conflicts that a reading proposes: noted for an editor unless the desk's rows show them."""

from __future__ import annotations

import pytest

from claims.choices import DisputeKind, DisputeState
from claims.domain.figures import parse_figure
from claims.importers.articles import ImportedArticle, import_text
from claims.importers.intake.notes import TO_CONFIRM, dispute_kind_of
from claims.models import Assertion, Claim, Comment, Dispute
from claims.workflow.desk import figure_of
from claims.workflow.disputes import open_dispute
from tests import factories as make

pytestmark = pytest.mark.django_db

WIDE = """= Flood of Arden =

On 4 May 1987, between 50 and 200 people were killed in Arden.
"""
RIVALS = """= Raid on Arden =

On 4 May 1987, rebels raided Arden. The mayor, Jane Holt, said that about 60 people had been \
killed in Arden. A rescue worker told Reuters that 97 people had been killed in Arden.
"""
NO_FIGURE = """= Raid on Arden =

On 4 May 1987, rebels raided Arden. Jane Holt said that the rebels had burned the mill. The \
rebels denied that they had burned the mill.

Later that year 12 people were arrested in Lowick.
"""


def take_in(text: str) -> ImportedArticle:
    return import_text(text, by=make.contributor())


def notes() -> list[Comment]:
    return list(Comment.objects.filter(body__startswith=TO_CONFIRM))


def test_a_conflict_that_the_rows_do_not_show_is_noted_for_an_editor():
    done = take_in(WIDE)

    (note,) = notes()
    assert note.claim == Claim.objects.get(measure__slug="killed")
    assert "between 50 and 200" in note.body
    assert dispute_kind_of(note.body) == DisputeKind.VALUE
    assert not Dispute.objects.exists()
    assert done.to_confirm == 1


def test_a_conflict_that_the_rows_show_is_a_dispute_and_not_noted():
    done = take_in(RIVALS)

    assert [conflict.kind for conflict in done.reading.conflicts] == ["figures disagree"]
    assert Dispute.objects.get().opened_by is None
    assert notes() == []


def test_importing_again_notes_nothing_again():
    take_in(WIDE)
    take_in(WIDE)
    take_in(WIDE + "\nArden lies on the river.\n")

    assert len(notes()) == 1


def test_a_noted_conflict_that_an_editor_opens_stays_open_while_figures_are_added():
    take_in(WIDE)
    (note,) = notes()
    case = open_dispute(
        claim=note.claim, by=make.editor(), reason=note.body, kind=dispute_kind_of(note.body)
    )

    make.figure(note.claim, 120)

    case.refresh_from_db()
    assert case.state == DisputeState.OPEN


def test_a_denial_in_words_is_a_claim_of_its_own():
    done = take_in(NO_FIGURE)

    claim = Claim.objects.get(measure__slug="account")
    assert claim.question == "Is it true that “they had burned the mill” (Raid on Arden)?"
    said, denied = claim.assertions.order_by("pk")
    assert (said.stance, said.boolean, said.quote) == (
        "asserts",
        True,
        "the rebels had burned the mill",
    )
    assert said.attributions.get().party.name == "Jane Holt"
    assert (denied.stance, denied.boolean, denied.extent) == ("denies", None, "whole")
    assert denied.attributions.get().party.name == "rebels"
    assert Dispute.objects.get(claim=claim).kind == DisputeKind.DENIAL
    assert (done.without_claim, notes()) == ([], [])


def test_other_comments_propose_no_dispute():
    assert dispute_kind_of("The import is in doubt. “one”: may be a turn of phrase") == ""
    assert dispute_kind_of(f"{TO_CONFIRM}whether it rained; it may have.") == ""


TWO_SAY = """Battle of Testville

The government said {} soldiers were killed in Testville on 24 January 2012. The rebels said {} \
soldiers were killed in Testville.
"""


@pytest.mark.parametrize(
    ("one", "other", "disputed"),
    [
        ("about 55", "61", False),
        ("fewer than 60", "60", True),
        ("about 50 to 60", "65", False),
        ("at least about 60", "57", False),
        ("between 1,000 and 1,500 or more", "1,700", False),
        ("50 to less than 60", "60", True),
    ],
)
def test_reader_and_desk_say_the_same_of_two_figures(one: str, other: str, disputed: bool):
    done = take_in(TWO_SAY.format(one, other))

    kinds = [conflict.kind for conflict in done.reading.conflicts]
    assert kinds == ["figures disagree"] * disputed
    assert Dispute.objects.count() == disputed
    assert Claim.objects.get().contention == ("disputed" if disputed else "corroborated")
    assert notes() == []


def test_what_a_text_says_of_its_ends_reaches_the_desk():
    take_in(TWO_SAY.format("1,000–1,500+", "about 50 to less than 60"))

    first, second = Assertion.objects.order_by("pk")
    assert figure_of(first) == parse_figure("1,000–1,500+")
    assert figure_of(second) == parse_figure("about 50 to less than 60")
