"""The habits of the house that no linter knows: one writer, safe markup, exact figures."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

CLAIMS = Path(__file__).resolve().parent.parent / "claims"
TEMPLATES = CLAIMS.parent / "templates"
DOORS = [CLAIMS / name for name in ("admin", "api", "views", "management", "templatetags")]
WRITES = re.compile(r"^(a?save|a?delete|a?update|a?bulk_\w+|a?(get|update)_or_create|_raw_delete)$")
# What shares a name with a write and is none: dictionaries and sets, hashes, the cache.
HARMLESS = re.compile(r"^(.*\b(dict|params|context|payload|digest|hash\w*|headers|cache|options))$")


def modules(folders: list[Path]) -> Iterator[Path]:
    for folder in folders:
        yield from folder.rglob("*.py")


def calls(source: str) -> Iterator[tuple[int, str, str]]:
    """Yield line, object and name of each call in the source."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute):
                yield node.lineno, ast.unparse(node.func.value), node.func.attr
            elif isinstance(node.func, ast.Name):
                yield node.lineno, "", node.func.id


def writes(source: str) -> list[int]:
    """Return the lines that write past the workflow."""
    return [
        line
        for line, owner, name in calls(source)
        if owner and WRITES.match(name) and not HARMLESS.match(owner)
    ]


@pytest.mark.parametrize(
    "line",
    [
        "claim.save()",
        "Claim.objects.filter(pk=1).update(state='published')",
        "Claim.objects.bulk_create(rows)",
        "Claim.objects.get_or_create(pk=1)",
        "self.get_object().delete()",
        "await claim.asave()",
    ],
)
def test_the_walk_sees_a_write(line: str) -> None:
    assert writes(f"async def door():\n    {line}\n") == [2]


@pytest.mark.parametrize("line", ["approve_claim(claim=claim)", "context.update(x=1)"])
def test_the_walk_passes_what_is_no_write(line: str) -> None:
    assert writes(line) == []


def test_the_doors_write_through_the_workflow_only() -> None:
    found = {
        f"{path.relative_to(CLAIMS)}:{line}"
        for path in modules(DOORS)
        for line in writes(path.read_text())
    }
    assert found == set()


# Questions of the doors that have no name in a queryset yet: these may only become fewer.
RAW_FILTERS = {"api": 6, "views": 4, "admin": 50}


@pytest.mark.parametrize("door", RAW_FILTERS)
def test_the_doors_ask_querysets_by_name(door: str) -> None:
    found = [
        f"{path.relative_to(CLAIMS)}:{line}"
        for path in modules([CLAIMS / door])
        for line, owner, name in calls(path.read_text())
        if owner and name in {"filter", "exclude"}
    ]
    assert len(found) <= RAW_FILTERS[door], found


def test_no_markup_is_declared_safe_by_hand() -> None:
    found = [
        f"{path.relative_to(CLAIMS)}:{line}"
        for path in modules([CLAIMS])
        for line, _, name in calls(path.read_text())
        if name in {"mark_safe", "SafeString", "SafeText"}
    ]
    pages = [*TEMPLATES.rglob("*.html"), *CLAIMS.rglob("*.html")]
    found += [
        str(page.relative_to(CLAIMS.parent))
        for page in pages
        if re.search(r"\|\s*safe(seq)?\b|\{%\s*autoescape\s+off", page.read_text())
    ]
    # JSON in a script element of data, which has escapes of its own (test_sharing breaks it).
    assert [one.partition(":")[0] for one in found] == ["views/sharing.py"]


def test_no_figure_passes_through_binary_floats() -> None:
    found = [
        f"{path.relative_to(CLAIMS)}:{line}"
        for path in modules([CLAIMS])
        for line, owner, name in calls(path.read_text())
        if not owner and name == "float"
    ]
    assert found == []


def test_pages_carry_no_inline_script_or_style() -> None:
    pattern = re.compile(
        r"<script(?![^>]*\b(src|type=\"application/(ld\+)?json\"))|<style|"
        r"\sstyle=\"|\son(click|load|change|submit|input)=",
        re.IGNORECASE,
    )
    pages = [*TEMPLATES.rglob("*.html"), *CLAIMS.rglob("*.html")]
    found = [
        str(page.relative_to(CLAIMS.parent)) for page in pages if pattern.search(page.read_text())
    ]
    assert found == []


def test_every_time_of_day_says_its_zone() -> None:
    time = re.compile(r"\|date:([\"'])[^\"']*H:i[^\"']*\1(?P<after>[^\n]*)")
    named = re.compile(r" \}\} UTC|[^%]*%\}[^%]*\}\} UTC")
    found = [
        f"{page.relative_to(TEMPLATES)}: {said[0][:60]}"
        for page in TEMPLATES.rglob("*.html")
        for said in time.finditer(page.read_text())
        if not named.match(said["after"])
    ]
    assert found == []


def test_no_constant_stands_unused() -> None:
    """Such a one also lets the words of a language seem asked for."""
    asked = Counter(
        word
        for root in ("claims", "factbase", "tests", "benchmarks")
        for path in modules([CLAIMS.parent / root])
        for word in re.findall(r"\w+", path.read_text(encoding="utf-8"))
    )
    found = [
        f"{path.relative_to(CLAIMS)}: {name}"
        for path in modules([CLAIMS])
        for name in constants(path.read_text(encoding="utf-8"))
        if asked[name] < 2
    ]
    assert found == []


def constants(source: str) -> Iterator[str]:
    """Yield the constants of a module."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign | ast.AnnAssign):
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                if isinstance(target, ast.Name) and target.id.isupper():
                    yield target.id
