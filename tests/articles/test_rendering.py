import pytest
from django.core.management import call_command
from django.utils import translation

from articles import rendering
from articles.models import Article
from lib.html.tree import image_addresses
from pictures import renditions
from pictures.models import Picture
from search.index import rebuild
from tests.factories import make_article, make_picture


def render(body):
    return rendering.render(body, Picture.objects.by_address(image_addresses(body)))


def test_headings_get_anchors_that_differ():
    rendered = render("<h2>Le sel</h2><h2>Le sel</h2><h3></h3><h2>&amp;</h2>")
    assert [heading["id"] for heading in rendered.headings] == [
        "s-le-sel",
        "s-le-sel-2",
        "s-partie",
    ]


def test_a_thousand_equal_headings_differ_in_their_anchors():
    names = [heading["id"] for heading in render("<h2>x</h2>" * 1000 + "<h2>x 2</h2>").headings]
    assert len(set(names)) == 1001
    assert names[:3] == ["s-x", "s-x-2", "s-x-3"]


def test_table_inside_a_table_scrolls_with_it():
    inner = "<table><tbody><tr><td>x</td></tr></tbody></table>"
    html = render(
        f"<table><caption>T</caption><tbody><tr><td>{inner}</td></tr></tbody></table>"
    ).html
    assert html.count("<section") == 1
    assert html.endswith(f"<td>{inner}</td></tr></tbody></table></section>")


def test_way_back_stands_at_the_end_of_a_note_with_a_list():
    call = '<p>x<sup><a href="#note-1" rel="noopener">1</a></sup></p>'
    html = render(f'{call}<ol><li id="note-1">N<ul><li>a</li><li>b</li></ul></li></ol>').html
    assert html.endswith("↑</a></li></ol>")
    assert html.count("↑") == 1


def test_tables_scroll_and_stay_tables():
    html = render(
        '<table><caption>T</caption><thead><tr><th scope="col">A</th><th>B !</th>'
        "</tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table><table><tr>"
        "<td>x</td></tr></table>"
    ).html
    assert '<section class="prose__table" aria-labelledby="tableau-1" tabindex="0"' in html
    assert (
        '<thead><tr><th scope="col">A</th><th>B\u202f!</th></tr></thead><tbody><tr><td>1</td>'
        in html
    )
    assert 'aria-label="Tableau 2"' in html


def test_notes_lead_there_and_back():
    html = render(
        '<p>x<sup><a href="#note-1" rel="noopener">1</a></sup></p><section '
        'class="footnotes"><ol><li id="note-1">N</li><li id="note-2">M</li></ol>'
        "</section>"
    ).html
    assert 'href="#note-1" id="appel-1" aria-label="Note 1"' in html
    assert 'href="#appel-1"' in html
    assert 'href="#appel-2"' not in html


def test_pictures_become_responsive_when_their_widths_are_ready(db):
    picture = make_picture(alt="Un chat")
    html = render(f'<figure><img src="/media/{picture.name}"></figure>').html
    assert 'type="image/avif"' in html
    assert 'width="900" height="600" alt="Un chat"' in html
    picture.widths = []
    picture.save()
    html = render(f'<figure><img src="/media/{picture.name}" alt="Autre"></figure>').html
    assert "srcset" not in html
    assert 'alt="Autre"' in html


def test_unknown_files_are_not_shown(db):
    assert "<img" not in render('<p>x<img src="/media/pictures/zz/none.jpg"></p>').html


def test_typography_is_for_the_page_only(db):
    article = make_article(body="<p>Oui ! « non » 50 %</p>")
    assert article.body == "<p>Oui ! « non » 50 %</p>"
    assert article.body_html == "<p>Oui\u202f! «\u202fnon\u202f» 50\u00a0%</p>"


def test_renditions_reach_the_texts_that_show_the_picture(db):
    picture = make_picture()
    picture.widths = []
    picture.save()
    article = make_article(body=f'<figure><img src="/media/{picture.name}" alt="x"></figure>')
    assert "srcset" not in article.body_html
    assert renditions.make_renditions.func(picture.pk) == [480, 800, 900]
    article.refresh_from_db()
    assert "srcset" in article.body_html
    assert renditions.using(picture) == [article]


def test_job_for_a_deleted_picture_does_nothing(db):
    assert renditions.make_renditions.func(999) == []


