"""Pictures of the library, on the disk."""

import os
from pathlib import Path

import pytest

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
    assert [path for path in found if path.stat().st_mode & 0o007 != (0o005 if path.is_dir() else 0o004)] == []
