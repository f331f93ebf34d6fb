"""What a first visit asks of the server, nothing being in the browser's cache."""

import pytest

from tests.factories import make_article, make_author, make_picture, make_section

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOST = 10
BEACON = 1  # sent later, once the article has been read


@pytest.fixture
def magazine(transactional_db):
    section = make_section("Les Actus", parent=make_section("Médicaments & Soins", colour="care"))
    alice = make_author("Alice", role="WRITER")
    for n in range(12):
        figure = make_picture()
        body = "<p>Un texte.</p>" * 5
        body += f'<figure><img src="/media/{figure.name}" alt="x"></figure>'
        body += "<p>Un texte qui se lit et se lit encore. </p>" * 60
        picture = make_picture() if n % 3 == 0 else None  # as many as in the demo
        last = make_article(section=section, author=alice, body=body, lead_image=picture)
    make_article(section=section, author=alice, body=body, lead_image=make_picture())
    return {"section": section.get_absolute_url(), "article": last.get_absolute_url()}


@pytest.mark.parametrize(("page_name", "later"), [("section", 0), ("article", BEACON)])
@pytest.mark.parametrize("width", [1280, 360])
def test_a_first_visit_takes_ten_requests(live_server, page, magazine, page_name, later, width):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{live_server.url}{magazine[page_name]}", wait_until="networkidle")
    assert len(asked) + later <= MOST, "\n".join(asked)
    scripts = [url for url in asked if url.endswith(".js")]
    assert len(scripts) == 1
    assert all(url.startswith(live_server.url) for url in asked)


def test_icons_are_drawn_from_the_page(live_server, page, magazine):
    page.goto(f"{live_server.url}{magazine['article']}")
    uses = page.locator("use[href^='#icon-']")
    known = "use => document.querySelector(use.getAttribute('href')) !== null"
    assert uses.count() >= 2
    assert all(uses.nth(n).evaluate(known) for n in range(uses.count()))
