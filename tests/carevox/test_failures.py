"""The database is away, a disk is full: 503 in the look of the site, with what was typed."""

import errno
import html
import json
import re
from contextlib import contextmanager
from uuid import uuid4

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.db import InterfaceError, OperationalError, connection
from django.test import Client

from lib.web.honeypot import stamp
from lib.web.outages import is_outage
from tests.factories import image_bytes, make_article, make_comment, make_section

TEXT = "Une phrase que personne ne veut écrire deux fois."


@contextmanager
def database_away(after=0, error=OperationalError):
    """Let every query after so many fail."""
    seen = 0

    def refuse(execute, sql, params, many, context):
        nonlocal seen
        seen += 1
        if seen > after:
            raise error("connection failed")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        yield
    connection.set_rollback(False)  # the test's own transaction goes on


@pytest.fixture
def site(db, alice, as_):
    """A published article with a reaction, and who asks for pages without a raised error."""
    article = make_article(section=make_section("Santé"), author=alice)
    make_comment(article, alice)
    return article


def quiet(client):
    client.raise_request_exception = False
    return client


def reaction(article, **more):
    sent = {"text": TEXT, "submission": uuid4(), "opened": stamp(), **more}
    return f"{article.get_absolute_url()}/reactions/", sent


def is_unavailable(answer):
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 503, (answer.status_code, page[:200])
    assert int(answer["Retry-After"]) > 0
    assert "no-store" in answer["Cache-Control"]
    assert '<html lang="fr">' in page
    assert "css/site.css" in page
    assert "masthead" in page
    assert "momentanément indisponible" in page
    return page


def reads(article):
    place = article.get_absolute_url()
    return [
        "/",
        "/sante/",
        place,
        f"{place}/signalement/",
        f"/auteurs/{article.author.slug}/",
        "/auteurs/",
        "/archives/",
        "/recherche?q=sommeil",
        "/les-plus-lus/",
        "/a-propos/contact/",
        "/reactions/1/",
        "/inconnu/",
        "/Inconnu)",
        "/compte/login/",
        "/compte/signup/",
        "/compte/profil/",
        "/admin/",
        "/admin/articles/article/",
        "/admin/redirects/redirect/add/",
        f"/admin/articles/article/{article.pk}/change/",
        "/en/sante/",
    ]


def writes(article):
    place = article.get_absolute_url()
    yield reaction(article)
    yield f"{place}/note/", {"value": 4}
    yield f"{place}/signalement/", {"reason": "OTHER", "message": TEXT}
    contact = {"name": "Chloé", "email": "c@example.org", "message": TEXT, "subject": "Bonjour"}
    yield "/a-propos/contact/", {**contact, "opened": stamp()}
    yield "/compte/login/", {"login": "a@example.org", "password": "une phrase assez longue"}
    yield "/compte/password/reset/", {"email": "a@example.org"}
    yield "/compte/profil/", {"pseudonym": "Alice", "biography": TEXT}
    yield "/admin/redirects/redirect/add/", {"old_path": "/a/", "new_path": f"/b/?{TEXT}"}


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_every_page_says_that_the_site_is_away(site, as_, alice, error):
    for client in map(quiet, (Client(), as_(alice))):
        for path in reads(site):
            with database_away(error=error):
                answer = client.get(path)
            if answer.status_code not in {302, 303}:  # to sign in first, which asks no database
                page = answer.content.decode()
                assert answer.status_code == 503, path
                assert "Réessayer" in page or "Try again" in page
                assert path.replace("&", "&amp;") in page


def test_no_query_is_one_too_many_for_the_page_of_a_failure(site, as_, bruno):
    """Whichever query it is that fails, of a page, its frame or its session."""
    client = quiet(as_(bruno))
    for path in reads(site):
        for after in range(0, 24, 2 if path == site.get_absolute_url() else 8):
            with database_away(after):
                status = client.get(path).status_code
            assert status in {200, 302, 303, 404, 503}, (path, after)


@pytest.mark.parametrize("is_member", [True, False])
@pytest.mark.parametrize("after", [0, 1, 2, 3, 5, 8, 13])
def test_what_was_typed_comes_back_whatever_fails(site, as_, bruno, is_member, after):
    for path, sent in writes(site):
        client = quiet(as_(bruno) if is_member else Client())
        with database_away(after):
            answer = client.post(path, sent)
        assert answer.status_code in {200, 302, 303, 403, 422, 503}, (path, answer.status_code)
        if answer.status_code == 503 and TEXT in str(sent):
            assert TEXT in html.unescape(answer.content.decode()), path
        assert "une phrase assez longue" not in answer.content.decode()


def test_form_is_sent_again_from_the_page_of_the_failure(site, as_, chloe):
    client = quiet(as_(chloe))
    path, sent = reaction(site, text=f"{TEXT}\n<script>alert(1)</script> & « plus »")
    with database_away(2):
        answer = client.post(path, sent)
    page = is_unavailable(answer)
    assert "<script>alert" not in answer.content.decode()
    assert re.search(rf'<form[^>]+action="{path}" method="post">', page)
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    assert fields == {name: str(sent[name]) for name in ("submission", "opened")}
    area = re.search(
        r'<textarea[^>]+name="text"[^>]*>\n(.*?)</textarea>', answer.content.decode(), re.S
    )
    assert html.unescape(area[1]) == sent["text"]
    for _turn in range(2):
        assert client.post(path, {**fields, "text": html.unescape(area[1])}).status_code == 303
    assert site.comments.filter(author=chloe).count() == 1


