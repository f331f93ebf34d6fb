"""Which texts show a picture: rows written with the text, which the database holds to."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, models, transaction
from django.test.utils import CaptureQueriesContext

from articles.models import Article, PictureUse
from pictures import renditions
from tests.factories import make_article, make_picture


def figure(*pictures):
    return "".join(f'<figure><img src="/media/{picture.name}"></figure>' for picture in pictures)


def test_articles_that_show_a_picture_are_found_without_reading_texts(db):
    picture = make_picture()
    lead, text = make_article(lead_image=picture), make_article(body=figure(picture))
    make_article(lead_image=picture, body=figure(picture, picture))
    with CaptureQueriesContext(connection) as queries:
        found = renditions.using(picture)
    assert [row.pk for row in found] == [text.pk + 1, text.pk, lead.pk]
    of_articles = [query["sql"] for query in queries if "articles_article" in query["sql"]]
    assert len(queries) == 3
    assert [sql for sql in of_articles if "body" in sql or "LIKE" in sql] == []


def test_uses_follow_the_text(db):
    first, second = make_picture(), make_picture()
    article = make_article(body=figure(first))
    assert [*article.text_pictures.all()] == [first]
    article.body = figure(second)
    article.save()
    assert [*article.text_pictures.all()] == [second]
    article.body = "<p>Sans image.</p>"
    article.save(update_fields=["body"])
    assert not PictureUse.objects.exists()


def test_new_text_asks_for_its_pictures_once(db):
    picture, section, author = make_picture(), make_article().section, make_article().author
    article = Article(section=section, author=author, title="Un titre", body=figure(picture))
    with CaptureQueriesContext(connection) as queries:
        article.save()
    assert sum('FROM "pictures_picture"' in query["sql"] for query in queries) == 1


@pytest.mark.parametrize("shown", ["lead", "text"])
def test_shown_picture_is_deleted_by_no_way(db, shown):
    picture = make_picture()
    make_article(**{"lead_image": picture} if shown == "lead" else {"body": figure(picture)})
    with pytest.raises(models.ProtectedError):
        picture.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        delete_behind_django(picture)


def delete_behind_django(picture):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM pictures_picture WHERE id = %s", [picture.pk])
    connection.check_constraints()


def test_deleted_draft_lets_its_pictures_go(db):
    picture = make_picture()
    make_article(published=False, body=figure(picture)).delete()
    picture.delete()
    assert not PictureUse.objects.exists()


def test_command_puts_uses_right(db, capsys):
    picture, other = make_picture(), make_picture()
    right, wrong = make_article(body=figure(picture)), make_article(body=figure(picture))
    wrong.text_pictures.set([other])
    call_command("render_texts")
    assert "1 changed" in capsys.readouterr().out
    assert [*picture.articles.order_by("pk")] == [right, wrong]
    assert not other.articles.exists()
