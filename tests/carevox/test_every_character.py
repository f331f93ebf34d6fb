"""Whatever characters people write, every feed and every sitemap can be read."""

import json
import sys
from uuid import uuid4
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import feedparser
import pytest
from django.utils import timezone

from articles.models import Article, Source
from authors.models import Author
from comments.models import Comment
from lib.web.honeypot import stamp
from magazine.models import SiteSettings
from taxonomy.models import Section, Tag
from tests.articles.test_article_admin import form_of
from tests.factories import make_article, make_author, make_comment, make_picture, make_section

EVERYTHING = "".join(map(chr, range(sys.maxunicode + 1)))
# those that some parser, database or reader stumbles over, between letters
ODD = "x".join(
    [
        *"\ufffe\uffff\ud800\udfff\ufdd0\U0001ffff\U0010fffe\x01\x0b\x85\u2028\u200b\u202e\ufeff\ufffc",
        *map(chr, range(0x20)),
        *map(chr, range(0x7F, 0xA1)),
        "<&>\"']]>",
    ]
)
GENTLE = ODD.replace("<", "").replace(">", "")
WORDS = "👩‍⚕️ ❤️ می‌خواهم क्‍ष"


def typed(size, start=""):
    return f"{start}{GENTLE}"[:size]


@pytest.fixture
def magazine(db):
    """Every text that readers see holds what no text should."""
    settings = SiteSettings.current()
    for name in ("name", "promise", "description", "logo_alt"):
        setattr(settings, name, typed(60, "CareVox "))
    settings.save()
    top = make_section(typed(80, "Santé "), slug="sante", description=GENTLE)
    picture = make_picture()
    picture.alt, picture.credit = typed(200, "Vue "), typed(100, "Alice ")
    picture.save()
    author = make_author(
        typed(60, "Alice "), role="WRITER", biography=GENTLE, credentials="\uffffA"
    )
    article = make_article(
        section=top,
        author=author,
        lead_image=picture,
        body=f"<h2>{escape(ODD)}</h2><p>{escape(ODD)} {WORDS}</p>",
        standfirst=GENTLE,
        **{
            name: typed(120, "Un titre ")
            for name in ("title", "kicker", "subtitle", "signature", "lead_caption")
        },
    )
    article.tags.set(Tag.objects.named([typed(100, "sel ")]))
    Source.objects.create(article=article, title=f"OMS {GENTLE}"[:300], url="https://a.fr/\uffffx")
    make_comment(article, author, text=f"Merci {ODD} {WORDS}")
    return article


def documents(article):
    tag, author = Tag.objects.get(), article.author
    feeds = [
        "/feed/",
        f"{article.section.get_absolute_url()}feed/",
        f"{author.get_absolute_url()}feed/",
    ]
    feeds += [f"{tag.get_absolute_url()}feed/", f"{article.get_absolute_url()}/reactions/feed/"]
    month = f"{timezone.localtime(article.published_at):/sitemaps/articles-%Y-%m.xml}"
    kinds = [f"/sitemaps/{name}.xml" for name in ("pages", "actualites", "auteurs", "mots-cles")]
    return feeds, ["/sitemap.xml", month, *kinds]


def read_all(client, article):
    feeds, sitemaps = documents(article)
    found = {}
    for address in [*feeds, *(f"{feed}atom/" for feed in feeds), *sitemaps]:
        response = client.get(address)
        assert response.status_code == 200, address
        found[address] = response.content
        ElementTree.fromstring(response.content)
        assert address in sitemaps or feedparser.parse(response.content).bozo == 0
    for feed in feeds:
        assert json.loads(client.get(f"{feed}json/").content)["items"]
    return found


def test_every_feed_and_sitemap_parses_whatever_was_typed(client, magazine):
    found = read_all(client, magazine)
    assert WORDS in found["/feed/"].decode()
    assert WORDS.split()[0] in found[f"{magazine.get_absolute_url()}/reactions/feed/"].decode()
    page = client.get(magazine.get_absolute_url()).content.decode()
    assert not set(page) & set("\ufffe\uffff\ufdd0\U0001ffff\x0b\x85\u202e")


def test_every_code_point_can_be_written(client, magazine):
    for start in range(0, len(EVERYTHING), 250_000):
        magazine.body = f"<p>{escape(EVERYTHING[start : start + 250_000])}</p>"
        magazine.save()
        ElementTree.fromstring(client.get("/feed/").content)


def test_nul_in_a_text_of_the_editor_is_removed_as_elsewhere(editor, db):
    article = make_article(published=False)
    form = {**form_of(article), "body": "<p>a\x00b</p>"}
    assert editor.post(f"/admin/articles/article/{article.pk}/change/", form).status_code == 302
    article.refresh_from_db()
    assert article.body == "<p>ab</p>"


def test_paths_around_save_are_closed_too(client, magazine):
    article = Article.objects.filter(pk=magazine.pk)
    article.update(title=f"Titre {GENTLE}"[:250], standfirst=ODD, body=f"<p>{escape(ODD)}</p>")
    Author.objects.update(pseudonym=typed(60, "Zoé "), biography=ODD)
    Section.objects.update(name=typed(80, "Santé "))
    Tag.objects.update(name=typed(100, "Sel "))
    Comment.objects.bulk_update([*Comment.objects.all()], ["text"])
    read_all(client, Article.objects.get())


@pytest.mark.parametrize("odd", ["Merci\uffff pour ce texte", "Bravo \ufffe fin", "a\x01\x0b\x85b"])
def test_reader_and_editor_type_it(client, as_, editor, magazine, odd):
    chloe = make_author("Chloé", member=True)
    address = magazine.get_absolute_url()
    reader = as_(chloe)
    sent = reader.post(
        f"{address}/reactions/",
        {
            "text": odd,
            "opened": stamp(),
            "website_2": "",
            "submission": uuid4(),
        },
    )
    assert sent.status_code == 303
    assert not set(Comment.objects.latest("pk").text) & set("\ufffe\uffff\x01\x0b\x85")
    profile = reader.post(
        "/compte/profil/", {"pseudonym": "Chloé", "biography": odd, "signature": odd}
    )
    assert profile.status_code == 303
    refused = reader.post("/compte/profil/", {"pseudonym": f"Chloé{odd}"})
    assert refused.status_code == 422
    found = client.get("/recherche", {"q": odd})
    assert found.status_code == 200
    assert not set(found.content.decode()) & set("\ufffe\uffff\x01\x0b\x85")
    read_all(client, magazine)
