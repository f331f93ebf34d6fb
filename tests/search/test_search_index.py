"""The index says what the articles say, whatever path changed them."""

import random
import string
from itertools import islice

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.urls import reverse

from articles import merging, publishing
from articles.models import Article
from articles.publishing.replacing import replace_live
from articles.revisions import versions
from authors.models import Author
from demo import bulk, content
from lib.french.mistakes import one_letter_away
from lib.french.stems import stem
from lib.french.words import tokens
from search import index
from search.models import SearchEntry, SearchWord
from search.query import Filters, parse_query
from search.results import find
from taxonomy import moving
from taxonomy.models import Tag
from tests.articles.test_article_admin import EMPTY_INLINES
from tests.factories import make_article, make_author, make_section

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_once")]


def found(text, **filters):
    return {item.article.pk for item in find(parse_query(text), Filters(**filters)).page.items}


@pytest.fixture(autouse=True)
def _index_is_right_in_the_end(db):
    yield
    assert not index.rebuild(check=True).any
    assert index.is_sound()


def test_only_published_articles_are_found():
    article = make_article(published=False, title="Le scorbut")
    assert found("scorbut") == set()
    publishing.publish(article, actor=None)
    assert found("scorbut") == {article.pk}
    publishing.withdraw(article, actor=None, reason="Erreur.")
    assert found("scorbut") == set()
    publishing.publish(article, actor=None)
    assert found("scorbut") == {article.pk}


def test_restored_version_is_what_is_found():
    article = make_article(title="Le scorbut")
    versions.record(article, actor=None)
    first = versions.latest(article)
    other = {**first.content, "title": "Le béribéri"}
    versions.record(article, actor=None, content=other)
    assert (found("scorbut"), found("béribéri")) == ({article.pk}, set())
    replace_live(article, kind="UPDATE", actor=None)
    assert (found("scorbut"), found("béribéri")) == (set(), {article.pk})
    versions.restore(article, first, actor=None)
    replace_live(article, kind="UPDATE", actor=None)
    assert (found("scorbut"), found("béribéri")) == ({article.pk}, set())


def test_deleted_article_and_its_author_leave_the_index():
    article = make_article(title="Le scorbut")
    article.delete()
    assert found("scorbut") == set()
    make_article(title="Le scorbut")
    Article.objects.all().delete()
    assert (found("scorbut"), SearchEntry.objects.count()) == (set(), 0)


def test_new_name_of_an_author_is_found():
    author = make_author("Quinquina", role="WRITER")
    article = make_article(author=author)
    author.refresh_from_db()
    assert found("quinquina") == {article.pk}
    author.pseudonym = "Belladone"
    author.save()
    assert (found("quinquina"), found("belladone"), found("", author="belladone")) == (
        set(),
        {article.pk},
        {article.pk},
    )
    other = make_author("Digitale", role="WRITER")
    publishing.reassign(article, author=other, actor=None)
    assert (found("belladone"), found("digitale")) == (set(), {article.pk})


def test_keyword_that_is_renamed_or_deleted_is_followed():
    articles = [make_article(published=False) for _n in range(3)]
    for article in articles:
        article.tags.set(Tag.objects.named(["scorbut"]))
        publishing.publish(article, actor=None)
    tag = Tag.objects.get()
    tag.name = "carence"
    tag.save()
    ids = {article.pk for article in articles}
    assert (found("scorbut"), found("carence"), found("", tag="carence")) == (set(), ids, ids)
    Tag.objects.all().delete()
    assert found("carence") == set()


def test_articles_of_a_merged_keyword_are_found_by_the_one_that_stays():
    scorbut, carence, other = tags = Tag.objects.named(["scorbut", "carence", "avitaminose"])
    articles = [make_article(published=False) for _n in range(4)]
    for article, own in zip(articles, [tags[:1], tags[:2], tags[1:], tags], strict=True):
        article.tags.set(own)
        publishing.publish(article, actor=None)
    merging.merge([carence, other], into=scorbut)
    ids = {article.pk for article in articles}
    assert found("scorbut") == found("", tag="scorbut") == ids
    assert found("carence") == found("avitaminose") == set()


