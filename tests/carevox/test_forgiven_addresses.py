"""An address that was copied with something around it, or typed in capitals, leads on."""

import random
from urllib.parse import quote

import pytest

from articles.models import Article
from carevox.forgiving import page_meant
from taxonomy.models import Tag
from tests.factories import make_article, make_author, make_comment, make_section

ENDS = [
    "/",
    ".",
    ",",
    ")",
    ";",
    ":",
    "!",
    "?",
    "'",
    '"',
    "’",
    "«",
    "»",
    "“",
    "”",
    "›",
    " ",
    "\u00a0",
    "\u202f",
    "\u200b",
    "\n",
    "\r\n",
    "\t",
    "]",
    "}",
    ">",
    "<",
    "*",
    "_",
    "-",
    "…",
    "\\",
    "|",
    "&",
    "#",
    "%",
    "%20",
    "\ufeff",
    "�",
    "&nbsp;",
    "&quot;",
    '">',
    "</a>",
    "/.",
    "//",
    " Bonjour",
    ").Suite",
    ".html",
    "/index.html",
    "/amp/",
    "/inconnu",
    "/note/.",
    '"rel="nofollow',
]


@pytest.fixture
def article(db):
    section = make_section("Sommeil", parent=make_section("Santé"))
    return make_article(section=section, title="L’an 2012 de la santé")


def leads(client, path, query=""):
    response = client.get(quote(path, safe="/") + query)
    assert response.status_code == 301, (path, response.status_code)
    return response["location"]


def test_whatever_follows_an_article_leads_to_it(client, article):
    for end in ENDS:
        assert leads(client, article.get_absolute_url() + end) == article.get_absolute_url(), end


def test_several_ends_together_lead_to_the_article_too(client, article):
    chance = random.Random(2012)
    for _turn in range(50):
        end = "".join(chance.choices(ENDS, k=chance.randint(2, 4)))
        assert leads(client, article.get_absolute_url() + end) == article.get_absolute_url(), end


@pytest.mark.parametrize(
    "path",
    [
        "/SANTE/SOMMEIL/ARTICLE/L-AN-2012-DE-LA-SANTE-{id}",
        "/Sante/Sommeil/article/{slug}-{id}",
        "/santé/article/{slug}-{id}",
        "/sante//sommeil//article//{slug}-{id}",
        "/sante/sommeil/article/«{slug}-{id}»",
        "/sante/'sommeil'/article/{slug}-{id}",
        "/ sante/sommeil/ article/{slug}-{id}",
        "/sante/sommeil/article/{slug}- {id}",
        "/sante/sommeil/article/{slug}-\n{id}",
        "/sante/sommeil/article/l’an 2012, de la santé-{id}",
        "/sante/sommeil/article/{id})",
        "/article/{slug}-{id}",
        "/(sante/sommeil/article/{slug}-{id})",
        "/sante/sommeil/article/{slug}%2D{id}",
        "/sante/sommeil/article/{slug}-{id}Bonjour",
        "/sante/sommeil/article/{slug}-{id}%C2%A0",
    ],
)
def test_damage_inside_the_address_of_an_article_is_forgiven(client, article, path):
    asked = path.format(id=article.pk, slug=article.slug)
    assert leads(client, asked) == article.get_absolute_url()


@pytest.mark.parametrize(
    "path",
    [
        "/sante/sommeil/article/l-an-{id}-de-la",  # cut before its id: the number is a word
        "/sante/sommeil/article/{slug}-{id}0",
        "/sante/sommeil/article/{slug}-{id}0).",
        "/sante/sommeil/article/{slug}-99999999999999999999).",
        "/sante/sommeil/article/).",
        "/sante/sommeil/{slug}-{id})",
        "/" + "a" * 3000 + "/article/x-{id}).",
        "/rien)",
        "/Rien/",
        "/auteurs/Personne/",
        "/auteurs/日本/",
        "/sante/Здоровье",
        "/mots-cles/Rien/",
        "/sante/Rien/",
    ],
)
def test_what_names_no_page_stays_unknown(client, article, path):
    response = client.get(quote(path.format(id=article.pk, slug=article.slug), safe="/"))
    while response.status_code == 301:  # no more than the slash at the end
        assert response["location"].rstrip("/").endswith(path.rstrip("/")[-5:])
        response = client.get(response["location"])
    assert response.status_code == 404


