from itertools import chain

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from articles.models import Article, Revision, Source
from articles.revisions import comparison, versions
from articles.revisions.comparison import side_by_side
from articles.revisions.edits import Effort, changes
from pictures.models import Picture
from taxonomy.models import Tag
from tests.factories import make_article, make_picture


def shown(rows):
    return [
        (row.before, row.after) if row.is_changed else row.left_out or row.after for row in rows
    ]


@pytest.fixture
def article(db):
    article = make_article(published=False, title="Un titre", body="<p>Le chat dort.</p>")
    article.tags.set(Tag.objects.named(["chat"]))
    Source.objects.create(article=article, url="https://example.org/a")
    versions.record(article, actor=None)
    return article


def test_same_text_makes_no_new_version(article):
    assert versions.record(article, actor=None) is None
    assert Revision.objects.count() == 1


def test_tags_and_sources_are_part_of_the_text(article):
    article.tags.add(*Tag.objects.named(["nuit"]))
    assert versions.record(article, actor=None).number == 2
    Source.objects.create(article=article, title="Livre")
    assert versions.record(article, actor=None).number == 3


def test_differences_are_readable(article, bruno):
    article.body, article.title = "<p>Le chien dort.</p>", "Un autre titre"
    article.save()
    newer = versions.record(article, actor=bruno.user)
    older = article.revisions.get(number=1)
    assert {diff.name: shown(diff.rows) for diff in comparison.compare(older, newer)} == {
        "title": [("Un titre", "Un<ins> autre</ins> titre")],
        "body": [("Le<del> chat</del> dort.", "Le<ins> chien</ins> dort.")],
    }
    assert len(comparison.compare(None, older)) > 3


@pytest.mark.parametrize(
    ("before", "after", "rows"),
    [
        (
            '<p><a href="/a" rel="noopener">ici</a></p>',
            '<p><a href="/b" rel="noopener">ici</a></p>',
            ("ici [/<del>a</del>]", "ici [/<ins>b</ins>]"),
        ),
        ("<h2>Le sel</h2>", "<h3>Le sel</h3>", ("## Le sel", "##<ins>#</ins> Le sel")),
        (
            "<p>Jamais.</p>",
            "<p><strong>Jamais</strong>.</p>",
            ("Jamais.", "<ins>**</ins>Jamais<ins>**</ins>."),
        ),
        (
            '<p>x<img src="/media/p/a.jpg"></p>',
            '<p>x<img src="/media/p/b.jpg"></p>',
            ("x[image :<del> a</del>.jpg]", "x[image :<ins> b</ins>.jpg]"),
        ),
        ("<p>Hello</p>", '<p lang="en">Hello</p>', "Mise en forme changée."),
    ],
)
def test_change_that_leaves_the_words_is_shown(db, before, after, rows):
    article = make_article(published=False, body=before)
    older = versions.record(article, actor=None)
    article.body = after
    article.save()
    newer = versions.record(article, actor=None)
    assert [(diff.name, shown(diff.rows)) for diff in comparison.compare(older, newer)] == [
        ("body", [rows])
    ]


def test_other_lead_picture_with_the_same_words_is_a_difference(article):
    for picture in (make_picture(), make_picture()):
        article.lead_image = picture
        article.save()
        versions.record(article, actor=None)
    newer, older = article.revisions.all()[:2]
    assert [diff.name for diff in comparison.compare(older, newer)] == ["lead_image"]
    Article.objects.update(lead_image=None)
    Picture.objects.all().delete()
    assert "image supprimée" in comparison.compare(older, newer)[0].rows[0].before


def test_restored_version_brings_text_tags_and_sources_back(article, bruno):
    article.body = "<p>Rien.</p>"
    article.save()
    article.tags.clear()
    article.sources.all().delete()
    versions.record(article, actor=bruno.user)
    versions.restore(article, article.revisions.get(number=1), actor=bruno.user)
    article.refresh_from_db()
    assert article.body == "<p>Le chat dort.</p>"
    assert article.body_html == "<p>Le chat dort.</p>"
    assert [tag.name for tag in article.tags.all()] == ["chat"]
    assert article.sources.get().url == "https://example.org/a"
    assert [revision.number for revision in article.revisions.all()] == [3, 2, 1]


def test_difference_is_escaped():
    assert shown(side_by_side("<b>", "<i>")) == [
        ("&lt;<del>b</del>&gt;", "&lt;<ins>i</ins>&gt;"),
    ]


def test_changed_words_stand_between_the_blocks_around_them():
    before = "\n".join(["Un.", "Deux.", "Trois.", "Un petit texte.", "La suite.", "La fin."])
    after = before.replace("petit", "grand")
    changed = ("Un<del> petit</del> texte.", "Un<ins> grand</ins> texte.")
    assert shown(side_by_side(before, after)) == [2, "Trois.", changed, "La suite.", 1]


def test_what_changed_everywhere_is_shown_as_a_whole():
    """Every second word is the same, which is the dearest to compare."""
    before, after = (" ".join(f"x {side}{n}" for n in range(2_000)) for side in "uv")
    assert shown(side_by_side(f"Avant {before} fin.", f"Avant {after} fin.")) == [
        (f"Avant x<del> {before[2:]}</del> fin.", f"Avant x<ins> {after[2:]}</ins> fin.")
    ]


def test_one_change_is_found_in_the_longest_text():
    """A single paragraph of one word is as long and as dull as a text can be."""
    gone, come = shown(side_by_side("x " + "mot " * 20_000, "y " + "mot " * 19_999))[0]
    assert gone.startswith("<del>x mot</del> mot mot ")
    assert come.startswith("<ins>y</ins> mot mot ")
    rows = shown(side_by_side("mot\n" * 12_000, "mot\n" * 11_999 + "fin\n"))
    assert rows == [11_998, "mot", ("<del>mot</del>", "<ins>fin</ins>")]


@given(*[st.lists(st.sampled_from("ab c"), max_size=12)] * 2)
def test_changes_hold_both_texts_whole(old, new):
    runs = list(changes(old, new, Effort()))
    assert [list(chain(*side)) for side in zip(*runs, strict=True)] == [old, new]
    assert any(gone == come != [] for gone, come in runs) == bool(set(old) & set(new))


def test_effort_that_is_spent_compares_no_more():
    effort = Effort(left=0)
    runs = [("".join(gone), "".join(come)) for gone, come in changes([*"abc"], [*"axc"], effort)]
    assert runs == [("a", "a"), ("b", "x"), ("c", "c")]
    assert list(changes([*"abcde"], [*"xbyde"], effort))[1] == ([*"abc"], [*"xby"])


def test_versions_are_kept_compressed(article, bruno):
    """A text of 20,000 words, 3,000 of them different: more than any text that people write."""
    words = " ".join(f"mot{n * 7919 % 3_000}" for n in range(20_000))
    article.body = f"<p>{words}</p>"
    article.save()
    kept = versions.record(article, actor=bruno.user)
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM articles_revision WHERE id = %s", [kept.pk])
        stored = len(bytes(cursor.fetchone()[0]))
    kept.refresh_from_db()
    assert kept.content["body"] == article.body
    assert stored < len(article.body) / 2
