"""The settings of the suite for a server of its own.

It uses the database it is given, and each client has an address.
"""

from tests.settings import *  # noqa: F403

TRUSTED_PROXY_COUNT = 1
SESSION_ENGINE = "django.contrib.sessions.backends.db"
