"""A search that means danger shows whom to call, and nothing that could harm."""

import pytest

from articles.models import Article
from care.models import CareCard
from search.safety import safety_of
from tests.factories import make_article

pytestmark = pytest.mark.django_db
SUGGESTIONS = {"X-Requested-With": "suggestions"}


@pytest.fixture
def magazine():
    card = CareCard.objects.get(slug="suicide")
    return {
        "help": make_article(
            title="Ce que l’on m’a dit au 3114", care_card=card, is_sensitive=True, is_help=True
        ),
        "medicine": make_article(title="Doliprane : la dose qui fait mourir le foie"),
        "heart": make_article(title="Une douleur dans la poitrine : mon récit"),
    }


@pytest.mark.parametrize(
    "text",
    [
        *("suicide", "envie de mourrir", "je veux mourir", "i want to die", "sui cide"),
        *("combien de doliprane pour mourir", "j'ai trop bu et pris des cachets", "overdose"),
    ],
)
def test_guarded_search_shows_a_number_and_articles_of_help_only(client, magazine, text):
    answer = client.get("/recherche", {"q": text})
    html = answer.content.decode()
    assert answer.status_code == 200
    assert 'href="tel:15"' in html
    assert magazine["help"].title in html.replace("\xa0", " ")
    assert "Doliprane" not in html
    assert 'class="filters' not in html
    assert "Vouliez-vous dire" not in html
    assert "Aucun résultat" not in html
    assert html.index("care-card") < html.index("search--large")
    assert "no-store" in answer["Cache-Control"]
    assert "<title>Recherche - CareVox</title>" in html


def test_guarded_search_looks_at_no_kind_and_no_filter(client, magazine):
    for more in ({"type": "themes"}, {"tri": "date"}, {"rubrique": "sante"}, {"apres": "x"}):
        html = client.get("/recherche", {"q": "dose mortelle doliprane", **more}).content.decode()
        assert "Doliprane" not in html
        assert 'href="tel:15"' in html


def test_danger_to_the_body_shows_the_card_and_what_the_site_has(client, magazine):
    html = client.get("/recherche", {"q": "douleur poitrine"}).content.decode()
    assert html.index('data-level="urgent"') < html.index("mon récit")
    empty = client.get("/recherche", {"q": "hémorragie saigne beaucoup"}).content.decode()
    assert 'href="tel:15"' in empty
    assert "Essayez un mot plus simple" not in empty


def test_number_stands_before_the_field(client, magazine):
    html = client.get("/recherche", {"q": "bébé 39 de fièvre"}).content.decode()
    assert html.index('href="tel:15"') < html.index("search--large")


def test_calm_subject_shows_a_calm_card_and_the_articles(client):
    make_article(title="L’aide à mourir : ce que dit la loi")
    html = client.get("/recherche", {"q": "aide à mourir : la loi"}).content.decode()
    assert 'data-level="know"' in html
    assert 'data-level="urgent"' not in html
    assert "ce que dit la" in html


def test_violence_can_be_left_at_once_and_leaves_nothing(client):
    answer = client.get("/recherche", {"q": "mon mari me frappe"})
    assert "data-leave" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


def test_suggestions_show_the_card_and_propose_nothing_that_harms(client, magazine):
    told = client.get("/recherche", {"q": "dose mortelle doli"}, headers=SUGGESTIONS).json()
    assert told["suggestions"] == []
    assert 'href="tel:15"' in told["care"]
    usual = client.get("/recherche", {"q": "dolip"}, headers=SUGGESTIONS).json()
    assert usual["suggestions"] == [magazine["medicine"].title]
    assert usual["care"] == ""


def test_cards_are_proposed_and_found_by_their_title_unless_they_could_frighten_or_betray(client):
    def suggested(text):
        return client.get("/recherche", {"q": text}, headers=SUGGESTIONS).json()["suggestions"]

    assert suggested("depr")[0].startswith("Dépression")
    for start in ("envie de m", "violences dans", "visage qui tombe"):
        assert suggested(start) == []
    for card in CareCard.objects.all():
        called = [one.card.slug for one in safety_of(card.title).called]
        assert card.slug in called, card.title


@pytest.mark.parametrize("text", ["3919", "le 3919", "appeler le 3919 la nuit", "116 117", "le 15"])
def test_number_that_is_typed_can_be_called(client, text):
    number = "".join(sign for sign in text if sign.isdigit())
    html = client.get("/recherche", {"q": text}).content.decode()
    assert f'href="tel:{number}"' in html
    assert html.index(f'href="tel:{number}"') < html.index("search--large")
    assert f"« {text}" not in html.replace("\xa0", " ").replace("\u202f", " ")


def test_age_is_no_number_of_help(client):
    assert 'href="tel:15"' not in client.get("/recherche", {"q": "sport à 15 ans"}).content.decode()


@pytest.mark.parametrize("text", ["mon", "ma", "mon m", "mon mari ronf", "ma fille a"])
def test_unfinished_words_frighten_nobody(client, text):
    assert client.get("/recherche", {"q": text}, headers=SUGGESTIONS).json()["care"] == ""


@pytest.mark.parametrize("text", ["mon fils a bu de la javel", "bébé a avalé des comprimés"])
def test_toddler_and_the_bleach_lead_to_nothing_on_dark_thoughts(client, magazine, text):
    html = client.get("/recherche", {"q": text}).content.decode()
    assert 'href="tel:0145425959"' in html
    assert magazine["help"].title not in html.replace("\xa0", " ")


def test_english_page_shows_the_number_too(client, magazine):
    html = client.get("/en/recherche", {"q": "how to kill myself"}).content.decode()
    assert 'href="tel:3114"' in html


def test_withdrawn_article_of_help_is_not_shown(client, magazine):
    Article.objects.filter(pk=magazine["help"].pk).update(status="WITHDRAWN")
    html = client.get("/recherche", {"q": "suicide"}).content.decode()
    assert "Ce que l" not in html
    assert 'href="tel:3114"' in html
