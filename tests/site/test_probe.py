from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from carevox import health


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


@pytest.mark.parametrize(("minutes", "status"), [(1, 200), (11, 503)])
def test_job_that_nobody_takes_means_unhealthy(client, db, settings, minutes, status):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    DBTaskResult.objects.create(
        task_path="articles.pictures.make_renditions", args_kwargs={"args": [], "kwargs": {}}, backend_name="default", queue_name="default", priority=0
    )
    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(minutes=minutes))
    assert client.get("/healthz").status_code == status
