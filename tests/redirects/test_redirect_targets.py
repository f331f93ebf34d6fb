"""What a redirection leads to is stored as the site writes it, so that readers are led once."""

from urllib.parse import quote, unquote

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.models import Article
from comments.models import Comment
from lib.refused import Refused
from lib.web import living
from redirects import moving
from redirects.admin import doubts
from redirects.models import Redirect
from taxonomy import moving as sections
from taxonomy.models import Tag
from tests.factories import make_article, make_author, make_comment, make_section

PAGES = [
    "/",
    "/sante/",
    "/sante/sommeil/",
    "/sante/sommeil/feed/",
    "/sante/sommeil/article/{article}",
    "/sante/sommeil/article/{article}/reactions/",
    "/sante/sommeil/article/{article}/reactions/feed/atom/",
    "/sante/sommeil/article/{article}/signalement/",
    "/auteurs/",
    "/auteurs/alice-nemo/",
    "/auteurs/alice-nemo/feed/json/",
    "/auteurs/alice-nemo/reactions/",
    "/mots-cles/sante-publique/",
    "/mots-cles/sante-publique/feed/",
    "/a-propos/ecrire/",
    "/a-propos/contact/",
    "/les-plus-lus/",
    "/les-plus-lus/mois/",
    "/archives/",
    "/compte/login/",
    "/recherche",
    "/feed/",
    "/feed/atom/",
    "/sitemap.xml",
    "/robots.txt",
    "/healthz",
]
SPELLINGS = {
    "as it is": "{page}",
    "capitals": "{upper}",
    "capitals inside": "{title}",
    "no slash": "{bare}",
    "slash": "{bare}/",
    "slashes": "{bare}//",
    "full stop": "{bare}.",
    "comma": "{page},",
    "bracket": "{page})",
    "quotation mark": "{page}»",
    "straight quotation mark": '{bare}"',
    "encoded quotation mark": "{page}%C2%BB",
    "space": "{page}%20",
    "no-break space": "{bare}%C2%A0",
    "space and sign": "{bare} ;",
    "encoded letters": "{encoded}",
    "language": "/en{page}",
    "language and capitals": "/en{upper}",
    "host": "http://localhost{upper}",
}


@pytest.fixture
def pages(db):
    article = make_article(
        section=make_section("Sommeil", make_section("Santé")), title="L’an 2012 de la santé"
    )
    make_comment(article, make_author("Alice Némo", role="WRITER"))
    article.tags.set(Tag.objects.named(["Santé publique"]))
    return [page.format(article=f"{article.slug}-{article.pk}") for page in PAGES]


def spelt(page, way):
    bare = page.rstrip("/") or page
    encoded = "".join(c if c == "/" else f"%{ord(c):02X}" for c in page)
    return SPELLINGS[way].format(
        page=page, bare=bare, upper=page.upper(), title=page.title(), encoded=encoded
    )


def write(old, new, **more):
    """Save a redirection as the form does; None where that would refuse it."""
    redirect = Redirect(old_path=old, new_path=new, **more)
    redirect.full_clean()
    moving.settle(redirect)
    moving.keep(redirect)
    return Redirect.objects.get(pk=redirect.pk)


@pytest.mark.parametrize("way", SPELLINGS)
def test_target_that_is_forgiven_is_stored_as_its_page_and_led_to_once(client, pages, way):
    for n, page in enumerate(pages):
        typed = spelt(page, way)
        if typed.startswith("//"):
            continue  # another host
        redirect = write(f"/vieux-{n}/", typed)
        assert redirect.new_path == page, typed
        assert doubts(redirect) == []
        response = client.get(redirect.old_path)
        assert (response.status_code, response["location"]) == (301, page)


@pytest.mark.parametrize("language", ["", "/en"])
def test_pages_that_redirections_lead_to_answer_in_every_language(client, pages, language):
    for n, page in enumerate(pages):
        write(f"/vieux-{n}/", page)
        place = client.get(f"{language}/vieux-{n}/")["location"]
        assert place in {page, language + page}
        assert client.get(place).status_code in {200, 302}  # reactions lead to their article


