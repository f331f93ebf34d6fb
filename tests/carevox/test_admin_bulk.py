"""What an action on a list will do is shown first; after it one is where one was."""

import pytest
from django.utils import timezone

from articles.models import Article
from comments import moderation
from comments.models import Comment
from lib import bulk
from magazine.models import ContactMessage
from outbox.models import Mail
from tests.admin_screens import superuser
from tests.articles.test_article_admin import form_of
from tests.factories import make_article, make_author, make_comment

ARTICLES = "/admin/articles/article/"


def text_of(answer):
    return " ".join(answer.content.decode().split())


def test_publishing_many_says_which_will_be_and_which_not_and_why(editor):
    ready = make_article(published=False, title="Prêt")
    empty = make_article(published=False, title="Vide", body="")
    public = make_article(title="Déjà là")
    sent = {
        "action": "publish_selected",
        "_selected_action": [article.pk for article in (ready, empty, public)],
    }
    place = f"{ARTICLES}?q=&o=1"
    shown = text_of(editor.post(place, sent))
    assert "Ce qui change : 1 ligne" in shown
    assert "<li>Vide – Il manque le texte" in shown
    assert "<li>Déjà là – L’article est déjà «" in shown
    assert set(Article.objects.values_list("status", flat=True)) == {"DRAFT", "PUBLISHED"}
    answer = editor.post(place, sent | {"apply": "1"})
    assert (answer.status_code, answer["Location"]) == (302, place)
    assert Article.objects.published().count() == 2


def test_withdrawing_many_names_what_is_not_public(editor):
    draft, public = make_article(published=False, title="Un brouillon"), make_article()
    sent = {"action": "withdraw_selected", "_selected_action": [draft.pk, public.pk]}
    shown = text_of(editor.post(ARTICLES, sent))
    assert "<li>Un brouillon – Un article" in shown
    assert 'name="reason"' in shown
    assert Article.objects.withdrawn().count() == 0


def test_more_rows_than_one_looks_through_are_refused_in_words(editor, monkeypatch):
    monkeypatch.setattr(bulk, "MOST", 1)
    rows = [make_article(published=False).pk for _n in range(2)]
    sent = {"action": "publish_selected", "_selected_action": rows, "apply": "1"}
    assert "1 lignes au plus" in text_of(editor.post(ARTICLES, sent, follow=True))
    assert not Article.objects.published().exists()


@pytest.mark.parametrize(
    ("action", "kept"),
    [("release", "visible"), ("restore", "visible"), ("dismiss", "aucun signalement à traiter")],
)
def test_moderation_of_many_names_what_stays(as_, db, action, kept):
    moderator = as_(make_author("Verveine", member=True, role="MODERATOR"))
    comment = make_comment(make_article(), text="Restera ainsi")
    sent = {"action": f"{action}_selected", "_selected_action": [comment.pk]}
    shown = text_of(moderator.post("/admin/comments/comment/?q=restera", sent))
    assert f"Restera ainsi – {kept}" in shown
    assert "Rien ne changerait." in shown
    assert 'href="/admin/comments/comment/?q=restera"' in shown
    assert Comment.objects.get().is_visible


def test_reports_messages_mails_and_addresses_are_shown_first(as_, db):
    client = as_(superuser())
    comment, now = make_comment(make_article()), timezone.now()
    moderation.report(reason="INSULT", message="Un signalement", reporter=None, comment=comment)
    letter = ContactMessage.objects.create(subject="OTHER", text="x", name="y", email="a@b.org")
    mail = Mail.objects.create(
        subject="z", recipient="b@example.org", keep_trying_until=now, next_try_at=now
    )
    for path, action, row in (
        ("comments/report", "dismiss_selected", comment.reports.get()),
        ("magazine/contactmessage", "handle_selected", letter),
        ("outbox/mail", "retry_selected", mail),
    ):
        sent = {"action": action, "_selected_action": [row.pk]}
        answer = client.post(f"/admin/{path}/?p=1", sent)
        assert 'name="apply" value="1"' in answer.content.decode(), path
    letter.refresh_from_db()
    assert letter.handled_at is None
    assert comment.reports.get().handled_at is None


def test_form_that_was_opened_from_a_list_leads_back_to_it(editor):
    article = make_article(published=False)
    form = f"{ARTICLES}{article.pk}/change/"
    place = "?_changelist_filters=status__exact%3DDRAFT%26q%3Dtitre"
    answer = editor.post(form + place, form_of(article, _publish="1"))
    assert answer["Location"] == form + place
    answer = editor.post(form + place, form_of(article, _save="1"))
    assert answer["Location"] == f"{ARTICLES}?status__exact=DRAFT&q=titre"
    withdraw = f"{ARTICLES}{article.pk}/retirer/"
    assert f'href="{withdraw}{place}"' in editor.get(form + place).content.decode()
    answer = editor.post(withdraw + place, {"reason": "Erreur."})
    assert answer["Location"] == form + place


@pytest.mark.parametrize("place", ["a%0Ab%3A", "%00", "x" * 3000, "%3Fq%3D1"])
def test_place_that_somebody_made_up_breaks_nothing(editor, place):
    article = make_article()
    answer = editor.post(
        f"{ARTICLES}{article.pk}/retirer/?_changelist_filters={place}", {"reason": "x"}
    )
    assert answer.status_code in {302, 400}
