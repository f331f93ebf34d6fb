"""Every page of the demonstration that links lead to, read as a visitor."""

import re
from io import StringIO
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.core.management import call_command

LINK = re.compile(r'<(?:a|link)\b[^>]*\bhref="([^"]+)"')
ELSEWHERE = ("/admin/", "/media/", "/static/", "/style/")
NOTES_TO_ONESELF = re.compile(r"\[?À compléter|\bTODO\b|lorem ipsum", re.IGNORECASE)
YELLOW = re.compile(r"DEBUG = True|Traceback|Request Method:")
PROMISE = re.compile(
    r"(soignants?|médecins?|professionnels?(?: de santé)?)[^.<]{0,40}\b(relisent|relit|valident?)\b"
    r"|(?<!non )\brelus? par (?:des|un|une|nos) (?:soignants?|médecins?|professionnel)",
    re.IGNORECASE,
)
MOST = 1500


def pages_from(client, start):
    """Yield the path and the answer of each page that links lead to, queries left aside."""
    seen, ahead = {start}, [start]
    while ahead and len(seen) < MOST:
        path = ahead.pop()
        answer = client.get(path)
        yield path, answer
        if not answer.get("Content-Type", "").startswith("text/html"):
            continue
        for link in LINK.findall(answer.content.decode()):
            place = urlsplit(urldefrag(urljoin(f"http://testserver{path}", link)).url)
            if place.netloc not in {"testserver", "localhost:8000"} or place.path in seen:
                continue
            if not place.path.startswith(ELSEWHERE):
                seen.add(place.path)
                ahead.append(place.path)


@pytest.mark.untraced
def test_no_page_of_the_demonstration_is_unfinished_or_promises_what_is_not(client, db, settings):
    settings.DEBUG = True
    own = "carevox.middleware.own_error_pages"
    settings.MIDDLEWARE = [
        f"{own}.OwnServerErrorMiddleware",
        *settings.MIDDLEWARE,
        f"{own}.OwnErrorPagesMiddleware",
    ]
    call_command("demo_content", stdout=StringIO())
    found, count = [], 0
    for path, answer in pages_from(client, "/"):
        count += 1
        html = answer.content.decode(errors="replace")
        if answer.status_code not in {200, 301, 302}:
            found.append(f"{path} answers {answer.status_code}")
        for pattern in (NOTES_TO_ONESELF, YELLOW, PROMISE):
            found += [f"{path}: {match[0]}" for match in pattern.finditer(html)]
    assert found == []
    assert count > 150
    unknown = client.get("/nulle-part/")
    assert unknown.status_code == 404
    assert not YELLOW.search(unknown.content.decode())
