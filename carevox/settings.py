"""All configuration, read from the environment (or from a file `.env` beside manage.py).

Each variable is read once: name, kind (`carevox/env/`), default as an operator would write it. A
value that is not understood, or would make production unsafe, stops the start with one line that
names the variable. docs/operations.md lists them all.
"""

from pathlib import Path
from urllib.parse import quote

from django_prose_editor.config import html_tags
from js_asset import static_lazy

from carevox import env
from carevox.root_files import keep_a_week
from carevox.version import newest_version

BASE_DIR = Path(__file__).resolve().parent.parent
read = env.Reader(env.environment(BASE_DIR / ".env"))

# Site
DEBUG = read("DEBUG", env.switch(), "off")
DEBUG_PAGES = read("DEBUG_PAGES", env.switch(), "off")  # Django's pages for errors, with DEBUG
DEMO = read("DEMO", env.switch(), "off")  # installs demo/ without DEBUG, for benchmarks and tests
SECRET_KEY = read("SECRET_KEY", env.secret_key(debug=DEBUG), "")
SITE_URL = read("SITE_URL", env.address(), "http://localhost:8000")
SITE_NAME = read(
    "SITE_NAME", env.text(100), "CareVox"
)  # in mails; editors name the pages in the admin
ALLOWED_HOSTS = env.allowed_hosts(
    read("ALLOWED_HOSTS", env.hosts(), ""), site_url=SITE_URL, debug=DEBUG
)
CSRF_TRUSTED_ORIGINS = [SITE_URL]
DATA_DIR = read("DATA_DIR", env.folder(BASE_DIR), "var")
VERSION = newest_version(BASE_DIR / "CHANGELOG.md")

# The order is the order of the layers, roof first, so that its templates win.
INSTALLED_APPS = [
    "carevox",
    *(["demo"] if DEBUG or DEMO else []),
    "frontpage",
    "comments",
    "readings",
    "search",
    "sharing",
    "articles",
    "pictures",
    "taxonomy",
    "authors",
    "magazine",
    "care",
    "outbox",
    "redirects",
    "editing",
    "finding",
    "lib",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "taggit",
    "django_prose_editor",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "carevox.middleware.request_id.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "carevox.middleware.csp.ContentSecurityPolicyMiddleware",
    "carevox.middleware.cache_control.CacheControlMiddleware",
    # not Django's: that one reads a cookie and varies by browser
    "carevox.middleware.language.LanguageMiddleware",
    "carevox.middleware.bad_input.BadInputMiddleware",  # before anybody looks for a session
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "carevox.middleware.failure.FailureMiddleware",  # behind what reads the form
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "authors.middleware.StaffMFAMiddleware",
    "redirects.middleware.RedirectMiddleware",
    "carevox.middleware.forgiving.ForgivingMiddleware",
]
if DEBUG and not DEBUG_PAGES:
    MIDDLEWARE.insert(0, "carevox.middleware.own_error_pages.OwnServerErrorMiddleware")
    MIDDLEWARE.append("carevox.middleware.own_error_pages.OwnErrorPagesMiddleware")

ROOT_URLCONF = "carevox.urls"
WSGI_APPLICATION = "carevox.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "magazine.context_processors.magazine",
                "taxonomy.context_processors.tree",
            ],
        },
    },
]

# Data: SQLite in a file by default, PostgreSQL by DATABASE_URL
sqlite_file = f"sqlite:///{quote(str(DATA_DIR / 'carevox.sqlite3'))}"
DATABASES = {"default": read("DATABASE_URL", env.database(BASE_DIR), sqlite_file)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": read("CACHE_URL", env.cache(), "locmem://")}
TASKS = {"default": read("JOBS", env.jobs(), "immediate")}

SILENCED_SYSTEM_CHECKS = [
    "auth.W004"
]  # the constraint user_email_once, on the lower-case address, is the stricter one

# Files
STATIC_URL = "static/"
STATIC_ROOT = read("STATIC_ROOT", env.folder(BASE_DIR), "static-collected")
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_ROOT = BASE_DIR / "static" / "root"
WHITENOISE_ADD_HEADERS_FUNCTION = keep_a_week
MEDIA_URL = "media/"
MEDIA_ROOT = read("MEDIA_ROOT", env.folder(BASE_DIR), str(DATA_DIR / "media"))
STORAGES = {
    "default": read("STORAGE_URL", env.storage(), ""),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "carevox.static.SiteStaticStorage",
    },
}
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = (
    0o644,
    0o755,
)  # the proxy reads them, whatever the umask of the services
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "lib.web.uploads.PatientUploadHandler",
]

