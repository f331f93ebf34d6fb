"""The same form, sent more than once: a repeat writes nothing, other words are another reaction."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connection

from comments import moderation, posting
from comments.models import Comment
from lib.refused import Refused
from lib.web.honeypot import stamp
from tests.factories import make_article, make_author, make_comment


def where(article):
    return article.get_absolute_url() + "/reactions/"


def form(**changes):
    return {"text": "Bien vu.", "submission": str(uuid4()), "opened": stamp(), **changes}


def texts():
    return list(Comment.objects.order_by("pk").values_list("text", flat=True))


def test_form_with_other_words_is_another_reaction(as_, chloe):
    article, restored = make_article(), form()
    member = as_(chloe)
    for text in ("La première", "La seconde", "La première", "La seconde"):
        answer = member.post(where(article), {**restored, "text": text}, follow=True)
        assert "Votre réaction est publiée." in answer.content.decode()
        assert text in answer.content.decode()
    assert texts() == ["La première", "La seconde"]


def test_same_form_from_another_account_is_another_reaction(as_, chloe, denis):
    article, restored = make_article(), form()
    for author in (chloe, denis):
        assert as_(author).post(where(article), restored).status_code == 303
    assert set(Comment.objects.values_list("author", flat=True)) == {chloe.pk, denis.pk}


def test_same_form_under_another_article_is_another_reaction(as_, chloe):
    articles, restored = [make_article(), make_article()], form()
    for article in articles:
        answer = as_(chloe).post(where(article), restored, follow=True)
        assert answer.redirect_chain[-1][0].startswith(article.get_absolute_url())
    assert Comment.objects.count() == 2


def test_repeat_is_known_after_its_words_were_changed(chloe):
    article, submission = make_article(), uuid4()
    first = posting.post(article=article, author=chloe, text="Un", submission=submission)
    posting.edit(first, author=chloe, text="Deux")
    again = posting.post(article=article, author=chloe, text="Un", submission=submission)
    assert again == first
    assert texts() == ["Deux"]


@pytest.mark.parametrize("gone", ["avez retiré", "a masqué"])
def test_repeat_of_what_is_gone_is_not_said_to_be_published(as_, chloe, gone):
    article, restored = make_article(), form()
    as_(chloe).post(where(article), restored)
    comment = Comment.objects.get()
    if gone == "avez retiré":
        posting.retract(comment, author=chloe)
    else:
        moderation.hide(comment, actor=None, reason="INSULT")
    answer = as_(chloe).post(where(article), restored)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert gone in html
    assert "Bien vu.</textarea>" in html
    token = answer.context["form"]["submission"].value()
    assert str(token) != restored["submission"]
    assert as_(chloe).post(where(article), {**restored, "submission": token}).status_code == 303


@pytest.mark.parametrize("token", ["", "nonsense", "\x00", "1" * 40, None])
def test_form_with_a_broken_token_can_be_sent_again(as_, chloe, token):
    article, broken = make_article(), form(submission=token)
    if token is None:
        del broken["submission"]
    answer = as_(chloe).post(where(article), broken)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "envoyez-le encore une fois" in html
    assert "Bien vu.</textarea>" in html
    fresh = {**broken, "submission": answer.context["form"]["submission"].value()}
    assert as_(chloe).post(where(article), fresh).status_code == 303


@pytest.mark.django_db(transaction=True)
def test_forms_sent_at_the_same_moment_write_each_reaction_once():
    articles, authors = [make_article(), make_article()], [make_author(), make_author()]
    submission, words = uuid4(), ["Une réaction", "Une autre"]
    sent = [(article, author, text) for article in articles for author in authors for text in words]

    def send(one):
        article, author, text = one
        try:
            posting.post(article=article, author=author, text=text, submission=submission)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(send, sent * 3))
    written = [(each.article, each.author, each.text) for each in Comment.objects.all()]
    assert sorted(map(str, written)) == sorted(map(str, sent))


def gone_parent(article, how):
    parent = make_comment(article if how != "under another article" else make_article())
    if how == "hidden":
        moderation.hide(parent, actor=None, reason="INSULT")
    elif how == "taken back":
        posting.retract(parent, author=parent.author)
    elif how == "deleted":
        Comment.objects.filter(pk=parent.pk).delete()
    return parent.pk


GONE = ["hidden", "taken back", "deleted", "under another article"]


@pytest.mark.parametrize("how", GONE)
@pytest.mark.parametrize("button", [{}, {"preview": "1"}], ids=["send", "preview"])
def test_reply_to_a_reaction_that_is_gone_is_given_back(as_, chloe, how, button):
    article = make_article()
    before = gone_parent(article, how), Comment.objects.count()
    answer = as_(chloe).post(where(article), form(parent=before[0], text="Je réponds", **button))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "La réaction à laquelle vous répondez" in html
    assert "Je réponds</textarea>" in html
    assert Comment.objects.count() == before[1]
    # what is sent from the page that said so is a reaction to the article, as it says
    shown = answer.context["form"]
    assert "sera une réaction à l’article" in html
    fields = {name: shown[name].value() or "" for name in ("text", "parent", "submission")}
    assert as_(chloe).post(where(article), form(**fields)).status_code == 303
    assert Comment.objects.get(text="Je réponds").parent is None


@pytest.mark.parametrize("parent", ["x", "9" * 30, "-1", "0", "1.5", "²", "\x00"])
def test_parent_that_is_none_is_no_reaction_to_the_article(as_, chloe, parent):
    answer = as_(chloe).post(where(make_article()), form(parent=parent))
    assert answer.status_code == 422
    assert "Bien vu.</textarea>" in answer.content.decode()
    assert not Comment.objects.exists()


@pytest.mark.parametrize("how", GONE)
def test_link_to_answer_a_reaction_that_is_gone_says_so(as_, chloe, how):
    article = make_article()
    parent = gone_parent(article, how)
    html = as_(chloe).get(article.get_absolute_url(), {"reponse": parent}).content.decode()
    assert "sera une réaction à l’article" in html


def test_reply_that_waited_while_its_parent_vanished_says_so(client, chloe):
    article = make_article()
    parent = make_comment(article)
    client.post(where(article), {"text": "Je réponds", "parent": parent.pk})
    moderation.hide(parent, actor=None, reason="INSULT")
    client.force_login(chloe.user)
    html = client.get(article.get_absolute_url()).content.decode()
    assert "Je réponds</textarea>" in html
    assert "sera une réaction à l’article" in html


def test_refusals_of_the_operation_name_what_is_gone(chloe):
    article = make_article()
    parent = make_comment(article)
    Comment.objects.filter(pk=parent.pk).delete()
    with pytest.raises(Refused, match="plus visible"):
        posting.post(article=article, author=chloe, text="Je réponds", parent=parent)
    assert not Comment.objects.filter(author=chloe).exists()
