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
        for number, account in _concerned(noun, some):
            if account is not None:
                found[number].add(account)
        for number, account, is_on in Watch.objects.of_rows(noun, some).values_list(
            "number", "account_id", "is_on"
        ):
            (found[number].add if is_on else found[number].discard)(account)
    return found


def follows(account: User, noun: str, number: int) -> bool:
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


def _concerned(noun: str, numbers: tuple[int, ...]) -> Iterable[tuple[int, int | None]]:
    """Row and account of everybody who follows one of these without having said so."""
    if noun == WatchedNoun.CLAIM:
        yield from _of_claims(numbers)
        return
    model: Any = PAGE_OF[noun]
    yield from _writers(model.history.filter(id__in=numbers), "id")
    if noun == WatchedNoun.ARTICLE:
        texts = ArticleRevision.history.filter(article_id__in=numbers)
        yield from _writers(texts, "article_id")


def _of_claims(numbers: tuple[int, ...]) -> Iterable[tuple[int, int | None]]:
    """Who wrote, commented or looks after a claim, and who watches its subject."""
    events = ReviewEvent.objects.authoring().filter(claim__in=numbers)
    yield from events.order_by().values_list("claim_id", "actor_id").distinct()
    comments = Comment.objects.filter(claim__in=numbers).order_by()
    yield from comments.values_list("claim_id", "author_id").distinct()
    about: defaultdict[int, list[int]] = defaultdict(list)
    rows = Claim.objects.filter(pk__in=numbers).order_by()
    for number, assignee, subject in rows.values_list("pk", "assignee_id", "subject_id"):
        yield number, assignee
        about[subject].append(number)
    watched = Watch.objects.of_rows(WatchedNoun.SUBJECT, about).filter(is_on=True)
    for subject, account in watched.values_list("number", "account_id"):
        for number in about[subject]:
            yield number, account


def _writers(history: Any, key: str) -> Iterable[tuple[int, int | None]]:
    """Who changed a row of a register, by its history."""
    rows: Iterable[tuple[int, int | None]] = (
        history.order_by().values_list(key, "history_user_id").distinct()
    )
    return rows
