"""A new pseudonym is announced, whichever path saves it, in the transaction that saves it."""

import pytest

from articles.models import Article
from authors import changes
from authors.models import Author
from sharing import pictures
from taxonomy import changes as taxonomy_changes
from taxonomy.models import Tag
from tests.factories import make_article, make_author, make_section


@pytest.fixture
def heard():
    """Return what each change given to it announces, as (row, name) pairs."""
    connected = []

    def listen(change):
        said = []

        def note(subject, **_):
            said.append((subject.pk, str(subject)))

        change.signal.connect(note)
        connected.append((change, note))
        return said

    yield listen
    for change, note in connected:
        change.signal.disconnect(note)


def test_shell_profile_and_admin_announce_a_new_name(heard, as_, bruno, chloe):
    said = heard(changes.renamed)
    chloe.pseudonym = "Clotilde"
    chloe.save()
    chloe.pseudonym = "Colette"
    chloe.save(update_fields=["pseudonym"])
    as_(chloe).post("/compte/profil/", {"pseudonym": "Corinne"})
    form = {"pseudonym": "Coralie", "kind": "PERSON", "granted_role": "READER"}
    as_(bruno).post(f"/admin/authors/author/{chloe.pk}/change/", form)
    assert said == [(chloe.pk, name) for name in ("Clotilde", "Colette", "Corinne", "Coralie")]


def test_same_name_new_author_and_other_fields_are_no_news(heard, chloe):
    said = heard(changes.renamed)
    make_author("Gaëlle")
    chloe.save()
    chloe.biography = "Infirmière."
    chloe.save(update_fields=["biography"])
    stale = Author.objects.get(pk=chloe.pk)
    Author.objects.filter(pk=chloe.pk).update(pseudonym="Clotilde", pseudonym_key="clotilde")
    stale.save(update_fields=["credentials"])
    assert said == []


def test_name_stays_when_a_receiver_fails(chloe):
    def fail(subject, **_):
        raise RuntimeError

    changes.renamed.signal.connect(fail)
    chloe.pseudonym = "Clotilde"
    try:
        with pytest.raises(RuntimeError):
            chloe.save()
    finally:
        changes.renamed.signal.disconnect(fail)
    assert Author.objects.get(pk=chloe.pk).pseudonym == "Chloé"


def test_sections_and_keywords_announce_theirs(heard, db):
    section, (tag,) = make_section("Santé"), Tag.objects.named(["sel"])
    renamed, recalled = (
        heard(taxonomy_changes.section_renamed),
        heard(taxonomy_changes.keyword_renamed),
    )
    section.description = "Autre."
    section.save()
    section.name = "Soins"
    section.save()
    tag.name = "sucre"
    tag.save()
    assert (renamed, recalled) == ([(section.pk, "Soins")], [(tag.pk, "sucre")])


def test_cards_follow_a_name_that_stands_on_few(alice, monkeypatch):
    ordered = []
    monkeypatch.setattr(pictures, "enqueue_drawing", lambda article: ordered.append(article.pk))
    articles = [make_article(author=alice) for _n in range(3)]
    make_article(author=alice, published=False)
    ordered.clear()
    alice.refresh_from_db()
    alice.pseudonym = "Alizée"
    alice.save()
    assert sorted(ordered) == [article.pk for article in articles]
    ordered.clear()
    section = Article.objects.first().section
    section.name = "Soins"
    section.save()
    assert sorted(ordered) == [article.pk for article in articles]
    ordered.clear()
    monkeypatch.setattr(pictures, "FEW", 2)
    alice.pseudonym = "Alix"
    alice.save()
    assert ordered == []
