"""Static files, and those that browsers ask for at the root by themselves."""

import io

import pytest
from django.core.management import call_command
from django.test import Client
from PIL import Image

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "media_type", "form", "sizes"),
    [
        ("/favicon.ico", "image/x-icon", "ICO", {(16, 16), (32, 32), (48, 48)}),
        ("/apple-touch-icon.png", "image/png", "PNG", {(180, 180)}),
    ],
)
def test_icons_that_browsers_ask_for_are_there_and_kept(client, path, media_type, form, sizes):
    answer = client.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, media_type)
    assert answer["Cache-Control"] == "max-age=604800, public"
    picture = Image.open(io.BytesIO(b"".join(answer.streaming_content)))
    assert picture.format == form
    assert picture.info.get("sizes", {picture.size}) == sizes
    answer.close()


@pytest.fixture
def public_site(settings, tmp_path):
    """The site as production serves it, over HTTPS, with its collected files."""
    settings.STATIC_ROOT = tmp_path
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = False
    settings.SECURE_HSTS_SECONDS, settings.SECURE_SSL_REDIRECT = 63_072_000, True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    call_command("collectstatic", "--noinput", verbosity=0)
    return Client(headers={"x-forwarded-proto": "https"})


@pytest.mark.parametrize("path", ["/static/css/site.css", "/favicon.ico", "/apple-touch-icon.png"])
def test_static_files_of_the_site_itself_are_for_https_only(public_site, path):
    answer = public_site.get(path)
    assert answer.status_code == 200
    assert "max-age=63072000" in answer["Strict-Transport-Security"]
    answer.close()
