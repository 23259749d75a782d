"""The rows of district 0 as patterns: which columns move, and what stands in the texts."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.db import connection, models

from claims.choices import VersionKeyName
from claims.domain.agreement import ClaimTerms, Evidence, fingerprint
from claims.models import (
    Article,
    Assertion,
    BorrowedRow,
    Claim,
    ClaimVersion,
    Dispute,
    Party,
    PublishedArticle,
    Source,
    Subject,
    VersionKey,
)
from claims.models.history import SealedHistory, digest_of
from claims.workflow.borrowing import HISTORIES
from claims.workflow.desk import read_desk

Tokens = dict[str, str]
LETTERS: dict[str, type[models.Model]] = {
    "A": Article, "C": Claim, "D": Dispute, "F": Assertion, "P": Party, "S": Source, "T": Subject
}  # fmt: skip
# References (small in the words that searches read, where d20120124 is a day), the district's own
# name, the chain, and hashes (fingerprints among them).
MOVING = re.compile(
    r'\b([ACDFPST]|[acdfpst](?=[0-9]{1,7}\b))([0-9]+)\b|\b([Dd]istrict[ -])0\b|"sequence":([0-9]+)'
    r'|"previous_sha256":"[0-9a-f]*"|\b[0-9a-f]{64}\b'
)
SEAL = re.compile(r',"sha256":"[0-9a-f]{64}"\}\Z')


@dataclass
class Text:
    """A text cut at what moves: plain pieces at even places, tokens at odd ones."""

    pieces: list[str]
    tokens: list[str]

    @classmethod
    def of(cls, text: str) -> Text:
        """Cut the text."""
        found = list(MOVING.finditer(text))
        ends = [0, *(match.end() for match in found)]
        starts = [*(match.start() for match in found), len(text)]
        pieces: list[str] = []
        for end, start in zip(ends, starts, strict=True):
            pieces += [text[end:start], ""]
        return cls(pieces[:-1], [match[0] for match in found])

    def filled(self, tokens: Tokens) -> str:
        """Return the text with its tokens replaced."""
        self.pieces[1::2] = [tokens.get(token, token) for token in self.tokens]
        return "".join(self.pieces)


@dataclass
class Row:
    """One row: what the driver takes, the columns that move by a key, and those by text."""

    instance: models.Model
    values: list[Any]
    keys: list[tuple[int, str, int | str, int]]  # column, attribute, value, step
    texts: list[tuple[int, str, Text]]

    def moved(self, number: int, tokens: Tokens) -> list[Any]:
        """Return the row as district ``number`` has it."""
        values = self.values.copy()
        for column, name, value, step in self.keys:
            values[column] = type(value)(int(value) + step * number)
            self.instance.__dict__[name] = values[column]
        for column, name, text in self.texts:
            values[column] = self.instance.__dict__[name] = text.filled(tokens)
        return values


@dataclass
class District:
    """District 0, ready to be repeated."""

    tables: dict[type[models.Model], list[Row]]
    steps: dict[type[models.Model], int]
    evidence: list[tuple[str, list[Evidence], ClaimTerms]]

    def repeat(
        self, number: int, previous: str, into: dict[type[models.Model], list[list[Any]]]
    ) -> str:
        """Append the rows of district ``number``; return the hash of its last version."""
        tokens = self._tokens(number)
        for model, rows in self.tables.items():
            if issubclass(model, SealedHistory):
                into[model] += _sealed(model, rows, number, tokens)
            elif model is not ClaimVersion:
                into[model] += (row.moved(number, tokens) for row in rows)
        return self._chain(number, previous, tokens, into[ClaimVersion])

    def _chain(self, number: int, previous: str, tokens: Tokens, into: list[list[Any]]) -> str:
        """Append the versions, each sealed and naming the hash before it."""
        payload, own, before, sequence = (
            _column(ClaimVersion, name)
            for name in ("payload", "sha256", "previous_sha256", "sequence")
        )
        for row in self.tables[ClaimVersion]:
            text = next(text for column, _, text in row.texts if column == payload)
            link = next(one for one in text.tokens if one.startswith('"previous'))
            tokens[link] = f'"previous_sha256":"{previous}"'
            values = row.moved(number, tokens)
            digest = hashlib.sha256(values[payload].encode()).hexdigest()
            values[payload] = f'{values[payload][:-1]},"sha256":"{digest}"}}'
            values[own], values[before] = digest, previous
            values[sequence] += self.steps[ClaimVersion] * number
            into.append(values)
            previous = digest
        return previous

    @cached_property
    def _vocabulary(self) -> set[str]:
        rows = (row for table in self.tables.values() for row in table)
        return {token for row in rows for *_, text in row.texts for token in text.tokens}

    def _tokens(self, number: int) -> Tokens:
        """Return what each token of district 0 is in district ``number``."""
        moved = {token: self._moved(MOVING.fullmatch(token), number) for token in self._vocabulary}
        prints = {
            old: fingerprint([self._moved_evidence(one, number, moved) for one in evidence], terms)
            for old, evidence, terms in self.evidence
        }
        return moved | prints

    def _moved(self, match: re.Match[str] | None, number: int) -> str:
        assert match is not None
        letter, value, district, sequence = match.groups()
        if letter:
            return f"{letter}{int(value) + self.steps[LETTERS[letter.upper()]] * number}"
        if district:
            return f"{district}{number}"
        if sequence:
            return f'"sequence":{int(sequence) + self.steps[ClaimVersion] * number}'
        return match[0]

    def _moved_evidence(self, one: Evidence, number: int, tokens: Tokens) -> Evidence:
        step = self.steps[Assertion] * number
        return replace(one, id=one.id + step, origin=tokens.get(one.origin, one.origin))


def _sealed(
    model: type[models.Model], rows: list[Row], number: int, tokens: Tokens
) -> Iterator[list[Any]]:
    """Yield history rows, each with a digest over the one before it of the same object."""
    key = _column(model, model.instance_type._meta.pk.attname)  # type: ignore[attr-defined]
    seal = _column(model, "history_digest")
    newest: dict[int, str] = {}
    for row in rows:
        values = row.moved(number, tokens)
        digest = digest_of(row.instance, newest.get(values[key], ""))
        values[seal] = newest[values[key]] = digest
        yield values


def read_district(tables: Iterable[type[models.Model]], districts: int) -> District:
    """Read district 0 of ``districts`` that there are into patterns."""
    steps = {model: _last_key(model) // districts for model in tables}
    read = {model: _rows(model, steps) for model in tables}
    return District({model: rows for model, rows in read.items() if rows}, steps, _evidence(steps))


def _column(model: type[models.Model], name: str) -> int:
    return [field.attname for field in model._meta.concrete_fields].index(name)


def _last_key(model: type[models.Model]) -> int:
    return model._default_manager.aggregate(last=models.Max("pk"))["last"] or 0


def _rows(model: type[models.Model], steps: dict[type[models.Model], int]) -> list[Row]:
    """Return the model's rows of district 0 in order."""
    rows = model._default_manager.filter(pk__lte=steps[model]).order_by("pk")
    return [_row(row, steps) for row in rows]


