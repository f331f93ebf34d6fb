import re
from uuid import uuid4

import pytest

from comments import posting
from comments.models import Comment, Report
from lib.refused import Refused
from lib.web.honeypot import stamp
from tests.factories import make_article, make_comment

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def where(article):
    return article.get_absolute_url() + "/reactions/"


def filled(**changes):
    return {
        "text": "Bien vu, merci.",
        "submission": str(uuid4()),
        "opened": stamp(),
        "website_2": "",
        "parent": "",
        **changes,
    }


def test_reader_reports_an_article_by_the_link_below_it(client, db):
    article = make_article()
    html = client.get(article.get_absolute_url()).content.decode()
    path = re.search(r'href="([^"]+)" rel="nofollow">Signaler cet article<', html)[1]
    assert "Signaler un article" in client.get(path).content.decode()
    assert (
        client.post(path, {"reason": "HEALTH_DANGER", "opened": stamp()})["location"]
        == article.get_absolute_url()
    )
    assert Report.objects.get().article == article


def test_member_reacts_and_sees_it(as_, chloe):
    article = make_article()
    response = as_(chloe).post(where(article), filled(), follow=True)
    html = response.content.decode()
    assert response.redirect_chain[0][1] == 303
    assert "Bien vu, merci." in html
    assert "Votre réaction est publiée." in html


def test_preview_shows_and_keeps_the_text(as_, chloe):
    response = as_(chloe).post(where(make_article()), filled(preview="1", text="<b>Non</b>"))
    html = response.content.decode()
    assert "Aperçu" in html
    assert html.count("&lt;b&gt;Non&lt;/b&gt;") == 2
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"text": ""}, "Écrivez au moins un mot"),
        ({"text": "x" * 3001}, "ramenez-la à 3000"),
        ({"website_2": "spam"}, "doit rester vide"),
        ({"opened": "forged"}, "encore une fois"),
        ({"submission": "nonsense"}, "encore une fois"),
        ({"parent": "999999"}, "plus visible"),
    ],
)
def test_bad_input_is_told_and_nothing_is_lost(as_, chloe, changes, message):
    response = as_(chloe).post(where(make_article()), filled(**changes))
    html = response.content.decode()
    assert response.status_code == 422
    assert message in html
    assert "<title>Erreur" in html
    if "text" not in changes:
        assert "Bien vu, merci." in html


def test_text_waits_while_its_author_signs_in(client, chloe):
    article = make_article()
    response = client.post(where(article), {"text": "Un texte à ne pas perdre"})
    assert response.status_code == 303
    assert response["location"].startswith("/compte/login/?next=")
    client.force_login(chloe.user, backend=BACKEND)
    assert "Un texte à ne pas perdre" in client.get(article.get_absolute_url()).content.decode()


def test_answer_is_still_an_answer_after_its_author_signs_in(client, chloe):
    article = make_article()
    comment = make_comment(article)
    client.post(where(article), {"text": "Je réponds", "parent": comment.pk})
    assert "ce que vous avez écrit vous attend" in client.get("/compte/login/").content.decode()
    client.force_login(chloe.user, backend=BACKEND)
    path = article.get_absolute_url()
    html = client.get(path).content.decode()
    assert f"Répondre à {comment.author.pseudonym}</h3>" in html
    assert f'name="parent" value="{comment.pk}"' in html
    assert "Réagir</h3>" in client.get(f"{path}?reponse=").content.decode()
    client.post(where(article), filled(parent=comment.pk, text="Je réponds"))
    assert "Je réponds</textarea>" not in client.get(path).content.decode()


def test_change_waits_while_its_author_signs_in(client, chloe):
    comment = make_comment(make_article(), chloe, text="Le premier texte")
    page = f"/reactions/{comment.pk}/modifier/"
    assert client.post(page, {"text": "Un texte\0 à ne pas perdre"}).status_code == 303
    client.force_login(chloe.user, backend=BACKEND)
    assert "Un texte à ne pas perdre</textarea>" in client.get(page).content.decode()
    Comment.objects.update(created_at="2020-01-01T00:00:00Z")
    assert "Un texte à ne pas perdre</textarea>" in client.get(page).content.decode()


def test_visitor_who_sends_nothing_gets_no_cookie(client, chloe):
    comment = make_comment(make_article(), chloe)
    for path in (f"/reactions/{comment.pk}/modifier/", "/compte/profil/"):
        assert not client.get(path).cookies


def test_visitor_is_offered_to_sign_in(client, db):
    html = client.get(make_article().get_absolute_url()).content.decode()
    assert "Se connecter pour réagir" in html
    assert "<textarea" not in html


def test_reply_link_opens_the_form_for_that_comment(as_, chloe):
    article = make_article()
    comment = make_comment(article)
    html = as_(chloe).get(article.get_absolute_url(), {"reponse": comment.pk}).content.decode()
    assert f"Répondre à {comment.author.pseudonym}" in html
    response = as_(chloe).post(where(article), filled(parent=comment.pk))
    assert response.status_code == 303
    assert Comment.objects.get(parent=comment).author == chloe


