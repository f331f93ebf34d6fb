"""Links to our own articles are kept by number: they follow moves and tell of withdrawals."""

import pytest
from django.utils import translation

from articles import publishing
from articles.models import Article, TextLink
from articles.rendering import render
from articles.rendering.links import linked_ids
from articles.rerender import derive
from taxonomy import moving
from tests.factories import make_article, make_section

CHOICE = "/admin/articles/article/liens/"


def link_to(target, words="là", fragment=""):
    return f'<p>Voir <a href="/article/{target.pk}{fragment}">{words}</a></p>'


def test_page_shows_the_address_itself_and_readers_pay_no_redirect(client, db):
    target = make_article(title="Lire une notice")
    article = make_article(body=link_to(target, fragment="#s-effets"))
    assert article.body == (
        f'<p>Voir <a href="/article/{target.pk}#s-effets" rel="noopener">là</a></p>'
    )
    assert f'href="{target.get_absolute_url()}#s-effets"' in article.body_html
    assert client.get(target.get_absolute_url()).status_code == 200


def test_number_alone_leads_to_the_address_in_each_language(client, db):
    target = make_article()
    for start in ("", "/en"):
        answer = client.get(f"{start}/article/{target.pk}")
        assert answer.status_code == 301
        with translation.override("en" if start else "fr"):
            assert answer["Location"] == target.get_absolute_url()
    assert client.get("/article/999999").status_code == 404


def test_address_is_that_of_the_site_whatever_the_language_of_the_editor(db):
    target = make_article()
    with translation.override("en"):
        article = make_article(body=link_to(target))
    assert f'href="{target.get_absolute_url()}"' in article.body_html
    assert "/en/" not in article.body_html


def test_link_to_what_readers_never_had_leaves_the_words_until_it_is_published(
    db, bruno, django_capture_on_commit_callbacks
):
    target = make_article(published=False)
    article = make_article(body=link_to(target, "ce texte"))
    assert "ce texte</p>" in article.body_html
    with django_capture_on_commit_callbacks(execute=True):
        publishing.publish(target, actor=bruno.user)
    article.refresh_from_db()
    assert f'<a href="{target.get_absolute_url()}" rel="noopener">ce texte</a>' in article.body_html


def test_link_follows_a_move(editor, db, django_capture_on_commit_callbacks, bruno):
    target = make_article()
    article = make_article(body=link_to(target))
    former = Article.objects.get(pk=target.pk)
    target.section = make_section("Ailleurs")
    target.save()
    with django_capture_on_commit_callbacks(execute=True):
        publishing.log_place(target, former=former, actor=bruno.user)
    article.refresh_from_db()
    assert "/ailleurs/article/" in article.body_html


def test_link_follows_a_section_by_a_redirect_and_by_render_texts(client, db):
    section = make_section("Avant")
    target = make_article(section=section)
    article = make_article(body=link_to(target))
    old = target.get_absolute_url()
    moving.move(section, parent=None, slug="apres")
    assert client.get(f"/article/{target.pk}")["Location"].startswith("/apres/")
    assert client.get(old).status_code == 301
    assert derive(article)
    assert 'href="/apres/article/' in article.body_html


def test_links_are_known_by_number_once(db):
    first, second = make_article(), make_article()
    article = make_article(body=link_to(first) + link_to(first) + link_to(second))
    assert {link.target_id for link in TextLink.objects.all()} == {first.pk, second.pk}
    article.body = link_to(second)
    article.save()
    assert [link.target_id for link in TextLink.objects.all()] == [second.pk]
    assert linked_ids('<p>href="/article/5"</p><p><a href="/article/0">a</a></p>') == []


def test_link_to_a_deleted_draft_leaves_the_words(db):
    target = make_article(published=False)
    article = make_article(body=link_to(target, "ce texte"))
    target.delete()
    assert not TextLink.objects.exists()
    derive(article)
    assert "ce texte</p>" in article.body_html


def test_twice_the_links_cost_one_query(db, django_assert_num_queries):
    body = "".join(link_to(make_article()) for _ in range(6))
    article = make_article()
    article.body = body
    with django_assert_num_queries(1):
        article.render_body()


def test_editor_is_told_of_a_withdrawn_target(editor, bruno):
    target = make_article(title="Un remède")
    article = make_article(body=link_to(target))
    form = f"/admin/articles/article/{article.pk}/change/"
    assert "article retiré" not in editor.get(form).content.decode()
    publishing.withdraw(target, actor=bruno.user, reason="Faux")
    page = editor.get(form).content.decode()
    assert "Ce texte renvoie à un article retiré : « Un remède »." in page


def test_articles_are_found_without_accents_and_those_of_readers_first(editor):
    draft = make_article(title="Le médicament générique", published=False)
    public = make_article(title="Médicaments et conduite : le médicament qui endort")
    found = editor.get(CHOICE, {"q": "medicament"}).json()
    assert [row["href"] for row in found["articles"]] == [
        f"/article/{public.pk}",
        f"/article/{draft.pk}",
    ]
    assert [row["published"] for row in found["articles"]] == [True, False]
    assert found["said"] == "2 articles"
    assert "en rédaction" in found["articles"][1]["said"]


@pytest.mark.parametrize("asked", ["rien-de-tel-ici", "…", "#9999999", "#x", "#" + "9" * 30])
def test_no_article_is_found_where_there_is_none(editor, asked):
    make_article()
    assert editor.get(CHOICE, {"q": asked}).json() == {"articles": [], "said": "Aucun article"}


def test_an_article_is_found_by_its_number(editor):
    article = make_article()
    assert editor.get(CHOICE, {"q": f"#{article.pk}"}).json()["articles"][0]["title"] == str(
        article
    )


def test_choice_of_articles_is_for_the_admin_and_bounded_in_queries(
    client, editor, django_assert_max_num_queries
):
    for _ in range(20):
        make_article(title="Une notice")
    with django_assert_max_num_queries(6):
        assert len(editor.get(CHOICE, {"q": "notice"}).json()["articles"]) == 8
    assert len(editor.get(CHOICE).json()["articles"]) == 8


def test_readers_do_not_see_the_choice(client, db):
    assert client.get(CHOICE).status_code == 302


def test_render_without_addresses_leads_nowhere():
    assert render('<p><a href="/article/3">x</a></p>', {}).html == "<p>x</p>"
