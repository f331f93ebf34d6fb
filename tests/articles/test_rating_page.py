from articles.models import Rating
from tests.factories import make_article, make_rating


def rating_address(article):
    return article.get_absolute_url() + "/note/"


def test_member_rates_and_is_led_back(as_, chloe):
    article = make_article()
    response = as_(chloe).post(rating_address(article), {"value": 4}, follow=True)
    assert response.redirect_chain[0] == (article.get_absolute_url() + "#note", 303)
    assert "Votre note\u00a0: 4 sur 5" in response.content.decode()


def test_member_withdraws(as_, chloe):
    article = make_article()
    make_rating(article, chloe)
    as_(chloe).post(rating_address(article), {"withdraw": "1"})
    assert not Rating.objects.exists()


def test_fragment_answers_the_script(as_, chloe):
    article = make_article()
    html = (
        as_(chloe)
        .post(rating_address(article), {"value": 5}, headers={"X-Requested-With": "partial"})
        .content.decode()
    )
    assert html.strip().startswith("<section") or "<section" in html[:400]
    assert "5 sur 5" in html
    assert "<html" not in html


def test_visitor_is_led_through_sign_in_and_finds_the_note_to_confirm(client, as_, chloe):
    article = make_article()
    response = client.get(rating_address(article), {"value": 4})
    assert response.status_code == 303
    assert response["location"].startswith("/compte/login/?next=")
    assert "note%3D4" in response["location"]
    html = as_(chloe).get(article.get_absolute_url() + "?note=4").content.decode()
    assert "reste à confirmer" in html
    assert 'value="4" checked' in html
    assert not Rating.objects.exists()


def test_get_never_votes(as_, chloe):
    article = make_article()
    assert as_(chloe).get(rating_address(article), {"value": 4}).status_code == 302
    assert not Rating.objects.exists()


def test_bad_notes_get_a_message(as_, chloe):
    article = make_article()
    for value in ("", "0", "9", "étoile", "\x00", "5" * 1000):
        response = as_(chloe).post(rating_address(article), {"value": value})
        assert response.status_code == 422
        assert "Choisissez une note de 1 à 5" in response.content.decode()


def test_author_cannot_rate_their_own_article(as_, alice):
    article = make_article(author=alice)
    response = as_(alice).post(rating_address(article), {"value": 5})
    assert response.status_code == 422
    assert "vous ne pouvez pas le noter" in response.content.decode()


def test_draft_takes_no_vote(as_, chloe):
    assert (
        as_(chloe).post(rating_address(make_article(published=False)), {"value": 5}).status_code
        == 404
    )
