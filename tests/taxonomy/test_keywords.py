"""Keywords that differ by a plus or a minus are two; by case, accent or hyphen they are one."""

import pytest
from django.utils.http import urlencode

from lib.text import keyword_key
from search.index import index_all
from taxonomy.models import Tag
from tests.factories import make_article


@pytest.mark.parametrize(
    "names",
    [
        ("groupe A+", "groupe A-", "groupe A", "groupe A++", "groupe A±"),
        ("Rh (+)", "Rh (-)"),
        ("VIH+", "VIH-", "VIH"),
        ("IgA+ IgG-", "IgA- IgG+", "IgA IgG"),
        ("+18 ans", "-18 ans", "18 ans"),
        ("C++", "C"),
        ("A+B", "AB"),
        ("Rhésus- et grossesse", "Rhésus et grossesse"),
        ("Coombs- (test)", "Coombs (test)"),
    ],
)
def test_keywords_that_differ_by_a_sign_are_as_many(client, db, names):
    article = make_article()
    article.tags.set(Tag.objects.named(names))
    assert Tag.objects.count() == len(names)
    assert {tag.name for tag in Tag.objects.named(names)} == set(names)
    slugs = set()
    for tag in Tag.objects.all():
        page = client.get(tag.get_absolute_url())
        assert page.status_code == 200
        assert tag.name in page.content.decode()
        slugs.add(tag.slug)
    assert len(slugs) == len(names)


@pytest.mark.parametrize(
    "names",
    [
        ("e-Santé", "E-SANTÉ", "esante", "e‑santé"),
        ("groupe A-", "groupe A−", "GROUPE a –", "groupe A⁻", "groupe A˗"),
        ("groupe A+", "groupe A ＋", "groupe A➕", "groupe A ➕\ufe0f"),
        ("groupe A-", "groupe A➖"),
        ("groupe A±", "groupe A+-"),
        ("pré- et post-partum", "pré et postpartum"),
        ("péri- et postnatal", "péri et post-natal"),
        ("pro- et prébiotiques", "pro et prébiotiques"),
        ("oméga-3", "oméga 3"),
        ("Santé - social", "santé social"),
    ],
)
def test_other_signs_make_no_second_keyword(db, names):
    assert len({keyword_key(name) for name in names}) == 1
    assert [tag.name for tag in Tag.objects.named(names)] == [names[-1]]


def test_addresses_say_the_sign(db):
    tags = Tag.objects.named(["groupe A+", "groupe A-", "groupe A", "groupe A plus"])
    slugs = ["groupe-a-plus", "groupe-a-moins", "groupe-a", "groupe-a-plus-2"]
    assert [tag.slug for tag in tags] == slugs


def test_search_filters_by_one_of_the_two(client, db):
    plus, minus = make_article(title="Donner son sang"), make_article(title="Recevoir du sang")
    plus.tags.set(Tag.objects.named(["groupe A+"]))
    minus.tags.set(Tag.objects.named(["groupe A-"]))
    index_all([plus.pk, minus.pk])
    for name, found, other in (("groupe A+", plus, minus), ("groupe A-", minus, plus)):
        html = client.get(f"/recherche?{urlencode({'q': 'sang', 'mot': name})}").content.decode()
        assert found.get_absolute_url() in html
        assert other.get_absolute_url() not in html


def test_both_are_suggested_and_a_hyphen_that_is_being_typed_is_none(db):
    Tag.objects.named(["groupe A+", "groupe A-", "e-santé"])
    assert set(Tag.objects.suggested("groupe a")) == {"groupe A+", "groupe A-"}
    assert "groupe A+" in Tag.objects.suggested("Groupe A+")
    assert Tag.objects.suggested("e-") == ["e-santé"]


def test_editor_learns_that_a_keyword_is_there_already(editor, db):
    Tag.objects.named(["e-santé", "groupe A+"])
    add = "/admin/taxonomy/tag/add/"
    page = editor.post(add, {"name": "E-SANTE", "slug": ""})
    assert "C’est déjà le mot-clé « e-santé »" in page.content.decode()
    assert "une lettre ou un chiffre" in editor.post(add, {"name": "+++"}).content.decode()
    assert editor.post(add, {"name": "groupe A-", "slug": ""}).status_code == 302
    assert Tag.objects.get(name="groupe A-").slug == "groupe-a-moins"
