"""Back-up and restore, as an operator runs them, on the database of this run."""

import fcntl
import os
import signal
import sqlite3
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from magazine.models import UnsentText
from tests.factories import make_article, make_comment, make_picture, make_rating
from tests.postgres import binaries
from tests.serving import database_url

ROOT = Path(__file__).resolve().parent.parent.parent
pytestmark = [pytest.mark.untraced, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def env(tmp_path):
    path = (
        f"{binaries()}:{os.environ['PATH']}"
        if connection.vendor == "postgresql"
        else os.environ["PATH"]
    )
    return {
        **os.environ,
        "PATH": path,
        "PYTHON": sys.executable,
        "DATABASE_URL": database_url(connection.settings_dict),
        "DATA_DIR": str(tmp_path),
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "BACKUP_DIR": str(tmp_path / "backups"),
    }


def run(script, *options, env, umask=-1):
    return subprocess.run(
        [sys.executable, ROOT / "deploy" / script, *options],
        env=env,
        capture_output=True,
        text=True,
        cwd=ROOT,
        umask=umask,
    )


def backed_up(env):
    done = run("backup", env=env)
    assert done.returncode == 0, done.stderr
    return Path(done.stdout.removeprefix("backup: ").strip())


def empty_place(env, tmp_path):
    """Return the environment of another machine: no database, no uploads."""
    there = {**env, "MEDIA_ROOT": str(tmp_path / "there" / "media")}
    if connection.vendor == "postgresql":
        own = connection.settings_dict["NAME"]
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {own}_there")
            cursor.execute(f"CREATE DATABASE {own}_there")
        return {**there, "DATABASE_URL": env["DATABASE_URL"].replace(own, f"{own}_there")}
    return {**there, "DATABASE_URL": f"sqlite:///{tmp_path}/there/carevox.sqlite3"}


def ask(env, question):
    """Return what the database of this environment answers."""
    script = (
        f"import django; django.setup(); from articles.models import Article; print({question})"
    )
    settings_of = {**env, "DJANGO_SETTINGS_MODULE": "carevox.settings", "SECRET_KEY": "k" * 60}
    done = subprocess.run(
        [sys.executable, "-c", script], env=settings_of, capture_output=True, text=True, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_what_was_saved_comes_back_whole(env, tmp_path):
    article = make_article(title="Un texte à garder", lead_image=make_picture())
    make_rating(article, value=5)
    make_comment(article)
    UnsentText.objects.create(fields={"text": "Un texte à ne pas garder"})
    folder = backed_up(env)
    there = empty_place(env, tmp_path)
    done = run("restore", folder, env=there)
    assert done.returncode == 0, done.stderr
    assert ask(there, "__import__('magazine.models').models.UnsentText.objects.count()") == "0"
    assert "recount: 0 differences" in done.stdout
    assert (
        ask(there, "*Article.objects.values_list('title', 'ratings_sum', 'comments_count').get()")
        == "Un texte à garder 5 1"
    )
    assert (Path(there["MEDIA_ROOT"]) / article.lead_image.name).is_file()


def test_proxy_may_read_restored_pictures_and_nobody_else_the_database(env, tmp_path):
    make_article(lead_image=make_picture())
    folder = backed_up(env)
    there = empty_place(env, tmp_path)
    for umask in (0o077, 0o000):
        done = run("restore", folder, "--replace", env=there, umask=umask)
        assert done.returncode == 0, done.stderr
        found = [Path(there["MEDIA_ROOT"]), *Path(there["MEDIA_ROOT"]).rglob("*")]
        assert [
            path
            for path in found
            if path.stat().st_mode & 0o007 != (0o005 if path.is_dir() else 0o004)
        ] == []
        if connection.vendor == "sqlite":
            assert (tmp_path / "there" / "carevox.sqlite3").stat().st_mode & 0o007 == 0


def test_full_place_is_not_overwritten_unless_asked(env, tmp_path):
    make_article(title="Un texte à garder")
    folder = backed_up(env)
    there = empty_place(env, tmp_path)
    assert run("restore", folder, env=there).returncode == 0
    refused = run("restore", folder, env=there)
    assert refused.returncode != 0
    assert "--replace" in refused.stderr
    assert run("restore", folder, "--replace", env=there).returncode == 0
    assert ask(there, "Article.objects.count()") == "1"


def test_archive_that_names_a_place_outside_the_media_is_refused(env, tmp_path):
    make_article()
    folder = backed_up(env)
    with tarfile.open(folder / "media.tar", "w") as archive:
        archive.addfile(tarfile.TarInfo("media/../../outside.jpg"))
    refused = run("restore", folder, env=empty_place(env, tmp_path))
    assert refused.returncode != 0
    assert "lies outside the media" in refused.stderr
    assert not (tmp_path / "outside.jpg").exists()


def test_failed_copy_leaves_nothing_behind(env, tmp_path):
    broken = {
        **env,
        "DATABASE_URL": "sqlite:////nowhere/at/all.sqlite3"
        if connection.vendor == "sqlite"
        else "postgres://nobody@/nothing?host=/nowhere",
    }
    assert run("backup", env=broken).returncode != 0
    assert list((tmp_path / "backups").iterdir()) == []


KILLED = """
import os, runpy, signal, sqlite3, sys
class Killed(sqlite3.Connection):
    def backup(self, *args, **options):
        super().backup(*args, **options)
        os.kill(os.getpid(), signal.SIGKILL)
connect = sqlite3.connect
sqlite3.connect = lambda *args, **options: connect(*args, factory=Killed, **options)
sys.path.insert(0, "deploy")
runpy.run_path("deploy/backup", run_name="__main__")
"""


def test_killed_run_leaves_nothing_to_read(env, tmp_path):
    if connection.vendor != "sqlite":
        return  # pg_dump never reads what must not last
    make_article()
    done = subprocess.run([sys.executable, "-c", KILLED], env=env, cwd=ROOT, capture_output=True)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert not [path for path in (tmp_path / "backups").rglob("*") if path.is_file()]


def test_next_run_clears_what_a_killed_one_left(env, tmp_path):
    left = tmp_path / "backups" / ".20200101-000000-99"
    left.mkdir(parents=True)
    (left / "carevox.sqlite3").write_text("salt")
    newest = backed_up(env)
    assert list((tmp_path / "backups").iterdir()) == [newest]


def test_two_runs_at_once_are_one(env, tmp_path):
    (tmp_path / "backups").mkdir()
    other = os.open(tmp_path / "backups", os.O_RDONLY)
    fcntl.flock(other, fcntl.LOCK_EX)
    refused = run("backup", env=env)
    os.close(other)
    assert refused.returncode != 0
    assert "another one writes" in refused.stderr


def test_scripts_run_by_hand_know_the_services_environment(env, tmp_path):
    make_article(title="Un texte à garder")
    known = {
        name: env.pop(name) for name in ("DATABASE_URL", "BACKUP_DIR", "MEDIA_ROOT", "DATA_DIR")
    }
    lines = [f'{name}="{value}"' for name, value in known.items()]
    (tmp_path / "carevox.env").write_text(
        "\n".join(["# of every service", *lines]), encoding="utf-8"
    )
    env["CAREVOX_ENV"] = str(tmp_path / "carevox.env")
    folder = backed_up(env)
    assert folder.parent == tmp_path / "backups"
    refused = run("restore", folder, env=env)
    assert f"into {known['DATABASE_URL']}" in refused.stderr
    assert "--replace" in refused.stderr


def test_environment_that_is_named_and_missing_stops_the_run(env, tmp_path):
    refused = run("backup", env={**env, "CAREVOX_ENV": str(tmp_path / "none.env")})
    assert refused.returncode != 0
    assert "none.env" in refused.stderr


def test_fourteen_copies_are_kept(env, tmp_path):
    for n in range(16):
        (tmp_path / "backups" / f"20200101-0000{n:02}").mkdir(parents=True)
    newest = backed_up(env)
    kept = sorted(path.name for path in (tmp_path / "backups").iterdir())
    assert len(kept) == 14
    assert newest.name in kept


def test_copy_can_be_read_by_nobody_else(env):
    folder = backed_up(env)
    assert folder.stat().st_mode & 0o077 == 0
    if connection.vendor == "sqlite":
        with sqlite3.connect(folder / "carevox.sqlite3") as copy:
            assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
