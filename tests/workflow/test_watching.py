"""What accounts follow: rows that became others, and lines that were read long ago."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.models import Claim, Notification, Watch
from claims.workflow.followers import followers_of, is_following
from claims.workflow.watching import prune_read, set_watch
from tests import factories as make
from tests.workflow.merges import merged, undone

pytestmark = pytest.mark.django_db


def test_who_watched_a_merged_source_follows_what_it_is_now_until_the_merge_is_undone() -> None:
    old, new = make.source("Report"), make.source("The report")
    watcher, other = make.chief(), make.second_editor()
    set_watch(account=watcher, noun="source", number=old.pk, is_on=True)
    set_watch(account=other, noun="source", number=old.pk, is_on=True)
    set_watch(account=other, noun="source", number=new.pk, is_on=False)
    assert not is_following(watcher, "source", new.pk)

    merge = merged("source", old, new)
    assert is_following(watcher, "source", new.pk)
    assert not is_following(other, "source", new.pk)  # what is said of the row itself comes first

    undone(merge)
    assert not is_following(watcher, "source", new.pk)
    assert is_following(watcher, "source", old.pk)


def test_who_watched_a_merged_subject_follows_the_claims_of_what_it_is_now() -> None:
    old, new = make.subject("Fire"), make.subject("The fire")
    watcher = make.chief()
    set_watch(account=watcher, noun="subject", number=old.pk, is_on=True)
    merged("subject", old, new)
    claim = make.claim(subject=new)
    assert is_following(watcher, "claim", claim.pk)


def test_chains_of_merges_are_followed_to_their_end() -> None:
    rows = [make.source(f"Report {number}") for number in range(3)]
    set_watch(account=make.chief(), noun="source", number=rows[0].pk, is_on=True)
    merged("source", rows[0], rows[1])
    merged("source", rows[1], rows[2])
    assert make.chief().pk in followers_of("source", [rows[2].pk])[rows[2].pk]


def test_followers_cost_as_much_of_many_rows_as_of_one() -> None:
    numbers = [make.claim().pk for _ in range(4)]
    counts = []
    for some in (numbers[:1], numbers):
        with CaptureQueriesContext(connection) as asked:
            followers_of("claim", some)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def _told(days_ago: int | None) -> Notification:
    read = None if days_ago is None else timezone.now() - dt.timedelta(days=days_ago)
    line = Notification.objects.order_by("pk").last()
    assert line is not None
    line.pk, line.read_at = None, read
    line.gist = f"{line.gist[:-3]}{days_ago or 0:03}"
    line.save(force_insert=True)
    return line


def test_read_lines_are_pruned_by_age_and_unread_ones_stay(
    capsys: pytest.CaptureFixture[str],
) -> None:
    make.claim()
    set_watch(account=make.chief(), noun="claim", number=Claim.objects.get().pk, is_on=True)
    make.figure(Claim.objects.get(), 97)
    kept = [_told(None).pk, _told(89).pk]
    gone = [_told(91).pk, _told(200).pk]
    call_command("prune_notifications")
    assert "2 read notifications deleted." in capsys.readouterr().out
    left = set(Notification.objects.values_list("pk", flat=True))
    assert left >= set(kept)
    assert left.isdisjoint(gone)
    assert sum(prune_read(days=30)) == 1
    assert Watch.objects.count() == 1


@pytest.mark.parametrize("days", ["0", "-1", "three", "99999999"])
def test_a_number_of_days_that_is_none_is_refused(days: str) -> None:
    with pytest.raises(CommandError, match="no number of days from 1 to 36500"):
        call_command("prune_notifications", f"--days={days}")
