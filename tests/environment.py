"""The environment of a test run, set by pytest before the settings are read (-p in pyproject)."""

import os

os.environ["FACTBASE_RATE_LIMITS"] = "off"
os.environ["TASKS_BACKEND"] = "immediate"
os.environ["LOG_KEY_FILE"] = ""  # a test that signs makes a key of its own
os.environ.setdefault("LOG_LEVEL", "WARNING")
