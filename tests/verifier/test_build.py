"""The one file: built from the modules, like what is committed, sound by itself."""

from __future__ import annotations

import ast
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from claims.verifier import build
from claims.verifier.build import BUILT
from claims.verifier.units import BuildError


def test_what_is_committed_is_what_the_modules_give() -> None:
    assert BUILT.read_text() == build.build(), "run: make verifier"


def test_it_imports_the_standard_library_alone() -> None:
    tree = ast.parse(BUILT.read_text())
    imported = {
        name.partition(".")[0]
        for node in tree.body
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else [alias.name for alias in node.names]
        )
    }
    assert imported <= sys.stdlib_module_names
    inner = {
        node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node not in tree.body
    }
    assert all(name and name.startswith("cryptography.") for name in inner)


def test_it_runs_without_anything_else(tmp_path: Path) -> None:
    command = [sys.executable, "-I", "-S", "-W", "error", str(BUILT), "--help"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "--proof FILE" in done.stdout


@pytest.mark.django_db
def test_it_checks_thousands_of_documents_in_a_second(demo_export: bytes, tmp_path: Path) -> None:
    """3,000 take 0.6 to 1 s of a core; the bound leaves room for slow machines."""
    lines = demo_export.splitlines(keepends=True)[:-1]
    (tmp_path / "part").write_bytes(b"".join((lines * 30)[:3_000]))
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    command = [sys.executable, "-I", str(BUILT), "--part", str(tmp_path / "part")]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before < 3


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """A package of its own to build from: writes its modules, returns the one file."""
    monkeypatch.syspath_prepend(str(tmp_path))

    def build_from(**modules: str) -> str:
        folder = tmp_path / "little"
        folder.mkdir()
        (folder / "__init__.py").write_text("")
        for name, text in modules.items():
            (folder / f"{name}.py").write_text(f'"""Module {name}."""\n\n{text}')
        monkeypatch.setattr(build, "_FIRST", ("little.command", "main"))
        monkeypatch.setattr("claims.verifier.units.PACKAGE", "little")
        return build.build()

    yield build_from
    for name in [name for name in sys.modules if name.partition(".")[0] == "little"]:
        del sys.modules[name]


def run(text: str) -> ModuleType:
    module = ModuleType("built")
    exec(compile(text, "built", "exec"), module.__dict__)
    return module


MAIN = "from little.one import one\nfrom little.two import two\n\n\n"


def test_private_names_of_two_modules_are_kept_apart(house: Callable[..., str]) -> None:
    text = house(
        one="_X = 1\n\ndef _sum(a):\n    return a + _X  # 1\n\ndef one():\n    return _sum(1)\n",
        two="_X = 9\n\ndef _sum(a):\n    return a + _X\n\ndef two():\n    return 'é', _sum(_X)\n",
        command=MAIN + "def main():\n    return one(), two()\n",
    )
    assert run(text).main() == (2, ("é", 18))
    assert "# 1" in text
    assert "_ONE_X = 1" in text
    assert "def _two_sum(a)" in text


def test_what_main_does_not_need_is_left_out(house: Callable[..., str]) -> None:
    text = house(
        one="import re\n\ndef one():\n    return 1\n\ndef idle():\n    return re.escape('.')\n",
        two="def two():\n    return 2\n",
        command=MAIN + "def main():\n    return one(), two()\n",
    )
    assert run(text).main() == (1, 2)
    assert "idle" not in text
    assert "import re\n" not in text


ONE, TWO = "def one():\n    return 1\n", "def two():\n    return 2\n"
BOTH = MAIN + "def main():\n    return one(), two()\n"


@pytest.mark.parametrize(
    ("modules", "said"),
    [
        ({"one": ONE + "\n\nSAME = 1\n", "two": TWO.replace("2", "SAME") + "\n\nSAME = 2\n"}, ""),
        (
            {
                "one": ONE.replace("1", "SAME") + "\n\nSAME = 1\n",
                "two": TWO.replace("2", "SAME") + "\n\nSAME = 2\n",
            },
            "SAME is public in more than one module",
        ),
        (
            {
                "one": "from datetime import date\n\n\n" + ONE.replace("1", "date"),
                "two": "import datetime as date\n\n\n" + TWO.replace("2", "date"),
            },
            "date is more than one thing",
        ),
        (
            {"one": "import orjson\n\n\n" + ONE.replace("1", "orjson")},
            "not of the standard library",
        ),
        ({"one": ONE.replace("one", "len").replace("def len", "def one") + "\n\nlen = 1\n"}, ""),
        (
            {"one": ONE.replace("1", "sum") + "\n\ndef sum():\n    return 1\n"},
            "These names collide with others: sum",
        ),
        ({"one": "import little.two\n\n\n" + ONE}, "import names out of little.two"),
        ({"one": "from .two import two\n\n\n" + ONE}, "is not understood"),
        ({"one": "from math import *\n\n\n" + ONE}, "is not understood"),
        ({"one": "for one in ():\n    pass\n"}, "what does this define?"),
        ({"one": ONE.replace("return 1", "from little.two import two")}, "an inner import of ours"),
        (
            {
                "one": "from little.two import two\n\n\n" + ONE,
                "two": "from little.one import one\n\n\n" + TWO,
            },
            "imports itself",
        ),
        ({"one": ONE.replace("1", "nowhere")}, "These names are not defined: nowhere"),
        (
            {
                "one": "_x = 1\n\n\ndef one(_x=_x):\n    return _x\n",
                "two": "_x = 2\n\n\ndef two():\n    return _x\n",
            },
            "_x hides a name",
        ),
    ],
)
def test_names_that_collide_are_refused(
    house: Callable[..., str], modules: dict[str, str], said: str
) -> None:
    every = {"one": ONE, "two": TWO, "command": BOTH, **modules}
    if not said:
        house(**every)
        return
    with pytest.raises(BuildError, match=said.replace("?", r"\?")):
        house(**every)
