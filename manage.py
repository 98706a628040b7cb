#!/usr/bin/env python3
"""Ghar's operator door: `manage.py COMMAND`, or `bin/ghar manage COMMAND` from any Python."""

import os
import sys


def main() -> None:
    """Run one management command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        from django.core.management import execute_from_command_line  # noqa: PLC0415 - explains itself below
    except ImportError as missing:
        raise SystemExit(
            f"{missing}. Ghar's packages are not in this Python. Run `bin/ghar up` once, "
            "then `bin/ghar manage ...` or `.venv/bin/python manage.py ...`."
        ) from missing
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
