"""Filters: same key is or, different keys are and, nothing unknown means everything."""

from __future__ import annotations

import datetime as dt

import pytest

from claims.workflow.disputes import resolve_dispute
from tests import factories

pytestmark = pytest.mark.django_db


def ref(version) -> str:
    return f"C{version.claim_id}"


def test_same_key_is_or_and_different_keys_are_and(refs, disputed, settled) -> None:
    assert refs("claims/?contention=disputed") == [ref(disputed)]
    both = refs("claims/?contention=disputed&contention=single_origin")
    assert both == [ref(disputed), ref(settled)]
    assert refs("claims/?contention=disputed&severity=minor") == []


@pytest.mark.parametrize(
    ("query", "matches"),
    [
        ("spread_gte=1.6", True),
        ("spread_gte=1.7", False),
        ("low_gte=60", True),
        ("low_gte=60.5", False),
        ("high_lte=97", True),
        ("high_lte=96", False),
        ("has_denial=false", True),
        ("has_denial=true", False),
        ("severity=major", True),
        ("kind=value", True),
        ("kind=denial", False),
        ("state=open", True),
        ("state=resolved&state=open", True),
        ("state=moot", False),
    ],
)
def test_facets_of_a_claim(refs, disputed, query: str, matches: bool) -> None:
    for noun, found in (("claims", ref(disputed)), ("disputes", None)):
        rows = refs(f"{noun}/?{query}")
        assert bool(rows) is matches
        assert found is None or not matches or rows == [found]


def test_who_says_it_where_and_about_what(refs) -> None:
    speaker, paper = factories.party("Minister"), factories.source("Radio report")
    about, counted = factories.subject("Aguelhok"), factories.measure(slug="executed")
    claim = factories.claim(subject=about, measure=counted)
    factories.figure(claim, 60, speaker=speaker, source=paper)
    version = factories.approve(claim)
    other = factories.published_claim(7)
    for query in (
        f"speaker=P{speaker.pk}",
        f"source=S{paper.pk}",
        f"subject=T{about.pk}",
        "measure=executed",
        f"claim={ref(version)}",
    ):
        assert refs(f"claims/?{query}") == [ref(version)], query
        assert len(refs(f"figures/?{query}")) == 1, query
    assert refs(f"claims/?speaker=P{speaker.pk}&claim={ref(other)}") == []


def test_claims_of_an_article(refs) -> None:
    revision = factories.article(text="About 60 people were killed.\n")
    claim = factories.claim()
    anchors = [{"revision": revision, "start": 0, "end": 8}]
    factories.figure(claim, 60, anchors=anchors)
    version = factories.approve(claim)
    factories.published_claim(7)
    for noun, count in (("claims", 1), ("figures", 1), ("disputes", 0)):
        assert len(refs(f"{noun}/?article=A{revision.article_id}")) == count
    assert refs(f"claims/?article=A{revision.article_id}") == [ref(version)]
    assert refs("claims/?article=A999999") == []


def test_events_by_day(refs) -> None:
    about = factories.subject(when="2012-01-24")
    version = factories.published_claim(60, subject=about)
    for query, found in [
        ("event_from=2012-01-24&event_to=2012-01-24", True),
        ("event_from=2012-01-25", False),
        ("event_to=2012-01-23", False),
    ]:
        assert refs(f"claims/?{query}") == ([ref(version)] if found else [])
        assert bool(refs(f"figures/?{query}")) is found


def test_words_of_the_question_all_count(refs) -> None:
    version = factories.published_claim(60, question="How many soldiers died at Aguelhok?")
    assert refs("claims/?q=AGUELHOK+soldiers") == [ref(version)]
    assert refs("claims/?q=aguelhok+civilians") == []
    assert refs("claims/?q=%25") == []
    assert refs("claims/?q=_") == []


def test_figures_by_kind_and_stance(refs) -> None:
    claim = factories.claim()
    exact = factories.figure(claim, 97)
    factories.figure(claim, None, low="50", high="101")
    factories.approve(claim)
    assert refs("figures/?kind=exact") == [exact.ref]
    assert len(refs("figures/?kind=exact&kind=range")) == 2
    assert len(refs("figures/?stance=asserts")) == 2
    assert refs("figures/?stance=denies") == []


def test_what_was_published_since(refs, disputed) -> None:
    before = (disputed.published_at - dt.timedelta(days=1)).date().isoformat()
    after = (disputed.published_at + dt.timedelta(days=2)).date().isoformat()
    for noun in ("claims", "figures", "disputes"):
        assert refs(f"{noun}/?updated_since={before}")
        assert refs(f"{noun}/?updated_since={after}") == []


def test_claims_as_they_were_known(get, refs, disputed) -> None:
    dispute = disputed.claim.disputes.get()
    resolve_dispute(
        dispute=dispute,
        by=factories.second_editor(),
        reason="Compared.",
        outcome="range_stands",
        rationale="Both are plausible.",
    )
    later = factories.approve(disputed.claim)
    assert refs("claims/?contention=disputed") == []
    moment = later.published_at - dt.timedelta(microseconds=1)
    known = f"as_of={moment.isoformat().replace('+', '%2B')}"
    assert refs(f"claims/?contention=disputed&{known}") == [ref(disputed)]
    assert get(f"claims/{ref(disputed)}/?{known}")["version"] == disputed.number
    assert refs("claims/?as_of=2001-01-01") == []


def test_the_measure_must_be_one_that_is_used(get, disputed) -> None:
    problem = get("claims/?measure=quantity-measurd", 400)
    assert problem["did_you_mean"] == ["quantity-measured"]


def test_a_measure_of_drafts_only_is_unknown(get, disputed) -> None:
    factories.claim(measure=factories.measure(slug="secret-weapons"))
    problem = get("claims/?measure=secret-weapons", 400)
    assert "secret-weapons" not in problem["allowed"]
