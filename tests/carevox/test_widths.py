"""Pages at the sizes of text and the widths of screens that readers have."""

import random
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.factories import make_article, make_author, make_picture, make_section
from tests.widths import WIDTHS, text_of, too_wide

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ALWAYS = {300, 320, 360, 768}
TABLE = (
    "<table><caption>Doses</caption><thead><tr>"
    + "".join(f"<th scope='col'>Colonne {n}</th>" for n in range(5))
    + "</tr></thead><tbody><tr><th scope='row'>Ibuprofène</th>"
    + "<td>trois fois par jour</td>" * 4
    + "</tr></tbody></table>"
)


@pytest.mark.parametrize("size", [20, 32])
def test_no_page_scrolls_sideways(
    size, browser_type, browser_type_launch_args, live_server, transactional_db
):
    section = make_section("Médicaments & Soins", colour="care")
    author = make_author("Une-plume-au-nom-interminable-comme-parfois", role="WRITER")
    article = make_article(
        section=section,
        author=author,
        title="L’oto-rhino-laryngologiste et l’hydroxychloroquine",
        body=f"<p>Texte.</p>{TABLE}",
        lead_image=make_picture(),
    )
    paths = ["/", article.get_absolute_url(), section.get_absolute_url(), "/compte/login/"]
    paths += ["/recherche/?q=texte", "/contact/"]
    widths = sorted(ALWAYS | set(random.Random(size).sample(WIDTHS, 8)))
    with text_of(size, browser_type, **browser_type_launch_args) as page:
        found = [line for path in paths for line in too_wide(page, live_server.url + path, widths)]
    assert found == []


def test_open_menu_of_a_phone_cuts_no_line(quiet_page, live_server, transactional_db):
    make_article(section=make_section("Une rubrique au nom plus long que l’écran d’un téléphone"))
    quiet_page.set_viewport_size({"width": 320, "height": 640})
    for path in ("/", "/contact/"):
        quiet_page.goto(live_server.url + path)
        quiet_page.click("summary.menu__button")
        panel = quiet_page.locator(".menu__panel")
        box, bar = panel.bounding_box(), quiet_page.locator(".masthead").bounding_box()
        assert abs(box["y"] - (bar["y"] + bar["height"])) <= 1
        assert box["y"] + box["height"] >= 640
        assert panel.evaluate("panel => panel.scrollWidth <= panel.clientWidth")


def test_search_icon_of_a_phone_leads_to_a_field_in_focus(quiet_page, live_server, db):
    quiet_page.set_viewport_size({"width": 360, "height": 640})
    quiet_page.goto(f"{live_server.url}/")
    quiet_page.click(".masthead__search-link")
    expect(quiet_page.locator("#q")).to_be_focused()


def test_table_that_goes_on_shows_a_shadow_on_that_side(quiet_page, live_server, db):
    article = make_article(body=TABLE)
    quiet_page.set_viewport_size({"width": 360, "height": 640})
    quiet_page.goto(live_server.url + article.get_absolute_url())
    region = quiet_page.get_by_role("region", name="Doses")
    at_first = _edges(region)
    region.evaluate("region => region.scrollTo(region.scrollWidth, 0)")
    at_last = _edges(region)
    assert at_first[1] < at_last[1], "darker on the right while the table goes on there"


def _edges(region):
    """Return how light the first and the last columns of pixels of the region are, 0 to 255."""
    drawn = Image.open(BytesIO(region.screenshot())).convert("L")
    columns = [drawn.crop((x, 0, x + 2, drawn.height)).resize((1, 1)) for x in (0, drawn.width - 3)]
    return [column.getpixel((0, 0)) for column in columns]


def test_pictures_further_down_are_fetched_before_paper_is_printed(quiet_page, live_server, db):
    picture = f'<figure><img src="{make_picture().file.url}" alt="Une image"></figure>'
    article = make_article(body="<p>Une ligne.</p>" * 300 + picture)
    quiet_page.goto(live_server.url + article.get_absolute_url())
    lazy = quiet_page.locator("img[loading=lazy]")
    assert lazy.count() >= 1
    quiet_page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(lazy).to_have_count(0)
    quiet_page.evaluate("Promise.allSettled([...document.images].map((one) => one.decode()))")
    assert quiet_page.evaluate("[...document.images].every((picture) => picture.complete)")
