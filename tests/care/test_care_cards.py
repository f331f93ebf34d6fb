import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from articles.admin.proposals import proposals
from care.models import CareCard, Level
from care.ways import read_ways
from taxonomy.models import Tag
from tests.factories import make_article, make_section

HELP = "15 = SAMU\nSMS 114 = par SMS"


def make_card(slug="une-carte", title="Une détresse ?", urgent_numbers=HELP, **fields):
    return CareCard.objects.create(slug=slug, title=title, urgent_numbers=urgent_numbers, **fields)


def test_numbers_are_read_one_a_line():
    ways = read_ways(
        "3114 = jour et nuit\n\nsms 114 : par SMS\n"
        "01 40 05 48 48\n+33 1 40 05 48 48 – de l’étranger\nhttps://www.urgence114.fr = par visio"
    )
    assert [(way.address, way.label) for way in ways] == [
        ("tel:3114", "jour et nuit"),
        ("sms:114", "par SMS"),
        ("tel:0140054848", ""),
        ("tel:+33140054848", "de l’étranger"),
        ("https://www.urgence114.fr", "par visio"),
    ]


@pytest.mark.parametrize(
    "numbers",
    [
        "appelez le quinze",
        "javascript:alert(1)",
        "http://example.org = en clair",
        "15 = a\n16 = b\n17 = c\n18 = d\n19 = e\n20 = f",
        "+ = rien",
    ],
)
def test_card_with_unreadable_numbers_is_refused(db, numbers):
    with pytest.raises((ValidationError, ValueError)):
        CareCard(slug="c", title="Carte", urgent_numbers=numbers).full_clean()


def test_unreadable_numbers_and_words_never_reach_the_database(db):
    with pytest.raises(ValueError, match="quinze"):
        make_card(urgent_numbers="quinze")
    with pytest.raises(ValueError, match="inconnue"):
        make_card(explicit_words="@inconnue fievre")


def test_card_without_any_number_and_urgency_without_one_are_refused(db):
    for fields in ({"urgent_numbers": ""}, {"urgent_text": "Vite.", "urgent_numbers": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_card(**fields)


def test_levels_stand_in_the_order_of_gravity():
    card = CareCard(
        know_text="Buvez.", soon_text="Ce soir.", urgent_numbers=HELP, soon_numbers="15", title="T"
    )
    assert [step.level for step in card.steps] == [Level.URGENT, Level.SOON, Level.KNOW]
    assert card.is_urgent
    assert [step.level for step in card.calm_steps] == [Level.KNOW]
    assert CareCard(know_text="Buvez.").level == Level.KNOW


def test_starting_cards_can_be_read_and_nobody_has_signed_them(db):
    cards = list(CareCard.objects.all())
    assert len(cards) >= 20
    for card in cards:
        card.full_clean()
        assert not card.is_signed
        assert all(way.by_sms for step in card.steps for way in step.ways if way.shown == "114")


def test_urgent_card_stands_before_picture_and_margin(client, db):
    article = make_article(care_card=make_card(urgent_text="Ne restez pas seul."))
    html = client.get(article.get_absolute_url()).content.decode()
    assert html.count('class="care-card"') == 1
    assert html.index('class="care-card"') < html.index('class="margin"')
    assert 'href="tel:15"' in html
    assert 'href="sms:114"' in html
    assert "Ne restez pas seul." in html


def test_calm_card_stands_before_the_text(client, db):
    card = make_card(urgent_numbers="", know_numbers="39 89", know_text="Sans être jugé.")
    html = client.get(make_article(care_card=card).get_absolute_url()).content.decode()
    assert html.index('class="margin"') < html.index('class="care-card"')
    assert html.index('class="care-card"') < html.index('class="prose"')


def test_card_says_where_its_numbers_are_valid_when_they_were_checked_and_who_signs(client, db):
    card = make_card(
        checked_on="2026-11-29", signed_by="Dr Alice, urgentiste", signed_on="2026-11-28"
    )
    html = client.get(make_article(care_card=card).get_absolute_url()).content.decode()
    assert "Numéros valables en France" in html
    assert "29 novembre 2026" in html
    assert "Dr Alice, urgentiste" in html


def test_keyword_and_section_propose_a_card_and_set_none(client, db):
    section = make_section("Santé", care_card=make_card("celle-de-la-rubrique", "De la rubrique"))
    article = make_article(section=make_section("Cœur", parent=section))
    article.tags.set(Tag.objects.named(["zona"]))
    Tag.objects.filter(name="zona").update(care_card=make_card("celle-de-zona", "De zona"))
    assert "care-card" not in client.get(article.get_absolute_url()).content.decode()
    proposed = proposals(article, article.tags.all())
    assert [card.title for card in proposed.cards] == ["De zona", "De la rubrique"]
    assert not proposed.is_sensitive


def test_words_of_the_head_propose_card_and_flag(db):
    article = make_article(title="Idées suicidaires : ce que m’a dit le 3114")
    proposed = proposals(article, [])
    assert proposed.cards[0].slug == "suicide"
    assert proposed.is_sensitive
    article.care_card = proposed.cards[0]
    assert proposed.left_open(article) == []


def test_card_costs_the_article_no_query(client, db):
    article = make_article(section=make_section("Santé"))
    article.tags.set(Tag.objects.named(["un", "deux", "trois"]))

    def cost():
        with CaptureQueriesContext(connection) as queries:
            client.get(article.get_absolute_url())
        return len(queries)

    without = cost()
    article.care_card = make_card()
    article.save(update_fields=["care_card"])
    assert cost() == without <= 8


def test_sensitive_article_has_no_stars_and_no_picture(client, db):
    article = make_article(is_sensitive=True)
    html = client.get(article.get_absolute_url()).content.decode()
    assert 'id="note"' not in html
    assert 'href="#note"' not in html
    assert "article__picture" not in html


def test_editors_write_cards_and_see_what_is_due(as_, bruno):
    client = as_(bruno)
    made = client.post(
        "/admin/care/carecard/add/",
        {
            "title": "Une carte",
            "slug": "une-carte",
            "position": 1,
            "valid_in": "France",
            "urgent_numbers": "3114 = jour et nuit",
            "urgent_text": "",
        },
    )
    assert made.status_code == 302, made.content.decode()
    html = client.get("/admin/care/carecard/?q=une-carte").content.decode()
    assert "3114" in html
    assert "non signée" in html
    assert "à vérifier" in html


def test_admin_says_which_line_is_no_number_and_which_words_cannot_be_read(as_, bruno):
    html = (
        as_(bruno)
        .post(
            "/admin/care/carecard/add/",
            {
                "title": "Une carte",
                "slug": "c",
                "position": 1,
                "urgent_numbers": "15 = SAMU\nle quinze",
                "explicit_words": "@personne mourir",
            },
        )
        .content.decode()
    )
    assert "« le quinze » n’est pas un numéro" in html
    assert "« @personne » ne se lit pas" in html
