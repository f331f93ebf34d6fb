"""Every variable of the environment is read once, strictly, and stops the start with one line that
names it."""

import ast
import os
import re
import runpy
import subprocess
import sys
from pathlib import Path
from unittest import mock

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import carevox.settings
from carevox import env
from tests.architecture.test_house import APPS, ROOT, production

KNOWN = carevox.settings.read.known

TYPES = {
    bool: {"DEBUG", "DEBUG_PAGES", "DEMO", "REQUIRE_STAFF_MFA", "ALSO_VIEWED_BACK_OFF"},
    int: {
        "TRUSTED_PROXY_COUNT",
        "UNCONFIRMED_DAYS",
        "MINIMUM_FORM_SECONDS",
        "READINGS_PER_NETWORK_MINUTE",
        "READINGS_PER_NETWORK_ARTICLE",
        "ALSO_VIEWED_MIN_VISITS",
    },
    float: {"READINGS_WAIT_SECONDS", "ALSO_VIEWED_R0", "ALSO_VIEWED_WINDOW_HOURS"},
    list: {"ALLOWED_HOSTS"},
    dict: {"DATABASE_URL", "CACHE_URL", "JOBS", "STORAGE_URL", "EMAIL_URL"},
    Path: {"DATA_DIR", "MEDIA_ROOT", "STATIC_ROOT"},
    str: {
        "SECRET_KEY",
        "SITE_URL",
        "SITE_NAME",
        "DEFAULT_FROM_EMAIL",
        "ALSO_VIEWED_TRIAL",
        "LOG_FORMAT",
        "LOG_LEVEL",
        "SENTRY_DSN",
    },
}
SECRETS = {"SECRET_KEY", "DATABASE_URL", "CACHE_URL", "STORAGE_URL", "EMAIL_URL", "SENTRY_DSN"}
FREE = {*TYPES[Path], "SITE_NAME", "SECRET_KEY", "ALLOWED_HOSTS"}  # most words are good there
TYPE_OF = {name: kind for kind, names in TYPES.items() for name in names}

NASTY_WORDS = """
    nan inf -inf -1 -0.5 1e400 1_000 ٣ 0x10 1,5,5 + 1.5 2 r0= r0=0 r0=1.5
    é vrai ON! None $SECRET_KEY ${HOME} % %zz %00 %ff

    :// http:// https://é.example https://a_b.example https://h:99999 https://h:0 https://h:x
    https://[::1 https://[fe80::1%25eth0] https://u:hunter2@h https://h/p https://h?q https://-h
    ftp://h javascript:alert(1) https://999.1.1.1 h:8000 *.example.org a,*,b . @ <> CareVox

    mysql://h/n django.db.backends.sqlite3://x/n x.sqlite3://h/n sqlite:// sqlite:/// sqlite://h/n
    sqlite:////proc/n sqlite:////proc sqlite:////proc/%00 sqlite:////x?y
    postgres:// postgres://h postgres:/// postgres://[h/n postgres://%2Frun/n postgres://h/%ff
    postgres://u:hunter2@h:99999/n postgres://u:hunter2%@h/n postgres://u:hunter2@é/n
    postgres://u:hunter2@a:1,b:99999/n postgres://h/n?nothing=1 postgres://h/n?autocommit=0
    postgres://h/n?conn_max_age=x postgres://h/n?prepare_threshold=x
    postgres://h/n?disable_server_side_cursors=no

    redis:// redis://:hunter2@h:99999/0 redis://:hunter2@h/name redis://:hunter2%@h/0
    redis://h?nothing=1 redis://h?db=x redis://h,memcached://h unix:// unix:///s?db=x
    :hunter2@h locmem memcached://h

    s3:// s3://b s3://Bucket s3://hunter2@bucket s3://bucket/folder s3://bucket?nothing=1
    s3://bucket?x s3://bucket?endpoint=h s3://bucket?domain=a&domain=b

    smpt://h smtp:// smtp://h:99999 smtp://u@h:hunter2@h smtp://u@h smtp://u:hunter2é@h smtp://h/p
    smtp://h?timeout=1 filemail:///tmp consolemail
    https://sentry.example/1 https://hunter2@sentry.example/x https://hunter2@h
"""
NASTY_LINES = [
    *["\0", "a\0b", "a\nb", "a\r\nBcc: x", "a\u2028b", "a\x85b", "\ud800", "\x1b[31m"],
    *["on off", "https://a b", "s3://bucket?domain=a; script-src *"],
    *["a@b, c@d", "CareVox <a@b", "a b@c.d", "a: b@c.d", "9" * 5000, "x" * 100_000],
    *[f"postgres://h/{'n' * 64}", f"sqlite:////proc/{'n' * 300}"],
]
BEGINNINGS = [
    "sqlite:///HERE/",
    "postgres://",
    "redis://",
    "unix://",
    "s3://",
    "smtp://",
    "https://",
]
PUNCTUATION = "@:/?#[]%=&,;.+-_eE0123456789"
texts = st.one_of(
    st.text(max_size=30),
    st.text(PUNCTUATION, max_size=30),
    st.builds(
        "{}{}hunter2{}".format,
        st.sampled_from(BEGINNINGS),
        st.text(max_size=30),
        st.text(max_size=30) | st.text(PUNCTUATION, max_size=30),
    ),
)


