#!/usr/bin/env python
"""Run a factbase command: manage.py help lists them."""

import os
import sys


def main() -> None:
    """Hand the arguments to Django under the one settings module."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factbase.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