@pytest.mark.parametrize("path", ["create", "bulk_create", "update"])
def test_every_path_to_the_database_is_clean(db, path):
    dirty = "<p>x<script>alert(1)</script></p>"
    article = make_article(body=dirty if path == "create" else "<p>x</p>")
    if path == "update":
        Article.objects.filter(pk=article.pk).update(body=dirty, title="a\x00b")
    elif path == "bulk_create":
        (article,) = Article.objects.bulk_create(
            [Article(section=article.section, author=article.author, title="a\x00b", body=dirty)]
        )
    article = Article.objects.get(pk=article.pk)
    assert article.body == "<p>x</p>"
    assert "\x00" not in article.title


def test_picture_opens_large_by_a_plain_link(db):
    picture = make_picture("Un dégradé")
    html = render(
        f'<figure><img src="/media/{picture.name}"><figcaption>Légende</figcaption></figure>'
    ).html
    assert html.startswith(
        f'<figure><a class="picture__open" href="/media/{picture.name}"><span '
        f'class="unseen">Voir en grand'
    )
    assert html.endswith(
        '</a><figcaption>Légende <span class="picture__credit">Photo\u00a0: Alice, '
        "CC BY 4.0</span></figcaption></figure>"
    )


def test_picture_inside_a_link_keeps_that_link_only(db):
    picture = make_picture()
    html = render(
        f'<p><a href="https://example.org/" rel="noopener"><img '
        f'src="/media/{picture.name}"></a></p>'
    ).html
    assert html.count("<a ") == 1
    assert 'href="https://example.org/"' in html
    assert "<img" in html


CREDIT = '<span class="picture__credit">Photo\u00a0: Alice, CC BY 4.0</span>'


@pytest.mark.parametrize(
    ("body", "end"),
    [
        ("<figure>{image}</figure>", f"</a><figcaption>{CREDIT}</figcaption></figure>"),
        ("<p>{image}</p>", f"</a> {CREDIT}</p>"),
        ('<p><a href="/x" rel="noopener">{image}</a></p>', f"</a> {CREDIT}</p>"),
    ],
)
def test_picture_in_a_text_names_its_author_and_licence_once(db, body, end):
    html = render(body.format(image=f'<img src="/media/{make_picture().name}">')).html
    assert html.endswith(end)
    assert html.count(CREDIT) == 1


def test_figure_inside_a_link_gets_no_second_link(db):
    figure = f'<figure><img src="/media/{make_picture().name}"></figure>'
    html = render(f'<a href="/x" rel="noopener">{figure}</a>').html
    assert html.count("<a ") == 1
    assert html.count(CREDIT) == 1


def test_unknown_files_have_no_credit(db):
    assert (
        render(
            '<figure><img src="/media/pictures/zz/none.jpg"><figcaption>L</figcaption></figure>'
        ).html
        == "<figure><figcaption>L</figcaption></figure>"
    )


def test_credit_is_escaped_and_in_the_language_of_the_text(db):
    picture = make_picture()
    Picture.objects.update(credit='<b>"A" & B', licence="PUBLIC_DOMAIN")
    with translation.override("en"):
        html = render(f'<figure><img src="/media/{picture.name}"></figure>').html
    assert '<span class="picture__credit">&lt;b&gt;"A" &amp; B, domaine public</span>' in html


def test_corrected_credit_reaches_the_texts_and_the_search(as_, bruno):
    picture = make_picture()
    article = make_article(body=f'<figure><img src="/media/{picture.name}"></figure>')
    as_(bruno).post(
        f"/admin/pictures/picture/{picture.pk}/change/",
        {"alt": picture.alt, "credit": "Photo : Zoé Quisait", "licence": "CC0"},
    )
    article.refresh_from_db()
    assert "Zoé Quisait, CC0" in article.body_html
    assert not rebuild(check=True).any


def test_texts_of_an_older_version_are_derived_anew_by_a_command(db, capsys):
    picture = make_picture()
    article, draft, sound = (
        make_article(
            published=n != 1, body=f'<figure><img src="/media/{picture.name}"></figure><p>{n}</p>'
        )
        for n in range(3)
    )
    Article.objects.filter(pk__in=[article.pk, draft.pk]).update(body_html="<p>Avant</p>")
    before = Article.objects.get(pk=sound.pk).updated_at
    call_command("render_texts")
    assert capsys.readouterr().out == "render_texts: 2 changed\n"
    for one in (article, draft):
        one.refresh_from_db()
        assert CREDIT in one.body_html
    assert Article.objects.get(pk=sound.pk).updated_at == before
    assert not rebuild(check=True).any
    call_command("render_texts")
    assert capsys.readouterr().out == "render_texts: 0 changed\n"
