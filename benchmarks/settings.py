"""Production settings, without what a loop on loopback must not meet.

That is HTTPS, the minimum delay of forms and, with CACHE_URL=dummy://, limits.
"""

import os

os.environ.setdefault("SECRET_KEY", "benchmarks-only-" * 4)
os.environ.setdefault("CACHE_URL", "locmem://")
os.environ.update(
    DEBUG="off",
    DEMO="on",
    SITE_URL="http://localhost",
    LOG_LEVEL="ERROR",
    JOBS="immediate",
    MINIMUM_FORM_SECONDS="0",
)

from carevox.settings import *  # noqa: F403
from carevox.settings import STORAGES

ROOT_URLCONF = "benchmarks.urls"
REQUIRE_STAFF_MFA = False
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
