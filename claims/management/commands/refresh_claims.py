"""Put claims before reviewers whose headline today's rules give otherwise."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.errors import RefusalError
from claims.importers.accounts import importing_account
from claims.models import Claim
from claims.workflow.refreshing import Outdated, outdated_claims, refresh_claim

REASON = "The rules by which the headline is worked out changed; the figures did not."


class Command(BaseCommand):
    """``refresh_claims [--dry-run] [--as USER] [--reason WORDS]``; twice changes nothing more."""

    help = (
        "List the public claims whose next version would derive something else than readers "
        "have, and put them before reviewers. What was published stays as it is. Exit code 0 "
        "when all went, 1 when one was refused; what is done is kept."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="list them and change nothing")
        parser.add_argument("--as", dest="username", default="", help="the account that signs")
        parser.add_argument("--reason", default=REASON, help="why, in words that readers get")

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(outdated_claims())
        for one in found:
            self.stderr.write(f"{one.ref}: {_members(one)}{_standing(one)}")
        done = 0
        try:
            for one in [] if options["dry_run"] else found:
                if not one.waits:
                    self._refresh(one, options["username"], options["reason"])
                    done += 1
        except RefusalError as error:
            raise CommandError(" ".join(str(error).split())) from None
        except KeyboardInterrupt:
            raise CommandError("Stopped. What is done is kept; run it again to go on.") from None
        self.stdout.write(f"{done} of {len(found)} claims put before reviewers.")

    def _refresh(self, one: Outdated, username: str, reason: str) -> None:
        claim = Claim.objects.get(pk=one.number)
        refresh_claim(claim=claim, by=importing_account(username), reason=reason)


def _members(one: Outdated) -> str:
    return ", ".join(one.members[:5]) + (" and more" if len(one.members) > 5 else "")


def _standing(one: Outdated) -> str:
    return " (on the desk already)" if one.waits else ""
