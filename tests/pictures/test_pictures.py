"""Pictures of the library, on the disk."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from pictures import changes, renditions
from pictures.models import Picture
from tests.factories import make_picture


@pytest.fixture
def strict_umask():
    before = os.umask(0o027)
    yield
    os.umask(before)


def test_proxy_may_read_pictures_written_by_the_services(db, settings, tmp_path, strict_umask):
    settings.MEDIA_ROOT = tmp_path / "media"
    picture = make_picture()
    found = [Path(settings.MEDIA_ROOT), *Path(settings.MEDIA_ROOT).rglob("*")]
    assert len([path for path in found if path.is_file()]) == 1 + 2 * len(picture.widths)
    assert [
        path for path in found if path.stat().st_mode & 0o007 != (0o005 if path.is_dir() else 0o004)
    ] == []


def test_widths_that_never_came_are_ordered_anew(db):
    whole, broken, fresh = make_picture(), make_picture(), make_picture()
    Picture.objects.exclude(pk=whole.pk).update(widths=[])
    Picture.objects.exclude(pk=fresh.pk).update(created_at=timezone.now() - timedelta(hours=2))
    call_command("repair_jobs")
    broken.refresh_from_db()
    fresh.refresh_from_db()
    assert broken.widths == whole.widths
    assert fresh.widths == []
    assert renditions.order_missing() == 0


def test_one_picture_that_cannot_be_read_stops_no_other(db):
    lost, other = make_picture(), make_picture()
    lost.file.storage.delete(lost.name)
    Picture.objects.update(widths=[], created_at=timezone.now() - timedelta(hours=2))
    assert renditions.order_missing() == 2
    other.refresh_from_db()
    assert other.widths


def test_widths_and_the_texts_that_show_them_come_together(db, monkeypatch):
    picture = make_picture()
    Picture.objects.update(widths=[])
    monkeypatch.setattr(changes.redrawn, "announce", lambda _picture: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        renditions.make_renditions.func(picture.pk)
    assert Picture.objects.get().widths == []