def check(name, text):
    """Read a value: it has its type, or is refused in one line that names the variable.

    In the texts « hunter2 » stands for a password.
    """
    value = refused = None
    try:
        value = env.Reader({name: text})(name, KNOWN[name], "")
    except ImproperlyConfigured as error:
        refused = error
    if refused:
        said = str(refused)
        assert said.startswith(f"{name} ")
        assert len(said.splitlines()) == 1
        assert len(said) < 400
        assert said.isprintable()
        assert refused.__suppress_context__
        assert refused.__cause__ is None
        if name in SECRETS and "SQLite file" not in said:  # its path is no secret
            assert "hunter2" not in said
        return said
    assert type(value) is {Path: type(ROOT)}.get(TYPE_OF[name], TYPE_OF[name])
    assert set(str(value)).isdisjoint("\0\n\r\x1b\x85\u2028\ud800")
    return None


def settings_with(**variables):
    """Return the settings that these variables make."""
    with mock.patch.dict(os.environ, production(**variables), clear=True):
        return runpy.run_path(str(ROOT / "carevox" / "settings.py"))


def test_every_variable_has_a_type():
    assert set(TYPE_OF) == set(KNOWN)


@pytest.mark.parametrize("name", sorted(TYPE_OF))
def test_nasty_value_is_of_its_type_or_refused_in_one_line(name):
    said = {text: check(name, text) for text in [*NASTY_LINES, *NASTY_WORDS.split()]}
    assert [line for line in said.values() if line and "hunter2" in line] == []
    if name not in FREE:
        accepted = {text for text, line in said.items() if line is None}
        assert accepted <= {"2", "1.5", "smtp://u@h:hunter2@h"}  # these happen to be good


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    return tmp_path_factory.mktemp("sqlite")


@pytest.mark.parametrize("name", sorted(TYPE_OF))
@settings(deadline=None, max_examples=40)
@given(text=texts)
def test_any_text_is_of_its_type_or_refused_in_one_line(here, name, text):
    assume(".." not in text)
    check(name, text.replace("HERE", str(here)))


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("REQUIRE_STAFF_MFA", "oui", True),
        ("REQUIRE_STAFF_MFA", "Non", False),
        ("DEBUG", "0", False),
        ("DEBUG", "", False),
        ("SITE_URL", "HTTPS://WWW.Example.org:8443/", "https://www.example.org:8443"),
        ("SITE_URL", "http://[::1]:8000", "http://[::1]:8000"),
        ("SITE_NAME", "  Santé : le mag ", "Santé : le mag"),
        ("ALLOWED_HOSTS", " a.example , ,.b.example,[::1]", ["a.example", ".b.example", "[::1]"]),
        ("MINIMUM_FORM_SECONDS", " 0 ", 0),
        ("READINGS_WAIT_SECONDS", "0,5", 0.5),
        ("LOG_LEVEL", "warning", "WARNING"),
        ("ALSO_VIEWED_TRIAL", "r0=150", "r0=150"),
        ("DEFAULT_FROM_EMAIL", "Élan <a@example.org>", "Élan <a@example.org>"),
    ],
)
def test_good_value_is_understood(name, text, value):
    default = {"DEBUG": "off"}.get(name, "")
    assert env.Reader({name: text})(name, KNOWN[name], default) == value


