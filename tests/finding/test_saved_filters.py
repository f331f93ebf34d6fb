"""A person keeps a list as they filtered it, for themselves, and only its query."""

import pytest

from finding import saved
from finding.models import SavedFilter
from tests.factories import make_article, make_author

LIST = "/admin/articles/article/"


def keep(client, query="status__exact=DRAFT&q=sommeil&p=2", name="Mes brouillons"):
    return client.post(f"{LIST}?{query}", {"_keep_filter": name}, follow=True).content.decode()


def test_filter_is_kept_shown_and_forgotten(editor, bruno):
    assert "Le filtre « Mes brouillons » est gardé." in keep(editor)
    [kept] = SavedFilter.objects.all()
    assert (kept.owner, kept.rows) == (bruno.user, "articles.article")
    assert kept.query == "status__exact=DRAFT&q=sommeil"
    html = editor.get(LIST).content.decode()
    assert '<a href="?status__exact=DRAFT&amp;q=sommeil">Mes brouillons</a>' in html
    assert "Mes brouillons" not in editor.get("/admin/pictures/picture/").content.decode()
    editor.post(LIST, {"_forget_filter": str(kept.pk)})
    assert not SavedFilter.objects.exists()


def test_same_name_replaces(editor):
    keep(editor)
    keep(editor, query="q=autre")
    assert SavedFilter.objects.get().query == "q=autre"


def test_filter_is_its_owners_alone(editor, as_):
    keep(editor)
    other = as_(make_author("Zoé", member=True, role="EDITOR"))
    assert "Mes brouillons" not in other.get(LIST).content.decode()
    other.post(LIST, {"_forget_filter": str(SavedFilter.objects.get().pk)})
    assert SavedFilter.objects.exists()


@pytest.mark.parametrize("role", [None, "READER", "WRITER"])
def test_outsider_keeps_nothing(as_, client, db, role):
    client = as_(make_author("Denis", member=True, role=role)) if role else client
    client.post(f"{LIST}?q=x", {"_keep_filter": "x"})
    assert not SavedFilter.objects.exists()


def test_who_may_not_see_a_list_keeps_nothing_of_it(as_, db):
    moderator = as_(make_author("Verveine", member=True, role="MODERATOR"))
    answer = moderator.post("/admin/outbox/mail/?q=x", {"_keep_filter": "x"})
    assert answer.status_code == 403
    assert not SavedFilter.objects.exists()


@pytest.mark.parametrize(
    ("query", "name"), [("q=x", " "), ("", "x"), ("p=3", "x"), (f"q={'x' * 1001}", "x")]
)
def test_what_is_no_filter_is_refused_in_words(editor, query, name):
    html = keep(editor, query=query, name=name)
    assert 'class="error"' in html
    assert not SavedFilter.objects.exists()


def test_twenty_of_a_list_are_enough(editor, monkeypatch):
    monkeypatch.setattr(saved, "MOST", 2)
    for name in ("a", "b", "c"):
        html = keep(editor, name=name)
    assert "retirez-en un" in html
    assert SavedFilter.objects.count() == 2


@pytest.mark.parametrize("pk", ["x", "", "9" * 30, "-1", "\u0661"])
def test_what_names_no_filter_forgets_none(editor, pk):
    make_article()
    keep(editor)
    assert editor.post(LIST, {"_forget_filter": pk}).status_code == 302
    assert SavedFilter.objects.exists()


def test_name_and_query_are_shown_as_text(editor):
    keep(editor, query="q=%3Cb%3E", name="<script>")
    html = editor.get(LIST).content.decode()
    assert "<script>" not in html.split('class="saved"')[1].split("</div>")[0]
