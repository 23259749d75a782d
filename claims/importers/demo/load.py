"""Loads the demo through the workflow; what an earlier load made is left alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from claims.choices import ReviewAction
from claims.importers.demo.accounts import ACCOUNTS, DemoAccount, ensure_accounts
from claims.importers.demo.bundle import read_bundle
from claims.importers.demo.drafting import Stage, draft, relate
from claims.importers.demo.life import live
from claims.importers.demo.marks import claims_made
from claims.importers.demo.vocabulary import ensure_vocabulary
from claims.models import ReviewEvent

type Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class LoadedDemo:
    """The accounts to sign in with, the public number of each demo claim by key, and how
    many of these this load drafted.
    """

    accounts: tuple[DemoAccount, ...]
    claims: dict[str, str]
    drafted: int


def load_demo(progress: Progress) -> LoadedDemo:
    """Make what is missing of the demo and return all of it.

    Drafting is a transaction an author, what becomes of a draft is a transaction a claim.
    A load that was cut short is completed by the next one. Rows that exist are not touched,
    even where people have edited them since.
    """
    bundle = read_bundle()
    accounts = ensure_accounts()
    words = ensure_vocabulary(bundle, accounts)
    stage = Stage(accounts, words, claims_made({one.question: one.key for one in bundle.claims}))
    fresh = [record for record in bundle.claims if record.key not in stage.claims]
    for author in dict.fromkeys(record.life.drafted_by for record in fresh):
        own = [record for record in fresh if record.life.drafted_by == author]
        draft(own, author, stage)
        progress(f"{author} drafted {len(own)} of {len(fresh)}")
    begun = _submitted(stage)
    waiting = [record for record in bundle.claims if stage.claims[record.key].pk not in begun]
    for record in waiting:
        relate(record, stage)
    for count, record in enumerate(waiting, start=1):
        live(record, stage)
        progress(f"reviewed {count} of {len(waiting)}")
    numbers = {record.key: stage.claims[record.key].ref for record in bundle.claims}
    return LoadedDemo(accounts=ACCOUNTS, claims=numbers, drafted=len(fresh))


def _submitted(stage: Stage) -> set[int]:
    """The claims whose life on the desk has begun."""
    numbers = [claim.pk for claim in stage.claims.values()]
    events = ReviewEvent.objects.filter(claim__in=numbers, action=ReviewAction.SUBMITTED)
    return set(events.values_list("claim_id", flat=True))
