from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from carevox import health
from outbox import posting
from outbox.models import Mail


def test_dead_cache_is_told_but_the_site_is_healthy(client, db, monkeypatch):
    monkeypatch.setattr(health.cache, "get", lambda *args: None)
    response = client.get("/healthz")
    assert (response.status_code, response.json()["cache"]) == (200, "failing")


def test_broken_check_is_a_failing_one(client, db, monkeypatch):
    def broken():
        raise OSError("gone")

    monkeypatch.setattr(health, "_database", broken)
    response = client.get("/healthz")
    assert (response.status_code, response.json()["database"]) == (503, "failing")


def make_job(**changes):
    job = DBTaskResult.objects.create(
        task_path="pictures.renditions.make_renditions",
        args_kwargs={"args": [], "kwargs": {}},
        backend_name="default",
        queue_name="default",
        priority=0,
    )
    DBTaskResult.objects.filter(pk=job.pk).update(**changes)
    return job


def ago(**span):
    return timezone.now() - timedelta(**span)


@pytest.fixture
def jobs_in_database(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.mark.parametrize(("minutes", "status"), [(1, 200), (11, 503)])
def test_job_that_nobody_takes_means_unhealthy(client, db, jobs_in_database, minutes, status):
    make_job(enqueued_at=ago(minutes=minutes))
    assert client.get("/healthz").status_code == status


def test_job_that_waits_behind_others_is_no_illness(client, db, jobs_in_database):
    make_job(enqueued_at=ago(minutes=30))
    make_job(enqueued_at=ago(minutes=31), status="RUNNING", started_at=ago(minutes=1))
    assert client.get("/healthz").status_code == 200


def test_failed_and_stuck_jobs_are_told_and_the_site_is_healthy(client, db, jobs_in_database):
    make_job(status="FAILED", finished_at=ago(hours=2))
    make_job(status="FAILED", finished_at=ago(days=3))
    make_job(status="RUNNING", started_at=ago(hours=2))
    make_job(status="RUNNING", started_at=ago(minutes=2))
    response = client.get("/healthz")
    assert response.status_code == 200
    assert (response.json()["failed_jobs"], response.json()["stuck_jobs"]) == (1, 1)


def test_repair_buries_dead_jobs(client, db, jobs_in_database):
    dead = make_job(status="RUNNING", started_at=ago(hours=2))
    alive = make_job(status="RUNNING", started_at=ago(minutes=2))
    call_command("repair_jobs")
    dead.refresh_from_db()
    alive.refresh_from_db()
    assert (dead.status, alive.status) == ("FAILED", "RUNNING")
    assert "its worker died" in dead.traceback


def test_mails_that_wait_too_long_are_told_and_the_site_is_healthy(client, db):
    for hours in (0, 2, 3):
        mail = posting.post(to="chloe@example.org", subject="Un objet", body="Un texte")
        Mail.objects.filter(pk=mail.pk).update(created_at=ago(hours=hours))
    response = client.get("/healthz")
    assert (response.status_code, response.json()["late_mails"]) == (200, 2)