def test_article_follows_its_section_and_the_section_may_move():
    top, other = make_section("Santé"), make_section("Autre")
    child = make_section("Sommeil", parent=top)
    article = make_article(section=child, title="Le scorbut")
    assert found("scorbut", sections=(top.pk, child.pk)) == {article.pk}
    moving.move(child, parent=other, slug="nuits")
    assert found("scorbut", sections=(other.pk, child.pk)) == {article.pk}
    assert found("scorbut", sections=(top.pk,)) == set()


def test_admin_form_keeps_the_index(as_, bruno):
    section, writer = make_section("Santé"), make_author("Quinquina", role="WRITER")
    page = reverse("admin:articles_article_add")
    client = as_(bruno)
    form = {
        "section": section.pk,
        "author": writer.pk,
        "title": "Le scorbut",
        "body": "<p>Un texte.</p>",
        "keywords": "marins",
        "interests": "UNSTATED",
        "comments_open": "on",
        "upload_licence": "ALL_RIGHTS",
        **EMPTY_INLINES,
    }
    client.post(page, {**form, "_publish": "1"})
    article = Article.objects.get()
    assert found("scorbut marins quinquina") == {article.pk}
    moved = make_section("Ailleurs")
    client.post(
        reverse("admin:articles_article_change", args=[article.pk]),
        {**form, "title": "Le béribéri", "keywords": "riz", "section": moved.pk},
    )
    assert found("scorbut marins", sections=(moved.pk,)) == {article.pk}
    assert found("béribéri") == set()
    replace_live(article, kind="UPDATE", actor=None)
    assert (found("scorbut"), found("béribéri riz", sections=(moved.pk,))) == (set(), {article.pk})


def test_bulk_site_and_demo_site_come_with_their_index():
    bulk.build(bulk.Size(articles=40, readers=10, comments=0, ratings=0), seed=1)
    content.make_magazine()
    assert SearchEntry.objects.count() == Article.objects.published().count() > 40
    assert found("armoire pharmacie")


def test_rebuild_finds_everything_that_is_published_and_only_that(capsys):
    kept, wrong, missing = (make_article(title=f"Le scorbut {n}") for n in range(3))
    draft = make_article(published=False)
    SearchEntry.objects.filter(article=missing).delete()
    SearchEntry.objects.filter(article=wrong).update(document="fall bautr")
    SearchEntry.objects.create(article=draft, key=5, document="fall bscorbut")
    SearchWord.objects.create(folded="oublie", shown="oublié")
    with pytest.raises(SystemExit):
        call_command("rebuild_search", "--check")
    assert "1 missing, 1 out of date, 1 too many" in capsys.readouterr().out
    call_command("rebuild_search")
    assert "3 articles, 1 added, 1 changed, 1 removed" in capsys.readouterr().out
    assert found("scorbut") == {kept.pk, wrong.pk, missing.pk}
    assert not SearchWord.objects.filter(pk="oublie").exists()
    call_command("rebuild_search", "--check")
    assert "0 missing, 0 out of date, 0 too many" in capsys.readouterr().out


def test_very_long_text_is_indexed_to_its_bound():
    letters = "bcdfghjklm"
    words = ["".join(letters[int(digit)] for digit in f"{n:05}") + "zor" for n in range(12_500)]
    article = make_article(title="Long", body=f"<p>{' '.join(words)} {'scorbut ' * 300} fin</p>")
    assert (
        found(words[0])
        == found(words[11_000])
        == found(f'"{words[5000]} {words[5001]}"')
        == {article.pk}
    )
    assert found("scorbut") == set(), "beyond 12,000 words"


def test_same_word_hundreds_of_times_is_no_trouble():
    article = make_article(body=f"<p>{'scorbut ' * 3000} marins {'scorbut ' * 30}</p>")
    assert found('"scorbut scorbut"') == found("scorbut marins") == {article.pk}


