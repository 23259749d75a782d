"""What verbs tell certain accounts that no review event says."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import User

from claims.choices import Notice, WatchedNoun
from claims.models.acts import Deed, current_act


def tell(notice: Notice, claim: int, *, to: Iterable[int], by: User, words: str) -> None:
    """Let these accounts be told of the claim of this number when the act in progress ends."""
    accounts, held = frozenset(to), current_act()
    if held is not None and accounts:
        held.note_deeds([Deed(str(notice), WatchedNoun.CLAIM, claim, by.pk, words, accounts)])