def test_tombstone_tells_the_reason_and_keeps_the_replies(client, db):
    article = make_article()
    comment = make_comment(article, text="Une insulte")
    make_comment(article, parent=comment, text="Une réponse")
    from comments import moderation

    moderation.hide(comment, actor=None, reason="INSULT", explanation="Restons courtois.")
    html = client.get(article.get_absolute_url()).content.decode()
    assert "Une insulte" not in html
    assert "attaque personnelle" in html
    assert "Restons courtois." in html
    assert "Une réponse" in html


def test_author_of_the_article_is_marked(client, alice):
    article = make_article(author=alice)
    make_comment(article, alice)
    assert "auteur de l’article" in client.get(article.get_absolute_url()).content.decode()


def test_own_comment_is_edited_and_retracted(as_, chloe):
    comment = make_comment(make_article(), chloe)
    client = as_(chloe)
    assert client.get(f"/reactions/{comment.pk}/modifier/").status_code == 200
    assert client.post(f"/reactions/{comment.pk}/modifier/", {"text": ""}).status_code == 422
    assert client.post(f"/reactions/{comment.pk}/modifier/", {"text": "Corrigé"}).status_code == 303
    assert client.get(f"/reactions/{comment.pk}/retrait/").status_code == 200
    assert client.post(f"/reactions/{comment.pk}/retrait/").status_code == 303
    comment.refresh_from_db()
    assert comment.state == "REMOVED"


@pytest.mark.parametrize("action", ["modifier", "retrait"])
def test_nobody_touches_another_ones_comment(as_, client, chloe, denis, action):
    comment = make_comment(make_article(), chloe)
    assert as_(denis).post(f"/reactions/{comment.pk}/{action}/", {"text": "x"}).status_code == 404
    for answer in (
        client.get(f"/reactions/{comment.pk}/{action}/"),
        client.post(f"/reactions/{comment.pk}/{action}/", {"text": "x"}),
    ):
        assert answer["location"] == f"/compte/login/?next=/reactions/{comment.pk}/{action}/"


def test_late_edit_says_why_not(as_, chloe):
    comment = make_comment(make_article(), chloe)
    Comment.objects.update(created_at="2020-01-01T00:00:00Z")
    response = as_(chloe).get(f"/reactions/{comment.pk}/modifier/")
    assert response.status_code == 403
    assert "dans les 10 minutes" in response.content.decode()
    response = as_(chloe).post(
        f"/reactions/{comment.pk}/modifier/", {"text": "Un texte à ne pas perdre"}
    )
    assert response.status_code == 403
    assert "Un texte à ne pas perdre" in response.content.decode()


@pytest.mark.parametrize("action", ["modifier", "retrait"])
def test_moderator_who_was_faster_loses_nothing(as_, chloe, monkeypatch, action):
    comment = make_comment(make_article(), chloe)

    def refuse(*args, **kwargs):
        raise Refused("Trop tard.")

    monkeypatch.setattr(posting, "edit", refuse)
    monkeypatch.setattr(posting, "retract", refuse)
    response = as_(chloe).post(
        f"/reactions/{comment.pk}/{action}/", {"text": "Un texte à ne pas perdre"}, follow=True
    )
    assert (
        "Un texte à ne pas perdre" if action == "modifier" else "Trop tard."
    ) in response.content.decode()


def test_permalink_of_a_withdrawn_article_is_not_found(client, bruno):
    from articles import publishing

    comment = make_comment(make_article())
    publishing.withdraw(comment.article, actor=bruno.user, reason="x")
    assert client.get(f"/reactions/{comment.pk}/").status_code == 404


def test_visitor_reports_a_comment_and_an_article(client, db):
    comment = make_comment(make_article())
    data = {"reason": "HEALTH_DANGER", "message": "", "opened": stamp(), "website_2": ""}
    for path in (
        f"/reactions/{comment.pk}/signalement/",
        comment.article.get_absolute_url() + "/signalement/",
    ):
        assert client.get(path).status_code == 200
        assert client.post(path, {**data, "reason": ""}).status_code == 422
        assert client.post(path, data).status_code == 303
    assert Report.objects.filter(comment=comment).exists()
    assert Report.objects.filter(article=comment.article).exists()


def test_member_is_told_of_an_earlier_report(as_, chloe):
    comment = make_comment(make_article())
    data = {"reason": "INSULT", "message": "", "opened": stamp(), "website_2": ""}
    for expected in ("la modération va lire", "Vous aviez déjà signalé"):
        html = (
            as_(chloe)
            .post(f"/reactions/{comment.pk}/signalement/", data, follow=True)
            .content.decode()
        )
        assert expected in html


def test_too_many_comments_get_a_french_429(as_, chloe):
    article = make_article()
    client = as_(chloe)
    codes = [client.post(where(article), filled(text=f"Numéro {n}")).status_code for n in range(21)]
    assert codes[:20] == [303] * 20
    response = client.post(where(article), filled(text="Encore"))
    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0
    assert "Trop de demandes" in response.content.decode()


@pytest.mark.parametrize("value", ["0", "-1", "abc", "9" * 30, "²", "\x00"])
def test_odd_cursors_show_the_first_page(client, db, value):
    comment = make_comment(make_article())
    for name in ("apres", "avant", "reponse"):
        response = client.get(comment.article.get_absolute_url(), {name: value})
        assert response.status_code == 200
        assert f'id="r{comment.pk}"' in response.content.decode()