def test_servers_are_understood(tmp_path):
    database = KNOWN["DATABASE_URL"].parse
    postgres = database("postgres://u:p%40%23%25@db_1:6432/n?sslmode=require")
    assert postgres["PASSWORD"] == "p@#%"
    assert (postgres["HOST"], postgres["PORT"], postgres["NAME"]) == ("db_1", 6432, "n")
    assert postgres["OPTIONS"]["sslmode"] == "require"
    assert database("postgres://u:p#1@h/n")["PASSWORD"] == "p#1"
    assert database("postgres:///n?host=/run/postgresql")["OPTIONS"]["host"] == "/run/postgresql"
    assert database(f"sqlite:///{tmp_path}/a+b%3F.sqlite3")["NAME"] == f"{tmp_path}/a+b?.sqlite3"
    mail = KNOWN["EMAIL_URL"].parse("smtp+tls://me@example.org:p%40@mail.example.org:587")
    assert (mail["EMAIL_HOST_USER"], mail["EMAIL_HOST_PASSWORD"]) == ("me@example.org", "p@")
    assert (mail["EMAIL_PORT"], mail["EMAIL_USE_TLS"], mail["EMAIL_USE_SSL"]) == (587, True, False)
    assert KNOWN["EMAIL_URL"].parse("smtp+ssl://mail.example.org")["EMAIL_PORT"] == 465
    redis = "rediss://:p%23@cache_1:6379/1"
    assert KNOWN["CACHE_URL"].parse(redis)["LOCATION"] == redis


def test_bucket_is_understood(monkeypatch):
    monkeypatch.setattr("carevox.env.servers.find_spec", lambda module: True)
    text = "s3://a-bucket?endpoint=https://s3.example.org/v1&domain=media.example.org"
    options = KNOWN["STORAGE_URL"].parse(text)["OPTIONS"]
    assert options["bucket_name"] == "a-bucket"
    assert options["endpoint_url"] == "https://s3.example.org/v1"
    assert options["custom_domain"] == "media.example.org"


@pytest.mark.parametrize(
    ("name", "url"), [("STORAGE_URL", "s3://bucket"), ("SENTRY_DSN", "https://key@h/1")]
)
def test_package_that_is_missing_is_named(monkeypatch, name, url):
    monkeypatch.setattr("carevox.env.servers.find_spec", lambda module: None)
    with pytest.raises(ImproperlyConfigured, match=rf"^{name} needs .*requirements/extras\.txt\.$"):
        env.Reader({name: url})(name, KNOWN[name], "")