def hostile():
    chance = random.Random(20261125)
    alphabet = [
        *string.printable,
        *"éœ’«»“”−*\"'()[]{}^~:;|&!<>\\%_-+",
        "\x00",
        "\u202e",
        "\ufeff",
        "\U0001f48a",
        "́",
        "ﷺ",
        "中",
    ]
    syntax = [
        "AND",
        "OR",
        "NOT",
        "NEAR(",
        "title:",
        "b*",
        '"',
        "-",
        "<->",
        ":*",
        "!",
        "&",
        "|",
        "'",
        "::tsquery",
        "--",
        ";",
        "$$",
        "\\'",
        ".*",
        "(?:",
        "%s",
        "{{ 7*7 }}",
    ]
    yield from [
        '"',
        '""',
        '"' * 199,
        "-",
        "- -",
        '-"',
        "«",
        "»«",
        "*",
        "^",
        "()",
        "\x00",
        "\x00scorbut\x00",
        "%",
        "a" * 10_000,
        "é" * 1_000_000,
        "-" * 500,
    ]
    for _n in range(1000):
        parts = [
            chance.choice(syntax)
            if chance.random() < 0.4
            else "".join(chance.choices(alphabet, k=chance.randint(0, 12)))
            for _part in range(chance.randint(1, 9))
        ]
        yield chance.choice(["", " "]).join(parts)


@pytest.mark.untraced
@pytest.mark.parametrize("part", range(8))
def test_any_string_gives_a_page(client, part):
    make_article(title="Le scorbut")
    for n, text in islice(enumerate(hostile()), part, None, 8):
        ask = {"headers": {"X-Requested-With": "suggestions"}} if n // 8 % 4 == 0 else {}
        assert client.get("/recherche", {"q": text}, **ask).status_code == 200, text
        cache.clear()


def test_bytes_that_are_no_text_give_a_page(client):
    for query in (
        "q=%ff%fe",
        "q=%ed%a0%80",
        "q=%00",
        "q",
        "q=&q=x",
        "q[]=1",
        "q=%F0%9F",
        "rubrique=%ff&mot=%00&auteur=%ed%a0%80&du=%00",
    ):
        assert client.get(f"/recherche?{query}").status_code == 200, query
    assert parse_query("\ud800scorbut\udfff").required == ((("scorbut",),),)


def test_tokens_are_letters_that_no_database_reads_otherwise():
    text = (
        "1e5 0x1f 12:30 e-santé www.example.org a@b.fr 3,5 µg H₂O Ωμέγα 中文 ½ ﬁèvre "
        "5'-AMP C++ l’eau"
    )
    assert all(
        token.isascii() and token.isalnum() and token == token.lower() for token in tokens(text)
    )
    article = make_article(title=text)
    for word in text.split():
        if tokens(word):
            assert found(word) == {article.pk}, word


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("soigner", "soignent"),
        ("opérée", "opérer"),
        ("infirmière", "infirmiers"),
        ("pharmacien", "pharmacies"),
        ("respirent", "respiration"),
        ("yeux", "oeil"),
    ],
)
def test_forms_of_a_word_meet(one, other):
    assert tokens(one) == tokens(other)


def test_nouns_keep_their_endings():
    assert len(
        {stem(word) for word in ("patient", "patience", "accident", "urgent", "parent")}
    ) == 5 - (stem("patient") == stem("patience"))
    assert stem("patients") == stem("patient")


def test_one_letter_away_goes_both_ways():
    for near in ("grppe", "grippee", "grispe", "girppe"):
        assert "grippe" in one_letter_away(near)
    assert "grippe" not in one_letter_away("grippe")


def test_profile_saved_without_a_new_name_costs_little(django_assert_max_num_queries):
    author = make_author("Quinquina", role="WRITER")
    for _n in range(5):
        make_article(author=author)
    author = Author.objects.get(pk=author.pk)
    with django_assert_max_num_queries(10):
        author.biography = "Une vie."
        author.save()
