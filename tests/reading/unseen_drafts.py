"""Counts what the drafts of an unseen article are worth against their annotation."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from tests.reading.counting import Count, pair_up, same_name
from tests.reading.unseen_answers import Answer, Draft, Statement
from tests.reading.unseen_slots import (
    counts_nobody,
    is_gap,
    polarity_error,
    wrong_place,
    wrong_slots,
)

Row = dict[str, Any]


def count_drafts(gold: Row, answer: Answer, text: str, others: Iterable[str]) -> dict[str, Count]:
    """Count the drafts of one article: {metric: Count}.

    Right and wrong are statements for *slots*, *ready*, *worth*, *polarity* and *speakers*,
    drafts for *gaps* and *mixed*, disputes for *disputes*, annotated figures for *recall* and
    *recall right*, *revised* and *works of drafts*, pairs of figures for *together*. A draft with
    a gap is none for *recall*. `others` are names of the
    article that may speak and stand behind no figure.
    """
    return _Drafts(gold, answer, text, others).count()


class _Drafts:
    def __init__(self, gold: Row, answer: Answer, text: str, others: Iterable[str]) -> None:
        self.gold, self.text, self.answer = gold, text, answer
        self.drafts = {draft.number: draft for draft in answer.drafts}
        self.said = _merged(answer.statements)
        self.figures = [_placed(row) for row in gold["figures"]]
        self.pairs = self._paired()
        self.of_said = {j: i for i, j in self.pairs.items()}
        self.known = {*others}
        for row in self.figures:
            self.known.update(row.get("may_speak", ()))
            for speaker in row.get("speakers", ()):
                self.known.update((*speaker["names"], speaker["via"] or speaker["names"][0]))

    def count(self) -> dict[str, Count]:
        return self._statements() | self._drafted() | self._figures()

    def _paired(self) -> dict[int, int]:
        """Return {figure: statement}; a denial without a value answers what it denies."""
        valued = [j for j, one in enumerate(self.said) if _has_value(one)]
        rows = [_span(self.said[j]) for j in valued]
        pairs = {i: valued[j] for i, j in pair_up(self.figures, rows).items()}
        left = [i for i, row in enumerate(self.figures) if _nothing(row) and i not in pairs]
        bare = [j for j in range(len(self.said)) if j not in valued]
        found = pair_up([self.figures[i] for i in left], [_span(self.said[j]) for j in bare])
        return pairs | {left[i]: bare[j] for i, j in found.items()}

    def _statements(self) -> dict[str, Count]:
        slots, ready, worth, polarity, speakers = (Count() for _ in range(5))
        optional = [_placed(row) for row in self.gold["optional"]]
        for j, said in enumerate(self.said):
            for name in said.speakers:
                somebody = any(same_name(one, name) for one in self.known)
                _note(speakers, somebody, f"nobody: {name!r} of {said.quote!r}")
            if j not in self.of_said:
                if _has_value(said) and not pair_up(optional, [_span(said)]):
                    _note(worth, False, f"no figure: {said.quote!r}")
                continue
            row, draft = self.figures[self.of_said[j]], self.drafts[said.claim]
            where = f"{said.quote!r}: {draft.question}"
            _note(worth, row["worth"], f"a highlight: {where}")
            if not row["worth"]:
                if counts_nobody(self.text, row, draft, said):
                    _note(polarity, False, f"none of them: {where}")
                continue
            _note(polarity, not polarity_error(row, said), f"{row['polarity']}: {where}")
            wrong = wrong_slots(row, draft, said)
            _note(slots, not wrong, f"{', '.join(wrong)} of {where}")
            wrong += wrong_place(row, draft, self.gold)
            _note(ready, not wrong, f"{', '.join(wrong)} of {where}")
        return {
            "slots": slots, "ready": ready, "worth": worth, "polarity": polarity,
            "speakers of drafts": speakers,
        }  # fmt: skip

    def _drafted(self) -> dict[str, Count]:
        gaps, mixed, disputes = Count(), Count(), Count()
        asked = defaultdict(set)
        for i, j in self.pairs.items():
            if self.figures[i]["worth"]:
                asked[self.said[j].claim].add(self.figures[i]["question"])
        for number, draft in self.drafts.items():
            _note(gaps, not is_gap(draft.question), draft.question)
            keys = sorted(asked[number])
            _note(mixed, len(keys) < 2, f"{keys} in {draft.question}")
            for spans in draft.disputes:
                self._dispute(disputes, draft, spans)
        return {"gaps": gaps, "mixed": mixed, "disputes": disputes}

    def _dispute(self, count: Count, draft: Draft, spans: list[tuple[int, int]]) -> None:
        """Right: rivals in a draft without a gap, none of another question among them.

        A denial alone is in dispute with all that its draft says.
        """
        own = {i: self.said[j] for i, j in self.pairs.items()}
        inside = {
            self.figures[i]["id"]
            for i, said in own.items()
            if said.claim == draft.number
            and (len(spans) == 1 or (said.char_start, said.char_end) in spans)
        }
        if len(spans) == 1:
            start, end = spans[0]
            inside |= {r["id"] for r in self.figures if start <= r["start"] < end}
        pairs = {frozenset(pair) for pair in itertools.combinations(inside, 2)}
        asked = {r.get("question") for r in self.figures if r["id"] in inside}
        is_clean = len(asked) == 1 and not is_gap(draft.question)
        if is_clean and pairs & _pairs(self.gold["conflicts"]):
            count.right += 1
        elif not (is_clean and pairs & _pairs(self.gold["may_conflict"])):
            _note(count, False, f"no clean conflict: {sorted(inside)} in {draft.question}")

    def _figures(self) -> dict[str, Count]:
        recall, right, together, revised, works = (Count() for _ in range(5))
        claims = {}
        for i, row in enumerate(self.figures):
            if not row["worth"]:
                continue
            said = self.said[self.pairs[i]] if i in self.pairs else None
            usable = said is not None and not is_gap(self.drafts[said.claim].question)
            _find(recall, usable, f"no draft without a gap: {row['quote']!r}")
            if said and row["works"]:
                cited = any(work.casefold() in said.work.casefold() for work in row["works"])
                _find(works, cited, f"work of {row['quote']!r}: {row['works']} is {said.work!r}")
            fits = said and not wrong_slots(row, self.drafts[said.claim], said)
            _find(right, bool(fits), f"not right: {row['quote']!r}")
            if said:
                claims[row["id"]] = said
        for one, other in itertools.combinations(
            [r for r in self.figures if r["worth"] and r["id"] in claims], 2
        ):
            if one["question"] == other["question"]:
                same = claims[one["id"]].claim == claims[other["id"]].claim
                _find(together, same, f"apart: {one['quote']!r} and {other['quote']!r}")
        older = defaultdict(set)
        for relation in self.gold["relations"]:
            if relation["kind"] == "revises" and {relation["from"], relation["to"]} <= set(claims):
                older[relation["from"]].add(claims[relation["to"]].char_start)
        for name, begins in older.items():
            holds = claims[name].replaces in begins
            _find(revised, holds, f"{claims[name].quote!r} replaces an earlier figure")
        return {
            "recall": recall, "recall right": right, "together": together, "revised": revised,
            "works of drafts": works,
        }  # fmt: skip


def _merged(statements: list[Statement]) -> list[Statement]:
    """Take the statements of several speakers about one figure in one draft as one."""
    found: dict[tuple[int, int, int], Statement] = {}
    for one in statements:
        key = (one.claim, one.char_start, one.char_end)
        if key in found:
            names = dict.fromkeys((*found[key].speakers, *one.speakers))
            found[key] = replace(found[key], speakers=tuple(names))
        else:
            found[key] = one
    return list(found.values())


def _has_value(one: Statement) -> bool:
    return one.low is not None or one.high is not None or bool(one.vague)


def _nothing(row: Row) -> bool:
    return row["worth"] and row["polarity"] != "asserted"


def _placed(row: Row) -> Row:
    return {**row, "char_start": row["start"], "char_end": row["end"]}


def _span(one: Statement) -> Row:
    return {"char_start": one.char_start, "char_end": one.char_end}


def _pairs(rows: list[list[str]]) -> set[frozenset[str]]:
    return {frozenset(row) for row in rows}


def _note(count: Count, is_right: bool, note: str) -> None:
    if is_right:
        count.right += 1
    else:
        count.wrong += 1
        count.notes.append(note)


def _find(count: Count, is_found: bool, note: str) -> None:
    if is_found:
        count.right += 1
    else:
        count.missed += 1
        count.notes.append(note)