def _row(row: models.Model, steps: dict[type[models.Model], int]) -> Row:
    pattern = Row(row, [], [], [])
    for column, field in enumerate(row._meta.concrete_fields):
        value = getattr(row, field.attname)
        pattern.values.append(field.get_db_prep_save(value, connection))
        step = steps.get(_keyed_by(row, field), 0)  # type: ignore[arg-type]
        if value is not None and step:
            pattern.keys.append((column, field.attname, value, step))
        if isinstance(value, str) and MOVING.search(value):
            pattern.texts.append((column, field.attname, Text.of(SEAL.sub("}", value))))
    return pattern


def _keyed_by(row: models.Model, field: Any) -> type[models.Model] | None:
    """Return the model whose keys this column holds."""
    if field.primary_key:
        return type(row)
    if field.is_relation:
        return field.related_model
    if isinstance(row, PublishedArticle):
        return Article.history.model if field.attname == "shown" else None
    if isinstance(row, VersionKey):
        is_subject = field.attname == "value" and row.name == VersionKeyName.SUBJECT
        return Subject if is_subject else None
    if isinstance(row, BorrowedRow):
        return _borrowed_keys(row).get(field.attname)
    if isinstance(row, SealedHistory):
        origin = type(row).instance_type  # type: ignore[attr-defined]
        return origin if field.attname == origin._meta.pk.attname else None
    return None


def _borrowed_keys(row: BorrowedRow) -> dict[str, Any]:
    """Return the models whose keys a borrowed row holds: of the register, and of its history."""
    model, column = HISTORIES[row.noun]
    history = {"shown": model.history.model} if row.shown else {}
    return {"number": Subject if column == "subject_id" else model, **history}


def _evidence(
    steps: dict[type[models.Model], int],
) -> list[tuple[str, list[Evidence], ClaimTerms]]:
    """Return each claim's fingerprint with what it is drawn from."""
    desks = (read_desk(claim) for claim in Claim.objects.filter(pk__lte=steps[Claim]))
    return [(desk.claim.fingerprint, desk.evidence, desk.terms) for desk in desks]
