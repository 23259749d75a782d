"""Each vocabulary is written once, and every table keyed by one is whole."""

from __future__ import annotations

import ast
import importlib
import json
import os
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import pytest

import claims
from claims import choices
from claims.domain import vocabulary
from claims.domain.vocabulary import (
    FAMILY_OF,
    Severity,
    ValueFamily,
    ValueKind,
    VocabularyError,
    complete,
    family_of,
    is_numeric,
    states_figures,
)

ROOT = Path(claims.__file__).resolve().parent.parent
VOCABULARIES = {
    name: found
    for name, found in vars(vocabulary).items()
    if isinstance(found, type) and issubclass(found, StrEnum) and found is not StrEnum
}
SOURCES = [
    path
    for path in sorted((ROOT / "claims").rglob("*.py"))
    if not {"migrations", "static"} & set(path.parts)
]
# Tables that hold some of the words on purpose, and why.
PARTIAL = {
    "claims.domain.conflict._WORDS_OF": "what answers can contradict each other in",
    "claims.domain.conflict._NOUN_OF": "what answers can contradict each other in",
}

# Words that are those of a vocabulary by chance, and what they are.
BY_CHANCE = {"claims/forms/base.py: Extent": "how a number may be written, in a message"}


def modules() -> Iterator[str]:
    for found in pkgutil.walk_packages(claims.__path__, "claims."):
        if ".migrations" not in found.name and ".static" not in found.name:
            yield found.name


def tables() -> Iterator[tuple[str, type[StrEnum], set[str]]]:
    """Yield the name, the vocabulary and the words of each table in the product."""
    for name in modules():
        module = importlib.import_module(name)
        for table, value in vars(module).items():
            words = type(next(iter(value))) if isinstance(value, dict) and value else None
            if words is not None and words.__name__ in VOCABULARIES:
                yield f"{name}.{table}", VOCABULARIES[words.__name__], {str(key) for key in value}


def test_every_table_keyed_by_a_vocabulary_is_complete() -> None:
    lacking = {
        name: set(vocabulary) - words
        for name, vocabulary, words in tables()
        if words != {str(word) for word in vocabulary} and name not in PARTIAL
    }
    assert lacking == {}


def test_the_tables_that_are_partial_are_there_and_partial() -> None:
    found = {name: words < set(vocabulary) for name, vocabulary, words in tables()}
    assert {name for name in PARTIAL if found.get(name)} == set(PARTIAL)


def calls_of_complete() -> Iterator[tuple[str, str, str]]:
    """Yield where each table that must be whole is assigned, its vocabulary and its stated name."""
    for path in SOURCES:
        for node in ast.parse(path.read_text()).body:
            value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
            if not (isinstance(value, ast.Call) and ast.unparse(value.func) == "complete"):
                continue
            target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
            place = ".".join(path.relative_to(ROOT / "claims").with_suffix("").parts)
            words, name = value.args[:2]
            assert isinstance(name, ast.Constant)
            yield f"{place}.{ast.unparse(target)}", ast.unparse(words), name.value


def test_a_table_says_where_it_stands() -> None:
    calls = list(calls_of_complete())
    assert len(calls) >= 7
    assert [name for _, _, name in calls] == [place for place, _, _ in calls]


# Adds a word to each vocabulary, imports everything and prints what the tables say to that.
WITH_A_NEW_WORD = """
import importlib, json, pathlib, re, sys, types
source = pathlib.Path("claims/domain/vocabulary.py").read_text()
start = source.index("class ValueKind")
changed = re.sub(r'(class \\w+\\(StrEnum\\):\\n    ".*"\\n)', r'\\1    BRAND_NEW = "brand_new"\\n',
                 source[start:])
import claims.domain
module = types.ModuleType("claims.domain.vocabulary")
sys.modules[module.__name__] = module
said = []
exec(source[:start], vars(module))
refusing = module.complete
def collecting(vocabulary, name, table):
    try:
        return refusing(vocabulary, name, table)
    except module.VocabularyError as error:
        said.append(str(error))
        return {**dict.fromkeys(vocabulary, next(iter(table.values()))), **table}
module.complete = collecting
exec(changed, vars(module))
import django
django.setup()
for name in json.loads(sys.argv[1]):
    importlib.import_module(name)
print(json.dumps(said))
"""