@pytest.mark.parametrize("way", SPELLINGS)
def test_typed_query_and_fragment_stay_with_the_page_and_saving_twice_changes_nothing(pages, way):
    for n, page in enumerate(pages[1:]):
        redirect = write(f"/vieux-{n}/", spelt(page, way) + "?Tri=É&b=c+d#Bas")
        assert redirect.new_path == f"{page}?Tri=É&b=c+d#Bas"
        moving.settle(redirect)
        assert moving.keep(redirect) == 0
        redirect.refresh_from_db()
        assert (redirect.old_path, redirect.new_path) == (
            f"/vieux-{n}/",
            f"{page}?Tri=É&b=c+d#Bas",
        )


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("/Auteurs/Alice Némo", "/auteurs/alice-nemo/"),
        ("/Santé/Sommeil", "/sante/sommeil/"),
        ("/mots-cles/Santé publique", "/mots-cles/sante-publique/"),
        ("/contact/", "/a-propos/contact/"),
        ("/RECHERCHE/?q=toux", "/recherche?q=toux"),
        ("/rien/", "/rien/"),
        ("/Rien", "/Rien"),
    ],
)
def test_names_lead_to_their_page_and_unknown_targets_stay_as_typed(pages, typed, stored):
    assert write("/vieux/", typed).new_path == stored


def test_form_tells_the_page_it_found_and_has_no_doubt(editor, pages):
    sent = {"old_path": "/vieux/", "new_path": "/SANTE/Sommeil)"}
    page = editor.post("/admin/redirects/redirect/add/", sent, follow=True).content.decode()
    assert "« /vieux/ » → « /sante/sommeil/ »" in page
    assert "Aucune page ne vit" not in page


def test_target_that_is_the_old_address_by_another_name_is_refused(pages):
    for old, new in [
        ("/auteurs/alice-nemo/", "/auteurs/Alice Némo"),
        ("/a-propos/contact/", "/contact/"),
    ]:
        with pytest.raises(Refused, match="personne n’arriverait"):
            write(old, new)


ENDS = ["", "/", "//", ".", ",", ")", "»", " ", "\u00a0", "/.", ".html", " Bonjour", "%20", '"']


@pytest.mark.parametrize("end", ENDS)
def test_page_that_lives_is_not_hidden_by_a_redirection_at_a_forgiven_end(client, pages, end):
    make_section("Famille")
    for page in pages[1:]:
        if end in {".html", " Bonjour"} and not page[-1].isdigit():
            continue  # of an article alone, whose id decides
        redirect = write(page.rstrip("/").upper() + end, "/famille/")
        assert len(doubts(redirect)) == 1, redirect
        response = client.get(quote(page + end, safe="/%"))
        if response.status_code == 301:
            assert response["location"] == page
        redirect.delete()


def test_article_is_not_hidden_by_other_words_before_its_id(client, pages):
    article = Article.objects.get()
    for old in (f"/x/article/mots-{article.pk}", f"/y/article/{article.slug}-{article.pk}.html"):
        assert "Une page vit" in doubts(write(old, "/archives/"))[0]
        assert client.get(old)["location"] == article.get_absolute_url()


def test_written_address_of_another_site_counts_more_than_an_article_of_its_number(client, pages):
    article = Article.objects.get()
    for number, old in enumerate(
        [f"/actu/article/grippe-aviaire-{article.pk}.html", f"/article/{article.pk}-"]
    ):
        assert client.get(old)["location"] == article.get_absolute_url()
        assert doubts(write(old, "/archives/")) == []
        assert client.get(old)["location"] == "/archives/"
        assert write(f"/encore/{number}/", old).new_path == "/archives/"


def test_permalink_of_a_reaction_lives(client, pages):
    place = Comment.objects.get().get_absolute_url()
    assert doubts(write("/vieux/", place)) == []
    assert "Une page vit" in doubts(write(place, "/archives/"))[0]


