"""Somebody in danger writes here: whom to call stands on the next page."""

import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from care.after_sending import MOST_READ, urgent_cards
from comments.models import Comment, Report
from lib.web.honeypot import stamp
from magazine.models import ContactMessage
from tests.articles.test_article_admin import form_of
from tests.factories import make_article, make_comment

DISTRESS = "Je veux mourir ce soir, je n’en peux plus."
CALM = "La prévention du suicide a fait l’objet d’un rapport."
TOLD = "Si vous, ou quelqu’un, êtes en danger"


def words(answer):
    return " ".join(answer.content.decode().replace("\u202f", " ").replace("\xa0", " ").split())


def sent(**changes):
    return {"opened": stamp(), "submission": str(uuid.uuid4()), **changes}


def react(client, article, **changes):
    return client.post(f"{article.get_absolute_url()}/reactions/", sent(**changes), follow=True)


def is_told_above(html, confirmation):
    return TOLD in html and html.index(TOLD) < html.index("tel:3114") < html.index(confirmation)


def test_reaction_is_published_and_the_card_stands_above_the_confirmation(as_, chloe):
    client, article = as_(chloe), make_article()
    html = words(react(client, article, text=DISTRESS))
    assert is_told_above(html, "Votre réaction est publiée.")
    assert Comment.objects.get().is_visible
    assert TOLD not in words(client.get(article.get_absolute_url()))
    assert "messages" not in {name for name, cookie in client.cookies.items() if cookie.value}


def test_browser_is_led_to_the_top_of_the_page_where_the_card_stands(as_, chloe):
    client, article = as_(chloe), make_article()
    fields = sent(text=DISTRESS)
    answer = client.post(f"{article.get_absolute_url()}/reactions/", fields)
    assert answer["location"] == article.get_absolute_url()
    comment = Comment.objects.get()
    answer = client.post(f"/reactions/{comment.pk}/modifier/", {"text": f"{DISTRESS} Voilà."})
    assert answer["location"] == article.get_absolute_url()
    fields = sent(reason="IN_DANGER", message="")
    answer = client.post(f"/reactions/{comment.pk}/signalement/", fields)
    assert answer["location"] == article.get_absolute_url()


def test_calm_words_and_other_texts_call_up_nothing(as_, chloe):
    for text in (CALM, "Merci pour cet article."):
        assert TOLD not in words(react(as_(chloe), make_article(), text=text))


def test_preview_and_refused_form_show_it_at_once(as_, chloe):
    client, article = as_(chloe), make_article()
    for changes in ({"preview": "1"}, {"submission": "nonsense"}):
        answer = react(client, article, text=DISTRESS, **changes)
        assert not answer.redirect_chain
        assert TOLD in words(answer)
        assert TOLD not in words(client.get("/"))


def test_visitor_who_has_to_sign_in_first_sees_it(client, db):
    assert TOLD in words(react(client, make_article(), text=DISTRESS))


def test_changed_reaction_shows_it(as_, chloe):
    comment = make_comment(make_article(), chloe)
    answer = as_(chloe).post(f"/reactions/{comment.pk}/modifier/", {"text": DISTRESS}, follow=True)
    assert is_told_above(words(answer), "Votre réaction est modifiée.")


def test_letter_of_a_visitor_shows_it_and_leaves_nothing(client, db):
    fields = sent(subject="OTHER", text=DISTRESS)
    html = words(client.post("/a-propos/contact/", fields, follow=True))
    assert is_told_above(html, "Votre message est bien arrivé")
    assert ContactMessage.objects.count() == 1
    assert not [
        cookie.key
        for cookie in client.cookies.values()
        if "messages" in cookie.key and cookie.value
    ]
    assert TOLD not in words(client.get("/a-propos/contact/"))


def test_report_of_a_visitor_shows_it(client, db):
    article = make_article()
    path = f"{article.get_absolute_url()}/signalement/"
    fields = sent(reason="OTHER", message="Mon frère écrit qu’il veut mourir.")
    assert is_told_above(words(client.post(path, fields, follow=True)), "Merci, la modération")
    assert Report.objects.count() == 1


def test_saved_article_tells_the_editor_once(editor):
    article = make_article()
    page = f"/admin/articles/article/{article.pk}/change/"
    fields = {**form_of(article), "body": f"<p>{DISTRESS}</p>", "_continue": "1"}
    html = words(editor.post(page, fields, follow=True))
    assert TOLD in html
    assert "3114" in html.partition(TOLD)[2][:400]
    assert TOLD not in words(editor.get(page))


def test_card_that_is_shown_twice_has_two_names(as_, chloe, db):
    card = urgent_cards(DISTRESS)[0]
    article = make_article(care_card=card, is_sensitive=True)
    html = react(as_(chloe), article, text=DISTRESS).content.decode()
    names = re.findall(r'\bid="([^"]+)"', html)
    assert {f"aide-{card.slug}", f"offre-{card.slug}"} <= set(names)
    assert len(names) == len(set(names))


def test_card_that_was_deleted_meanwhile_breaks_nothing(as_, chloe):
    client, article = as_(chloe), make_article()
    client.post(f"{article.get_absolute_url()}/reactions/", sent(text=DISTRESS))
    urgent_cards(DISTRESS)[0].delete()
    answer = client.get(article.get_absolute_url())
    assert answer.status_code == 200
    assert TOLD not in words(answer)


@pytest.mark.parametrize(
    ("text", "queries"), [("", 0), (" \n", 0), (DISTRESS, 1), ("\x00²", 1), ("mot " * 99_999, 1)]
)
def test_cards_are_asked_for_once_and_only_with_a_text(db, text, queries):
    with CaptureQueriesContext(connection) as asked:
        found = urgent_cards(text)
    assert len(asked) == queries
    assert bool(found) == (text == DISTRESS)


def test_only_the_beginning_of_an_endless_text_is_read(db):
    assert not urgent_cards("a" * MOST_READ + DISTRESS)
