"""Boxes of a text: kept by the policy, named on the page, told in a comparison."""

from django.utils import translation

from articles.rendering import render
from articles.revisions.text import written
from lib.html.boxes import with_boxes
from lib.html.policy import clean_html
from magazine.models import SitePage
from pictures.models import Picture
from tests.factories import make_article, make_picture

BOX = '<section class="dont"><ul><li>doubler la dose</li></ul></section>'


def test_policy_keeps_the_boxes_that_it_knows_and_no_other_class():
    for kind in ("key-point", "do", "dont"):
        box = f'<section class="{kind}"><p>x</p></section>'
        assert clean_html(box) == box
    assert clean_html('<section class="evil do other"><p>x</p></section>').startswith(
        '<section class="do">'
    )
    assert clean_html('<section class="evil"><p>x</p></section>') == "<section><p>x</p></section>"
    assert clean_html('<blockquote class="pull do"><p>x</p></blockquote>') == (
        '<blockquote class="pull"><p>x</p></blockquote>'
    )
    assert clean_html('<blockquote class="do"><p>x</p></blockquote>') == (
        "<blockquote><p>x</p></blockquote>"
    )
    assert clean_html('<p class="do">x</p>') == "<p>x</p>"


def test_page_names_a_box_in_the_language_of_the_text(db):
    with translation.override("en"):
        html = render(BOX, {}).html
    assert html == (
        '<section class="box box--dont" aria-label="À ne pas faire"><p class="box__name">'
        "À ne pas faire</p><ul><li>doubler la dose</li></ul></section>"
    )
    pull = '<blockquote class="pull"><p>x</p></blockquote>'
    assert render(pull, {}).html == '<blockquote class="pull-quote"><p>x</p></blockquote>'


def test_pages_of_the_site_name_their_boxes_too(client, db):
    SitePage.objects.create(slug="conduite", title="Conduite", body=BOX)
    shown = client.get(SitePage.objects.get(slug="conduite").get_absolute_url())
    assert "À ne pas faire</p><ul><li>doubler la dose" in shown.content.decode()
    assert with_boxes("<p>x</p>") == "<p>x</p>"


def test_names_of_boxes_are_no_words_of_the_text(db):
    assert make_article(body=BOX).words_count == 3


def test_picture_that_leads_to_a_video_names_the_site_and_asks_nothing_of_it(db):
    picture = make_picture(alt="Un geste")
    link = (
        f'<a href="https://www.video.example/x?a=1&amp;b=2"><img src="/media/{picture.name}"></a>'
    )
    article = make_article(body=f"<figure>{link}<figcaption>Le geste</figcaption></figure>")
    html = article.body_html
    assert '<figure class="media">' in html
    assert (
        'Le geste <a class="media__open" href="https://www.video.example/x?a=1&amp;b=2" '
        'rel="noopener">Ouvrir sur video.example</a> <span class="picture__credit">'
    ) in html
    assert html.count("video.example") == 3
    assert "<iframe" not in html


def test_picture_without_a_way_out_is_as_before(db):
    picture = make_picture()
    library = {f"/media/{picture.name}": Picture.objects.get()}
    image = f'<img src="/media/{picture.name}">'
    for inside in (image, f'<a href="/article/1">{image}</a>', f'<a href="#s-x">{image}</a>'):
        assert "media__open" not in render(f"<figure>{inside}</figure>", library).html


def test_comparison_tells_boxes_apart():
    with translation.override("fr"):
        assert written(BOX) == "[à ne pas faire]\n• doubler la dose"
        assert written('<section class="do"><p>x</p></section>') == "[à faire]\nx"
        assert written('<blockquote class="pull"><p>x</p></blockquote>') == "[exergue]\nx"
        assert written('<section class="footnotes"><p>x</p></section>') == "[notes]\nx"
