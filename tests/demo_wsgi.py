"""The site with what nginx adds in production: uploads from the disk, pages compressed.

For tests.demo_server only.
"""

import gzip

from django.conf import settings
from whitenoise import WhiteNoise

from carevox.wsgi import application as site


def compressed(environ, start_response):
    """Compress a whole answer of HTML for who takes it so."""
    told = {}

    def remember(status, headers, exc_info=None):
        told.update(status=status, headers=headers)
        return lambda data: None

    answer = site(environ, remember)
    body = b"".join(answer)
    headers = told["headers"]
    is_page = any(
        name.lower() == "content-type" and value.startswith("text/html") for name, value in headers
    )
    if is_page and "gzip" in environ.get("HTTP_ACCEPT_ENCODING", ""):
        body = gzip.compress(body, 6)
        headers = [(name, value) for name, value in headers if name.lower() != "content-length"]
        headers += [("Content-Encoding", "gzip"), ("Content-Length", str(len(body)))]
    start_response(told["status"], headers)
    return [body]


application = WhiteNoise(compressed, root=settings.MEDIA_ROOT, prefix="media/", max_age=31_536_000)
