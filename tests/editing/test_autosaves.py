"""What is typed and not saved is kept for its writer, and for nobody else."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from authors.models import Author
from editing import autosaves
from editing.models import Autosave, Presence
from tests.articles.test_article_admin import form_of
from tests.factories import make_article, make_author

TAB, OTHER_TAB = "onglet-numero-1", "onglet-numero-2"
KEPT = "/admin/articles/article/garde/"
CONTENT = {"id_title": ["Un titre", ""]}


@pytest.fixture
def article(db):
    return make_article()


@pytest.fixture
def other(as_, db):
    return as_(make_author("Verveine", member=True, role="EDITOR"))


def address(number="", tab=TAB):
    return f"{KEPT}?number={number}&tab={tab}"


def send(client, sent, number="", tab=TAB):
    return client.post(address(number, tab), sent, content_type="application/json")


def close(tab=TAB):
    Presence.objects.filter(tab=tab).update(seen_at=timezone.now() - timedelta(minutes=5))


def kept(client, number="", tab=OTHER_TAB):
    return client.get(address(number, tab)).json()["kept"]


def test_kept_text_is_offered_to_its_writer_once_the_tab_is_gone(editor, article):
    assert send(editor, {"content": CONTENT}, article.pk).json()["kept_at"]
    assert kept(editor, article.pk) is None  # that tab is open
    close()
    assert kept(editor, article.pk)["content"] == CONTENT
    assert kept(editor, "") is None
    assert kept(editor, make_article().pk) is None


def test_nobody_else_reads_it(editor, other, article):
    send(editor, {"content": CONTENT}, article.pk)
    close()
    assert kept(other, article.pk) is None


def test_one_row_is_written_over(editor, article):
    for n in range(20):
        send(editor, {"content": {"id_title": [f"Titre {n}", ""]}}, article.pk)
    close()
    assert Autosave.objects.count() == 1
    assert kept(editor, article.pk)["content"]["id_title"][0] == "Titre 19"
    assert article.revisions.count() == 1


def test_tabs_of_one_text_keep_a_row_each_the_latest_three(editor, article):
    for n in range(5):
        send(editor, {"content": CONTENT}, article.pk, tab=f"onglet-numero-{n}")
    tabs = set(Autosave.objects.values_list("tab", flat=True))
    assert tabs == {f"onglet-numero-{n}" for n in (2, 3, 4)}


def test_new_text_is_offered_again(editor, db):
    send(editor, {"content": CONTENT, "leaves": True})
    assert kept(editor)["tab"] == TAB
    send(editor, {"forget": TAB}, tab=OTHER_TAB)
    assert kept(editor) is None


def test_saved_text_is_forgotten_and_does_not_come_back(editor, article):
    page = f"/admin/articles/article/{article.pk}/change/"
    send(editor, {"content": CONTENT}, article.pk)
    editor.post(page, form_of(article, slug=article.slug, draft=TAB))
    assert not Autosave.objects.exists()
    assert send(editor, {"content": CONTENT}, article.pk).json()["kept_at"] == ""  # came too late
    assert not Autosave.objects.exists()


def test_refused_form_keeps_it(editor, article):
    send(editor, {"content": CONTENT}, article.pk)
    page = f"/admin/articles/article/{article.pk}/change/"
    answer = editor.post(page, form_of(article, title="", draft=TAB))
    assert f'name="draft_former" value="{TAB}"' in answer.content.decode()
    again = editor.post(page, form_of(article, title="", draft="onglet-3", draft_former=TAB))
    assert f'value="onglet-3 {TAB}"' in again.content.decode()
    assert Autosave.objects.exists()
    former = f"onglet-3 {TAB}"
    sent = form_of(article, slug=article.slug, draft=OTHER_TAB, draft_former=former)
    editor.post(page, sent)
    assert not Autosave.objects.exists()


def test_text_that_came_after_the_save_is_not_offered(editor, article):
    page = f"/admin/articles/article/{article.pk}/change/"
    editor.post(page, form_of(article, slug=article.slug, draft=TAB))
    owner = Author.objects.get(pseudonym="Bruno").user
    place = f"articles.article:{article.pk}"
    Autosave.objects.create(owner=owner, place=place, tab=TAB, content=CONTENT)
    assert kept(editor, article.pk) is None


def test_half_a_sign_is_kept_as_it_came(editor, article):
    send(editor, '{"content": {"id_title": ["\\ud83d", ""]}, "leaves": true}', article.pk)
    assert kept(editor, article.pk)["content"]["id_title"][0] == "\ud83d"


@pytest.mark.parametrize("body", ["[" * 100_000, "", "[]", '"x"', '{"content": 3}', "{", "\x00"])
def test_what_is_no_text_is_refused(editor, article, body):
    answer = editor.post(address(article.pk), body, content_type="application/json")
    assert answer.status_code == 422
    assert "refused" in answer.json()


@pytest.mark.parametrize(
    ("number", "tab"), [("1", "x"), ("x", TAB), ("9" * 30, TAB), ("1", "é" * 10), ("", "")]
)
def test_odd_addresses_are_refused(editor, article, number, tab):
    assert editor.get(KEPT, {"number": number, "tab": tab}).status_code == 400


def test_text_without_end_is_refused(editor, article, monkeypatch):
    monkeypatch.setattr(autosaves, "LONGEST", 10)
    assert "trop long" in send(editor, {"content": CONTENT}, article.pk).json()["refused"]


def test_only_who_may_write_is_answered(as_, client, article):
    moderator = as_(make_author("Denis", member=True, role="MODERATOR"))
    assert moderator.get(address(article.pk)).status_code == 403
    assert send(moderator, {"content": CONTENT}, article.pk).status_code == 403
    assert client.get(address(article.pk)).status_code == 302
    assert not Autosave.objects.exists()


def test_sign_costs_the_same_however_many_are_there(editor, article):
    def queries():
        with CaptureQueriesContext(connection) as found:
            send(editor, {"content": CONTENT}, article.pk)
        return len(found)

    send(editor, {"content": CONTENT}, article.pk)
    before = queries()
    for n in range(5):
        member = make_author(f"Plume {n}", member=True, role="EDITOR").user
        Presence.objects.create(owner=member, place=f"articles.article:{article.pk}", tab=TAB)
    assert queries() == before


def test_old_texts_are_forgotten(editor, article):
    send(editor, {"content": CONTENT}, article.pk)
    call_command("forget_autosaves")
    assert Autosave.objects.exists()
    Autosave.objects.update(kept_at=timezone.now() - timedelta(days=31))
    close()
    call_command("forget_autosaves")
    assert not Autosave.objects.exists()
    assert not Presence.objects.exists()
