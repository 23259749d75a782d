"""The environment of a test run, set by pytest before the settings are read (-p in pyproject)."""

import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from claims.domain.notes import SigningKey, VerifierKey


def new_log_key() -> str:
    """A key of the log for this run alone."""
    key = Ed25519PrivateKey.generate()
    public = VerifierKey("facts.example.org/log", key.public_key().public_bytes_raw())
    return SigningKey(public.name, public.number, key.private_bytes_raw()).to_text()


os.environ["FACTBASE_RATE_LIMITS"] = "off"
# Nothing is collected there: each of many servers would look through it again.
os.environ["STATIC_ROOT"] = str(Path(__file__).resolve().parent.parent / "var" / "tests" / "static")
os.environ["TASKS_BACKEND"] = "immediate"
os.environ["LOG_KEY_FILE"] = ""
os.environ.setdefault("LOG_KEY", new_log_key())
# A loaded machine takes its time to create a database; the limits of time have their own tests.
os.environ["FACTBASE_PROCESS"] = "command"
os.environ.setdefault("LOG_LEVEL", "WARNING")
