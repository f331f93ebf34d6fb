"""What a visitor typed and did not send waits an hour at most, wherever sessions are kept."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.utils import timezone

from magazine.models import SitePage, UnsentText
from magazine.starters import place_pages
from tests.disk import bytes_on_disk, end_older_transactions
from tests.factories import make_article, make_comment

TEXT = "Mon traitement contre la tachycardie"


@pytest.fixture
def clock(monkeypatch):
    """Return what moves the clock forward by so many minutes."""
    now = timezone.now

    def forward(minutes):
        monkeypatch.setattr(timezone, "now", lambda: now() + timedelta(minutes=minutes))

    return forward


@pytest.fixture(params=["db", "cache", "cached_db"])
def client_of(request, settings, client):
    settings.SESSION_ENGINE = f"django.contrib.sessions.backends.{request.param}"
    return client


def typed(client, article):
    assert (
        client.post(article.get_absolute_url() + "/reactions/", {"text": TEXT}).status_code == 303
    )


def test_text_waits_and_lapses_with_every_kind_of_session(client_of, chloe, clock):
    article = make_article()
    typed(client_of, article)
    client_of.force_login(chloe.user)
    clock(45)
    assert TEXT in client_of.get(article.get_absolute_url()).content.decode()
    clock(61)
    html = client_of.get(article.get_absolute_url()).content.decode()
    assert TEXT not in html
    assert "ne le garde pas plus d’une heure" in html
    assert "plus d’une heure" not in client_of.get(article.get_absolute_url()).content.decode()


def test_session_holds_no_word_of_the_text(client_of, db):
    typed(client_of, make_article())
    assert "tachycardie" not in str(dict(client_of.session))
    assert b"tachycardie" not in b"".join(map(bytes, cache._cache.values()))


@pytest.mark.parametrize("path", ["/compte/profil/", "/reactions/{}/modifier/"])
def test_lapsed_texts_of_other_forms_are_told_once(client, chloe, clock, path):
    path = path.format(make_comment(make_article(), chloe).pk)
    client.post(path, {"text": TEXT, "biography": TEXT})
    assert UnsentText.objects.exists()
    client.force_login(chloe.user)
    clock(5)
    assert TEXT in client.get(path).content.decode()
    clock(61)
    html = client.get(path).content.decode()
    assert TEXT not in html
    assert "ne le garde pas plus d’une heure" in html


def test_what_was_sent_waits_no_longer(client, chloe):
    comment = make_comment(make_article(), chloe)
    path = f"/reactions/{comment.pk}/modifier/"
    client.post(path, {"text": TEXT})
    client.force_login(chloe.user)
    assert client.post(path, {"text": "Autre chose"}).status_code == 303
    assert not UnsentText.objects.exists()


def test_what_no_database_holds_does_not_wait(client, chloe):
    path = f"/reactions/{make_comment(make_article(), chloe).pk}/modifier/"
    client.post(path, {"text": "Un\x00 texte\ufffe\nsur deux lignes"})
    assert UnsentText.objects.get().fields["text"] == "Un texte\nsur deux lignes"


def test_second_text_under_the_same_name_takes_the_place_of_the_first(client, db):
    article = make_article()
    typed(client, article)
    typed(client, article)
    assert UnsentText.objects.count() == 1


def test_few_texts_wait_and_none_without_words(client, db):
    for number in range(8):
        client.post(f"/reactions/{number}/modifier/", {"text": f"{number}" * 6000})
    client.post("/reactions/9/modifier/", {"text": "  "})
    kept = [row.fields["text"] for row in UnsentText.objects.order_by("written_at")]
    assert [text[0] for text in kept] == ["3", "4", "5", "6", "7"]
    assert {len(text) for text in kept} == {6000}


@pytest.mark.parametrize("path", ["{}/reactions/", "/compte/profil/", "/reactions/1/modifier/"])
def test_text_that_is_too_long_to_wait_is_given_back_whole(client, db, path):
    text = f"{TEXT} " * 200
    sent = {"text": text, "biography": text}
    answer = client.post(path.format(make_article().get_absolute_url()), sent)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert text.strip() in html
    assert "trop long pour attendre" in html
    assert not UnsentText.objects.exists()


def test_command_deletes_before_the_hour_is_over(client, db, clock, capsys):
    typed(client, make_article())
    clock(49)
    call_command("forget_unsent")
    assert UnsentText.objects.exists()
    clock(51)  # the timer may be five minutes late and more
    call_command("forget_unsent")
    assert not UnsentText.objects.exists()
    assert "1 texts deleted" in capsys.readouterr().out
    call_command("forget_unsent")


def test_next_visitor_clears_what_has_lapsed(client, db, clock):
    typed(client, make_article())
    old = UnsentText.objects.get()
    clock(61)
    typed(client, make_article())
    assert old.pk != UnsentText.objects.get().pk


@pytest.mark.django_db(transaction=True)
def test_disk_forgets_too(client, clock):
    kept = UnsentText.objects.create(fields={})  # a table without rows would be cut off whole
    typed(client, make_article())
    assert b"tachycardie" in bytes_on_disk("magazine_unsenttext")
    clock(61)
    UnsentText.objects.filter(pk=kept.pk).update(written_at=timezone.now())
    call_command("forget_unsent")
    end_older_transactions()
    call_command("forget_unsent")  # the next run clears what an older transaction might have seen
    assert b"tachycardie" not in bytes_on_disk("magazine_unsenttext")


def test_privacy_page_says_so(db):
    place_pages()
    page = re.sub(r"<[^>]+>", " ", SitePage.objects.get(slug="vie-privee").body)
    assert "avant de vous connecter" in page
    assert "une heure au plus" in page


def test_no_account_is_named_beside_a_text():
    names = {field.name for field in UnsentText._meta.get_fields()}
    assert names == {"id", "fields", "written_at"}
