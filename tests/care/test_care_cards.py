import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from taxonomy.care_cards import care_card_for
from taxonomy.models import CareCard, Section, Tag
from taxonomy.models.care_card import read_ways
from tests.factories import make_article, make_section

HELP = "15 = SAMU\nSMS 114 = par SMS"


def make_card(title="Une détresse ?", numbers=HELP, **fields):
    return CareCard.objects.create(title=title, numbers=numbers, **fields)


def test_numbers_are_read_one_a_line():
    ways = read_ways(
        "3114 = jour et nuit\n\nsms 114 : par SMS\n"
        "01 40 05 48 48\n+33 1 40 05 48 48 – de l’étranger"
    )
    assert [(way.address, way.label) for way in ways] == [
        ("tel:3114", "jour et nuit"),
        ("sms:114", "par SMS"),
        ("tel:0140054848", ""),
        ("tel:+33140054848", "de l’étranger"),
    ]


@pytest.mark.parametrize(
    "numbers",
    [
        "",
        "appelez le quinze",
        "javascript:alert(1)",
        "15 = a\n16 = b\n17 = c\n18 = d\n19 = e",
        "+ = rien",
    ],
)
def test_card_with_unreadable_numbers_is_refused(db, numbers):
    with pytest.raises((ValidationError, ValueError)):
        CareCard(title="Carte", numbers=numbers).full_clean()


def test_unreadable_numbers_never_reach_the_database(db):
    with pytest.raises(ValueError, match="quinze"):
        make_card(numbers="quinze")


def test_starting_cards_are_readable_and_name_official_numbers_only(db):
    cards = list(CareCard.objects.all())
    assert len(cards) >= 6
    for card in cards:
        card.full_clean()
        assert {way.number for way in card.ways} <= {
            "15",
            "17",
            "18",
            "112",
            "114",
            "119",
            "3114",
            "3919",
        }
        assert all(way.by_sms for way in card.ways if way.number == "114")


def test_article_shows_the_card_of_its_section(client, db):
    section = make_section("Sommeil", care_card=make_card(text="Ne restez pas seul."))
    html = client.get(make_article(section=section).get_absolute_url()).content.decode()
    assert html.count('class="care-card"') == 1
    assert 'href="tel:15"' in html
    assert 'href="sms:114"' in html
    assert "Ne restez pas seul." in html


def test_sub_sections_inherit_the_card_unless_they_have_their_own(client, db):
    top = make_section("Santé", care_card=make_card("La carte du haut"))
    middle = make_section("Cœur", parent=top)
    own = make_section("Allergies", parent=middle, care_card=make_card("La carte du bas"))
    assert (
        "La carte du haut"
        in client.get(make_article(section=middle).get_absolute_url()).content.decode()
    )
    html = client.get(make_article(section=own).get_absolute_url()).content.decode()
    assert "La carte du bas" in html
    assert "La carte du haut" not in html


def test_card_of_a_keyword_wins_over_the_section_and_the_first_name_wins_among_keywords(client, db):
    article = make_article(
        section=make_section("Santé", care_card=make_card("Celle de la rubrique"))
    )
    article.tags.set(Tag.objects.named(["zona", "allergie", "eau"]))
    Tag.objects.filter(name="zona").update(care_card=make_card("Celle de zona"))
    Tag.objects.filter(name="allergie").update(care_card=make_card("Celle d’allergie"))
    html = client.get(article.get_absolute_url()).content.decode()
    assert html.count('class="care-card"') == 1
    assert "Celle d’allergie" in html


def test_article_without_card_shows_no_empty_block(client, db):
    assert "care-card" not in client.get(make_article().get_absolute_url()).content.decode()


def test_no_keyword_and_no_section_give_no_card():
    assert care_card_for([], []) is None


def test_card_costs_the_article_no_query(client, db):
    article = make_article(section=make_section("Santé"))
    article.tags.set(Tag.objects.named(["un", "deux", "trois"]))

    def cost():
        with CaptureQueriesContext(connection) as queries:
            client.get(article.get_absolute_url())
        return len(queries)

    without = cost()
    Tag.objects.update(care_card=make_card())
    Section.objects.update(care_card=make_card("Autre"))
    assert cost() == without <= 8


def test_editors_write_cards_and_set_them_in_the_admin(as_, bruno):
    client = as_(bruno)
    made = client.post(
        "/admin/taxonomy/carecard/add/",
        {"title": "Une carte", "numbers": "3114 = jour et nuit", "text": ""},
    )
    card = CareCard.objects.get(title="Une carte")
    assert made.status_code == 302
    section = make_section("Sommeil")
    client.post(
        f"/admin/taxonomy/section/{section.pk}/change/",
        {"name": "Sommeil", "slug": "sommeil", "position": 0, "care_card": card.pk},
    )
    section.refresh_from_db()
    assert section.care_card == card
    assert "3114" in client.get("/admin/taxonomy/carecard/").content.decode()


def test_admin_says_which_line_is_no_number(as_, bruno):
    html = (
        as_(bruno)
        .post(
            "/admin/taxonomy/carecard/add/",
            {"title": "Une carte", "numbers": "15 = SAMU\nle quinze", "text": ""},
        )
        .content.decode()
    )
    assert "« le quinze » n’est pas un numéro" in html
