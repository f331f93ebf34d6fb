import io

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from articles import publishing
from sharing import pictures
from sharing.drawing import Wording, draw, drawable, fitted
from sharing.models import SharePicture
from tests.factories import make_article, make_author


def kept(article):
    pictures.draw_picture.func(article.pk)
    return SharePicture.objects.get(article=article).file.name


@pytest.mark.parametrize(
    "title", ["Sel", "Très long " * 25, "Sansespace" * 25, "« Pourquoi ? » 30 % d’œufs", "日本", ""]
)
def test_picture_has_the_size_that_other_sites_show(title):
    image = Image.open(
        io.BytesIO(draw(Wording(title, "Une plume " * 6, "Rubrique & Cie " * 6, "care", "CareVox")))
    )
    assert (image.format, image.size) == ("PNG", (1200, 630))


def test_long_title_shrinks_then_is_cut():
    short, long = fitted("Un titre"), fitted("mot " * 120)
    assert short[1] > long[1]
    assert long[0][-1].endswith("…")


@pytest.mark.parametrize(
    "odd", ["\n", "\r", "\x1c", "\x85", "\u2028", "\u2029", "\0", "\ud800", "👩‍⚕️"]
)
def test_no_letter_stops_the_drawing(odd):
    for text in (odd, f"a{odd}b"):
        assert draw(Wording(text, text, text, "", text))


def test_letters_that_the_font_lacks_find_their_likeness():
    assert drawable("CO₂, ﬁn, œdème, 日") == "CO2, fin, œdème, "


def test_picture_is_drawn_once_and_anew_when_a_word_changes(db):
    article = make_article()
    first = kept(article)
    assert kept(article) == first
    article.title = "Un autre titre"
    article.save()
    second = kept(article)
    assert second != first
    assert default_storage.exists(second)
    assert not default_storage.exists(first)
    publishing.reassign(article, author=make_author("Zoé"), actor=None)
    assert kept(article) != second
    assert list(pictures.stale()) == []


def test_draft_gets_no_picture_and_withdrawal_takes_it_away(db):
    assert pictures.draw_picture.func(make_article(published=False).pk) == ""
    article = make_article()
    name = kept(article)
    publishing.withdraw(article, actor=None, reason="Faux.")
    pictures.remove_picture.func(article.pk)
    assert not default_storage.exists(name)


@pytest.mark.django_db(transaction=True)
def test_publishing_has_the_picture_drawn():
    assert SharePicture.objects.filter(article=make_article()).exists()
