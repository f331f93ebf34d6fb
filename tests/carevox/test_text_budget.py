"""A text that holds too much is refused beside its field, whatever way it takes."""

import re

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import transaction
from django.db.models import TextField, Value
from django.forms import modelform_factory
from django.urls import reverse

from articles.models import Article, Revision
from articles.revisions import versions
from lib.fields import CleanHTMLField
from magazine.models import SitePage
from pictures import changes as picture_changes
from tests.articles.test_article_admin import form_of
from tests.factories import make_article, make_picture

TOO_MUCH = {
    "long once it is clean": "<p>" + "&" * 296_000 + "</p>",
    "deep": "<table><caption>" * 2_500,
    "headings": "<h2>x</h2>" * 4_000,
}
FIELDS = [
    (model, field.name)
    for model in apps.get_models()
    for field in model._meta.get_fields()
    if isinstance(field, CleanHTMLField)
]
SAID = re.compile("Le texte (?:dépasse|emboîte|compte) ")
pytestmark = pytest.mark.django_db


def errors_of(response):
    assert response.status_code == 200
    return " ".join(response.context["adminform"].form.errors["body"])


@pytest.mark.parametrize("body", TOO_MUCH.values(), ids=TOO_MUCH)
def test_the_form_of_an_article_keeps_the_text_and_says_why(editor, body):
    response = editor.post(reverse("admin:articles_article_add"), form_of(body=body))
    assert SAID.match(errors_of(response))
    assert response.context["adminform"].form["body"].value() == body
    assert not Article.objects.exists()


def test_a_preview_says_why_too(editor):
    article = make_article()
    page = reverse("admin:articles_article_change", args=[article.pk])
    response = editor.post(page, form_of(article, body=TOO_MUCH["deep"], _preview="1"))
    assert SAID.match(errors_of(response))


def test_a_page_of_the_site_says_why(admin_client):
    data = {"title": "Aide", "slug": "aide", "column": "", "position": 0}
    page = reverse("admin:magazine_sitepage_add")
    response = admin_client.post(page, data | {"body": TOO_MUCH["headings"]})
    assert SAID.match(errors_of(response))
    assert not SitePage.objects.filter(slug="aide").exists()


@pytest.mark.parametrize(("model", "name"), FIELDS)
def test_any_form_of_any_model_says_why(model, name):
    form = modelform_factory(model, fields=[name])({name: TOO_MUCH["deep"]})
    assert SAID.match(form.errors[name][0])


def test_no_other_way_leads_to_the_database():
    article = make_article()
    for write in (
        lambda: Article.objects.filter(pk=article.pk).update(body=TOO_MUCH["deep"]),
        lambda: make_article(body=TOO_MUCH["headings"]),
        lambda: Article(body=TOO_MUCH["deep"]).full_clean(),
    ):
        with pytest.raises(ValidationError) as caught, transaction.atomic():
            write()
        assert any(map(SAID.match, caught.value.messages))


def test_a_version_that_holds_too_much_is_not_restored(editor):
    article = make_article(body="<p>Le texte.</p>")
    versions.record(article, actor=None)
    old = versions.latest(article)
    content = old.content | {"body": TOO_MUCH["deep"]}
    Revision.objects.create(article=article, number=2, content=content, digest="x")
    page = reverse("admin:articles_article_restore", args=[article.pk, 2])
    said = [str(m) for m in editor.post(page, follow=True).context["messages"]]
    assert len(said) == 1
    assert said[0].startswith("La version 2 n’est pas rétablie. Le texte emboîte ")
    article.refresh_from_db()
    assert article.body == "<p>Le texte.</p>"
    assert article.revisions.count() == 2


def test_what_was_stored_before_stays_and_stops_no_command(caplog, capsys):
    long, short = make_article(), make_article()
    stored = Value(TOO_MUCH["deep"], output_field=TextField())  # as before there was a budget
    Article.objects.filter(pk=long.pk).update(body=stored)
    Article.objects.filter(pk=short.pk).update(body_html="")
    caplog.set_level("WARNING", logger="articles.rerender")
    call_command("render_texts")
    assert "1 changed" in capsys.readouterr().out
    assert f"article {long.pk} is not drawn anew: Le texte emboîte" in caplog.text
    picture = make_picture()
    long.text_pictures.add(picture)
    picture_changes.redrawn.announce(picture)
