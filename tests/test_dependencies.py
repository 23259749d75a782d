"""What is imported is declared, and what is declared is used."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())
RUNTIME = PYPROJECT["project"]["dependencies"]
DEV = PYPROJECT["project"]["optional-dependencies"]["dev"]
PRODUCT, ROUND_IT = ("claims", "factbase", "manage.py"), ("tests", "benchmarks")
# What a benchmark compares with when it is installed, and asks for when it is not.
WANTED_AT_MOST = {"dateparser", "quantulum3"}
# What works without being named anywhere.
UNNAMED = {
    "psycopg": "Django's PostgreSQL backend is written for it",
    "pytest-cov": "pytest loads it by itself; the Makefile asks for --cov",
    "pytest-randomly": "pytest loads it by itself",
    "pytest-socket": "pytest loads it by itself; its options are set",
    "types-pyyaml": "mypy finds it beside the library",
}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def names(requirements: list[str]) -> set[str]:
    return {normal(Requirement(line).name) for line in requirements}


def imported(places: tuple[str, ...]) -> dict[str, str]:
    """Return each package of others that is imported, with a file that does so."""
    found = {}
    for file in (file for place in places for file in python_files(ROOT / place)):
        found |= dict.fromkeys(imported_by(file), str(file.relative_to(ROOT)))
    ours = {*sys.stdlib_module_names, *(place.removesuffix(".py") for place in PRODUCT), *ROUND_IT}
    return {name: file for name, file in found.items() if name not in ours}


@cache
def imported_by(file: Path) -> frozenset[str]:
    """The packages that a file imports, read once for all that ask."""
    nodes = ast.walk(ast.parse(file.read_text()))
    return frozenset(name.partition(".")[0] for node in nodes for name in modules_of(node))


@cache
def installed() -> Mapping[str, list[str]]:
    """The distributions that hold each package; it takes a tenth of a second to find out."""
    return packages_distributions()


def python_files(place: Path) -> list[Path]:
    return [place] if place.is_file() else sorted(place.rglob("*.py"))


def modules_of(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        return [node.module]
    return []


def distributions_of(package: str) -> set[str]:
    return {normal(name) for name in installed().get(package, ())}


@pytest.mark.parametrize(
    ("places", "declared"),
    [(PRODUCT, names(RUNTIME)), (ROUND_IT, names(RUNTIME) | names(DEV) | WANTED_AT_MOST)],
    ids=["the product", "tests and benchmarks"],
)
def test_what_is_imported_is_declared(places: tuple[str, ...], declared: set[str]) -> None:
    undeclared = {
        package: file
        for package, file in imported(places).items()
        if not (distributions_of(package) | {package}) & declared
    }
    assert undeclared == {}


def test_what_is_declared_is_used() -> None:
    used = {name for package in imported(PRODUCT + ROUND_IT) for name in distributions_of(package)}
    named = {
        normal(name)
        for package, distributions in installed().items()
        for name in [package, *distributions]
        if re.search(rf"\b{re.escape(name)}\b", settings_of_tools())
        for name in distributions
    }
    assert names(RUNTIME + DEV) - used - named - UNNAMED.keys() == set()


def settings_of_tools() -> str:
    """What names packages without importing them."""
    tools = PYPROJECT["tool"]
    texts = [(ROOT / name).read_text() for name in ("factbase/settings.py", "Makefile")]
    options = [*tools, *tools["mypy"]["plugins"], *tools["pytest"]["ini_options"]["addopts"]]
    return "\n".join([*texts, *options])


def test_what_is_said_to_need_no_name_is_declared() -> None:
    assert names(RUNTIME + DEV) >= UNNAMED.keys()
