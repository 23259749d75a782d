"""What people do to registers, corrections, accounts and the log in a random life."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group
from hypothesis import strategies as st
from hypothesis.stateful import rule

from claims.choices import SourceRelationKind
from claims.models import (
    ApiKey,
    Article,
    Claim,
    Correction,
    Measure,
    Party,
    Source,
    SourceRelation,
    Subject,
)
from claims.workflow.api_keys import make_key, revoke_key, revoke_keys_of
from claims.workflow.correction_candidate import correction_witness
from claims.workflow.corrections import approve_correction, publish_piece, return_correction
from claims.workflow.measures import add_measure, add_measures, edit_measure
from claims.workflow.parties import add_parties, add_party, edit_party
from claims.workflow.relations import (
    confirm_relation,
    propose_relation,
    reject_relation,
    withdraw_relation,
)
from claims.workflow.sequencing import seal_log
from claims.workflow.sources import (
    add_source,
    add_sources,
    edit_source,
    rate_source,
    restore_source,
    withdraw_source,
)
from claims.workflow.subjects import add_subject, add_subjects, edit_subject
from tests.workflow.life import World, dates, people, picked, which, witnesses
from tests.workflow.life_claims import reviewers, witness

KINDS = ("quantity", "date", "text", "boolean")
words = st.sampled_from(("new", "Report 0", "Report 0", "the  RAID", "Speaker\u00a01"))
FEW = 8  # rows of a register; each costs time at every step


class LifeOfRegisters(World):
    """Rules for sources, parties, subjects, measures, and what waits for readers of them."""

    def named(self, text: str) -> str:
        return self.word() if text == "new" else text

    @rule(by=people, title=words, when=dates, many=st.booleans())
    def add_work(self, by, title, when, many) -> None:
        fields = {"title": self.named(title), "csl_type": "book", "url_status": "none"}
        fields["issued"] = when
        if Source.objects.count() < FEW:
            self.add_row(by, fields, many, add_source, add_sources)

    @rule(by=people, name=words, many=st.booleans(), kind=st.sampled_from(("person", "unnamed")))
    def add_speaker(self, by, name, many, kind) -> None:
        fields = {"name": self.named(name), "kind": kind, "description": "a nurse"}
        if Party.objects.count() < FEW:
            self.add_row(by, fields, many, add_party, add_parties)

    @rule(by=people, kind=st.sampled_from(KINDS), many=st.booleans())
    def add_question(self, by, kind, many) -> None:
        slug = self.word().lower()
        fields = {"slug": slug, "label": slug, "value_kind": kind, "is_count": kind == "quantity"}
        if Measure.objects.count() < FEW:
            self.add_row(by, fields, many, add_measure, add_measures)

    def add_row(self, by: str, fields: dict[str, Any], many: bool, one: Any, all_of: Any) -> None:
        if many:
            self.attempt(all_of, by, rows=[fields])
        else:
            self.attempt(one, by, **fields)

    @rule(by=people, title=words, parent=which, many=st.booleans(), when=dates)
    def add_event(self, by, title, parent, many, when) -> None:
        if Subject.objects.count() >= FEW:
            return
        above, fields = picked(Subject, parent), {"title": self.named(title), "kind": "event"}
        fields["when"] = when
        if many:
            self.attempt(add_subjects, by, rows=[fields], below=above)
        else:
            self.attempt(add_subject, by, parent=above, **fields)

    @rule(
        by=people, number=which, title=words, url=st.sampled_from(("", "https://e.org/a", "ftp:x"))
    )
    def correct_source(self, by, number, title, url) -> None:
        row = picked(Source, number)
        self.attempt(edit_source, by, source=row, title=self.named(title), url=url)

    @rule(by=people, number=which, publisher=which, when=dates)
    def correct_publisher(self, by, number, publisher, when) -> None:
        fields = {"publisher": picked(Party, publisher), "issued": when}
        self.attempt(edit_source, by, source=picked(Source, number), **fields)

    @rule(number=which, letter=st.sampled_from(("A", "C", "F", "")), by=people)
    def rate(self, number, letter, by) -> None:
        row = picked(Source, number)
        self.attempt(rate_source, by, source=row, reliability=letter, note=" Seen. ")

    @rule(number=st.integers(3, 9))
    def withdraw(self, number) -> None:
        self.attempt(withdraw_source, "chief", source=picked(Source, number))

    @rule(by=st.sampled_from(("chief", "chief", "editor")), number=which)
    def restore(self, by, number) -> None:
        """One of the withdrawn sources, or any while there is none."""
        rows = Source.objects.withdrawn().order_by("pk")
        source = rows[number % len(rows)] if rows else picked(Source, number)
        self.attempt(restore_source, by, source=source)

    @rule(
        by=people,
        ends=st.tuples(which, which),
        kind=st.sampled_from(SourceRelationKind.values),
        of=st.none() | which,
        copied=st.booleans(),
    )
    def rest_on_another(self, by, ends, kind, of, copied) -> None:
        first, second = (picked(Source, number) for number in ends)
        fields: dict[str, Any] = {"kind": kind, "words": self.word()}
        fields["claim"] = None if of is None else picked(Claim, of)
        if copied and Article.objects.exists():
            fields["to_article"] = picked(Article, ends[1])
        else:
            fields["to_source"] = second
        self.attempt(propose_relation, by, from_source=first, **fields)

    @rule(
        by=reviewers,
        number=which,
        verb=st.sampled_from(
            (confirm_relation, confirm_relation, reject_relation, withdraw_relation)
        ),
    )
    def decide_on_a_relation(self, by, number, verb) -> None:
        waiting = SourceRelation.objects.proposed().order_by("pk")[:1]
        row = waiting[0] if waiting and number % 2 else picked(SourceRelation, number)
        if row is not None:
            self.attempt(verb, by, relation=row)

    @rule(by=people, number=which, kind=st.sampled_from(("person", "unnamed")))
    def name_a_speaker(self, by, number, kind) -> None:
        self.attempt(edit_party, by, party=picked(Party, number), kind=kind)

    @rule(by=people, number=which, name=words, aliases=st.sampled_from(([], ["Al"], ["Speaker 1"])))
    def correct_party(self, by, number, name, aliases) -> None:
        row = picked(Party, number)
        self.attempt(edit_party, by, party=row, name=self.named(name), aliases=aliases)

    @rule(by=people, number=which, title=words, place=st.sampled_from(("", "Arden")), when=dates)
    def correct_subject(self, by, number, title, place, when) -> None:
        fields = {"title": self.named(title), "place": place, "when": when}
        self.attempt(edit_subject, by, subject=picked(Subject, number), **fields)

    @rule(by=people, number=which, parent=which)
    def move_subject(self, by, number, parent) -> None:
        above = picked(Subject, parent) if parent else None
        self.attempt(edit_subject, by, subject=picked(Subject, number), parent=above)

    @rule(by=people, number=which, who=which, side=st.sampled_from(("a", "b", "")))
    def name_belligerent(self, by, number, who, side) -> None:
        fighting = [(picked(Party, who), side)] if side else []
        self.attempt(edit_subject, by, subject=picked(Subject, number), belligerents=fighting)

    @rule(by=people, number=which, field=st.sampled_from(("label", "is_count", "slug", "unit")))
    def correct_measure(self, by, number, field) -> None:
        row = picked(Measure, number)
        new: Any = not row.is_count if field == "is_count" else self.word().lower()
        name = "default_unit" if field == "unit" else field
        self.attempt(edit_measure, by, measure=row, **{name: new})

    @rule(by=reviewers, number=which, seen=witnesses)
    def approve_edit(self, by, number, seen) -> None:
        if (item := waiting(number)) is not None:
            right = correction_witness(item)
            self.attempt(approve_correction, by, correction=item, witness=witness(seen, right))

    @rule(by=reviewers, number=which)
    def return_edit(self, by, number) -> None:
        if (item := waiting(number)) is not None:
            self.attempt(return_correction, by, correction=item)

    @rule()
    def go_on_publishing(self) -> None:
        for item in Correction.objects.unfinished():
            publish_piece(item)

    @rule(by=people, owner=people, scope=st.sampled_from(("read", "write")))
    def make_api_key(self, by, owner, scope) -> None:
        self.attempt(make_key, by, owner=self.person(owner), scope=scope)

    @rule(by=people, number=which)
    def revoke_api_key(self, by, number) -> None:
        if (key := picked(ApiKey, number)) is not None:
            self.attempt(revoke_key, by, key=key)

    @rule(by=people, owner=people)
    def revoke_api_keys(self, by, owner) -> None:
        self.attempt(revoke_keys_of, by, owner=self.person(owner))

    @rule(name=st.sampled_from(("second_editor", "contributor")))
    def switch_account(self, name) -> None:
        """Off, or on again: what is written meanwhile is another person's."""
        user = self.person(name)
        user.is_active = not user.is_active
        user.save()

    @rule(joins=st.booleans())
    def change_rights(self, joins) -> None:
        groups = self.person("contributor").groups
        group = Group.objects.get(name="editor")
        (groups.add if joins else groups.remove)(group)

    @rule()
    def seal(self) -> None:
        seal_log()


def waiting(number: int) -> Correction | None:
    """One of the corrections that wait, else any that there was."""
    rows = Correction.objects.waiting().order_by("pk") or Correction.objects.order_by("pk")
    return rows[number % len(rows)] if rows else None
