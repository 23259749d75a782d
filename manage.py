#!/usr/bin/env python
"""Run a factbase command: manage.py help lists them."""

import os
import sys


def main() -> None:
    """Hand the arguments to Django under the one settings module."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factbase.settings")
    os.environ.setdefault("FACTBASE_PROCESS", kind_of(sys.argv[1:2]))
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


def kind_of(command: list[str]) -> str:
    """Return whose limits of time count; only a server answers people who wait."""
    kinds = {"runserver": "web", "migrate": "migration"}
    return kinds.get(command[0] if command else "", "command")


if __name__ == "__main__":
    main()
