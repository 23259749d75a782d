"""Background work: the same units as the commands, run by whichever queue is configured."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import Final

from django.contrib.auth.models import User
from django.db import transaction
from django.tasks import task

from claims.account_mails import mail_invitation, mail_password_resets
from claims.importers.pages import import_waiting
from claims.mailing import is_mail_on, send_due
from claims.models import Correction, ImportedPage, ImportRun, MailChoice, Merge
from claims.workflow.corrections import publish_piece
from claims.workflow.merge_publishing import publish_merge_piece

AGAIN: Final = 1_000  # pages put in the queue at once


@task()
def import_waiting_page(page_id: int) -> str:
    """Import one page of a dump; say what became of it. Doing it twice changes nothing."""
    return str(import_waiting(ImportedPage.objects.get(pk=page_id)).outcome)


def enqueue_page(page: ImportedPage) -> None:
    """Put a waiting page in the queue once it is committed, so that no worker misses its row."""
    transaction.on_commit(partial(import_waiting_page.enqueue, page.pk))


def enqueue_waiting(run: ImportRun) -> int:
    """Put the first pages of an import that wait in the queue, whether they are in it or not."""
    pages = list(run.pages.waiting().only("pk").order_by("position")[:AGAIN])
    for page in pages:
        enqueue_page(page)
    return len(pages)


@task()
def publish_correction(correction_id: int) -> int:
    """Publish an approved correction for all claims that lack it; say in how many pieces.

    Each piece is whole by itself, and doing it again publishes what is left or nothing.
    """
    item = Correction.objects.get(pk=correction_id)
    pieces = 1
    while publish_piece(item):
        pieces += 1
    return pieces


@task()
def publish_merge(merge_id: int) -> int:
    """The same for a merge, or its undoing."""
    item = Merge.objects.get(pk=merge_id)
    pieces = 1
    while publish_merge_piece(item):
        pieces += 1
    return pieces


@task()
def send_password_mails(address: str) -> int:
    """Send whoever has this address a link to a new password; say to how many accounts."""
    return mail_password_resets(address)


@task()
def send_invitation(account: int) -> None:
    """Send an account the link to its first password."""
    mail_invitation(User.objects.get(pk=account))


@task()
def send_mails_to(account: int) -> int:
    """Send the mail that is due to an account, if one is; say how many were."""
    return len(list(send_due(account=account)))


def enqueue_mails(accounts: Collection[int]) -> None:
    """Put the mails of accounts that are told at once in the queue, after the commit."""
    if is_mail_on():
        for account in MailChoice.objects.at_once(accounts):
            transaction.on_commit(partial(send_mails_to.enqueue, account), robust=True)


def enqueue_merge(number: int) -> None:
    """Put an approved merge in the queue if claims still wait for it."""
    if Merge.objects.unfinished().filter(pk=number).exists():
        publish_merge.enqueue(number)


def enqueue_correction(number: int) -> None:
    """Put an approved correction in the queue if claims still wait for it."""
    if Correction.objects.unfinished().filter(pk=number).exists():
        publish_correction.enqueue(number)
