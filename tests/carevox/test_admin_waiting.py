"""The first page of the admin: what waits for a person, since when, the oldest first."""

import re
from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article
from carevox.admin import waiting
from comments import moderation
from comments.models import Comment
from magazine.models import ContactMessage
from tests.factories import make_article, make_author, make_comment


def kinds(client):
    html = " ".join(client.get("/admin/").content.decode().split())
    cards = html.split('class="waiting__item" data-waits')[1:]
    return [
        (int(found[1]), found[2].strip(), re.findall(r'<li> <a href="([^"]+)">(.*?)</a>', card))
        for card in cards
        if (found := re.search(r'waiting__number">(\d+)</span>([^<]+)</a>', card))
    ]


def long_ago(row, days):
    type(row).objects.filter(pk=row.pk).update(created_at=timezone.now() - timedelta(days=days))


def test_kind_that_waits_longest_comes_first_and_its_oldest_row_leads_to_its_form(editor, bruno):
    new = make_article(published=False, status="SUBMITTED", title="Neuf")
    old = make_article(published=False, status="SUBMITTED", title="Vieux")
    long_ago(old, 3)
    letter = ContactMessage.objects.create(
        subject="OTHER", text="Bonjour", name="x", email="a@b.org"
    )
    long_ago(letter, 9)
    [letters, articles] = kinds(editor)
    assert letters == (
        1,
        "messages reçus",
        [(f"/admin/magazine/contactmessage/{letter.pk}/change/", "Bonjour")],
    )
    assert articles[:2] == (2, "articles proposés")
    assert [text for _address, text in articles[2]] == ["Vieux", "Neuf"]
    assert editor.get(articles[2][0][0]).status_code == 200
    assert new.title == "Neuf"


def test_drafts_are_those_of_the_person_and_lists_are_bounded(editor, bruno):
    make_article(published=False, title="D’une autre")
    for n in range(waiting.SHOWN + 2):
        make_article(published=False, title=f"Brouillon {n}", author=bruno)
    [(number, label, rows)] = kinds(editor)
    assert (number, label, len(rows)) == (7, "de vos brouillons", waiting.SHOWN)
    listed = editor.get("/admin/articles/article/", {"status__exact": "DRAFT", "author": bruno.pk})
    assert listed.context["cl"].result_count == 7


def test_moderator_sees_what_a_moderator_does(as_, db):
    moderator = as_(make_author("Verveine", member=True, role="MODERATOR"))
    article = make_article(is_sensitive=True)
    make_comment(article, text="À lire d’abord")
    reported = make_comment(make_article(), text="Signalée")
    for reason in ("INSULT", "ERROR"):
        moderation.report(reason=reason, comment=reported)
    moderation.report(reason="ERROR", article=article)
    make_article(published=False, status="SUBMITTED")
    ContactMessage.objects.create(subject="OTHER", text="Lettre", name="x", email="a@b.org")
    assert {(n, label) for n, label, _rows in kinds(moderator)} == {
        (1, "réactions à lire"),
        (1, "réactions signalées"),
        (1, "articles signalés"),
    }


def test_nothing_waits_is_said(editor):
    assert "Rien n’attend." in editor.get("/admin/").content.decode()


def test_first_page_costs_the_same_however_much_waits(editor, bruno):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert editor.get("/admin/").status_code == 200
        return len(queries)

    def more():
        make_article(published=False, status="SUBMITTED")
        make_article(published=False, author=bruno)
        make_comment(make_article(is_sensitive=True))
        moderation.report(reason="INSULT", comment=make_comment(make_article()))
        moderation.report(reason="ERROR", article=Article.objects.latest("pk"))
        ContactMessage.objects.create(subject="OTHER", text="x", name="x", email="a@b.org")

    more()
    cost()
    few = cost()
    for _n in range(10):
        more()
    assert cost() == few
    assert few <= 16
    assert Comment.objects.held().exists()
