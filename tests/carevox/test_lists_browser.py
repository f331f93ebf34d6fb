"""The lists in a real browser: accessible and fitting at both widths, in both schemes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article
from care.models import CareCard
from frontpage.models import FrontPageSlot
from readings.models import ReadingsOfDay
from taxonomy.models import Tag
from tests.accessibility import check
from tests.factories import (
    make_article,
    make_author,
    make_comment,
    make_picture,
    make_rating,
    make_section,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = "Anticonstitutionnellement-hépato-gastro-entérologique-" * 3


@pytest.fixture
def magazine(transactional_db):
    top = make_section(
        "Médicaments & Soins", colour="care", description="Bien prendre, bien arrêter."
    )
    section = make_section(
        "Les Actus",
        parent=top,
    )
    author = make_author("Médecine-2.0", role="WRITER")
    picture = make_picture()
    caption = "<figcaption>Une légende</figcaption>"
    body = f'<p>Une étude.</p><figure><img src="/media/{picture.name}">{caption}</figure>'
    for n in range(23):
        article = make_article(
            section=section,
            author=author,
            title=f"Un titre {n}" if n else LONG,
            body=body,
            lead_image=picture,
            published_at=timezone.now() - timedelta(days=n),
        )
        Article.objects.filter(pk=article.pk).update(
            comments_count=n + 1, ratings_count=n + 1, ratings_sum=4 * (n + 1), readings_count=1234
        )
        ReadingsOfDay.objects.create(article=article, day=timezone.localdate(), readings_count=1234)
    make_rating(article)
    make_comment(article, author)
    article.care_card = CareCard.objects.create(
        slug="une-urgence", title="Une urgence ?", urgent_numbers="15 = SAMU\nSMS 114 = par SMS"
    )
    article.save(update_fields=["care_card"])
    article.tags.set(Tag.objects.named(["santé publique"]))
    FrontPageSlot.objects.create(article=article, place=FrontPageSlot.Place.SELECTION)
    return article


def test_lists_are_accessible_and_fit(quiet_page, live_server, magazine):
    month = timezone.localtime(magazine.published_at)
    paths = [
        "/",
        "/medicaments-soins/les-actus/",
        "/mots-cles/sante-publique/",
        "/les-plus-lus/",
        "/les-mieux-notes/annee/",
        "/archives/",
    ]
    for path in [
        *paths,
        f"/archives/{month:%Y/%m}/",
        "/auteurs/",
        "/auteurs/medecine-2-0/reactions/",
        magazine.get_absolute_url(),
    ]:
        quiet_page.goto(live_server.url + path)
        check(quiet_page)


def test_picture_in_the_text_opens_its_file(quiet_page, live_server, magazine):
    quiet_page.goto(live_server.url + magazine.get_absolute_url())
    link = quiet_page.locator(".prose .picture__open")
    address = link.get_attribute("href")
    assert (
        quiet_page.request.get(live_server.url + address)
        .headers["content-type"]
        .startswith("image/")
    )


def test_explanation_opens_without_a_script(browser, live_server, magazine):
    page = browser.new_context(java_script_enabled=False, locale="fr-FR").new_page()
    page.goto(f"{live_server.url}/les-mieux-notes/annee/")
    assert not page.get_by_text("notes imaginaires").is_visible()
    page.get_by_text("Le calcul exact").click()
    assert page.get_by_text("notes imaginaires").is_visible()
    page.context.close()


def test_care_card_is_printed(quiet_page, live_server, magazine):
    quiet_page.emulate_media(media="print")
    quiet_page.goto(live_server.url + magazine.get_absolute_url())
    assert quiet_page.locator(".care-card__number").first.is_visible()
