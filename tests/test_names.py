"""One noun, one name: no two things of the product share the name that others import."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# What is no name to import: built from the domain, sealed history, one class a file by Django.
ELSEWHERE = {"static", "migrations", "commands"}

SHARED = {
    "Article": "The shape of an article in the API, and the model that it shows.",
    "PartyName": "A party in a document, which the API names so, and the words it is found by.",
    "answer_words": "The filter of templates, and the function of the domain that it calls.",
    "main": "Where a program begins.",
}
"""Names that two things have, each with why; what is not in two places is refused here."""


def names_of(source: str) -> Iterator[str]:
    """Yield the public functions, classes and types that a module defines."""
    for node in ast.parse(source).body:
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield from [name] if not name.startswith("_") else []
            case ast.ClassDef(name=name) | ast.TypeAlias(name=ast.Name(id=name)):
                yield from [name] if not name.startswith("_") else []
            case ast.Assign(targets=[ast.Name(id=name)]) if (
                name[0].isupper() and name[1:2].islower()
            ):
                yield name  # a type without the word, as in Span = tuple[int, int]


def homes_of(names: dict[str, set[str]]) -> dict[str, set[str]]:
    """Return the names of more than one home; `choices` only labels vocabularies of the domain."""
    vocabulary = "claims/domain/vocabulary.py"
    return {
        name: homes
        for name, homes in names.items()
        if len(
            homes - ({one for one in homes if "/choices/" in one} if vocabulary in homes else set())
        )
        > 1
    }


def product() -> dict[str, set[str]]:
    """Return every public name with the modules that define it."""
    found: dict[str, set[str]] = defaultdict(set)
    for root in ("claims", "factbase"):
        for path in sorted((ROOT / root).rglob("*.py")):
            if not ELSEWHERE & set(path.parts):
                for name in names_of(path.read_text(encoding="utf-8")):
                    found[name].add(str(path.relative_to(ROOT)))
    return found


def test_no_two_things_share_a_name() -> None:
    found = {name: sorted(homes) for name, homes in homes_of(product()).items()}
    assert {name: homes for name, homes in found.items() if name not in SHARED} == {}
    assert sorted(SHARED) == sorted(found), "an allowed pair that is none any more"


def test_the_walk_sees_each_kind_of_name() -> None:
    source = (
        "def kind_of(): ...\nasync def ask(): ...\nclass Part: ...\ntype Row = int\n"
        "Span = tuple[int, int]\nLIMIT = 3\nlogger = None\n_Own = int\ndef _own(): ...\n"
        "class _Own: ...\n"
    )
    assert list(names_of(source)) == ["kind_of", "ask", "Part", "Row", "Span"]


def test_two_homes_are_seen_and_labels_are_none() -> None:
    homes = {
        "Stance": {"claims/domain/vocabulary.py", "claims/choices/evidence.py"},
        "Report": {"claims/audit/findings.py", "claims/verifier/report.py"},
        "Once": {"claims/domain/once.py"},
        "Severity": {"claims/domain/vocabulary.py", "claims/choices/a.py", "claims/forms/b.py"},
    }
    assert sorted(homes_of(homes)) == ["Report", "Severity"]
