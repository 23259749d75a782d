"""What Django and the drivers need to know of a database, every wait bounded."""

from __future__ import annotations

from typing import Any, Final

import environ
from django.core.exceptions import ImproperlyConfigured

SQLITE_OPTIONS: Final = {
    # IMMEDIATE: a deferred transaction that turns into a write is refused at once under load.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,  # seconds
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
        "PRAGMA foreign_keys=ON; PRAGMA cache_size=-65536;"
    ),
}


def database(
    url: str, *, limits: dict[str, Any], pool: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Read a database URL into Django's dictionary, with the options that the engine needs.

    ``limits`` are PostgreSQL's, of ``database_limits``; the URL has the last word. ``pool`` are
    the options of psycopg's pool, None for a connection kept by each thread.
    """
    config: dict[str, Any] = environ.Env.db_url_config(url)
    options = config.setdefault("OPTIONS", {})
    engine = config.get("ENGINE")
    if engine == "django.db.backends.sqlite3":
        options.update(SQLITE_OPTIONS)
    elif engine == "django.db.backends.postgresql":
        config["OPTIONS"] = limits | options | ({"pool": dict(pool)} if pool else {})
        config["CONN_HEALTH_CHECKS"] = True
        config["CONN_MAX_AGE"] = 0 if pool else 60
    else:
        raise ImproperlyConfigured(
            "DATABASE_URL names neither SQLite nor PostgreSQL: write sqlite:///path or "
            "postgres://..., or take it out of the environment."
        )
    return config


def database_limits(bounds: dict[str, Any], process: str) -> dict[str, Any]:
    """Return libpq's options that bound every wait for PostgreSQL in this kind of process.

    ``bounds``: seconds by name of the time-out (0: none), by kind of process. Raises
    ImproperlyConfigured for a kind that is not there.
    """
    kinds = {kind: found for kind, found in bounds.items() if isinstance(found, dict)}
    if process not in kinds:
        known = ", ".join(sorted(kinds))
        raise ImproperlyConfigured(f"FACTBASE_PROCESS is {process!r}; set it to one of: {known}.")
    seconds = kinds[process]
    return {
        # Compiling a statement takes longer than any page may: 50 to 100 ms, for each of them.
        "options": " ".join(
            ["-c jit=off", *(f"-c {name}_timeout={seconds[name]}s" for name in seconds)]
        ),
        "connect_timeout": bounds["connect"],
        # A server that is gone without a word is noticed in 10 + 3 * 3 seconds.
        "keepalives": 1,
        "keepalives_idle": 10,
        "keepalives_interval": 3,
        "keepalives_count": 3,
        "tcp_user_timeout": 15_000,  # milliseconds
    }
