"""Undoes a merge of two rows."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.choices import MergedNoun
from claims.errors import RefusalError
from claims.management.merging import print_merge, row_number, signing_account
from claims.models import Merge
from claims.workflow.merging import unmerge


class Command(BaseCommand):
    """``unmerge NOUN MERGED --as USER --reason WHY``."""

    help = (
        "Make two rows of one again: what the merge moved goes back. Done at once where readers "
        "see neither; else somebody else must approve it on the desk."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("noun", choices=MergedNoun.values, help="the kind of row")
        parser.add_argument("merged", metavar="MERGED", help="the row that was merged")
        parser.add_argument("--as", dest="username", required=True, help="the account that signs")
        parser.add_argument("--reason", required=True, help="why; readers of claims get it")
        parser.add_argument(
            "--output", choices=("text", "json"), default="text", help="what to print"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        noun = options["noun"]
        number = row_number(noun, options["merged"])
        found = Merge.objects.done().filter(noun=noun, merged=number).first()
        if found is None:
            raise CommandError(f"{options['merged']} is not merged.")
        try:
            item = unmerge(
                merge=found, by=signing_account(options["username"]), reason=options["reason"]
            )
        except RefusalError as refusal:
            raise CommandError(refusal.message) from None
        print_merge(self, item, options["output"])
