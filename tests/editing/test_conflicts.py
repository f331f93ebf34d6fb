"""Two editors, one text: the second sees what the first has changed, and chooses."""

import re
from html import unescape

import pytest

from articles.models import Article
from articles.revisions import versions
from care.models import CareCard
from magazine.models import SitePage, SiteSettings
from tests.articles.test_article_admin import form_of
from tests.factories import make_article, make_author, make_section

MARKS = re.compile(r'name="(as_opened|sources-as_opened)" value="([^"]*)"')
FIELD = re.compile(r'name="(keep-[^"]+)" value="([^"]*)"')


def opened(client, page):
    """Return what the hidden fields of the page hold."""
    return {name: unescape(value) for name, value in MARKS.findall(html_of(client.get(page)))}


def html_of(answer):
    return answer.content.decode()


def choices(answer):
    return [(name, unescape(value)) for name, value in FIELD.findall(html_of(answer))]


@pytest.fixture
def article(db):
    return make_article(published=False, title="Le titre", body="<p>Un texte.</p>")


@pytest.fixture
def page(article):
    return f"/admin/articles/article/{article.pk}/change/"


@pytest.fixture
def other(as_, db):
    return as_(make_author("Verveine", member=True, role="EDITOR"))


def sent(article, marks, **changes):
    base = {"title": article.title, "body": article.body, "interests": article.interests}
    return form_of(article, **{**base, "keywords": "", **changes}) | marks


def test_field_that_only_the_other_has_changed_is_shown_and_kept(editor, other, article, page):
    marks = opened(editor, page)
    other.post(page, sent(article, marks, title="Leur titre"))
    answer = editor.post(page, sent(article, marks, standfirst="Mon chapô."))
    html = html_of(answer)
    assert "enregistré ailleurs" in html
    assert "Enregistré par Verveine" in html
    assert 'value="Leur titre"' in html
    assert "Mon chapô." in html
    article.refresh_from_db()
    assert (article.title, article.standfirst) == ("Leur titre", "")
    again = {name: unescape(value) for name, value in MARKS.findall(html)}
    editor.post(page, sent(article, again, title="Leur titre", standfirst="Mon chapô."))
    article.refresh_from_db()
    assert (article.title, article.standfirst) == ("Leur titre", "Mon chapô.")


@pytest.mark.parametrize(("taken", "kept"), [(0, "<p>Le mien.</p>"), (1, "<p>Le leur.</p>")])
def test_field_that_both_have_changed_is_chosen(editor, other, article, page, taken, kept):
    marks = opened(editor, page)
    other.post(page, sent(article, marks, body="<p>Le leur.</p>"))
    mine = sent(article, marks, body="<p>Le mien.</p>")
    answer = editor.post(page, mine)
    assert "Le mien." in html_of(answer)
    assert "Le leur." in html_of(answer)
    again = {name: unescape(value) for name, value in MARKS.findall(html_of(answer))}
    unchosen = editor.post(page, mine | again)
    assert "lequel garder" in html_of(unchosen)
    article.refresh_from_db()
    assert article.body == "<p>Le leur.</p>"
    editor.post(page, mine | again | dict([choices(answer)[taken]]))
    article.refresh_from_db()
    assert article.body == kept


def test_choice_is_no_choice_for_a_later_text(editor, other, article, page):
    marks = opened(editor, page)
    other.post(page, sent(article, marks, body="<p>Le leur.</p>"))
    mine = sent(article, marks, body="<p>Le mien.</p>")
    answer = editor.post(page, mine)
    again = {name: unescape(value) for name, value in MARKS.findall(html_of(answer))}
    other.post(page, sent(article, opened(other, page), body="<p>Encore un autre.</p>"))
    late = editor.post(page, mine | again | dict([choices(answer)[0]]))
    assert "Encore un autre." in html_of(late)
    article.refresh_from_db()
    assert article.body == "<p>Encore un autre.</p>"