@pytest.mark.parametrize("place", ["/admin/articles/article/1/", "/Admin/auth/group/2"])
def test_page_of_the_admin_is_told_to_be_none(client, pages, place):
    assert "Aucune page ne vit" in doubts(write("/vieux/", place))[0]
    assert doubts(write(place, "/archives/")) == []


def test_redirection_over_a_page_wakes_when_the_page_goes(client, pages):
    article = Article.objects.get()
    write(article.get_absolute_url(), "/archives/")
    Article.objects.update(status=Article.Status.DRAFT)
    for end in ("", "/", "."):
        assert client.get(article.get_absolute_url() + end)["location"] == "/archives/"


def test_redirections_to_a_page_that_lives_are_not_led_past_it(client, pages):
    write("/vieux/", "/sante/")
    moving.keep(Redirect(old_path="/sante/", new_path="/archives/", is_prefix=True))
    assert Redirect.objects.get(old_path="/vieux/").new_path == "/sante/"
    assert client.get("/vieux/")["location"] == "/sante/"


def test_moved_section_takes_along_what_leads_to_its_articles(client, pages):
    article = Article.objects.get()
    write("/vieux/", f"{article.get_absolute_url()}?a=1#reagir")
    sections.move(article.section.parent, parent=None, slug="bien-vivre")
    place = Article.objects.get().get_absolute_url()
    assert Redirect.objects.get(old_path="/vieux/").new_path == f"{place}?a=1#reagir"


def test_article_that_moved_since_is_led_to_once(client, pages):
    article = Article.objects.get()
    write("/vieux/", article.get_absolute_url())
    Article.objects.update(section=article.section.parent)
    assert client.get("/vieux/")["location"] == Article.objects.get().get_absolute_url()


def test_front_page_with_a_query_is_no_end_of_a_chain(client, pages):
    write("/?p=12", "/archives/")
    assert write("/vieux/", "/?p=12").new_path == "/archives/"
    write("/ancien/", "/?p=13")
    write("/?p=13", "/recherche")
    assert set(Redirect.objects.values_list("new_path", flat=True)) == {"/archives/", "/recherche"}


def test_address_that_grows_too_long_is_followed_when_asked(client, pages):
    query = "q=" + "x" * 285
    redirect = write("/vieux/", f"/CONTACT?{query}")
    assert len(redirect.new_path) <= 300
    assert client.get("/vieux/")["location"] == f"/a-propos/contact/?{query}"


def test_redirection_to_a_page_costs_three_queries(pages, django_assert_num_queries):
    write("/vieux/", "/sante/")
    with django_assert_num_queries(3):
        assert moving.new_path("/vieux/") == "/sante/"


SEGMENTS = ["a", "B", "b", "sante", "Santé", "sommeil", "auteurs", "alice-nemo", "Alice Némo", "é"]
paths = st.lists(st.sampled_from(SEGMENTS), max_size=3).map("/".join)
written = st.tuples(
    st.sampled_from(["/", "/en/"]),
    paths,
    st.sampled_from(["", "/", ".", ")", "/»"]),
    st.sampled_from(["", "?p=1", "?P=1&q=2", "?q=2", "#bas", "?p=1#bas"]),
).map("".join)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(written, written, st.booleans()), min_size=1, max_size=6))
def test_whatever_is_written_in_whatever_order_leads_once_or_nowhere(pages, rows):
    Redirect.objects.all().delete()
    for old, new, is_prefix in rows:
        try:
            write(old, new, is_prefix=is_prefix)
        except (Refused, ValidationError):
            continue
    for row in Redirect.objects.all():
        leads_once(row)
        stored = row.new_path
        moving.settle(row)
        assert row.new_path == stored


def leads_once(row):
    path, _sign, query = row.old_path.partition("?")
    if moving.sleeps(row):
        return
    end = moving.new_path(unquote(path), query)
    assert end is not None, row
    assert end == row.new_path
    path, _sign, query = end.partition("#")[0].partition("?")
    place = living.meant(unquote(path))
    if place and not (place == "/" and query):
        assert place == path, row
    else:
        assert moving.new_path(unquote(path), query) is None, row
