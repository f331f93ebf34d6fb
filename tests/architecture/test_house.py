"""The rules of the house that a machine can check."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path
from statistics import median, quantiles

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = sorted(
    path.parent.name
    for path in ROOT.glob("*/__init__.py")
    if path.parent.name not in {"tests", "benchmarks", "proofs"}
)
# lines of at most 100 columns, as `ruff format` leaves them
LONGEST = {".py": 350, ".html": 150, ".css": 250, ".js": 120}
MEDIAN_FILE = 90
LONGEST_FUNCTION, MEDIAN_FUNCTION, P90_FUNCTION = 50, 8, 25


def files(*suffixes, folders=(*APPS, "templates", "static")):
    found = [
        path
        for folder in folders
        for path in (ROOT / folder).rglob("*")
        if path.suffix in suffixes and "migrations" not in path.parts
    ]
    assert len(found) > 4
    return found


@pytest.mark.parametrize("suffix", LONGEST)
def test_files_fit(suffix):
    long = {
        str(path.relative_to(ROOT)): lines
        for path in files(
            suffix, folders=(*APPS, "benchmarks", "proofs", "tests", "templates", "static")
        )
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST[suffix]
    }
    assert long == {}


def functions():
    for path in files(".py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                yield f"{path.relative_to(ROOT)}:{node.name}", node.end_lineno - node.lineno + 1


def test_functions_fit():
    assert {name: size for name, size in functions() if size > LONGEST_FUNCTION} == {}


def test_most_files_and_functions_are_small():
    lines = [len(path.read_text(encoding="utf-8").splitlines()) for path in files(".py")]
    sizes = [size for _name, size in functions()]
    assert median(size for size in lines if size) <= MEDIAN_FILE
    assert median(sizes) <= MEDIAN_FUNCTION
    assert quantiles(sizes, n=10)[-1] <= P90_FUNCTION


def test_types_are_ignored_for_a_reason():
    bare = re.compile(r"type:\s*ignore(?!\[[\w, -]+\]  # \w)")
    assert [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in files(".py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if bare.search(line)
    ] == []


def test_no_file_is_named_after_a_technique():
    assert [
        path.name
        for path in files(".py")
        if path.stem in {"utils", "helpers", "services", "misc", "common"}
    ] == []


def test_templates_hold_no_inline_script_or_style():
    """JSON is data that a browser never runs."""
    inline = re.compile(
        r"""<style|\sstyle=|\son[a-z]+=["']|javascript:|<script(?![^>]*\bsrc=)(?![^>]*application/(?:ld\+)?json)""",
        re.IGNORECASE,
    )
    assert {
        str(path.relative_to(ROOT)): inline.findall(text)
        for path in files(".html")
        if inline.search(text := path.read_text(encoding="utf-8"))
    } == {}


def test_templates_trust_nothing_that_people_typed():
    trusting = [
        str(path.relative_to(ROOT))
        for path in files(".html")
        if "|safe" in (text := path.read_text(encoding="utf-8")) or "autoescape off" in text
    ]
    assert trusting == []


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def production(**changes):
    env = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
    return {
        **env,
        "SECRET_KEY": "production-like-key-" * 3,
        "SITE_URL": "https://www.example.org",
        "DATABASE_URL": "sqlite://:memory:",
        **changes,
    }


def test_deployment_check_has_nothing_to_say():
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "INFO"]
    done = subprocess.run(command, cwd=ROOT, env=production(), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_proxy_may_read_static_files_whatever_the_umask(tmp_path):
    subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--noinput", "-v", "0"],
        cwd=ROOT,
        env=production(STATIC_ROOT=str(tmp_path / "static")),
        umask=0o077,
        check=True,
    )
    found = list((tmp_path / "static").rglob("*"))
    assert any(path.suffix == ".gz" for path in found)
    assert [
        path for path in found if path.stat().st_mode & 0o007 != (0o005 if path.is_dir() else 0o004)
    ] == []


def test_ten_lines_of_the_readme_bring_what_deploy_needs():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    lines = re.findall(r"^    (.+)$", text.partition("## Production in ten lines")[2], re.MULTILINE)
    assert len(lines) == 10
    said = "\n".join(lines)
    units = "\n".join(path.read_text() for path in (ROOT / "deploy" / "systemd").iterdir())
    environment = (ROOT / "deploy" / "carevox.env").read_text()
    assert "nproc" in units
    assert "CACHE_URL=redis://" in environment  # several workers count together
    assert {"redis", "gunicorn"} <= set((ROOT / "requirements" / "extras.in").read_text().split())
    assert all(step in said for step in ("redis-server", "make .venv/extras", "certbot certonly"))
    assert said.index("certbot certonly") < said.index("deploy/nginx/carevox.conf")
    assert all(timer.name in said for timer in (ROOT / "deploy" / "systemd").glob("*.timer"))


def test_deploy_names_files_that_exist():
    units = "\n".join(path.read_text() for path in (ROOT / "deploy" / "systemd").iterdir())
    for name in set(re.findall(r"/srv/carevox/(deploy/\w+)", units)):
        assert os.access(ROOT / name, os.X_OK)
    commands = set(re.findall(r"manage\.py (\w+)", units))
    out = subprocess.run(
        [sys.executable, "manage.py", "help", "--commands"],
        cwd=ROOT,
        env=production(),
        capture_output=True,
        text=True,
    ).stdout.split()
    assert commands <= set(out)
