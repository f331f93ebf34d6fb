#!/usr/bin/env python
import os
import secrets
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "carevox.settings")
    if sys.argv[1:2] == [
        "also_viewed"
    ]:  # works on files: it needs no site, so a machine without one can run it
        os.environ["SECRET_KEY"] = secrets.token_urlsafe(60)
        os.environ["DATABASE_URL"] = "sqlite://:memory:"
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"CareVox: {error}")


if __name__ == "__main__":
    main()
