import pytest

from articles import merging
from articles.models import TaggedArticle
from care.models import CareCard
from lib.refused import Refused
from redirects import moving
from redirects.models import Redirect
from taxonomy.models import Tag
from tests.factories import make_article


@pytest.fixture
def tags(db):
    vaccin, vaccins = Tag.objects.named(["vaccin", "vaccins"])
    first, second, both = make_article(), make_article(), make_article()
    first.tags.add(vaccin)
    second.tags.add(vaccins)
    both.tags.add(vaccin, vaccins)
    return vaccin, vaccins


def test_articles_of_both_carry_the_one_that_stays_once(tags):
    vaccin, vaccins = tags
    assert merging.merge([vaccins], into=vaccin) == 1
    assert TaggedArticle.objects.filter(tag=vaccin).count() == 3
    assert not Tag.objects.filter(name="vaccins").exists()


def test_old_address_leads_on_with_its_feed(client, tags):
    vaccin, vaccins = tags
    merging.merge([vaccins], into=vaccin)
    answer = client.get("/mots-cles/vaccins/?apres=x")
    assert (answer.status_code, answer["Location"]) == (301, "/mots-cles/vaccin/?apres=x")
    assert client.get("/mots-cles/vaccins/feed/")["Location"] == "/mots-cles/vaccin/feed/"


def test_chains_are_shortened(client, tags):
    vaccin, vaccins = tags
    vaccination = Tag.objects.named(["vaccination"])[0]
    merging.merge([vaccins], into=vaccin)
    merging.merge([vaccin], into=vaccination)
    assert client.get("/mots-cles/vaccins/")["Location"] == "/mots-cles/vaccination/"
    assert (
        Redirect.objects.get(old_path="/mots-cles/vaccins/").new_path == "/mots-cles/vaccination/"
    )


def test_merging_back_leaves_no_loop(client, tags):
    vaccin, vaccins = tags
    merging.merge([vaccins], into=vaccin)
    again = Tag.objects.named(["vaccins"])[0]
    merging.merge([vaccin], into=again)
    assert client.get("/mots-cles/vaccins/").status_code == 200
    assert client.get("/mots-cles/vaccin/")["Location"] == "/mots-cles/vaccins/"


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_keyword_with_another_address_leads_on_from_the_old_one(client, as_, bruno, tags, prefix):
    vaccin, _vaccins = tags
    form = {"name": "vaccin", "slug": "vaccination", "care_card": ""}
    assert (
        as_(bruno).post(f"{prefix}/admin/taxonomy/tag/{vaccin.pk}/change/", form).status_code == 302
    )
    assert client.get("/mots-cles/vaccin/")["Location"] == "/mots-cles/vaccination/"
    assert (
        client.get("/mots-cles/vaccin/feed/atom/")["Location"]
        == "/mots-cles/vaccination/feed/atom/"
    )
    assert client.get("/en/mots-cles/vaccin/")["Location"] == "/en/mots-cles/vaccination/"
    as_(bruno).post(f"/admin/taxonomy/tag/{vaccin.pk}/change/", form | {"name": "Vaccin"})
    assert Redirect.objects.count() == 1


def test_keyword_keeps_its_address_when_the_redirect_fails(as_, bruno, tags, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(moving, "leave_redirect", fail)
    with pytest.raises(RuntimeError):
        as_(bruno).post(
            f"/admin/taxonomy/tag/{tags[0].pk}/change/",
            {"name": "vaccin", "slug": "autre", "care_card": ""},
        )
    assert Tag.objects.filter(slug="vaccin").exists()


def test_care_card_goes_along_when_the_other_has_none(tags):
    vaccin, vaccins = tags
    card = CareCard.objects.create(slug="une-carte", title="Une carte", urgent_numbers="15")
    Tag.objects.filter(pk=vaccins.pk).update(care_card=card)
    merging.merge([vaccins], into=vaccin)
    vaccin.refresh_from_db()
    assert vaccin.care_card == card


def test_merging_into_itself_is_refused(tags):
    with pytest.raises(Refused):
        merging.merge(tags, into=tags[0])
    assert Tag.objects.count() == 2


def test_failure_half_way_changes_nothing(tags, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(merging, "leave_redirect", fail)
    with pytest.raises(RuntimeError):
        merging.merge([tags[1]], into=tags[0])
    assert TaggedArticle.objects.filter(tag=tags[1]).count() == 2


def test_editor_merges_on_the_list(as_, bruno, tags):
    client = as_(bruno)
    chosen = {"action": "merge_selected", "_selected_action": [tag.pk for tag in tags]}
    html = client.post("/admin/taxonomy/tag/", chosen).content.decode()
    assert "vaccins (2 articles)" in html
    answer = client.post(
        "/admin/taxonomy/tag/", {**chosen, "apply": "1", "into": tags[1].pk}, follow=True
    )
    assert "« vaccins » reste" in answer.content.decode()
    assert TaggedArticle.objects.filter(tag=tags[1]).count() == 3
    assert "3" in client.get("/admin/taxonomy/tag/").content.decode()


def test_one_keyword_alone_is_not_merged(as_, bruno, tags):
    answer = as_(bruno).post(
        "/admin/taxonomy/tag/",
        {"action": "merge_selected", "_selected_action": [tags[0].pk]},
        follow=True,
    )
    assert "Choisissez au moins deux mots-clés" in answer.content.decode()
    assert Tag.objects.count() == 2
