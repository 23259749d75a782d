"""The production settings pass Django's own deployment checks without a warning."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_check_deploy_is_clean_in_production(tmp_path):
    unset = {"DEBUG", "FACTBASE_RATE_LIMITS", "TASKS_BACKEND", "LOG_LEVEL", "REDIS_URL"}
    unset.add("DJANGO_ALLOW_ASYNC_UNSAFE")  # set for the whole run by the browser tests
    environment = {name: value for name, value in os.environ.items() if name not in unset}
    environment |= {
        "FACTBASE_MODE": "production",
        "SECRET_KEY": "".join(chr(33 + (index * 7) % 90) for index in range(64)),
        "ALLOWED_HOSTS": "facts.example.org",
        "REDIS_URL": "redis://cache.example.org",
        "DATABASE_URL": f"sqlite:///{tmp_path}/facts.sqlite3",
    }

    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level=DEBUG"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert "no issues" in done.stdout
