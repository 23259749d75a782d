"""Whom a row concerns: who watches it, wrote it, commented on it or looks after it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from itertools import batched
from typing import Any, Final

from django.contrib.auth.models import User

from claims.choices import WatchedNoun
from claims.models import (
    Article,
    ArticleRevision,
    Claim,
    Comment,
    Merge,
    ReviewEvent,
    Source,
    Subject,
    Watch,
)

type Followers = dict[int, set[int]]  # numbers of accounts by number of row

AT_ONCE: Final = 500  # numbers that one question names
PAGE_OF: Final[dict[str, type[Claim | Source | Subject | Article]]] = {
    WatchedNoun.CLAIM: Claim,
    WatchedNoun.SOURCE: Source,
    WatchedNoun.SUBJECT: Subject,
    WatchedNoun.ARTICLE: Article,
}
_WATCH_BACKEND: Final = "django.contrib.auth.backends.ModelBackend"


def followers_of(noun: str, numbers: Collection[int]) -> Followers:
    """The accounts that follow each of these rows; who wants no word of a row is left out."""
    found: Followers = defaultdict(set)
    for some in batched(sorted(set(numbers)), AT_ONCE):
        subjects = _subjects_of(some, found) if noun == WatchedNoun.CLAIM else {}
        for number, account in _writers_of(noun, some):
            if account is not None:
                found[number].add(account)
        _heed_watches(noun, some, subjects, found)
    return found


def is_following(account: User, noun: str, number: int) -> bool:
    """Whether what happens to the row is told to this account."""
    return account.pk in followers_of(noun, [number]).get(number, set())


def who_may_see(noun: str, accounts: Collection[int]) -> set[int]:
    """Those of the accounts that can open the desk and look at such rows there."""
    seeing: set[int] = set()
    permission = f"claims.view_{noun}"
    for some in batched(sorted(accounts), AT_ONCE):
        staff = User.objects.with_perm(permission, backend=_WATCH_BACKEND).filter(is_staff=True)
        seeing |= set(staff.filter(pk__in=some).values_list("pk", flat=True))
    return seeing


def _writers_of(noun: str, numbers: tuple[int, ...]) -> Iterable[tuple[int, int | None]]:
    """Row and account of everybody who wrote on one of these, or commented on it."""
    if noun == WatchedNoun.CLAIM:
        events = ReviewEvent.objects.authoring().filter(claim__in=numbers)
        comments = Comment.objects.filter(claim__in=numbers).order_by()
        written = events.order_by().values_list("claim_id", "actor_id")
        return written.union(comments.values_list("claim_id", "author_id")).order_by()
    model: Any = PAGE_OF[noun]
    found = model.history.filter(id__in=numbers).order_by().values_list("id", "history_user_id")
    if noun == WatchedNoun.ARTICLE:
        texts = ArticleRevision.history.filter(article_id__in=numbers).order_by()
        return found.union(texts.values_list("article_id", "history_user_id")).order_by()
    rows: Iterable[tuple[int, int | None]] = found.distinct()
    return rows


def _subjects_of(numbers: tuple[int, ...], found: Followers) -> dict[int, list[int]]:
    """The numbers of the claims by that of their subject; who looks after one follows it."""
    about: defaultdict[int, list[int]] = defaultdict(list)
    rows = Claim.objects.filter(pk__in=numbers).order_by()
    for number, assignee, subject in rows.values_list("pk", "assignee_id", "subject_id"):
        about[subject].append(number)
        if assignee is not None:
            found[number].add(assignee)
    return about


def _heed_watches(
    noun: str, numbers: tuple[int, ...], about: dict[int, list[int]], found: Followers
) -> None:
    """What accounts chose: about a subject for its claims, about a row before anything else.

    Who chose something about a row that was merged chose it about what the row is now.
    """
    wanted: dict[str, Collection[int]] = {noun: numbers}
    if about:
        wanted[WatchedNoun.SUBJECT] = about
    heirs = Merge.objects.heirs(wanted)
    chosen = Watch.objects.of_all(heirs).values_list("noun", "number", "account_id", "is_on")
    # Of the subject first, and what was chosen about a row itself last.
    for kind, number, account, is_on in sorted(
        chosen, key=lambda row: (row[0] == noun, heirs[row[0], row[1]] == row[1])
    ):
        heir = heirs[kind, number]
        if kind == noun:
            (found[heir].add if is_on else found[heir].discard)(account)
        else:
            for one in about[heir] if is_on else []:
                found[one].add(account)
