"""Reactions to a sensitive article wait until a moderator has read them."""

from uuid import uuid4

import pytest
from django.core.management import call_command

from comments import counters, moderation, posting
from comments.models import Comment, ModerationDecision
from comments.threads import PAGE_SIZE, page_query
from lib.refused import Refused
from lib.web.honeypot import stamp
from tests.comments.test_changes import heard  # noqa: F401  (a fixture)
from tests.factories import make_article, make_author, make_comment

LIST = "/admin/comments/comment/"


@pytest.fixture
def article(db):
    return make_article(is_sensitive=True, title="Vivre après")


@pytest.fixture
def moderator(as_, db):
    return as_(make_author("Verveine", member=True, role="MODERATOR"))


def form(**changes):
    return {
        "text": "Sorti de là, vivant.",
        "submission": str(uuid4()),
        "opened": stamp(),
        **changes,
    }


def send(client, article, **changes):
    return client.post(f"{article.get_absolute_url()}/reactions/", form(**changes), follow=True)


def shown(client, article, chloe):
    """Return the public pages on which a reaction would stand."""
    path = article.get_absolute_url()
    pages = [path, f"{path}/reactions/feed/", chloe.get_absolute_url(), "/auteurs/chloe/reactions/"]
    return [client.get(page).content.decode() for page in pages]


def test_writer_is_told_that_it_waits_and_sees_it_marked(as_, chloe, article):
    html = send(as_(chloe), article).content.decode()
    assert "Votre réaction est bien arrivée. Sur ce sujet, une personne la lit avant" in html
    assert "Votre réaction est publiée." not in html
    assert "en attente de lecture" in html
    assert "Sorti de là, vivant." in html
    assert ">Répondre</a>" not in html
    assert ">Retirer</a>" in html


def test_held_reaction_is_nowhere_for_others(as_, client, chloe, denis, article):
    comment = make_comment(article, chloe, text="Sorti de là, vivant.")
    for reader in (client, as_(denis)):
        assert not any("Sorti de là" in page for page in shown(reader, article, chloe))
        for action in ("", "modifier/", "retrait/", "signalement/"):
            answer = reader.get(f"/reactions/{comment.pk}/{action}")
            assert answer.status_code in {404, 303}, action
    assert "0 réaction" in " ".join(client.get(article.get_absolute_url()).content.decode().split())
    article.refresh_from_db()
    chloe.refresh_from_db()
    assert (article.comments_count, chloe.comments_count) == (0, 0)
    with pytest.raises(Refused):
        posting.post(article=article, author=denis, text="Bravo", parent=comment)


def test_permalink_leads_the_writer_to_the_right_page(as_, chloe, article):
    for _n in range(PAGE_SIZE - 1):
        moderation.release(make_comment(article, chloe), actor=None)
    first, second = (make_comment(article, chloe) for _n in range(2))
    assert page_query(first, chloe) == ""
    answer = as_(chloe).get(f"/reactions/{second.pk}/", follow=True)
    assert f'id="r{second.pk}"' in answer.content.decode()


def test_same_form_or_text_returns_the_one_that_waits(as_, chloe, article):
    once = form()
    for sent in (once, once, form()):
        html = send(as_(chloe), article, **sent).content.decode()
        assert "bien arrivée" in html
    assert Comment.objects.count() == 1


def test_released_reaction_is_shown_counted_and_announced(heard, client, chloe, bruno, article):  # noqa: F811
    comment = make_comment(article, chloe, text="Sorti de là, vivant.")
    assert heard == []
    assert moderation.release(comment, actor=bruno.user, explanation="Un témoignage.")
    assert not moderation.release(comment, actor=bruno.user)
    assert heard == ["shown"]
    assert all("Sorti de là, vivant." in page for page in shown(client, article, chloe))
    article.refresh_from_db()
    chloe.refresh_from_db()
    assert (article.comments_count, chloe.comments_count) == (1, 1)
    decision = comment.decisions.get()
    assert (decision.kind, decision.actor) == ("RELEASE", bruno.user)


def test_hiding_what_waits_moves_no_counter(heard, chloe, article):  # noqa: F811
    comment = make_comment(article, chloe)
    assert moderation.hide(comment, actor=None, reason="PRIVACY")
    assert heard == []
    assert counters.recount(check=True) == []
    assert moderation.restore(comment, actor=None, explanation="Relue.")
    assert heard == ["shown"]
    assert counters.recount(check=True) == []


