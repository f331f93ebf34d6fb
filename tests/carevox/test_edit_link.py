"""« Modifier » stands on a page of the site for who may change what it shows, for nobody else."""

import pytest

from lib.templatetags import edit_tags
from magazine.models import SitePage
from taxonomy.models import Tag
from tests.factories import make_article, make_author, make_section

LINK = 'class="button button--small" href="/admin/'


@pytest.fixture
def pages(db):
    section = make_section("Sommeil")
    alice = make_author("Alice", member=True, role="WRITER")
    article = make_article(section=section, author=alice)
    article.tags.set(Tag.objects.named(["nuit"]))
    tag, page = article.tags.get(), SitePage.objects.order_by("pk").first()
    return {
        article.get_absolute_url(): f"articles/article/{article.pk}/change/",
        page.get_absolute_url(): f"magazine/sitepage/{page.pk}/change/",
        alice.get_absolute_url(): f"authors/author/{alice.pk}/change/",
        section.get_absolute_url(): f"taxonomy/section/{section.pk}/change/",
        tag.get_absolute_url(): f"taxonomy/tag/{tag.pk}/change/",
        "/": "frontpage/frontpageslot/",
    }


def test_editor_reaches_each_form_in_one_click(editor, pages):
    for address, form in pages.items():
        answer = editor.get(address)
        assert f'href="/admin/{form}">Modifier</a>' in answer.content.decode(), address
        assert "private" in answer["Cache-Control"]
        assert editor.get(f"/admin/{form}").status_code == 200


@pytest.mark.parametrize("role", [None, "READER", "WRITER", "MODERATOR"])
def test_who_may_not_change_it_sees_no_link(as_, client, pages, role):
    client = as_(make_author("Denis", member=True, role=role)) if role else client
    assert [address for address in pages if LINK in client.get(address).content.decode()] == []


def test_page_of_a_visitor_is_the_same_to_the_byte_and_sets_no_cookie(client, pages, monkeypatch):
    shown = {address: client.get(address) for address in pages}
    monkeypatch.setattr(edit_tags, "_link", lambda *_args: "")
    without = {address: client.get(address) for address in pages}
    for address, answer in shown.items():
        assert answer.content == without[address].content, address
        assert not answer.cookies
        assert "Cookie" not in answer.get("Vary", "") or "Cookie" in without[address]["Vary"]
    monkeypatch.setattr(edit_tags, "_link", lambda *_args: "x")
    assert client.get("/").content != shown["/"].content  # the link is drawn on this very page


def test_link_of_the_english_site_leads_into_the_english_admin(editor, pages):
    author = next(address for address in pages if "auteurs" in address)
    assert 'href="/en/admin/authors/author/' in editor.get(f"/en{author}").content.decode()
