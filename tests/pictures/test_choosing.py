"""The library as the editor's dialogs ask it: leafed through, sent to, twins told."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from pictures.models import Picture
from tests import picture_files as files
from tests.factories import image_bytes, make_article, make_picture

CHOICE, SENDING = "/admin/pictures/picture/choix/", "/admin/pictures/picture/envoi/"


def sent(data=None, **words):
    upload = SimpleUploadedFile("photo.jpg", data or image_bytes(), "image/jpeg")
    return {
        "upload": upload,
        "alt": "Un chat",
        "credit": "Photo : Alice",
        "licence": "CC0",
        **words,
    }


def test_library_is_leafed_through_without_a_gap(editor, monkeypatch):
    monkeypatch.setattr("pictures.choosing.PAGE", 2)
    made = [make_picture(alt=f"Image {n}") for n in range(5)]
    Picture.objects.filter(pk=made[0].pk).update(
        created_at=made[1].created_at - timedelta(seconds=1)
    )
    Picture.objects.filter(pk__in=[one.pk for one in made[2:]]).update(
        created_at=made[4].created_at
    )
    seen, more, after = [], True, {}
    while more:
        found = editor.get(CHOICE, after).json()
        seen += [row["id"] for row in found["pictures"]]
        more, after = found["more"], {"apres": seen[-1]}
    assert seen == [one.pk for one in reversed(made)]


def test_one_picture_is_asked_for_by_its_number(editor):
    make_picture()
    wanted = make_picture(alt="Un chat")
    found = editor.get(CHOICE, {"id": wanted.pk}).json()["pictures"]
    assert [(row["alt"], row["credit"], row["licence"]) for row in found] == [
        ("Un chat", "Photo : Alice", "CC BY 4.0")
    ]
    for odd in ("", "x", "²", "9" * 30):
        assert editor.get(CHOICE, {"id": odd}).json()["pictures"] == []
        assert len(editor.get(CHOICE, {"apres": odd}).json()["pictures"]) == 2


def test_a_sent_picture_enters_the_library_with_its_words(editor, bruno, at_once):
    answer = editor.post(SENDING, sent())
    assert answer.status_code == 201
    picture = Picture.objects.get()
    assert answer.json()["picture"]["src"] == f"/media/{picture.name}"
    assert (picture.alt, picture.credit, picture.licence) == ("Un chat", "Photo : Alice", "CC0")
    assert picture.uploaded_by == bruno.user
    assert picture.widths


def test_errors_are_told_field_by_field_and_nothing_is_kept(editor):
    answer = editor.post(SENDING, sent(b"no picture", credit="", licence="MINE"))
    assert answer.status_code == 422
    assert set(answer.json()["errors"]) == {"upload", "credit", "licence"}
    assert not Picture.objects.exists()


def test_a_twin_is_told_and_sent_only_if_asked_for(editor, at_once):
    first = editor.post(SENDING, sent()).json()["picture"]
    other_file = files.with_segment(image_bytes(), 0xE1, files.exif(1))
    answer = editor.post(SENDING, sent(other_file, alt="Le même"))
    assert answer.status_code == 422
    assert answer.json()["twin"]["id"] == first["id"]
    assert Picture.objects.count() == 1
    assert editor.post(SENDING, sent(anyway="1")).status_code == 201
    assert editor.post(SENDING, sent(image_bytes(910))).status_code == 201
    assert Picture.objects.count() == 3


def test_who_may_not_add_pictures_sends_none(as_, client, chloe, alice):
    for one in (client, as_(chloe), as_(alice)):
        assert one.post(SENDING, sent()).status_code in {302, 403}
    assert not Picture.objects.exists()


def test_sending_needs_the_token_of_the_form(bruno):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(bruno.user)
    assert strict.post(SENDING, sent()).status_code == 403


def test_licences_are_told_before(editor):
    assert editor.get(SENDING).json()["licences"][1] == ["CC_BY", "CC BY 4.0"]


def test_focus_is_within_the_picture(db):
    picture = make_picture()
    picture.focus_x = 101
    with pytest.raises(ValidationError):
        picture.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        picture.save()


def test_teaser_is_cropped_around_the_focus(client, editor):
    picture = make_picture()
    article = make_article(lead_image=picture)
    place = f"/admin/pictures/picture/{picture.pk}/change/"
    before = client.get(article.section.get_absolute_url()).content.decode()
    assert 'class="teaser__picture"' in before
    words = {"alt": picture.alt, "credit": picture.credit, "licence": picture.licence}
    answer = editor.post(place, words | {"focus_x": 12, "focus_y": 50})
    assert answer.status_code == 302
    after = client.get(article.section.get_absolute_url()).content.decode()
    assert 'class="teaser__picture focus-x-10"' in after


def test_lead_picture_is_a_field_that_works_without_scripts(editor):
    picture = make_picture()
    article = make_article(lead_image=picture)
    form = editor.get(f"/admin/articles/article/{article.pk}/change/").content.decode()
    assert f'data-library="{CHOICE}"' in form
    assert f'<option value="{picture.pk}" selected>' in form
    assert 'name="upload"' in form
