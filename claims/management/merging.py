"""The commands that make two rows one, one for each kind of row."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any, ClassVar

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from claims.choices import MergedNoun, MergeState
from claims.domain.refs import parse_ref
from claims.errors import RefusalError
from claims.models import Measure, Merge
from claims.workflow.merge_rules import name_of, row_of
from claims.workflow.merging import propose_merge
from claims.workflow.sameness import MODELS

_TOLD = {
    MergeState.DONE: "{old} is {new} by now.",
    MergeState.PROPOSED: "{old} is proposed to be merged into {new}: somebody else must approve.",
}


class MergeCommand(BaseCommand):
    """``merge_… MERGED INTO --as USER --reason WHY``: the first row is the same as the second."""

    noun: ClassVar[str]
    help = (
        "Say that the first row is the same as the second. Done at once where readers see nothing "
        "of the first; else somebody else must approve it on the desk. unmerge undoes it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = "slug" if self.noun == MergedNoun.MEASURE else "reference"
        parser.add_argument("merged", metavar="MERGED", help=f"{what} of the row that is merged")
        parser.add_argument("into", metavar="INTO", help=f"{what} of the row that stays")
        parser.add_argument("--as", dest="username", required=True, help="the account that signs")
        parser.add_argument("--reason", required=True, help="why; readers of claims get it")
        parser.add_argument(
            "--output", choices=("text", "json"), default="text", help="what to print"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        numbers = [row_number(self.noun, options[name]) for name in ("merged", "into")]
        try:
            item = propose_merge(
                noun=self.noun,
                merged=numbers[0],
                into=numbers[1],
                by=signing_account(options["username"]),
                reason=options["reason"],
            )
        except RefusalError as refusal:
            raise CommandError(refusal.message) from None
        print_merge(self, item, options["output"])


def print_merge(command: BaseCommand, item: Merge, output: str) -> None:
    """Say what became of a merge: a sentence, or one JSON object."""
    old, new = (name_of(row_of(item.noun, number)) for number in (item.merged, item.into))
    if output == "json":
        found = {"merge": item.pk, "state": item.state, "merged": old, "into": new}
        command.stdout.write(json.dumps(found))
        return
    words = _TOLD.get(MergeState(item.state), "{old} and {new}: " + item.get_state_display() + ".")
    command.stdout.write(words.format(old=old, new=new))


def row_number(noun: str, text: str) -> int:
    """The number of a row named by its reference, of a measure by its slug."""
    if noun == MergedNoun.MEASURE:
        found = Measure.objects.filter(slug=text).values_list("pk", flat=True).first()
    else:
        found = parse_ref(text, MODELS[noun].ref_letter)
    if found is None:
        raise CommandError(f"{text!r} names no {noun}.")
    return found


def signing_account(name: str) -> User:
    """The account that signs. Raises CommandError when there is none."""
    user = User.objects.filter(username=name).first()
    if user is None:
        raise CommandError(f"There is no account {name!r}.")
    return user