def test_writer_takes_back_what_waits(as_, chloe, article):
    comment = make_comment(article, chloe)
    page = f"/reactions/{comment.pk}/retrait/"
    assert "ne paraîtra pas" in as_(chloe).get(page).content.decode()
    assert as_(chloe).post(page).status_code == 303
    comment.refresh_from_db()
    assert comment.state == "REMOVED"
    assert not moderation.release(comment, actor=None)
    assert counters.recount(check=True) == []


@pytest.mark.parametrize("released", [False, True])
def test_what_was_read_is_not_changed_afterwards(as_, chloe, article, released):
    comment = make_comment(article, chloe, text="Un texte")
    if released:
        moderation.release(comment, actor=None)
    html = as_(chloe).get(article.get_absolute_url()).content.decode()
    assert ">Modifier</a>" not in html
    answer = as_(chloe).post(f"/reactions/{comment.pk}/modifier/", {"text": "Un autre"})
    assert answer.status_code == 403
    assert "elles ne changent plus" in " ".join(answer.content.decode().split())
    with pytest.raises(Refused):
        posting.edit(comment, author=chloe, text="Un autre")


def test_reactions_to_other_articles_appear_at_once(chloe):
    assert make_comment(make_article(), chloe).is_visible


def test_moderator_reads_the_oldest_first_and_publishes(moderator, article):
    first, second = make_comment(article, text="La première"), make_comment(article, text="Seconde")
    make_comment(make_article(), text="Déjà visible")
    html = moderator.get(LIST, {"a-lire": "1"}).content.decode()
    assert "Déjà visible" not in html
    assert html.index("La première") < html.index("Seconde")
    html = moderator.get(LIST).content.decode()
    assert html.index("Déjà visible") < html.index("Seconde") < html.index("La première")
    sent = {"action": "release_selected", "_selected_action": [first.pk, second.pk]}
    assert "Publier des réactions" in moderator.post(LIST, sent).content.decode()
    html = moderator.post(LIST, {**sent, "apply": "1"}, follow=True).content.decode()
    assert "2 réactions publiées." in html
    assert Comment.objects.visible().count() == 3
    assert ModerationDecision.objects.filter(kind="RELEASE").count() == 2


def test_moderator_decides_what_waits_on_its_page(moderator, article):
    first, second = make_comment(article), make_comment(article)
    page = moderator.get(f"{LIST}{first.pk}/change/").content.decode()
    assert "Publier cette réaction" in page
    assert "Masquer cette réaction" in page
    assert "Voir sur le site" not in page
    moderator.post(f"{LIST}{first.pk}/decision/", {"release": "1", "explanation": ""})
    moderator.post(f"{LIST}{second.pk}/decision/", {"hide": "1", "reason": "PRIVACY"})
    assert [c.state for c in Comment.objects.order_by("pk")] == ["VISIBLE", "HIDDEN"]


def test_overview_begins_with_what_waits_to_be_read(moderator, article):
    make_comment(article)
    html = " ".join(moderator.get("/admin/").content.decode().split())
    first = html[html.index('class="waiting"') :].partition("</li>")[0]
    assert "réactions à lire" in first
    assert "?a-lire=1" in first
    assert ">1</span>" in first


def test_recount_counts_no_reaction_that_waits(article, capsys):
    make_comment(article)
    call_command("recount", "--check")
    assert "recount: 0 differences" in capsys.readouterr().out


def test_form_of_a_sensitive_article_says_how_to_write(as_, chloe, article):
    html = " ".join(as_(chloe).get(article.get_absolute_url()).content.decode().split())
    assert "ne dites ni le moyen, ni le lieu, ni les détails" in html
    assert "https://www.who.int/publications/i/item/9789240076846" in html
    assert "Envoyer ma réaction" in html
    assert "Publier ma réaction" not in html
    other = as_(chloe).get(make_article().get_absolute_url()).content.decode()
    assert "who.int" not in other
    assert "Publier ma réaction" in other


def test_editors_read_it_beside_a_sensitive_article_and_one_that_should_be(editor, article):
    proposed = make_article(title="Après un suicide")
    for one, is_told in ((article, True), (proposed, True), (make_article(), False)):
        page = editor.get(f"/admin/articles/article/{one.pk}/change/").content.decode()
        assert ("who.int" in page) == is_told
