"""Builds verify.py, one file, out of the modules that it is written in: make verifier."""

from __future__ import annotations

import ast
import builtins
import re
import symtable
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from claims.verifier.units import PACKAGE, BuildError, Module, Unit, UnitKey, read_modules

ROOT: Final = Path(__file__).resolve().parent.parent.parent
BUILT: Final = ROOT / PACKAGE / "static" / PACKAGE / "verify.py"
_FIRST: Final = (f"{PACKAGE}.verifier.command", "main")
_HEADER: Final = '''\
#!/usr/bin/env python3
# verify.py {version}: check what factbase published, without trusting the site that served it.
#
# It needs Python 3.12 or newer and nothing else. How to use it:
#
#     python3 verify.py claims.ndjson                      an export, or - for standard input
#     python3 verify.py C1.json                            one document, or an answer of the API
#     python3 verify.py --proof C1.proof --key KEY C1.json the log holds this document
#     python3 verify.py --help                             everything else
#
# Exit codes: 0 everything that was checked holds, 1 something does not, 2 wrong usage.
#
# This file was built, by claims/verifier/build.py, from the modules that factbase itself computes
# with; change them, not this file:
{modules}
#
# {licence}
"""Check exports and documents of factbase: seals, chain, derived members, sums, proofs."""

from __future__ import annotations

{imports}

__version__ = "{version}"

type NeedsPython312OrNewer = object  # an older Python stops here
'''
_END: Final = """

if __name__ == "__main__":
    sys.exit(main())
"""


def build() -> str:
    """Return the text of verify.py. Raises BuildError where names would collide."""
    modules = {module.name: module for module in read_modules(_FIRST[0])}
    units = _needed(modules)
    names = _final_names(modules, units)
    used = {name for unit in units for name in unit.uses} | {"sys"}
    imports = _imports(modules, units, used, set(names.values()))
    bodies = [
        _section(module, [unit for unit in units if unit.module == module.name], modules, names)
        for module in modules.values()
        if any(unit.module == module.name for unit in units)
    ]
    text = _header([unit.module for unit in units], imports) + "".join(bodies) + _END
    _check(text)
    return text


def _needed(modules: dict[str, Module]) -> list[Unit]:
    """Return the statements that main needs, in the order of modules and lines."""
    owners = {
        (module.name, name): unit
        for module in modules.values()
        for unit in module.units
        for name in unit.defines
    }
    wanted: list[UnitKey] = [_FIRST]
    needed: set[int] = set()
    while wanted:
        unit = owners.get(wanted.pop())
        if unit is None or id(unit) in needed:
            continue
        needed.add(id(unit))
        wanted += [_origin(modules, (unit.module, name)) for name in unit.uses]
    every = [unit for module in modules.values() for unit in module.units]
    return [unit for unit in every if id(unit) in needed]


def _origin(modules: dict[str, Module], key: UnitKey) -> UnitKey:
    """Return where a name that a module took from another one was defined."""
    while (taken := modules[key[0]].taken.get(key[1])) is not None:
        key = taken
    return key


def _final_names(modules: dict[str, Module], units: list[Unit]) -> dict[UnitKey, str]:
    """Return each definition's name in the one file; private names that collide get a prefix."""
    keys = [(unit.module, name) for unit in units for name in unit.defines]
    times = Counter(name for _, name in keys)
    final: dict[UnitKey, str] = {}
    for module, name in keys:
        if times[name] == 1:
            final[module, name] = name
        elif name.startswith("_"):
            prefix = module.rpartition(".")[2]
            final[module, name] = f"_{prefix.upper() if name.isupper() else prefix}{name}"
        else:
            raise BuildError(f"{name} is public in more than one module; one is {module}.")
    twice = [name for name, count in Counter(final.values()).items() if count > 1]
    hidden = [name for name in final.values() if hasattr(builtins, name)]
    if twice or hidden:
        raise BuildError(f"These names collide with others: {', '.join(twice + hidden)}.")
    return final


def _imports(
    modules: dict[str, Module], units: list[Unit], used: set[str], defined: set[str]
) -> list[str]:
    """Return the imports from the standard library that are used. Raises BuildError."""
    lines = {"sys": "import sys"}
    for name in dict.fromkeys(unit.module for unit in units):
        for bound, line in modules[name].outside.items():
            if bound not in used:
                continue
            if lines.setdefault(bound, line) != line or bound in defined:
                raise BuildError(f"{bound} is more than one thing; one is {line} in {name}.")
            if line.split()[1].partition(".")[0] not in sys.stdlib_module_names:
                raise BuildError(f"{name}: {line} is not of the standard library.")
    return _grouped(lines.values())


