"""The settings of the suite: ours, with what a test must not wait for or leave behind."""

import os
import tempfile
from pathlib import Path

SCRATCH = Path(tempfile.mkdtemp(prefix="carevox-tests-"))
os.environ.setdefault("SECRET_KEY", "tests-only-" * 6)
os.environ.setdefault("DATA_DIR", str(SCRATCH))
os.environ.update(
    DEBUG="off",
    DEMO="on",
    SITE_URL="http://localhost",
    LOG_LEVEL="ERROR",
    LOG_FORMAT="text",
    CACHE_URL="locmem://",
    JOBS="immediate",
)

from carevox.settings import *  # noqa: E402, F403
from carevox.settings import ALLOWED_HOSTS, DATABASES, SECURE_CSP, STORAGES  # noqa: E402, F401

ALLOWED_HOSTS += ["testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = SCRATCH / "media"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
MINIMUM_FORM_SECONDS = 0
REQUIRE_STAFF_MFA = False
ACCOUNT_RATE_LIMITS = False
READINGS_WAIT_SECONDS = 0
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # a file, not memory: tests with several connections see the same WAL database
    DATABASES["default"]["TEST"] = {"NAME": str(SCRATCH / "tests.sqlite3")}
