"""The new claims of one article, gathered first and then drafted all at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User

from claims.models import ArticleRevision, Claim
from claims.reading.asking.scope import Scope
from claims.workflow.bulk import draft_claims
from claims.workflow.plans import AssertionPlan, ClaimPlan


@dataclass(slots=True)
class _Answer:
    """An answer as add_assertion takes it, where it stands, and where what it replaces begins."""

    fields: dict[str, Any]
    places: list[tuple[int, int]]
    replaces: int | None = None


@dataclass(slots=True)
class _Draft:
    """One question with its answers so far, each with the places where it stands."""

    question: str
    terms: dict[str, Any]
    answers: dict[tuple[Any, ...], _Answer] = field(default_factory=dict)


class Drafts:
    """Claims that nobody asked before; questions of one scope are one claim."""

    def __init__(self, revision: ArticleRevision) -> None:
        self._revision = revision
        self._drafts: dict[tuple[Any, ...], _Draft] = {}
        self._key_of: dict[Scope, tuple[Any, ...]] = {}

    def ask(self, scope: Scope, question: str, terms: dict[str, Any]) -> None:
        """Begin a draft; ``terms`` are its scope as draft_claim takes it."""
        key = tuple(terms.values())
        self._key_of[scope] = key
        self._drafts.setdefault(key, _Draft(question, terms))

    def answer(
        self,
        scope: Scope,
        answer: dict[str, Any],
        places: list[tuple[int, int]],
        replaces: int | None = None,
    ) -> bool:
        """Add an answer, or its places to the same answer; tell whether it is new.

        ``replaces`` is where the answer of the same question begins that it takes the place of.
        """
        answers = self._drafts[self._key_of[scope]].answers
        key = _sameness(answer)
        if key in answers:
            answers[key].places.extend(places)
            return False
        answers[key] = _Answer(answer, places, replaces)
        return True

    def write(self, *, by: User, reason: str) -> dict[Scope, Claim]:
        """Draft the claims; return the claim of each scope."""
        plans = [self._plan(draft) for draft in self._drafts.values()]
        claims = draft_claims(plans=plans, by=by, reason=reason) if plans else []
        made = dict(zip(self._drafts, claims, strict=True))
        return {scope: made[key] for scope, key in self._key_of.items()}

    def _plan(self, draft: _Draft) -> ClaimPlan:
        terms = dict(draft.terms)
        subject, measure = terms.pop("subject"), terms.pop("measure")
        return ClaimPlan(
            question=draft.question,
            subject=subject,
            measure=measure,
            fields=terms,
            assertions=self._assertions([*draft.answers.values()]),
        )

    def _assertions(self, answers: list[_Answer]) -> list[AssertionPlan]:
        at = {start: index for index, one in enumerate(answers) for start, _ in one.places}
        found: list[AssertionPlan] = []
        taken: set[int] = set()
        for index, one in enumerate(answers):
            older = at.get(one.replaces) if one.replaces is not None else None
            if older is not None and (older >= index or older in taken):
                older = None  # an answer is replaced once, by one that is given later
            taken |= set() if older is None else {older}
            found.append(self._assertion(one.fields, one.places, older))
        return found

    def _assertion(
        self, answer: Mapping[str, Any], places: list[tuple[int, int]], replaces: int | None
    ) -> AssertionPlan:
        fields = dict(answer)
        chain, parties = fields.pop("attributions"), fields.pop("parties")
        return AssertionPlan(
            fields=fields,
            attributions=chain,
            parties=parties,
            revision=self._revision,
            places=list(dict.fromkeys(places)),
            replaces=replaces,
        )


def _sameness(answer: Mapping[str, Any]) -> tuple[Any, ...]:
    """Equal for the same value from the same speakers and source, whatever the words."""
    speakers = tuple(link["party"].pk for link in answer["attributions"])
    named = frozenset(party.pk for party in answer["parties"])
    ignored = ("attributions", "parties", "quote", "extent", "ground")
    said = {name: value for name, value in answer.items() if name not in ignored and value}
    return speakers, named, tuple(sorted(said.items(), key=lambda item: item[0]))
