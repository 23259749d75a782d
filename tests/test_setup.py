"""The set-up itself: the lock, the tree, and what must never be in a tracked file."""

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
LOCKS = [ROOT / "requirements" / name for name in ("base.txt", "dev.txt")]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
MODULE_LINES = 300


def tracked_files() -> list[Path]:
    """Return the files that git tracks, or every file of an unpacked archive."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        listed.stdout = "\0".join(str(path.relative_to(ROOT)) for path in archive_files())
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def archive_files() -> list[Path]:
    """Return the files below the root that set-up did not make."""
    made = {".venv", "var", ".git", "__pycache__"}
    return [
        path
        for path in ROOT.rglob("*")
        if path.is_file() and not made & set(path.relative_to(ROOT).parts)
    ]


def tracked_text() -> dict[str, str]:
    """Return the text of each tracked file that is text."""
    texts = {}
    for path in tracked_files():
        data = path.read_bytes()
        if b"\0" not in data[:8000]:
            texts[str(path.relative_to(ROOT))] = data.decode("utf-8")
    return texts


def locked(lock: Path) -> dict[str, Requirement]:
    """Return each requirement of a lock by its normalised name."""
    lines = [line for line in lock.read_text().splitlines() if line[:1].isalnum()]
    requirements = [Requirement(line.rstrip(" \\")) for line in lines]
    return {normal(requirement.name): requirement for requirement in requirements}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_the_lock_names_no_address(lock: Path) -> None:
    text = lock.read_text()
    assert "://" not in text
    assert "--index" not in text
    assert "--find-links" not in text


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_locked_package_has_one_version_and_hashes(lock: Path) -> None:
    entries = re.split(r"\n(?=[a-zA-Z0-9])", lock.read_text().strip())
    assert len(entries) > 20
    for entry in entries:
        assert re.match(r"[A-Za-z0-9._-]+(\[[a-z, ]+\])?==[^ ]+", entry), entry
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), entry


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [
        (LOCKS[0], PROJECT["dependencies"]),
        (LOCKS[1], PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"]),
    ],
    ids=["base", "dev"],
)
def test_the_lock_meets_what_the_project_asks_for(lock: Path, wanted: list[str]) -> None:
    have = locked(lock)
    for line in wanted:
        asked = Requirement(line)
        version = next(iter(have[normal(asked.name)].specifier)).version
        assert asked.specifier.contains(version), f"{asked} is locked at {version}: make lock"


def test_both_locks_hold_the_same_versions() -> None:
    base, dev = (locked(lock) for lock in LOCKS)
    assert {name: str(entry.specifier) for name, entry in base.items()} == {
        name: str(dev[name].specifier) for name in base
    }


def test_no_tracked_file_names_this_machine_or_a_registry() -> None:
    pattern = re.compile(
        r"(?:^|[\s\"'=(:])/(?:work|root|home/[a-z]+)/"
        r"|\bpypi\.org\b|\bpythonhosted\.|/simple/|devpi|artifactory",
        re.IGNORECASE,
    )
    itself = str(Path(__file__).relative_to(ROOT))
    found = {
        f"{name}: {match.group().strip()}"
        for name, text in tracked_text().items()
        if name != itself
        for match in pattern.finditer(text)
    }
    assert found == set()


def test_no_secret_is_tracked() -> None:
    pattern = re.compile(
        r"-----BEGIN [A-Z ]*PRIVATE KEY-----|\bghp_\w{30,}|\bAKIA[0-9A-Z]{16}\b|\bsk-\w{32,}"
    )
    itself = str(Path(__file__).relative_to(ROOT))
    assert [
        name for name, text in tracked_text().items() if name != itself and pattern.search(text)
    ] == []


def python_modules() -> list[Path]:
    return [path for path in tracked_files() if path.suffix == ".py"]


def test_no_module_outgrows_its_reader() -> None:
    """Nobody writes migrations and verify.py: they are made."""
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text().splitlines())
        for path in python_modules()
        if not {"migrations", "static"} & set(path.parts)
    }
    assert {name: lines for name, lines in lengths.items() if lines > MODULE_LINES} == {}


def test_no_module_has_a_name_that_says_nothing() -> None:
    empty = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers"}
    assert [
        str(path) for path in tracked_files() if path.suffix == ".py" and path.stem in empty
    ] == []


def test_every_module_opens_with_one_line_on_what_it_is() -> None:
    wordless = []
    for path in python_modules():
        tree = ast.parse(path.read_text())
        if not tree.body or "migrations" in path.parts or path.name.startswith("test_"):
            continue  # a test module says what it is by its name
        words = ast.get_docstring(tree)
        if not words or "\n" in words:
            wordless.append(str(path.relative_to(ROOT)))
    assert wordless == []


def test_init_modules_hold_no_logic() -> None:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.If, ast.For, ast.While)
    busy = [
        str(path.relative_to(ROOT))
        for path in python_modules()
        if path.name == "__init__.py"
        and any(isinstance(node, kinds) for node in ast.walk(ast.parse(path.read_text())))
    ]
    assert busy == []


def test_every_floor_of_the_house_stands() -> None:
    floors = "domain reading querysets models workflow importers exporters admin api views"
    rooms = "management templatetags migrations"
    for name in f"{floors} {rooms}".split():
        assert (ROOT / "claims" / name / "__init__.py").is_file(), name
    for name in ("errors.py", "urls.py", "apps.py"):
        assert (ROOT / "claims" / name).is_file(), name


def test_the_licence_is_the_one_declared() -> None:
    text = (ROOT / "LICENSE").read_text()
    assert PROJECT["license"] == "BSD-3-Clause"
    assert "Redistribution and use in source and binary forms" in text
    assert "Neither the name" in text


def test_continuous_integration_can_be_run() -> None:
    mode = (ROOT / ".ci" / "run").stat().st_mode
    assert mode & 0o111


def test_make_leaves_a_linked_environment_as_it_is(tmp_path: Path) -> None:
    """One checkout may lend its environment to another; to set that up anew would empty both."""
    lent, clone = tmp_path / "lent", tmp_path / "clone"
    lent.mkdir()
    (lent / "kept").touch()
    (clone / "requirements").mkdir(parents=True)
    (clone / "requirements" / "dev.txt").touch()
    (clone / ".venv").symlink_to(lent)
    made = subprocess.run(
        ["make", "-f", ROOT / "Makefile", "setup"],
        cwd=clone,
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode
    assert "is a link" in made.stderr
    assert (lent / "kept").exists()
