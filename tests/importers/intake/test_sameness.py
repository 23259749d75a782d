"""An imported article asks where nobody can tell, in a number of queries that does not grow."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.importers.articles import import_text
from claims.models import Party, SamenessQuestion, Source, Subject
from claims.workflow.look_alikes_of_new import ask_about_added
from tests import factories as make

pytestmark = pytest.mark.django_db


def ask(*rows: Any) -> int:
    return ask_about_added(rows, by=make.contributor(), reason="Imported.")


def pairs() -> set[tuple[str, int, int]]:
    return set(SamenessQuestion.objects.values_list("noun", "first", "second"))


def test_rows_of_each_kind_are_asked_about():
    there = {
        "party": make.party("Jane Holt", description="mayor"),
        "source": make.source("Report"),
        "subject": make.subject("Storm", when="2012-03"),
    }
    new = {
        "party": make.party("jane holt", description="miner"),
        "source": make.source("The report", url="https://example.org/a", url_status="live"),
        "subject": make.subject("The storm", when="2012-03-01"),
    }
    assert ask(*new.values()) == 3
    assert pairs() == {(noun, there[noun].pk, new[noun].pk) for noun in there}
    assert ask(*new.values()) == 3  # asked once, whoever asks again
    assert len(pairs()) == 3


def test_rows_that_came_together_are_not_asked_about_one_another():
    assert ask(make.source("Report"), make.source("The report")) == 0


def test_speakers_without_a_name_are_never_asked_about():
    make.party("an official", kind="unnamed", description="one article")
    assert ask(make.party("an official", kind="unnamed", description="another")) == 0


def test_hundred_rows_are_looked_up_as_one_is():
    counts = []
    for many in (1, 100):
        rows = [one for n in range(many) for one in (make.source(f"{many} {n}"), make.subject())]
        with CaptureQueriesContext(connection) as counted:
            assert ask(*rows) == 0
        counts.append(len(counted))
    assert counts == [2, 2]


def test_article_asks_about_its_event():
    above = make.subject("Dam failures")
    known = make.subject("Oakford flood", when="2012-03", parent=above)
    done = import_text(
        "The flood in Oakford killed 97 people on 3 March 2012, the mayor said.",
        by=make.contributor(),
        title="Oakford flood",
    )
    assert done.drafted
    new = Subject.objects.get(title="Oakford flood", parent=None)
    assert ("subject", known.pk, new.pk) in pairs()
    assert not Party.objects.filter(pk__in=[p[2] for p in pairs() if p[0] == "party"]).exists()
    assert Source.objects.exists()


def test_an_article_says_how_many_questions_it_raised():
    make.source("Mill fire", url="https://post.example.org/mill", url_status="live")
    text = (
        "The mayor of Arden said that 60 people were killed in Arden on 13 May 1903.<ref>{{cite "
        "news |title=The mill fire |url=https://herald.example.org/1 |date=1903-05-13}}</ref>"
    )
    done = import_text(text, by=make.contributor(), title="Fire of Arden")
    assert done.asked == SamenessQuestion.objects.count() == 1
