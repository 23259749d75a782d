"""The environment of a test run, set by pytest before the settings are read (-p in pyproject)."""

import os

os.environ["FACTBASE_RATE_LIMITS"] = "off"
os.environ["TASKS_BACKEND"] = "immediate"
# A loaded machine takes its time to create a database; the limits of time have their own tests.
os.environ["FACTBASE_PROCESS"] = "command"
os.environ.setdefault("LOG_LEVEL", "WARNING")
