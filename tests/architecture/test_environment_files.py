"""The files of variables: `.env` beside manage.py, and what the scripts of deploy/ read."""

import os
import runpy
import subprocess
import sys
from pathlib import Path
from unittest import mock

import pytest
from django.core.exceptions import ImproperlyConfigured

from carevox import env
from tests.architecture.test_house import ROOT, production
from tests.architecture.test_settings import settings_with


def variables(file, **before):
    with mock.patch.dict(os.environ, before, clear=True):
        return dict(env.environment(file))


def test_file_fills_what_is_unset(tmp_path):
    file = tmp_path / ".env"
    file.write_text(
        "# note\n\n  export A=1\nB='two words'\nC=\"é\"\nD=4\nE=l'avis\n", encoding="utf-8"
    )
    found = variables(file, A="0", B=" ")
    assert found == {"A": "0", "B": "two words", "C": "é", "D": "4", "E": "l'avis"}


def test_file_that_is_missing_changes_nothing(tmp_path):
    assert variables(tmp_path / ".env", A="0") == {"A": "0"}


@pytest.mark.parametrize(
    "content",
    [
        "A=1\nSECRET_KEY = hunter2\n",
        "A=1\nhunter2",
        "A=1\nB=hunter2\0",
        b"A=1\nB=hunter2\xff",
        None,
    ],
)
def test_file_that_is_not_understood_stops_the_start_and_shows_nothing(tmp_path, content):
    file = tmp_path / ".env"
    if content is None:
        file.mkdir()
    else:
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(ImproperlyConfigured) as refused:
        variables(file)
    said = str(refused.value)
    assert said.startswith(f"{file} ")
    assert len(said.splitlines()) == 1
    assert "hunter2" not in said


def scripts(**changes):
    """Return what the scripts of deploy/ know here: variables, places, the module itself."""
    with mock.patch.dict(os.environ, {"CAREVOX_ENV": os.devnull, **changes}, clear=True):
        module = runpy.run_path(str(ROOT / "deploy" / "environment.py"))
        module["read"]()
        places = {name: module[name]() for name in ("data", "media", "database", "backups")}
        return dict(os.environ), places, module


def test_scripts_read_a_file_as_the_site_does(tmp_path):
    file = tmp_path / "carevox.env"
    file.write_text(
        "A=1\nA=2\nB='two words'\nC=\"a \\\"b\\\"\"\nD=l'avis d'un\nE=p'a\"ss\n#F=1\nG=\n",
        encoding="utf-8",
    )
    found, _places, _module = scripts(CAREVOX_ENV=str(file), C=" ")
    del found["CAREVOX_ENV"]
    assert found == variables(file, C=" ")


@pytest.mark.parametrize("folder", ["data", "a+b", "a b", "100%25", "what?", "é#1"])
def test_scripts_find_the_file_of_the_site(tmp_path, folder):
    there = str(tmp_path / folder)
    _found, places, module = scripts(DATA_DIR=there)
    site = settings_with(DATA_DIR=there, DATABASE_URL="")
    assert module["sqlite_file"](places["database"]) == Path(site["DATABASES"]["default"]["NAME"])
    assert places["media"] == site["MEDIA_ROOT"]


def test_scripts_take_empty_for_unset():
    empty = dict.fromkeys(["DATA_DIR", "MEDIA_ROOT", "DATABASE_URL", "BACKUP_DIR"], " ")
    assert scripts(**empty)[1] == scripts()[1]
    assert scripts()[1]["data"] == ROOT / "var"


def test_also_viewed_needs_no_secret_where_it_is_empty():
    empty = production(SECRET_KEY="", DATABASE_URL="")
    command = [sys.executable, "manage.py", "also_viewed", "--help"]
    done = subprocess.run(command, cwd=ROOT, env=empty, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
