"""What could not be taken is given back: all that a person typed, and nothing else."""

import re
from html import unescape
from importlib import import_module

import pytest
from django import forms
from django.contrib import admin
from django.test import Client, RequestFactory

from authors.models import User
from lib.web.honeypot import stamp
from lib.web.typed import TYPED
from tests.factories import make_article, make_comment

TEXTUAL = (forms.Textarea, forms.TextInput, forms.EmailInput, forms.URLInput)
# short words that make addresses, days, codes, traps: nobody misses them
LEFT_OUT = {"slug", "website_2", "published_on", "accessed_on", "position", "rank", "day", "count"}
LEFT_OUT |= {"checked_on", "signed_on"}
LEFT_OUT |= {"value", "a", "code", "username"}
LEFT_OUT |= {"tags"}  # typed as keywords
FOREIGN = {"django", "allauth", "taggit"}


def of_classes(parent=forms.BaseForm):
    for form in parent.__subclasses__():
        if form.__module__.partition(".")[0] not in {*FOREIGN, "tests"}:
            yield from getattr(form, "declared_fields", {}).items()
            yield from getattr(form, "base_fields", {}).items()
        yield from of_classes(form)


def of_admin():
    request = RequestFactory().get("/")
    request.user = User(is_superuser=True, is_staff=True)
    for model, editor in admin.site._registry.items():
        if model.__module__.partition(".")[0] in FOREIGN or not editor.has_add_permission(request):
            continue
        yield from editor.get_form(request).base_fields.items()
        for inline in editor.get_inline_instances(request):
            yield from inline.get_formset(request).form.base_fields.items()


def test_every_field_in_which_people_write_is_given_back_and_no_other(client, db):
    for name in ("authors.second_factor", "authors.signup", "carevox.urls"):
        import_module(name)  # all forms are there now
    typed, secret = set(), set()
    for name, field in [*of_classes(), *of_admin()]:
        widget = field.widget
        if widget.is_hidden or isinstance(widget, forms.PasswordInput) or name == "code":
            secret.add(name)
        elif isinstance(widget, TEXTUAL) and name not in LEFT_OUT:
            typed.add(name)
    assert {"submission", "opened", "parent"} <= secret
    assert {"text", "biography", "standfirst"} <= typed
    assert typed - TYPED - secret == set()
    assert TYPED & secret == set()
    assert TYPED - typed == set()


def sent(**changes):
    return {
        "csrfmiddlewaretoken": "forged" * 10,
        "submission": "4be0643f-1d98-573b-97cd-ca98a65347dd",
        "opened": stamp(),
        "parent": "12345678901234567890123",
        "website_2": "a trap for robots, filled in",
        "password": "une phrase assez longue",
        "password1": "une phrase assez longue",
        "oldpassword": "une phrase assez longue",
        "new_password2": "une phrase assez longue",
        "next": "/compte/profil/?with=many&parameters=1",
        "code": "123456 is a code of six digits",
        "credential": '{"a": "credential of a pass key"}',
        "login": "chloe@example.org",
        "key": "a key of a mail, to be used once",
        "_selected_action": "a row of a list in the admin",
        "sources-TOTAL_FORMS": "a number of forms below this one",
        "reason": "HEALTH_DANGER",
        "session_key": "a key of a session of somebody",
        **changes,
    }


def given_back(response):
    assert response.status_code in {403, 404, 429}
    return [
        unescape(text)
        for text in re.findall(r"<textarea[^>]*>(.*?)</textarea>", response.content.decode(), re.S)
    ]


@pytest.mark.parametrize(
    "text", ["Oui", "MERCI", "Un texte\nsur deux lignes", "<b>gras</b> & « cité »", "👩‍⚕️"]
)
def test_page_of_a_failed_check_gives_back_what_was_typed_and_nothing_else(db, text):
    article = make_article()
    strict = Client(enforce_csrf_checks=True)
    for path in (
        article.get_absolute_url() + "/reactions/",
        "/a-propos/contact/",
        "/compte/login/",
    ):
        assert given_back(strict.post(path, sent(text=text))) == [text]


def test_fields_of_inline_forms_are_given_back_too(db):
    fields = sent(**{"sources-0-title": "Le titre d’une source", "sources-0-id": "17"})
    answer = Client(enforce_csrf_checks=True).post("/admin/articles/article/add/", fields)
    assert given_back(answer) == ["Le titre d’une source"]


def test_nothing_typed_nothing_given_back(db):
    answer = Client(enforce_csrf_checks=True).post("/compte/login/", sent())
    assert given_back(answer) == []
    assert "une phrase" not in answer.content.decode()


def test_limit_gives_back_what_was_typed(as_, chloe):
    article, member = make_article(), as_(chloe)
    path = article.get_absolute_url() + "/reactions/"
    for _n in range(20):
        member.post(path, {})
    assert given_back(member.post(path, sent(text="Le texte de trop"))) == ["Le texte de trop"]


def test_reaction_to_an_article_that_has_left_is_given_back(as_, chloe, client):
    article = make_article()
    path = article.get_absolute_url() + "/reactions/"
    type(article).objects.update(status="WITHDRAWN")
    for sender in (as_(chloe), client):
        answer = sender.post(path, sent(text="Je réponds"))
        assert answer.status_code == 404
        assert given_back(answer) == ["Je réponds"]
        assert "n’est plus en ligne" in answer.content.decode()


def test_change_of_a_reaction_that_is_not_ones_own_or_gone_is_given_back(as_, chloe, denis):
    comment = make_comment(make_article(), chloe)
    path = f"/reactions/{comment.pk}/modifier/"
    answer = as_(denis).post(path, {"text": "Un texte à ne pas perdre"})
    assert answer.status_code == 404
    assert given_back(answer) == ["Un texte à ne pas perdre"]
    comment.state = "HIDDEN"
    comment.save()
    answer = as_(chloe).post(path, {"text": "Un texte à ne pas perdre"})
    assert given_back(answer) == ["Un texte à ne pas perdre"]
    assert as_(denis).get(path).status_code == 404
