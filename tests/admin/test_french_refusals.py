"""Refusals in French: every sentence that a rule refuses with, found in the source, is known."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from django.utils.translation import gettext, override

from claims import errors
from claims.forms.refusals import in_words, sentences
from claims.workflow import transitions

ROOT: Final = Path(errors.__file__).parent
# Where refusals come from that a person at the desk can meet.
FOLDERS: Final = ("workflow", "domain", "forms", "admin", "importers/figures",
                  "importers/references", "importers/articles.py")  # fmt: skip
# What is met by programs and commands alone; and the mapping of columns, which is English yet.
ELSEWHERE: Final = {"workflow/log_key.py", "workflow/sequencing.py", "workflow/index_tables.py",
                    "domain/notes.py", "importers/figures/mapping_file.py",
                    "importers/figures/mapping.py"}  # fmt: skip
WRAPPED: Final = {"EdtfError", "FigureError", "PlaceError", "TypedAnswerError", "SearchError"}
REFUSALS: Final = WRAPPED | {
    name
    for name, one in vars(errors).items()
    if isinstance(one, type) and issubclass(one, errors.RefusalError)
} - {"AppendOnlyError", "LogForkedError", "QueryError"}
# Calls that take the words of a refusal, or of a step that is not taken, and which argument.
CALLS: Final = {**dict.fromkeys(REFUSALS, 0), "fault": 0, "_fault": 0, "Step": 1, "Outcome": 2}
# Where gaps are all there is, what stands in them is found where it is made.
FIELD: Final = re.compile(r"[a-z_]+: (?=.)")
WORD: Final = re.compile(r"[^\W\d_]{2}")


def said() -> Iterator[tuple[str, str]]:
    """Each sentence, {} for what it names, with the place where it is written."""
    for folder in FOLDERS:
        top = ROOT / folder
        for path in sorted(top.rglob("*.py")) if top.is_dir() else [top]:
            place = str(path.relative_to(ROOT))
            if place not in ELSEWHERE:
                for node in ast.walk(ast.parse(path.read_text())):
                    yield from ((words, f"{place}:{node.lineno}") for words in _of_call(node))  # type: ignore[attr-defined]


def _of_call(node: ast.AST) -> Iterator[str]:
    if not isinstance(node, ast.Call):
        return
    name = getattr(node.func, "id", getattr(node.func, "attr", ""))
    if len(node.args) > CALLS.get(name, 99):
        yield from _texts(node.args[CALLS[name]])


def _texts(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(
            part.value if isinstance(part, ast.Constant) else "\0" for part in node.values
        )  # type: ignore[misc]
    elif isinstance(node, ast.IfExp):
        yield from (*_texts(node.body), *_texts(node.orelse))


def _as_met(words: str) -> str:
    """The sentence with something in its gaps; what begins it before a colon is a field."""
    if words.startswith("\0: "):
        words = words.replace("\0", "field", 1)
    for number in range(words.count("\0")):
        words = words.replace("\0", f"X{number}", 1)
    return words


SAID: Final = dict(said())


def test_the_source_says_hundreds_of_sentences() -> None:
    assert len(SAID) > 220
    assert sum("\0" in words for words in SAID) > 130


@pytest.mark.parametrize("holds_gaps", [False, True], ids=["whole", "with gaps"])
def test_every_refusal_that_the_desk_meets_is_in_french(holds_gaps: bool) -> None:
    with override("fr"):
        english = {
            words.replace("\0", "{}"): place
            for words, place in SAID.items()
            if ("\0" in words) is holds_gaps
            and WORD.search(FIELD.sub("", words, count=1))
            and in_words(_as_met(words)) == _as_met(words)
        }
    assert english == {}


def test_every_sentence_keeps_its_gaps_in_french() -> None:
    with override("fr"):
        lost = [
            one.words
            for one in sentences()
            if sorted(re.findall(r"\{\d\}", one.words))
            != sorted(re.findall(r"\{\d\}", gettext(one.words)))
        ]
    assert lost == []


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("F3 belongs to another claim.", "F3 appartient à une autre affirmation."),
        ("quote: at most 40 characters.", "au plus 40 caractères."),
        ("This claim is draft; to approve it, it must be in review or retiring.",
         ("État actuel (affirmation) : brouillon. Pour cette action (approuver), il faut : "
         "en relecture ou à retirer de la publication.")),
        ("C1 and C2 would ask the same and become one with it: C2 is retired.",
         ("C1 et C2 demanderaient la même chose et n’en feraient qu’une : "
         "C2 est retirée de la publication.")),
        ('"2012-1" lacks a digit: write 2012-01.',
         "Il manque un chiffre à « 2012-1 » : écrivez 2012-01."),
        # A name that is also a word of the program stays a name.
        ("C1 is assigned to draft already.", "C1 est déjà confiée à draft."),
        ("Nobody ever wrote this.", "Nobody ever wrote this."),
    ],
)  # fmt: skip
def test_a_refusal_is_told_in_the_language_that_is_active(english: str, french: str) -> None:
    with override("fr"):
        assert in_words(english) == french
    assert in_words(english) == english


def _steps() -> Iterator[tuple[str, Any]]:
    for noun, table in (("claim", transitions.claim_state_after),
                        ("dispute", transitions.dispute_state_after),
                        ("relation", transitions.relation_state_after)):  # fmt: skip
        verbs: Any = {"claim": transitions.CLAIM, "dispute": transitions.DISPUTE,
                      "relation": transitions.SOURCE_RELATION}[noun]  # fmt: skip
        for verb in verbs:
            yield verb, table


def test_every_step_that_a_state_forbids_is_refused_in_french() -> None:
    known = {"claim", "dispute", "relation", "state"}
    for verb, after in _steps():
        with pytest.raises(errors.TransitionError) as refusal:
            after(verb, "unheard_of")
        words = refusal.value.message
        with override("fr"):
            told = in_words(words)
        left = {verb, *re.split(r" or ", words.rpartition("must be ")[2].rstrip("."))} - known
        with override("fr"):
            assert told.startswith("État actuel"), words
            assert {one for one in left if in_words(one) == one} == set(), words


def test_a_refusal_of_any_length_costs_next_to_nothing() -> None:
    """Gaps are looked for in short words only; longer ones stay as they are."""
    hostile = '"' + '" is no EDTF date. ' * 300
    with override("fr"):
        assert in_words(hostile) == hostile
        assert in_words("Less than 5 leaves out 5 itself. " * 31).endswith("itself. ")
