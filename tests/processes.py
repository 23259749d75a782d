"""Settings and commands in processes of their own, with an environment of their own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SAFE = {
    "debug": False,
    "secret_key": "3kf0-Zq8mB1xW7v_pLr5TnYc2Ha9JdUe6SgXo4iQwMtRbNzKfVy",
    "hosts": ["facts.example.org"],
    "rate_limits": True,
}
PRODUCTION = {
    "FACTBASE_MODE": "production",
    "SECRET_KEY": SAFE["secret_key"],
    "ALLOWED_HOSTS": "facts.example.org",
    "LOG_KEY": os.environ["LOG_KEY"],
    "REDIS_URL": "redis://cache.example.org",
}


def manage(*arguments: str, **environment: Any) -> subprocess.CompletedProcess[str]:
    """Run manage.py in a fresh process with nothing but this environment."""
    kept = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=kept | environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def setting(expression: str, **environment: Any) -> Any:
    """Return a setting as a fresh process reads it."""
    code = (
        f"import json; from factbase import settings; print(json.dumps({expression}, default=str))"
    )
    kept = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
    result = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=kept | environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return json.loads(result.stdout)
