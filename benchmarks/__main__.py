"""make bench: times the product against its goals, on each database there is."""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

import django
import rest_framework

from benchmarks.databases import Pair, Server, SqliteFolder, pair, postgres
from benchmarks.goals import measure
from benchmarks.results import Result, as_markdown, as_text

DEFAULT, SMALL = 10_000, 1_000  # claims
INTRODUCTION = Path(__file__).with_name("introduction.md")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the table, and say which goals are missed. Exit code 0 unless it fails."""
    options = _options(arguments)
    results: list[Result] = []
    versions = [
        f"Python {platform.python_version()}",
        f"Django {django.__version__}",
        f"DRF {rest_framework.VERSION}",
    ]
    begin, load = perf_counter(), os.getloadavg()[0]
    for server in _servers(options.database):
        _say(f"{server.name}: filling databases of {options.small:,} and {options.n:,} claims ...")
        with pair(server, options.small, options.n) as databases:
            versions.append(databases.version)
            results += _measured(databases, options.rounds)
    facts = _facts(options, versions, perf_counter() - begin, load)
    print(as_text(results))
    print(facts)
    if options.write:
        text = f"{INTRODUCTION.read_text()}\n{facts}\n\n{as_markdown(results)}"
        Path(options.write).write_text(text)
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    size = int(os.environ.get("N") or DEFAULT)
    parser.add_argument("-n", type=int, default=size, help="claims in the large database (N=)")
    parser.add_argument("--small", type=int, default=SMALL, help="claims in the small one")
    parser.add_argument("--rounds", type=int, default=20, help="turns of each timing")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], help="only this one")
    parser.add_argument("--write", metavar="FILE", help="write the table as Markdown too")
    return parser.parse_args(arguments)


def _servers(only: str | None) -> list[Server]:
    servers: list[Server] = []
    if only != "postgresql":
        servers.append(SqliteFolder())
    if only != "sqlite":
        server, reason = postgres()
        if server is None:
            _say(f"postgresql is not measured: {reason} (set TEST_POSTGRES_URL)")
        else:
            servers.append(server)
    return servers


def _measured(databases: Pair, rounds: int) -> list[Result]:
    results = []
    for result in measure(databases, rounds):
        _say("  " + " | ".join(result.cells()[index] for index in (0, 1, 3, 4, 5)))
        results.append(result)
    return results


def _facts(options: argparse.Namespace, versions: list[str], seconds: float, load: float) -> str:
    return (
        f"{options.n:,} claims beside {options.small:,}; {os.cpu_count()} cores; "
        f"{', '.join(versions)}; {seconds:.0f} s in all. "
        f"Load average at the start: {load:.1f}."
    )


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