def test_article_that_is_not_published_is_not_led_to(client, article):
    draft = make_article(published=False, section=article.section)
    assert client.get(f"/sante/article/x-{draft.pk}).").status_code == 404
    Article.objects.filter(pk=article.pk).update(status=Article.Status.WITHDRAWN)
    assert leads(client, f"/x/article/y-{article.pk}).") == article.get_absolute_url()
    assert client.get(article.get_absolute_url()).status_code == 410


def test_query_is_kept_and_one_that_was_written_as_text_is_read(client, article):
    place = article.get_absolute_url()
    assert leads(client, place + ")", "?reactions=2&utm_source=x") == (
        f"{place}?reactions=2&utm_source=x"
    )
    assert leads(client, place + "?reactions=2") == f"{place}?reactions=2"
    assert leads(client, place + "?reactions=2#r3") == f"{place}?reactions=2#r3"
    assert leads(client, place + "#reagir") == f"{place}#reagir"
    assert leads(client, place + "?x=//evil.example)") == place


@pytest.mark.parametrize(
    ("end", "page"),
    [
        ("/reactions/feed/)", "/reactions/feed/"),
        ("/Reactions/Feed", "/reactions/feed/"),
        ("/reactions/feed/atom/.", "/reactions/feed/atom/"),
        ("./reactions/feed/", "/reactions/feed/"),
        ("/reactions/ ", "/reactions/"),
        ("/signalement/»", "/signalement/"),
        ("/SIGNALEMENT", "/signalement/"),
    ],
)
def test_pages_below_an_article_forgive_too(client, article, end, page):
    assert leads(client, article.get_absolute_url() + end) == article.get_absolute_url() + page


@pytest.mark.parametrize(
    "path",
    [
        "/Admin/articles/article/1/",
        "/ADMIN/articles/article/12",
        "/en/Admin/auth/group/2",
        "/ADMIN/AUTHORS/USER/1/PASSWORD/)",
        "/admin/articles/article/9999999999999999999/",
        "/admin/auth/group/2/%0A",
        "/admin/nulle/part",
    ],
)
def test_no_article_is_guessed_inside_the_admin(client, editor, article, path):
    for person in (client, editor):
        answer = person.get(path)
        assert answer.status_code in {302, 404}
        assert "/admin/" in answer.headers.get("Location", "/admin/")


@pytest.fixture
def magazine(article):
    alice = make_author("Alice Némo", role="WRITER")
    make_comment(article, alice)
    article.tags.set(Tag.objects.named(["Santé publique"]))
    return article


PAGES = [
    "/sante/",
    "/sante/sommeil/",
    "/sante/sommeil/feed/",
    "/auteurs/alice-nemo/",
    "/auteurs/alice-nemo/feed/",
    "/auteurs/alice-nemo/reactions/",
    "/auteurs/",
    "/mots-cles/sante-publique/",
    "/mots-cles/sante-publique/feed/json/",
    "/a-propos/ecrire/",
    "/a-propos/contact/",
    "/les-plus-lus/",
    "/les-plus-lus/mois/",
    "/archives/",
    "/compte/login/",
    "/recherche",
    "/feed/",
]


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_capitals_a_missing_slash_and_ends_lead_to_every_kind_of_page(client, magazine, prefix):
    for page in PAGES if prefix == "" else PAGES[::4]:
        assert client.get(prefix + page).status_code == 200
        is_forgiven(client, prefix + page)


def is_forgiven(client, page):
    bare = page.rstrip("/")
    for asked in (
        bare.upper(),
        bare.title() + "/",
        "/".join([*bare.split("/")[:-1], bare.split("/")[-1].upper()]) + page[len(bare) :],
        bare + ")",
        bare + " .",
        f"{page}»",
        f"{page}//",
    ):
        assert leads(client, asked) == page, asked
    assert leads(client, bare.title(), "?apres=x&q=a+b") == f"{page}?apres=x&q=a+b"
    if bare != page:
        assert leads(client, bare) == page


