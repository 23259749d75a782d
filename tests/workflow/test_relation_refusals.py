"""What no relation between sources may say, and who may decide about one."""

from __future__ import annotations

from typing import Any

import pytest

from claims.errors import (
    DuplicateError,
    InvalidValueError,
    PermissionMissingError,
    TransitionError,
)
from claims.models import Source, SourceRelation
from claims.workflow.relations import (
    confirm_relation,
    propose_relation,
    reject_relation,
    withdraw_relation,
)
from tests import factories as make
from tests.workflow.printing import printed, reports

pytestmark = pytest.mark.django_db


def test_readers_are_not_told_of_an_article_whose_text_nobody_approved():
    article = make.article(approved=False).article
    _, (first, _) = reports(2)
    proposal = make.relation(first, None, to_article=article, confirmed=False)
    with pytest.raises(InvalidValueError, match="no text of A"):
        confirm_relation(relation=proposal, by=make.chief(), reason="Copied.")


def propose(from_source: Source, to_source: Source | None, **fields: Any) -> SourceRelation:
    fields = {"kind": "relays", "words": "It says so.", **fields}
    return propose_relation(
        from_source=from_source,
        to_source=to_source,
        by=make.contributor(),
        reason="Read.",
        **fields,
    )


def test_a_relation_needs_two_ends_a_kind_and_what_speaks_for_it():
    _, (first, second) = reports(2)
    article = make.article().article
    for fields, words in (
        ({"to_source": None}, "name the source that it rests on"),
        ({"to_source": second, "to_article": article}, "name the source that it rests on"),
        ({"to_source": first}, "cannot rest on itself"),
        ({"to_source": second, "kind": "likes"}, "kind: choose one of"),
        ({"to_source": second, "words": "  "}, "words: say what speaks for it"),
        ({"to_source": second, "claim": make.claim()}, "nothing in C"),
    ):
        with pytest.raises(InvalidValueError, match=words):
            propose(first, fields.pop("to_source"), **fields)
    assert not SourceRelation.objects.exists()


def test_a_relation_is_named_once_while_it_waits_or_counts():
    claim, (first, second) = reports(2)
    waiting = propose(second, first)
    with pytest.raises(DuplicateError, match="is proposed"):
        propose(second, first, kind="cites")
    propose(second, first, claim=claim)  # of another scope
    reject_relation(relation=waiting, by=make.editor(), reason="Not so.")
    again = propose(second, first)
    confirm_relation(relation=again, by=make.editor(), reason="It is.")
    with pytest.raises(DuplicateError, match="is confirmed"):
        propose(second, first)


def test_nothing_rests_on_itself_along_a_chain():
    claim, (first, second, third) = reports(3)
    make.relation(second, first)
    make.relation(third, second, claim=claim)
    back = propose(first, third)
    with pytest.raises(InvalidValueError, match="they would rest on each other"):
        confirm_relation(relation=back, by=make.chief(), reason="Circular.")
    other = make.claim()
    printed(other, first)
    elsewhere = propose(first, third, claim=other)
    confirm_relation(relation=elsewhere, by=make.chief(), reason="There, it is so.")
    cited = make.relation(first, second, kind="cites", confirmed=False)
    confirm_relation(relation=cited, by=make.chief(), reason="They cite each other.")


def test_a_relation_is_decided_once():
    _, (first, second) = reports(2)
    relation = make.relation(second, first)
    for verb in (confirm_relation, reject_relation):
        with pytest.raises(TransitionError):
            verb(relation=relation, by=make.chief(), reason="Again.")
    withdraw_relation(relation=relation, by=make.chief(), reason="Wrong.")
    with pytest.raises(TransitionError):
        withdraw_relation(relation=relation, by=make.chief(), reason="Again.")


@pytest.mark.parametrize("verb", [confirm_relation, reject_relation, withdraw_relation])
def test_who_may_not_review_does_not_decide(verb):
    _, (first, second) = reports(2)
    proposal = make.relation(second, first, confirmed=False)
    with pytest.raises(PermissionMissingError):
        verb(relation=proposal, by=make.contributor(), reason="I think so.")