def _grouped(lines: Iterable[str]) -> list[str]:
    """Return imports in order, those from one module on one line."""
    origins: dict[str, list[str]] = {}
    for line in sorted(lines, key=lambda line: (line.startswith("from"), line.lower())):
        lead, _, name = line.rpartition(" import ")
        origins.setdefault(lead or line, []).append(name)
    return [
        f"{lead} import {', '.join(names)}" if lead.startswith("from") else lead
        for lead, names in origins.items()
    ]


def _section(
    module: Module, units: list[Unit], modules: dict[str, Module], names: dict[UnitKey, str]
) -> str:
    head = f"\n\n# ---- {module.name.replace('.', '/')}.py\n# {module.title}\n"
    texts: list[str] = []
    for before, unit in zip([None, *units], units, strict=False):
        small = before is not None and _is_small(before) and _is_small(unit)
        texts.append(("\n" if small else "\n\n\n") + _renamed(unit, modules, names))
    return head + "".join(texts).removeprefix("\n\n") + "\n"


def _is_small(unit: Unit) -> bool:
    return not isinstance(unit.node, ast.FunctionDef | ast.ClassDef)


def _renamed(unit: Unit, modules: dict[str, Module], names: dict[UnitKey, str]) -> str:
    """Return the text of a statement under its final names."""
    lines = [line.encode() for line in unit.lines]  # the tree counts columns in bytes
    for line, column, old, new in sorted(_changes(unit, modules, names), reverse=True):
        row = line - unit.first_line
        before, after = lines[row][:column], lines[row][column:]
        if not after.startswith(old.encode()):
            raise BuildError(f"{unit.module}, line {line}: {old} is not where it should be.")
        lines[row] = before + new.encode() + after[len(old.encode()) :]
    return b"\n".join(lines).decode()


def _changes(
    unit: Unit, modules: dict[str, Module], names: dict[UnitKey, str]
) -> Iterator[tuple[int, int, str, str]]:
    """Yield line, column, old and new name of what is to be renamed."""
    own = {name: names[unit.module, name] for name in unit.defines}
    for node in ast.walk(unit.node):
        if isinstance(node, ast.Name):
            new = names.get(_origin(modules, (unit.module, node.id)), node.id)
            if new != node.id and isinstance(node.ctx, ast.Store) and node.id not in own:
                raise BuildError(f"{unit.module}, line {node.lineno}: {node.id} hides a name.")
            if new != node.id:
                yield node.lineno, node.col_offset, node.id, new
        elif isinstance(node, ast.arg) and _would_change(unit, node.arg, modules, names):
            raise BuildError(f"{unit.module}, line {node.lineno}: {node.arg} hides a name.")
    if isinstance(unit.node, ast.FunctionDef | ast.ClassDef):
        old, node = unit.node.name, unit.node
        if own[old] != old:
            text = unit.lines[node.lineno - unit.first_line]
            yield node.lineno, len(text[: text.index(old)].encode()), old, own[old]


def _would_change(
    unit: Unit, name: str, modules: dict[str, Module], names: dict[UnitKey, str]
) -> bool:
    return names.get(_origin(modules, (unit.module, name)), name) != name


def _header(modules: list[str], imports: list[str]) -> str:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    paths = [f"{name.replace('.', '/')}.py" for name in dict.fromkeys(modules)]
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8").strip()
    return _HEADER.format(
        version=project["version"],
        modules="\n".join(f"#     {path}" for path in paths),
        licence=re.sub(r"^#\s+$", "#", licence.replace("\n", "\n# "), flags=re.MULTILINE),
        imports="\n".join(imports),
    )


def _check(text: str) -> None:
    """Refuse a program that uses a name which it does not define."""
    table = symtable.symtable(text, BUILT.name, "exec")
    known = {
        one.get_name() for one in table.get_symbols() if one.is_assigned() or one.is_imported()
    }
    known |= set(dir(builtins)) | {"__name__"} | {one.get_name() for one in table.get_children()}
    unknown = sorted(set(_globals_of(table)) - known)
    if unknown:
        raise BuildError(f"These names are not defined: {', '.join(unknown)}.")


def _globals_of(table: symtable.SymbolTable) -> Iterator[str]:
    for symbol in table.get_symbols():
        if symbol.is_global() or (table.get_type() == "module" and symbol.is_referenced()):
            yield symbol.get_name()
    for inner in table.get_children():
        yield from _globals_of(inner)


def main() -> int:
    """Write the file in its place."""
    try:
        text = build()
    except BuildError as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    BUILT.write_text(text, encoding="utf-8")
    sys.stderr.write(f"{BUILT.relative_to(ROOT)}: {len(text.splitlines()):,} lines.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
