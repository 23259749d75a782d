"""The statements of the modules that one program is built from, and the names between them."""

from __future__ import annotations

import ast
import importlib.util
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

PACKAGE: Final = "claims"
_FOR_TOOLS: Final = re.compile(r"\s+# (?:noqa|type: ignore|fmt: ).*$")

type UnitKey = tuple[str, str]  # module and name


class BuildError(Exception):
    """Modules that cannot be put into one file; the message says which name or line is at fault."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One statement at the top of a module: its text and the names that it defines."""

    module: str
    node: ast.stmt
    lines: tuple[str, ...]
    first_line: int
    defines: tuple[str, ...]

    @property
    def uses(self) -> set[str]:
        """Every name that stands in it; those of its own variables too."""
        return {node.id for node in ast.walk(self.node) if isinstance(node, ast.Name)}


@dataclass(slots=True)
class Module:
    """A module taken apart."""

    name: str
    title: str
    units: list[Unit] = field(default_factory=list)
    taken: dict[str, UnitKey] = field(default_factory=dict)  # names from other modules of ours
    outside: dict[str, str] = field(default_factory=dict)  # names from elsewhere: their import


def read_modules(name: str) -> list[Module]:
    """Return the module and all of ours that it needs, each after those that it imports."""
    found: dict[str, Module] = {}
    _read(name, found, ())
    return list(found.values())


def _read(name: str, found: dict[str, Module], above: tuple[str, ...]) -> None:
    if name in above:
        raise BuildError(f"{name} imports itself through {', '.join(above)}.")
    if name in found:
        return
    module = _taken_apart(name)
    for other, _ in module.taken.values():
        _read(other, found, (*above, name))
    found[name] = module


def _taken_apart(name: str) -> Module:
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise BuildError(f"There is no module {name}.")
    source = Path(spec.origin).read_text(encoding="utf-8")
    tree = ast.parse(source)
    title = ast.get_docstring(tree)
    if not title:
        raise BuildError(f"{name} has no docstring.")
    module = Module(name, title)
    lines = source.splitlines()
    for node in tree.body[1:]:
        if isinstance(node, ast.Import | ast.ImportFrom):
            _note_import(module, node)
        elif not _is_list_of_exports(node):
            module.units.append(_unit(module, node, lines))
    _refuse_inner_imports(module)
    return module


def _note_import(module: Module, node: ast.Import | ast.ImportFrom) -> None:
    origin = (node.module or "") if isinstance(node, ast.ImportFrom) else ""
    if origin == "__future__":
        return
    for alias in node.names:
        bound = alias.asname or alias.name
        ours = (origin or alias.name).partition(".")[0] == PACKAGE
        if alias.name == "*" or (isinstance(node, ast.ImportFrom) and node.level):
            raise BuildError(f"{module.name}: {ast.unparse(node)} is not understood.")
        if ours and not origin:
            raise BuildError(f"{module.name}: import names out of {alias.name}, not the module.")
        if ours:
            module.taken[bound] = (origin, alias.name)
        else:
            renamed = f" as {alias.asname}" if alias.asname else ""
            lead = f"from {origin} import" if origin else "import"
            module.outside[bound] = f"{lead} {alias.name}{renamed}"


def _is_list_of_exports(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"


def _unit(module: Module, node: ast.stmt, lines: list[str]) -> Unit:
    if node.end_lineno is None:
        raise BuildError(f"{module.name}: a statement without an end.")
    decorators = getattr(node, "decorator_list", [])
    first = min([node.lineno, *(one.lineno for one in decorators)])
    start = first
    while lines[start - 2].startswith("#"):
        start -= 1
    text = [_FOR_TOOLS.sub("", line) for line in lines[start - 1 : node.end_lineno]]
    return Unit(module.name, node, tuple(text), start, tuple(_defined(module, node)))


def _defined(module: Module, node: ast.stmt) -> Iterator[str]:
    match node:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.TypeAlias(name=ast.Name(id=name)) | ast.AnnAssign(target=ast.Name(id=name)):
            yield name
        case ast.Assign(targets=[target]):
            yield from _targets(module, target)
        case _:
            raise BuildError(f"{module.name}, line {node.lineno}: what does this define?")


def _targets(module: Module, target: ast.expr) -> Iterator[str]:
    for one in target.elts if isinstance(target, ast.Tuple) else [target]:
        if not isinstance(one, ast.Name):
            raise BuildError(f"{module.name}, line {target.lineno}: what does this define?")
        yield one.id


def _refuse_inner_imports(module: Module) -> None:
    for unit in module.units:
        for node in ast.walk(unit.node):
            name = ""
            if isinstance(node, ast.ImportFrom):
                name = node.module or "."
            elif isinstance(node, ast.Import):
                name = node.names[0].name
            if name.startswith((".", f"{PACKAGE}.")) or isinstance(node, ast.Global):
                where = f"{module.name}, line {getattr(node, 'lineno', 0)}"
                raise BuildError(f"{where}: an inner import of ours, or a global statement.")
