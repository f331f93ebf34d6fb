"""The list of articles by author, keyword, days and what is missing; nothing typed breaks it."""

from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Source
from pictures.models import Picture
from taxonomy.models import Tag
from tests.factories import make_article, make_author, make_picture

LIST = "/admin/articles/article/"


def titles(editor, **asked):
    html = editor.get(LIST, asked).content.decode()
    return {title for title in ("Un", "Deux", "Trois") if f">{title}</a>" in html}


def at(day, hour, minute=0):
    return datetime(2026, 3, day, hour, minute, tzinfo=timezone.get_current_timezone())


@pytest.fixture
def three(db):
    make_author("Alice", role="WRITER")  # who writes where nobody is named
    zoe = make_author("Zoé Lefèvre", role="WRITER")
    one = make_article(title="Un", author=zoe, published_at=at(1, 0, 30))
    two = make_article(title="Deux", published_at=at(2, 12))
    three = make_article(title="Trois", published=False, interests="NONE")
    one.tags.set(Tag.objects.named(["Éthique"]))
    return one, two, three


def test_author_is_found_by_a_name_without_accents(editor, three):
    assert titles(editor, auteur="zoe lefevre") == {"Un"}
    assert titles(editor, auteur="LEFÈV") == {"Un"}
    assert titles(editor, auteur="personne") == set()


def test_author_is_found_by_one_search_in_the_list_and_in_the_chooser(editor, three):
    assert (
        "Zoé Lefèvre" in editor.get("/admin/authors/author/", {"q": "zoe lefevre"}).content.decode()
    )
    field = {"app_label": "articles", "model_name": "article", "field_name": "author"}
    found = editor.get("/admin/autocomplete/", {"term": "zoe lefevre", **field}).json()["results"]
    assert [row["text"] for row in found] == ["Zoé Lefèvre"]
    assert titles(editor, q="zoe lefevre") == {"Un"}


def test_keyword_is_found_by_its_beginning(editor, three):
    assert titles(editor, **{"mot-cle": "ethi"}) == {"Un"}
    assert titles(editor, **{"mot-cle": "thique"}) == set()


def test_days_are_those_of_the_site_and_both_count(editor, three):
    assert titles(editor, du="2026-03-01", au="2026-03-01") == {"Un"}
    assert titles(editor, du="2026-03-02") == {"Deux"}
    assert titles(editor, au="2026-03-02") == {"Un", "Deux"}


@pytest.mark.parametrize("typed", ["2026-02-31", "x", "0000-00-00", "2026-13-01"])
def test_what_is_no_day_asks_for_nothing(editor, three, typed):
    assert titles(editor, du=typed) == {"Un", "Deux", "Trois"}


def test_gaps_are_found(editor, three):
    one, two, third = three
    one.lead_image = make_picture()
    one.save()
    two.lead_image = make_picture(alt="")
    two.save()
    Source.objects.create(article=one, url="https://example.org/")
    assert titles(editor, manque="image") == {"Trois"}
    assert titles(editor, manque="source") == {"Deux", "Trois"}
    assert titles(editor, manque="interets") == {"Un", "Deux"}
    assert titles(editor, manque="texte") == {"Deux"}
    picture = Picture.objects.get(alt="")
    third.body = f'<figure><img src="/media/{picture.file.name}" alt=""></figure>'
    third.save()
    assert titles(editor, manque="texte") == {"Deux", "Trois"}


def test_filters_keep_each_other_and_the_search(editor, three):
    html = editor.get(LIST, {"auteur": "zoe", "q": "un", "p": "1"}).content.decode()
    form = html.split('name="mot-cle"')[0].rpartition("<form")[2]
    assert 'name="auteur" value="zoe"' in form
    assert 'name="q" value="un"' in form
    assert 'name="p"' not in form


def test_filtered_list_takes_twelve_queries_at_most(editor, three):
    asked = {
        "auteur": "zoe",
        "mot-cle": "e",
        "du": "2020-01-01",
        "manque": "texte",
        "rubrique": "1",
    }
    editor.get(LIST, asked)
    with CaptureQueriesContext(connection) as queries:
        assert editor.get(LIST, asked).status_code == 200
    assert len(queries) <= 12