def test_password_is_never_shown_again(site):
    client = quiet(Client())
    sent = {"email": "x@example.org", "password1": "une phrase assez longue", "pseudonym": "Xavier"}
    with database_away():
        page = is_unavailable(client.post("/compte/signup/", sent))
    assert "une phrase" not in page
    assert "Renvoyer" not in page


@pytest.mark.parametrize("path", ["/feed/", "/feed/atom/", "/sante/feed/", "/sitemap.xml"])
def test_readers_of_feeds_get_a_plain_sentence(site, path):
    with database_away():
        answer = quiet(Client()).get(path)
    assert (answer.status_code, answer["Content-Type"]) == (503, "text/plain; charset=utf-8")
    assert answer["Retry-After"]
    assert "<" not in answer.content.decode()


def test_machines_get_what_they_read(site, as_, chloe):
    client = quiet(as_(chloe))
    with database_away():
        for path, headers in (
            ("/feed/json/", {}),
            ("/recherche?q=x", {"accept": "application/json"}),
        ):
            answer = client.get(path, headers=headers)
            assert answer.status_code == 503
            assert "Panne passagère" in json.loads(answer.content)["error"]
        script = client.get("/sante/", headers={"sec-fetch-dest": "empty"})
        assert script["Content-Type"].startswith("text/plain")
        form = "application/x-www-form-urlencoded"
        beacon = client.post("/lectures/", f"act=read&article={site.pk}", content_type=form)
        assert beacon.status_code in {204, 503}
        assert b"<" not in beacon.content


def test_failure_is_english_below_en(site):
    with database_away():
        answer = quiet(Client()).get("/en/sante/")
    assert '<html lang="en">' in answer.content.decode()


def test_session_that_cannot_be_written_is_no_fault_of_the_reader(site):
    """What a visitor typed is kept in the session: its first query fails when it is written."""
    path, sent = reaction(site)
    with connection.execute_wrapper(refuse_sessions):
        page = is_unavailable(quiet(Client()).post(path, sent))
    assert TEXT in page


def refuse_sessions(execute, sql, params, many, context):
    if "django_session" in sql and not sql.startswith("SELECT"):
        raise OperationalError("database or disk is full")
    return execute(sql, params, many, context)


def test_error_of_our_own_gives_the_text_back_too(site, as_, chloe, monkeypatch):
    def fail(**fields):
        raise KeyError("x")

    monkeypatch.setattr("comments.posting.post", fail)
    path, sent = reaction(site)
    answer = quiet(as_(chloe)).post(path, sent)
    assert answer.status_code == 500
    assert TEXT in html.unescape(answer.content.decode())


# --- full disks


@pytest.fixture
def full_disk(monkeypatch):
    def refuse(*args, **kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", refuse)


def portrait(size=(900, 600)):
    return SimpleUploadedFile("moi.jpg", image_bytes(*size), "image/jpeg")


def test_upload_to_a_full_disk_gives_the_text_back(site, as_, chloe, full_disk):
    sent = {"pseudonym": "Chloé", "biography": TEXT, "picture": portrait()}
    page = is_unavailable(quiet(as_(chloe)).post("/compte/profil/", sent))
    assert TEXT in page
    assert "Renvoyer" not in page  # the picture has to be chosen again


@pytest.mark.parametrize("fails", ["new_file", "write", "seek"])
def test_upload_that_has_no_place_to_wait_gives_the_text_back(
    site, as_, chloe, settings, monkeypatch, fails
):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000

    class Full(TemporaryUploadedFile):
        def __init__(self, *args, **kwargs):
            refuse("new_file")
            super().__init__(*args, **kwargs)

        def write(self, data):
            refuse("write")
            return self.file.write(data)

        def seek(self, *place):
            refuse("seek")
            return self.file.seek(*place)

    def refuse(step):
        if step == fails:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("django.core.files.uploadhandler.TemporaryUploadedFile", Full)
    sent = {"pseudonym": "Chloé", "picture": portrait(), "biography": TEXT}
    assert TEXT in is_unavailable(quiet(as_(chloe)).post("/compte/profil/", sent))


def test_full_disk_of_the_library_is_told(site, editor, full_disk):
    sent = {"original": portrait(), "alt": TEXT, "credit": "Alice", "licence": "CC_BY"}
    answer = quiet(editor).post("/admin/pictures/picture/add/", sent)
    assert answer.status_code in {200, 503}
    assert TEXT in html.unescape(answer.content.decode())


@pytest.mark.parametrize(
    "number", [errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG, errno.EIO]
)
def test_disks_that_take_nothing_are_outages(number):
    assert is_outage(OSError(number, "x"))


@pytest.mark.parametrize("error", [OSError(errno.ENOENT, "x"), KeyError("x"), None, ValueError()])
def test_other_errors_are_none(error):
    assert not is_outage(error)


def test_only_what_is_raised_from_an_outage_is_one():
    """An error that came up while one was handled is a fault of ours, and its traceback is kept."""
    raised_from, came_up = ValueError(), AttributeError()
    raised_from.__cause__ = came_up.__context__ = OSError(errno.ENOSPC, "No space left on device")
    assert is_outage(raised_from)
    assert not is_outage(came_up)
