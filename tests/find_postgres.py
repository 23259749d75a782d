"""Print the address of a PostgreSQL server that tests may use, or say why there is none."""

import getpass
import hashlib
import os
import sys
from pathlib import Path

import psycopg

SERVER = "127.0.0.1:5432"


def candidates() -> list[str]:
    """Return the addresses to try; the database name differs by checkout, so that two may test."""
    if given := os.environ.get("TEST_POSTGRES_URL"):
        return [given]
    checkout = hashlib.sha256(str(Path(__file__).resolve()).encode()).hexdigest()[:8]
    users = ["postgres", "postgres:postgres", getpass.getuser()]
    return [f"postgres://{user}@{SERVER}/factbase_{checkout}" for user in users]


def refusal(url: str) -> str:
    """Return why the server cannot be used, or nothing when it can make databases."""
    server, _, _ = url.rpartition("/")
    try:
        with psycopg.connect(f"{server}/postgres", connect_timeout=3) as connection:
            able = connection.execute(
                "SELECT rolsuper OR rolcreatedb FROM pg_roles WHERE rolname = current_user"
            ).fetchone()
    except psycopg.Error as error:
        return str(error).splitlines()[0]
    return "" if able and able[0] else "its user may not create databases"


def main() -> int:
    """Print the first usable address; exit 1 with the reasons when there is none."""
    reasons = []
    for url in candidates():
        reason = refusal(url)
        if not reason:
            print(url)
            return 0
        reasons.append(reason)
    print(f"suite: postgresql did not run: {reasons[0]} (set TEST_POSTGRES_URL)", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
