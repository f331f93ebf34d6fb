"""The file `.env` beside manage.py."""

import os
from unittest import mock

import pytest
from django.core.exceptions import ImproperlyConfigured

from carevox import env


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