def test_empty_is_unset(tmp_path):
    place = {"DATA_DIR": str(tmp_path), "DATABASE_URL": ""}
    blank = dict.fromkeys(TYPE_OF.keys() - {"SECRET_KEY", "SITE_URL"}, " ")
    empty = settings_with(**{**blank, **place})
    usual = settings_with(**place)
    assert len(usual) > 80
    del usual["DJANGO_PROSE_EDITOR_EXTENSIONS"]  # holds a script that is equal to none
    names = [name for name in usual if name.isupper()]
    assert [name for name in names if usual[name] != empty[name]] == []
    assert (tmp_path / "carevox.sqlite3").exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("REQUIRE_STAFF_MFA", "vrai"),
        ("DEBUG", "yes!"),
        ("DATA_DIR", "/proc/carevox"),
        ("TRUSTED_PROXY_COUNT", "-1"),
        ("MINIMUM_FORM_SECONDS", "-1"),
        ("EMAIL_URL", "smpt://localhost"),
        ("DEFAULT_FROM_EMAIL", "CareVox"),
        ("CACHE_URL", "redis://localhost:99999/0"),
        ("STORAGE_URL", "s3://bucket?domain=*"),
        ("SENTRY_DSN", "sentry"),
    ],
)
def test_settings_stop_at_a_bad_value(name, value):
    changes = {"DATABASE_URL": "", name: value} if name == "DATA_DIR" else {name: value}
    with pytest.raises(ImproperlyConfigured, match=rf"^(?s:.*\b){name}\b.*\Z"):
        settings_with(**changes)


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "short"),
        ("SITE_URL", "www.example.org"),
        ("DEBUG", "on"),
        ("ALLOWED_HOSTS", "*"),
        ("DATABASE_URL", "mysql://localhost/carevox"),
        ("DATABASE_URL", "sqlite:////proc/carevox/nowhere.sqlite3"),
        ("CACHE_URL", "memcached://localhost"),
        ("JOBS", "celery"),
        ("STORAGE_URL", "ftp://files"),
        ("READINGS_WAIT_SECONDS", "-1"),
        ("READINGS_PER_NETWORK_MINUTE", "many"),
        ("ALSO_VIEWED_R0", "0"),
        ("ALSO_VIEWED_MIN_VISITS", "nan"),
        ("ALSO_VIEWED_MIN_VISITS", "2"),
        ("ALSO_VIEWED_WINDOW_HOURS", "1"),
        ("ALSO_VIEWED_TRIAL", "r0=0"),
        ("LOG_FORMAT", "xml"),
        ("LOG_LEVEL", "chatty"),
    ],
)
def test_unsafe_setting_stops_the_start_with_one_line_that_names_it(setting, value):
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env=production(**{setting: value}),
        capture_output=True,
        text=True,
    )
    assert done.returncode != 0
    assert setting in done.stderr.strip().splitlines()[-1]
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr


@pytest.mark.parametrize("command", [["manage.py", "db_worker"], ["-c", "import carevox.wsgi"]])
def test_every_door_says_one_line(command):
    bad = production(REQUIRE_STAFF_MFA="vrai")
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=bad, capture_output=True, text=True
    )
    assert done.returncode != 0
    assert done.stdout == ""
    [line] = done.stderr.strip().splitlines()
    assert "REQUIRE_STAFF_MFA" in line


def test_nothing_else_reads_the_environment():
    own = {ROOT / "carevox" / "wsgi.py", *(ROOT / "carevox" / "env").glob("*.py")}
    others = {path for app in APPS for path in (ROOT / app).rglob("*.py")} - own
    pattern = re.compile(r"\bos\.environ|\bgetenv\b|\bimport environ\b|\benviron\.Env\b")
    assert [str(path) for path in others if pattern.search(path.read_text(encoding="utf-8"))] == []


def test_every_variable_is_read_once():
    tree = ast.parse((ROOT / "carevox" / "settings.py").read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    read = [call.args[0].value for call in calls if getattr(call.func, "id", "") == "read"]
    assert sorted(read) == sorted(KNOWN)


def test_every_variable_is_documented_and_there():
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    table = text.partition("## Settings")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (`[^|]*) \|", table, re.MULTILINE)
    assert sorted(re.findall(r"`([A-Z0-9_]+)`", " ".join(rows))) == sorted(KNOWN)
    # and what its sentences and the examples name is there too
    assert set(re.findall(r"`([A-Z0-9]+_[A-Z0-9_]+)`", table)) <= set(KNOWN)
    for example in (".env.example", "deploy/carevox.env"):
        lines = (ROOT / example).read_text(encoding="utf-8")
        named = set(re.findall(r"^([A-Z0-9_]+)=", lines, re.MULTILINE))
        assert named <= {*KNOWN, "BACKUP_DIR"}, example  # deploy/backup reads that one