# Accounts
AUTH_USER_MODEL = "authors.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "authors.security.passwords.GuessableValidator"},
]
REQUIRE_STAFF_MFA = read("REQUIRE_STAFF_MFA", env.switch(), "on")
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = ACCOUNT_LOGOUT_REDIRECT_URL = (
    "home"  # a name, not a path: it keeps the language
)
ACCOUNT_ADAPTER = "authors.accounts.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 3  # as long as a link for another password serves
UNCONFIRMED_DAYS = read("UNCONFIRMED_DAYS", env.whole_number(3, 7), "7")
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = (
    True  # in the browser that signed up, so that a reader comes back to what they were doing
)
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SIGNUP_FORM_CLASS = "authors.forms.SignupForm"
ACCOUNT_FORMS = {
    "signup": "authors.signup.AccountSignupForm",
    "reset_password": "authors.signup.ResetPasswordForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ADAPTER = "authors.second_factor.MFAAdapter"
MFA_FORMS = {
    "authenticate": "authors.second_factor.AuthenticateForm",
    "reauthenticate": "authors.second_factor.ReauthenticateForm",
    "activate_totp": "authors.second_factor.ActivateTOTPForm",
    "add_webauthn": "authors.second_factor.AddWebAuthnForm",
    "edit_webauthn": "authors.second_factor.EditWebAuthnForm",
}
# Else a member with a second factor could never change address. A pending one counts for nothing:
# sign-in asks for a verified address, and `authors.signup.ResetPasswordForm` mails the present one.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG

# Rich text: one module of ours keeps footnotes, captions and the scope of table headings in the
# editor's schema
DJANGO_PROSE_EDITOR_EXTENSIONS = [
    {
        "js": [static_lazy("js/admin/editor/extensions.js")],
        "extensions": {"CareVox": html_tags(["section", "caption"])},
    }
]

# Mail
EMAIL_TIMEOUT = 30  # seconds that one mail takes at most, in all its steps (`outbox/smtp.py`)
mail_default = "consolemail://" if DEBUG else "smtp://localhost:25"
mail_settings = read("EMAIL_URL", env.mail_server(), mail_default)
vars().update(mail_settings)
EMAIL_FILE_PATH = DATA_DIR / "mails"  # for filemail://
DEFAULT_FROM_EMAIL = read(
    "DEFAULT_FROM_EMAIL", env.mail_address(), "CareVox <ne-pas-repondre@localhost>"
)
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Language
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
STOCK_WORDS = BASE_DIR / "locale" / "stock"  # sentences of Django's admin, better said
LOCALE_PATHS = [BASE_DIR / "locale", STOCK_WORDS]
FORMAT_MODULE_PATH = "carevox.formats"
TIME_ZONE = "Europe/Paris"
# it would also write the ids and widths of the mark-up as "1 600"; numbers for readers pass the
# filter `thousands`
USE_THOUSAND_SEPARATOR = False

FORMS_URLFIELD_ASSUME_HTTPS = True  # what Django 6 does by itself

# Security. HTTPS settings follow SITE_URL, so that a demo on http://localhost works and a public
# site is strict.
SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", *env.media_origins(STORAGES["default"])],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "manifest-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
}
HTTPS = SITE_URL.startswith("https://")
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # a probe asks over plain HTTP on loopback
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 63_072_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 30 * 24 * 3600
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "carevox.error_pages.csrf_failure"
X_FRAME_OPTIONS = "DENY"
TRUSTED_PROXY_COUNT = read("TRUSTED_PROXY_COUNT", env.whole_number(0, 10), "0")
MINIMUM_FORM_SECONDS = read("MINIMUM_FORM_SECONDS", env.whole_number(0, 600), "3")

# Readings and « aussi consulté » (docs/operations.md, docs/recommendations.md)
many = 1_000_000  # as good as no limit
READINGS_WAIT_SECONDS = read("READINGS_WAIT_SECONDS", env.number(0, 60), "2")
READINGS_PER_NETWORK_MINUTE = read("READINGS_PER_NETWORK_MINUTE", env.whole_number(1, many), "60")
READINGS_PER_NETWORK_ARTICLE = read("READINGS_PER_NETWORK_ARTICLE", env.whole_number(1, many), "20")
ALSO_VIEWED_R0 = read("ALSO_VIEWED_R0", env.number(1, 100_000), "40")
ALSO_VIEWED_MIN_VISITS = read("ALSO_VIEWED_MIN_VISITS", env.whole_number(3, 1000), "3")
ALSO_VIEWED_WINDOW_HOURS = read("ALSO_VIEWED_WINDOW_HOURS", env.number(24, 8784), "720")
ALSO_VIEWED_BACK_OFF = read("ALSO_VIEWED_BACK_OFF", env.switch(), "on")
ALSO_VIEWED_TRIAL = read("ALSO_VIEWED_TRIAL", env.experiment(), "")

# Log and error reports
LOG_FORMAT = read("LOG_FORMAT", env.choice("text", "json"), "text" if DEBUG else "json")
LOG_LEVEL = read("LOG_LEVEL", env.choice("DEBUG", "INFO", "WARNING", "ERROR"), "INFO")
LOGGING = env.logging_config(LOG_FORMAT, LOG_LEVEL)
env.error_reports(read("SENTRY_DSN", env.sentry(), ""), release=VERSION)
