"""What the search boxes of the admin find, and that they follow what is saved."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import merging, publishing
from articles.models import Article
from authors.models import Author, User
from comments import posting
from comments.models import Comment
from finding import index
from finding.models import FoundRow
from taxonomy.models import Tag
from tests.factories import make_article, make_author, make_comment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_once")]


def listed(client, model, text, **parameters):
    answer = client.get(f"/admin/{model}/", {"q": text, **parameters})
    assert answer.status_code == 200
    return {row.pk for row in answer.context["cl"].result_list}


@pytest.mark.parametrize(
    ("pseudonym", "asked"),
    [
        ("Plume-d'Oie", "plume d’oie"),
        ("Plume-d'Oie", "PLUME-D'OIE"),
        ("Plume-d'Oie", "oie"),
        ("Plume-d'Oie", "plumedoie"),
        ("Brin d’Avoine", "avoine brin"),
        ("Élève Noël", "eleve noel"),
        ("Élève Noël", "noël"),
        ("Cœur", "coeur"),
        ("Coeur", "cœur"),
        ("Moi", "moi"),
        ("Li", "li"),
        ("李伟", "李伟"),
        ("李伟", "李"),
        ("Dr Sauge", "sau"),
        ("Médecine-2.0", "medecine 2"),
        ("L’Une et l’Autre", "l’une et l’autre"),
    ],
)
def test_author_is_found_by_any_word_without_accents_or_apostrophes(editor, pseudonym, asked):
    author = make_author(pseudonym)
    make_author("Denis Quelconque")
    assert listed(editor, "authors/author", asked) == {author.pk}


def test_account_is_found_by_its_address_and_by_its_pseudonym(admin_client):
    editor = admin_client
    user = make_author("Brin d’Avoine", member=True).user
    assert listed(editor, "authors/user", "d'avoine") == {user.pk}
    assert listed(editor, "authors/user", user.email[:6].upper()) == {user.pk}
    assert listed(editor, "authors/user", user.email) == {user.pk}
    assert listed(editor, "authors/user", "???") == set()


@pytest.mark.parametrize("published", [True, False])
@pytest.mark.parametrize(
    "asked",
    [
        "l'hopital",
        "hôpitaux",
        "carnet",
        "pollens : mon carnet de printemps",
        "polle",
        "tilleul menthe",
        "allergie",
        "chapeau",
        "hôpital tilleul",
    ],
)
def test_article_in_any_state_is_found_by_the_words_of_the_public_index(editor, published, asked):
    article = make_article(
        title="Pollens : mon carnet de printemps",
        standfirst="Un chapeau.",
        body="<p>À l’<strong>hôpital</strong>, on m’a dit.</p>",
        author=make_author("Tilleul-Menthe"),
        published=published,
    )
    article.tags.set(Tag.objects.named(["allergies"]))
    make_article(title="Autre chose", published=published)
    assert listed(editor, "articles/article", asked) == {article.pk}
    state = "PUBLISHED" if published else "DRAFT"
    assert listed(editor, "articles/article", asked, status__exact=state) == {article.pk}
    assert listed(editor, "articles/article", asked, status__exact="WITHDRAWN") == set()


def test_article_is_found_by_the_number_of_its_address(editor):
    article = make_article(title="Un titre")
    make_article(title="Un titre")
    assert article.pk in listed(editor, "articles/article", f"{article.pk}")


def test_reaction_is_found_by_its_text_and_by_its_author(editor):
    article = make_article()
    plume = make_author("Plume-d'Oie")
    by_name = make_comment(article, plume, text="Merci.")
    by_text = make_comment(article, make_author("Denis"), text="J’ai dormi à l’hôpital.")
    hidden = make_comment(article, make_author("Chloé"), text="Encore un hôpital !", hidden=True)
    assert listed(editor, "comments/comment", "plume d’oie") == {by_name.pk}
    assert listed(editor, "comments/comment", "hopitaux") == {by_text.pk, hidden.pk}
    assert listed(editor, "comments/comment", "dormir hopital") == {by_text.pk}
    assert listed(editor, "comments/comment", "hopital", state__exact="HIDDEN") == {hidden.pk}


def test_words_follow_what_is_edited_renamed_and_deleted(editor):
    author = make_author("Zélie")
    article = make_article(author=author, title="Premier titre")
    comment = posting.post(article=article, author=author, text="Bonjour le monde")
    posting.edit(comment, author=author, text="Bonsoir la lune")
    article.title = "Second intitulé"
    article.save()
    author.pseudonym = "Bérénice"
    author.save()
    assert listed(editor, "comments/comment", "monde") == set()
    assert listed(editor, "comments/comment", "lune") == {comment.pk}
    assert listed(editor, "comments/comment", "berenice") == {comment.pk}
    assert listed(editor, "articles/article", "premier") == set()
    assert listed(editor, "articles/article", "intitulé berenice") == {article.pk}
    publishing.reassign(article, author=make_author("Zoé"), actor=None)
    assert listed(editor, "articles/article", "zoé intitulé") == {article.pk}
    article.delete()
    assert not FoundRow.objects.filter(document__contains="intitul").exists()


def test_words_follow_keywords_that_are_renamed_merged_and_deleted(editor):
    article = make_article(title="Un titre")
    pollen, rhume = Tag.objects.named(["pollen", "rhume"])
    article.tags.set([pollen])
    assert listed(editor, "articles/article", "pollen") == {article.pk}
    merging.merge([pollen], into=rhume)
    assert listed(editor, "articles/article", "pollen") == set()
    assert listed(editor, "articles/article", "rhume") == {article.pk}
    rhume.name = "coryza"
    rhume.save()
    assert listed(editor, "articles/article", "coryza") == {article.pk}
    rhume.delete()
    assert listed(editor, "articles/article", "coryza") == set()


@pytest.mark.parametrize(
    "go",
    [
        lambda tags: tags[0].delete(),
        lambda tags: Tag.objects.all().delete(),
        lambda tags: merging.merge(tags[:2], into=tags[2]),
    ],
)
def test_keywords_that_go_are_followed_in_one_reading_of_their_articles(editor, go):
    tags = Tag.objects.named(["pollen", "rhume", "toux"])
    for n in range(6):
        make_article(title="Un titre").tags.set([tags[0], tags[n % 3]])
    with CaptureQueriesContext(connection) as queries:
        go(tags)
    written = [one for one in queries if 'INSERT INTO "finding_foundrow"' in one["sql"]]
    assert len(written) == 1
    assert listed(editor, "articles/article", "pollen") == set()


@pytest.mark.parametrize("asked", ["", "  ", "???", "'", '"', "a & b | !c", "🙂", "x" * 5000, "\\"])
def test_anything_may_be_typed(editor, admin_client, asked):
    make_article()
    listed(editor, "articles/article", asked)
    listed(editor, "comments/comment", asked)
    listed(editor, "authors/author", asked)
    listed(admin_client, "authors/user", asked)


def test_author_field_of_an_article_finds_by_any_word(editor):
    author = make_author("Plume-d'Oie")
    parameters = {"app_label": "articles", "model_name": "article", "field_name": "author"}
    answer = editor.get("/admin/autocomplete/", parameters | {"term": "oie"})
    assert [one["id"] for one in answer.json()["results"]] == [str(author.pk)]


def test_rebuild_brings_rows_written_in_bulk_up_to_date_and_check_only_tells(editor, capsys):
    article = make_article()
    FoundRow.objects.all().delete()
    FoundRow.objects.create(id=index.KINDS[Comment].first + 999, document="cslune")
    with pytest.raises(SystemExit):
        call_command("rebuild_search", check=True)
    assert "1 too many" in capsys.readouterr().out
    call_command("rebuild_search")
    assert listed(editor, "articles/article", article.title) == {article.pk}
    call_command("rebuild_search", check=True)
    kinds = {row.pk >> index.BITS for row in FoundRow.objects.all()}
    assert kinds <= {kind.number for kind in index.KINDS.values()}
    assert FoundRow.objects.count() == Article.objects.count() + Author.objects.count()


def test_search_reads_no_more_rows_than_it_shows_of_many(editor, monkeypatch):
    monkeypatch.setattr(index, "MOST_FOUND", 3)
    article = make_article()
    made = [make_comment(article, make_author(f"A{n}"), text="Merci bien") for n in range(5)]
    assert listed(editor, "comments/comment", "merci") == {one.pk for one in made[-3:]}


def test_plan_of_a_search_uses_the_full_text_index():
    ids = index.found(Comment, "lune")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"EXPLAIN {ids.sql}", ids.params)
            plan = str(cursor.fetchall())
            assert "finding_fulltext" in plan or "finding_foundrow_pkey" in plan
        else:
            cursor.execute(f"EXPLAIN QUERY PLAN {ids.sql}", ids.params)
            plan = str(cursor.fetchall())
            assert "VIRTUAL TABLE INDEX" in plan
            assert "TEMP B-TREE" not in plan
    assert User.objects.count() == 0
