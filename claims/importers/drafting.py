"""Drafting what a file of data says: claims with answers, each once, noted for an undo."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.db import DataError, IntegrityError, transaction

from claims.choices import AttributionRole
from claims.domain.quantity import FigureError
from claims.domain.wikibase import rank_in
from claims.errors import PermissionMissingError, RefusalError
from claims.importers.figures.record import ImportFile, ImportRecord
from claims.importers.figures.table import RejectedRow
from claims.importers.registers import Registers
from claims.models import Assertion, Claim
from claims.workflow.acts import act
from claims.workflow.claims import draft_claim
from claims.workflow.comments import write_comment
from claims.workflow.evidence import add_assertion, reject_assertion
from claims.workflow.relation_proposals import propose_relations
from claims.workflow.scopes import same_scope

_VALUES = ("point", "low", "high", "edtf", "text", "boolean", "value_state", "asserted_on")


@dataclass(frozen=True, slots=True)
class DraftedAnswer:
    """One statement to be drafted; ``fields`` as add_assertion takes them.

    ``line`` and ``place`` say where the file has it; ``note`` goes to the thread of the claim,
    ``rejected`` is why it does not hold up, ``fault`` why it cannot be drafted; '' when it is fine.
    """

    line: int
    place: str
    fields: Mapping[str, Any]
    note: str = ""
    rejected: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class DraftedQuestion:
    """One claim to be drafted or found; ``terms`` as draft_claim takes them."""

    text: str
    terms: Mapping[str, Any]
    answers: Sequence[DraftedAnswer]


@dataclass(slots=True)
class Drafted:
    """What became of one question."""

    is_new: bool = False
    known: int = 0
    asked: int = 0
    made: list[Assertion] = field(default_factory=list)
    rejected: list[RejectedRow] = field(default_factory=list)


class Drafting:
    """One import of a file at work, and the registers that it uses."""

    def __init__(self, file: ImportFile, *, verb: str, by: User, reason: str) -> None:
        self._verb, self._by, self._reason = verb, by, reason
        self.registers = Registers(by=by, reason=reason)
        self.record = ImportRecord(file, by=by, reason=reason)

    @property
    def signed(self) -> dict[str, Any]:
        return {"by": self._by, "reason": self._reason}

    def draft(self, asked: Any, place: str, line: int) -> Drafted:
        """Draft what ``asked()`` returns, a Question; all in one transaction, or nothing of it."""
        done = Drafted()
        try:
            with transaction.atomic(), act(self._verb, **self.signed):
                before = self.registers.asked
                self._keep(asked(), done)
                if done.made:
                    done.asked = self.registers.asked - before
                    self.record.note(done.made, is_new=done.is_new)
                else:
                    transaction.set_rollback(True)
        except PermissionMissingError:
            raise
        except (RefusalError, FigureError, DataError, IntegrityError) as error:
            self.record.forget()
            done = Drafted(rejected=[_refused(line, place, error)])
        self.record.count(done.known, done.rejected)
        return done

    def _keep(self, question: DraftedQuestion, done: Drafted) -> None:
        claim = same_scope(Claim(question=question.text, **question.terms))
        held = held_answers(claim) if claim is not None else set()
        faulty = [one for one in question.answers if one.fault]
        done.rejected += [RejectedRow(one.line, one.place, "", one.fault) for one in faulty]
        told = {_identity(one.fields): one for one in question.answers if not one.fault}
        new = [one for identity, one in told.items() if identity not in held]
        done.known = len(question.answers) - len(faulty) - len(new)
        if not new:
            return
        done.is_new = claim is None
        claim = claim or draft_claim(question=question.text, **question.terms, **self.signed)
        for one in new:
            self._add(claim, one, done)
        if done.made:
            propose_relations([claim])

    def _add(self, claim: Claim, answer: DraftedAnswer, done: Drafted) -> None:
        try:
            with transaction.atomic():
                row = add_assertion(claim=claim, **answer.fields, **self.signed)
                if answer.rejected:
                    signed = {**self.signed, "reason": answer.rejected}
                    reject_assertion(assertion=row, **signed)
                if answer.note:
                    write_comment(claim=claim, by=self._by, body=f"{row.ref}: {answer.note}")
                done.made.append(row)
        except PermissionMissingError:
            raise
        except (RefusalError, FigureError, DataError, IntegrityError) as error:
            done.rejected.append(_refused(answer.line, answer.place, error))


def held_answers(claim: Claim) -> set[tuple[Any, ...]]:
    """What the desk holds of the claim, as answers are compared."""
    rows = claim.assertions.select_related("source").prefetch_related(
        "attributions__party", "party_links__party"
    )
    return {
        _identity(
            {
                **{name: getattr(row, name) for name in (*_VALUES, "locator", "source")},
                "attributions": [
                    {"party": link.party, "role": link.role} for link in row.attributions.all()
                ],
                "parties": [link.party for link in row.party_links.all()],
            }
        )
        for row in rows
    }


def _identity(fields: Mapping[str, Any]) -> tuple[Any, ...]:
    """The same for two statements that say the same of the same; a rank makes no difference."""
    said = [fields.get(name) for name in _VALUES]
    values = tuple(one or None if isinstance(one, str) else one for one in said)
    locator = str(fields.get("locator", ""))
    source = fields.get("source")
    return (
        *values,
        rank_in(locator)[1] or locator,
        source.pk if source is not None else None,
        _speaker(fields.get("attributions", ())),
        frozenset(party.pk for party in fields.get("parties", ())),
    )


def _speaker(links: Iterable[Mapping[str, Any]]) -> int | None:
    speakers = (link["party"].pk for link in links if link["role"] == AttributionRole.SPEAKER)
    return next(speakers, None)


def _refused(line: int, place: str, error: Exception) -> RejectedRow:
    field_name = getattr(error, "field", "")
    return RejectedRow(line, place, field_name, " ".join(str(error).split()))