@pytest.mark.parametrize(
    ("asked", "page"),
    [
        ("/Auteurs/Alice Némo", "/auteurs/alice-nemo/"),
        ("/mots-cles/Santé_publique/", "/mots-cles/sante-publique/"),
        ("/Santé/Sommeil/", "/sante/sommeil/"),
        ("/%53ant%C3%A9/", "/sante/"),
        ("/Contact", "/a-propos/contact/"),
        ("/RECHERCHE/", "/recherche"),
        ("/Admin", "/admin/"),
        ("/Favicon.ICO)", "/favicon.ico"),
        ("/)", "/"),
        ("/ », ", "/"),
        ("/en/)", "/en/"),
    ],
)
def test_accents_and_spaces_lead_to_the_page_that_is_meant(client, magazine, asked, page):
    assert leads(client, asked) == page


@pytest.mark.parametrize(
    ("asked", "page"),
    [
        ("groupe A+", "groupe-a-plus"),
        ("Groupe a+/", "groupe-a-plus"),
        ("groupe A+)", "groupe-a-plus"),
        ("groupe A-", "groupe-a-moins"),
        ("groupe A−/", "groupe-a-moins"),
        ("groupe A", "groupe-a"),
        ("groupe A.", "groupe-a"),
        ("Rh (-)/", "rh-moins"),
        ("groupe A+/Feed", "groupe-a-plus/feed"),
        ("Groupe+A", "groupe-a"),
        ("groupe-a-", "groupe-a-moins"),
        ("santé+", "sante"),
        ("santé -", "sante"),
    ],
)
def test_name_of_a_keyword_leads_to_it_with_its_signs(client, db, asked, page):
    Tag.objects.named(["groupe A", "groupe A+", "groupe A-", "Rh (-)", "Santé"])
    assert leads(client, f"/mots-cles/{asked}") == f"/mots-cles/{page}/"


def test_every_keyword_is_found_by_its_name(client, db):
    names = ["Vitamine B12+", "-18 ans", "COVID-19", "Œil & vue", "C++", "y" * 75 + " zone + loin"]
    for tag in Tag.objects.named(names):
        assert leads(client, f"/mots-cles/{tag.name}/") == tag.get_absolute_url()


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_only_reading_is_led_on(client, article, method):
    response = getattr(client, method)(article.get_absolute_url() + ")")
    assert response.status_code == 404


def test_no_damage_leads_to_another_host(client, article):
    for path in (
        f"//evil.example/article/x-{article.pk}).",
        "/\\evil.example/sante/sommeil/",
        "//Sante/sommeil",
        "///SANTE/",
    ):
        response = client.get("http://testserver" + quote(path, safe="/"))
        if response.status_code == 301:
            assert response["location"].startswith(("/sante/", "http://testserver/"))


def test_page_that_answers_pays_nothing(client, magazine, django_assert_max_num_queries):
    client.get("/sante/")
    with django_assert_max_num_queries(6):
        assert client.get("/sante/").status_code == 200
    with django_assert_max_num_queries(4):  # three of the 404, the article
        assert leads(client, magazine.get_absolute_url() + ").")


@pytest.mark.parametrize(
    ("asked", "most"),
    [
        ("{article}).", 1),
        ("{article}/Reactions/Feed", 2),
        ("/Sante/Sommeil", 1),
        ("/auteurs/Alice Némo", 1),
        ("/Auteurs/Alice-Nemo/Feed/", 1),
        ("/mots-cles/Santé-publique)", 1),
        ("/Sitemap.xml", 1),
        ("/x/article/A_b+-999", 6),
        ("/x/article/A_b+-999/reactions/", 6),
        ("/mots-cles/A+ b_c/", 6),
    ],
)
def test_page_that_is_meant_is_found_by_few_queries(
    magazine, django_assert_max_num_queries, asked, most
):
    with django_assert_max_num_queries(most):
        assert bool(page_meant(asked.format(article=magazine.get_absolute_url()))) == (most < 6)