def test_a_new_word_is_asked_for_by_name_by_every_table() -> None:
    answer = subprocess.run(
        [sys.executable, "-c", WITH_A_NEW_WORD, json.dumps(list(modules()))],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "factbase.settings"},
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    said = json.loads(answer.stdout.splitlines()[-1])
    tables = {(name, words) for _, words, name in calls_of_complete() if words in VOCABULARIES}
    tables |= {(f"choices.{name}", name) for name in labelled()}
    wanted = {
        f"The table {name} of each {words} has no entry for brand_new." for name, words in tables
    }
    assert set(said) == wanted


def labelled() -> list[str]:
    """The vocabularies that have labels."""
    return [name for name in VOCABULARIES if hasattr(choices, name)]


def test_labels_and_words_are_the_same_in_the_same_order() -> None:
    unlabelled = {"ValueFamily", "FigureKind"}  # never shown by name
    assert {*labelled(), *unlabelled} == set(VOCABULARIES)
    for name in labelled():
        assert getattr(choices, name).values == [str(word) for word in VOCABULARIES[name]]


def test_no_vocabulary_is_written_a_second_time() -> None:
    """In no Literal, tuple, list, set, dictionary or class do all words of one stand again."""
    whole = {frozenset(map(str, words)): name for name, words in VOCABULARIES.items()}
    again = [
        f"{path.relative_to(ROOT)}: {whole[strings]}"
        for path in SOURCES
        if path.name != "vocabulary.py" or path.parent.name != "domain"
        for node in ast.walk(ast.parse(path.read_text()))
        if (strings := strings_in(node)) in whole
    ]
    assert sorted(again) == sorted(BY_CHANCE)


def strings_in(node: ast.AST) -> frozenset[str]:
    parts: list[ast.expr | None] = []
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        parts = [*node.elts]
    elif isinstance(node, ast.Dict):
        parts = node.keys
    elif isinstance(node, ast.ClassDef):
        values = [one.value for one in node.body if isinstance(one, ast.Assign)]
        parts = [one.elts[0] if isinstance(one, ast.Tuple) and one.elts else one for one in values]
    strings = [part.value for part in parts if isinstance(part, ast.Constant)]
    return frozenset(one for one in strings if isinstance(one, str))


@pytest.mark.parametrize(
    "text",
    [
        'Literal["minor", "moderate", "major"]',
        'class S(TextChoices):\n  A = "minor", _("a")\n  B = "moderate", 1\n  C = "major", 2\n',
        '{"minor": 1, "moderate": 2, "major": 3}',
    ],
)
def test_the_search_sees_a_vocabulary(text: str) -> None:
    found = [strings_in(node) for node in ast.walk(ast.parse(text))]
    assert frozenset(map(str, Severity)) in found


def test_complete_names_the_table_and_what_it_lacks() -> None:
    with pytest.raises(VocabularyError, match=r"table house\.SIZES of each Severity has no entry"):
        complete(Severity, "house.SIZES", {Severity.MINOR: 1, Severity.MAJOR: 3})


def test_complete_refuses_a_word_of_another_vocabulary() -> None:
    table = {**dict.fromkeys(Severity, 1), ValueKind.DATE: 2}
    with pytest.raises(VocabularyError, match="has entries for date, which it is not"):
        complete(Severity, "house.SIZES", table)  # type: ignore[misc]


def test_each_value_kind_has_a_family() -> None:
    assert set(FAMILY_OF) == set(ValueKind)
    assert set(FAMILY_OF.values()) == set(ValueFamily)
    assert {kind for kind in ValueKind if is_numeric(kind)} >= {ValueKind.DATE}
    assert all(is_numeric(kind) for kind in ValueKind if states_figures(kind))


def test_a_word_that_is_no_value_kind_has_no_family() -> None:
    with pytest.raises(ValueError, match="colour"):
        family_of("colour")


def test_the_guide_names_every_table_that_a_new_kind_of_value_needs() -> None:
    guide = (ROOT / "docs/guide-value-kinds.md").read_text()
    words = {"ValueKind", "ValueFamily"}
    needed = {name for _, vocabulary, name in calls_of_complete() if vocabulary in words}
    assert len(needed) >= 7
    assert {name for name in needed if name not in guide} == set()
