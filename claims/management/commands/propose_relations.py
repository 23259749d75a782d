"""Proposes which sources rest on which, for people to decide on."""

from __future__ import annotations

from itertools import batched
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from claims.domain.refs import CLAIM, parse_ref
from claims.models import Claim
from claims.workflow.relation_proposals import propose_relations

AT_ONCE: Final = 100  # claims of one transaction


class Command(BaseCommand):
    """``propose_relations [--claim C1]``; doing it again proposes nothing twice."""

    help = "Compare the reports on each claim and propose which source copied which."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--claim", metavar="C1", help="look at this claim only")

    def handle(self, *args: Any, **options: Any) -> None:
        claims = Claim.objects.active().order_by("pk")
        if options["claim"] is not None:
            claims = claims.filter(pk=parse_ref(options["claim"], CLAIM) or 0)
            if not claims.exists():
                raise CommandError(f"{options['claim']} is no claim that is in use.")
        looked = made = 0
        for batch in batched(claims.iterator(chunk_size=AT_ONCE), AT_ONCE):
            with transaction.atomic():
                made += len(propose_relations(batch))
            looked += len(batch)
        self.stdout.write(f"{looked} claims looked at, {made} relations proposed.")