def test_every_field_is_guarded_not_the_text_alone(editor, other, article, page):
    marks = opened(editor, page)
    section, author = make_section("Ailleurs"), make_author("Un autre", role="WRITER")
    changed = {"section": section.pk, "author": author.pk, "is_help": "on", "keywords": "rhume"}
    other.post(page, sent(article, marks, **changed))
    html = html_of(editor.post(page, sent(article, marks, standfirst="Mon chapô.")))
    for label in ("Rubrique", "Auteur", "Article d’aide", "Mots-clés"):
        assert f"<legend>{label}</legend>" in html
    article.refresh_from_db()
    assert article.section == section
    assert article.is_help


def test_field_that_could_not_be_judged_is_judged_once_it_can(editor, other, article, page):
    marks = opened(editor, page)
    other.post(page, sent(article, marks, title="Leur titre", kicker="Leur surtitre"))
    answer = editor.post(page, sent(article, marks, title="", kicker="Mon surtitre"))
    again = {name: unescape(value) for name, value in MARKS.findall(html_of(answer))}
    mine = sent(article, again, title="Mon titre", kicker="Mon surtitre")
    late = editor.post(page, mine | dict([choices(answer)[0]]))
    assert "Leur titre" in html_of(late)
    article.refresh_from_db()
    assert article.title == "Leur titre"


def test_same_change_twice_is_no_conflict(editor, other, article, page):
    marks = opened(editor, page)
    for client in (other, editor):
        assert client.post(page, sent(article, marks, title="Le même")).status_code == 302


def test_working_version_of_a_published_text_is_guarded(editor, other, db):
    article = make_article(title="Le titre")
    page = f"/admin/articles/article/{article.pk}/change/"
    marks = opened(editor, page)
    other.post(page, sent(article, marks, title="Leur titre", slug=article.slug))
    answer = editor.post(page, sent(article, marks, title="Mon titre", slug=article.slug))
    assert "Leur titre" in html_of(answer)
    assert versions.latest(article).content["title"] == "Leur titre"


def test_sources_are_guarded(editor, other, article, page):
    marks = opened(editor, page)
    theirs = {"sources-TOTAL_FORMS": "1", "sources-0-title": "Leur livre"}
    mine = {"sources-TOTAL_FORMS": "1", "sources-0-title": "Mon livre"}
    other.post(page, sent(article, marks, **theirs))
    answer = editor.post(page, sent(article, marks, **mine))
    assert "Leur livre" in html_of(answer)
    assert "Mon livre" in html_of(answer)
    assert article.sources.get().title == "Leur livre"
    again = {name: unescape(value) for name, value in MARKS.findall(html_of(answer))}
    editor.post(page, sent(article, again, **mine))
    assert article.sources.get().title == "Mon livre"


def fields_of(client, page):
    """Return what the form of the page would send as it stands."""
    form = client.get(page).context["adminform"].form
    values = {name: form[name].value() for name in form.fields}
    kept = {name: value for name, value in values.items() if value}
    return {name: "on" if value is True else value for name, value in kept.items()}


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (lambda: SitePage.objects.first(), "title"),
        (lambda: SiteSettings.objects.get_or_create(pk=1)[0], "promise"),
        (lambda: CareCard.objects.first(), "know_text"),
    ],
)
def test_pages_settings_and_cards_are_guarded(editor, other, client, db, make, field):
    row = make()
    make_author("Verveine 2", member=True, role="EDITOR")
    page = f"/admin/{row._meta.app_label}/{row._meta.model_name}/{row.pk}/change/"
    before = fields_of(editor, page)
    other.post(page, {**before, field: "Le leur"})
    answer = editor.post(page, {**before, field: "Le mien"})
    assert answer.status_code == 200
    assert "lequel garder" in html_of(answer)
    row.refresh_from_db()
    assert getattr(row, field) == "Le leur"


def test_page_without_marks_is_judged_as_before(editor, article, page):
    editor.post(page, sent(article, {}, title="Sans marques"))
    assert Article.objects.get().title == "Sans marques"
