"""No text that people write has a way into the database that does not clean it."""

from importlib import import_module

import pytest
from django import forms
from django.apps import apps
from django.contrib import admin
from django.db import models

from lib.fields import CleanedInForm, CleaningMixin, CompressedJSONField
from tests.architecture.names import modules

OURS = {
    config.label
    for config in apps.get_app_configs()
    if config.name in {name.partition(".")[0] for name in modules()}
}
TEXTS = (models.CharField, models.TextField, models.JSONField, CompressedJSONField)
# Written by the site itself, or of an alphabet that a validator keeps to.
MADE_BY_THE_SITE = {
    "articles.Article.body_html": "drawn from a cleaned text",
    "articles.Article.headings": "drawn from a cleaned text",
    "articles.Article.legacy_id": "a key of another system",
    "articles.Article.told_corrections": "a copy of cleaned rows",
    "articles.Revision.content": "a copy of cleaned fields",
    "articles.Revision.digest": "hexadecimal",
    "authors.Attempt.key": "hexadecimal",
    "authors.Attempt.times": "numbers",
    "authors.Author.legacy_id": "a key of another system",
    "authors.Author.look_alike_key": "letters and digits",
    "authors.Author.pseudonym_key": "letters and digits",
    "authors.User.password": "a hash",
    "comments.Comment.html": "drawn from a cleaned text",
    "comments.Comment.legacy_id": "a key of another system",
    "comments.Comment.path": "hexadecimal",
    "editing.Autosave.content": "goes back to the form of its owner, which cleans it",
    "editing.Autosave.place": "the name of a model and a number",
    "editing.Autosave.tab": "letters, digits and hyphens, checked",
    "editing.Presence.place": "the name of a model and a number",
    "editing.Presence.tab": "letters, digits and hyphens, checked",
    "finding.FoundRow.document": "letters and digits",
    "finding.SavedFilter.query": "percent-encoded",
    "finding.SavedFilter.rows": "the label of a model",
    "magazine.Starter.key": "a name in a file of the house",
    "magazine.UnsentText.fields": "cleaned on its way in, and again by the form that it fills",
    "outbox.Mail.body": "a template with cleaned texts in it, cleaned when it is asked for",
    "outbox.Mail.message_id": "made by the standard library",
    "pictures.Picture.digest": "a digest",
    "pictures.Picture.widths": "numbers",
    "readings.BannedNetwork.prefix": "a network, checked as one",
    "search.Medicine.key": "letters and digits",
    "search.SearchEntry.document": "letters and digits",
    "search.SearchWord.folded": "letters and digits",
    "search.SearchWord.shown": "words of cleaned texts",
    "sharing.SharePicture.digest": "hexadecimal",
    "taxonomy.Section.path": "slugs",
    "taxonomy.Tag.key": "letters, digits and signs",
}
HIDDEN = (forms.HiddenInput, forms.PasswordInput)
JUDGED_ELSEWHERE = {
    "BotTrapMixin.website_2": "must be empty",
    "SignupForm.pseudonym": "what is invisible in a name is refused",
    "ProfileForm.pseudonym": "what is invisible in a name is refused",
}


def texts():
    for model in apps.get_models():
        if model._meta.app_label in OURS:
            for field in model._meta.concrete_fields:
                is_text = isinstance(field, TEXTS) and not isinstance(field, models.SlugField)
                if is_text and not field.choices:
                    yield f"{model._meta.label}.{field.name}", field


def test_every_text_is_kept_in_a_field_that_cleans():
    loose = {name for name, field in texts() if not isinstance(field, CleaningMixin)}
    assert loose == set(MADE_BY_THE_SITE)


@pytest.mark.parametrize(("name", "field"), list(texts()), ids=str)
def test_a_field_that_cleans_lets_no_invisible_character_to_the_database(name, field):
    if isinstance(field, CleaningMixin):
        typed = "a\ufffeb\uffffc\x01d\ud83de\u202ef"
        assert field.get_prep_value(typed).replace("<p>", "").replace("</p>", "") == "abcdef"
        assert "\ufffe" not in field.to_python(typed)


def is_ours(kind):
    return kind.__module__.partition(".")[0] in OURS - {"demo"}


def forms_of_ours():
    for name in modules():
        if name.endswith(("forms", "form", "admin", "contact", "signup", "second_factor")):
            import_module(name)
    found, ahead = set(), [forms.BaseForm]
    while ahead:
        kind = ahead.pop()
        ahead += kind.__subclasses__()
        found |= {kind} if is_ours(kind) else set()
    return found


def loose_fields(kind):
    """Yield those that a form of ours has declared: what allauth asks for is its own."""
    for name, field in getattr(kind, "base_fields", {}).items():
        is_text = type(field) is forms.CharField or isinstance(field, forms.JSONField)
        if is_text and not isinstance(field.widget, HIDDEN):
            declared = [
                owner for owner in kind.__mro__ if name in getattr(owner, "base_fields", {})
            ]
            if is_ours(declared[-1]):
                yield f"{declared[-1].__name__}.{name}"


def test_every_text_in_a_form_is_cleaned_before_it_is_judged():
    found = {name for kind in forms_of_ours() for name in loose_fields(kind)}
    assert found == set(JUDGED_ELSEWHERE)
    assert {kind.__name__ for kind in forms_of_ours()} > {"CommentForm", "ContactForm"}


def test_admin_forms_clean_too(rf, admin_user):
    request = rf.get("/")
    request.user = admin_user
    loose = {
        f"{model._meta.label}.{name}"
        for model, site in admin.site._registry.items()
        if model._meta.app_label in OURS and site.has_change_permission(request)
        for name, field in site.get_form(request).base_fields.items()
        if type(field) is forms.CharField
    }
    assert {name for name in loose if name not in MADE_BY_THE_SITE} == set()


def test_text_of_nothing_but_invisible_characters_is_missing():
    for kind in CleanedInForm.__subclasses__():
        with pytest.raises(forms.ValidationError, match="obligatoire"):
            kind().clean("\u200b\uffff \x01")
