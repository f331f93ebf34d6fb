"""The page /style/ and the long article in the browser: axe, widths, spacing, targets, focus."""

import os
import re
from io import BytesIO
from itertools import product
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image

from tests.accessibility import check, violations
from tests.browsing import sign_in
from tests.factories import make_author, make_long_article, make_rating, make_section

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SPACING = """
* {
  line-height: 1.5 !important;
  letter-spacing: 0.12em !important;
  word-spacing: 0.16em !important;
}
p { margin-block-end: 2em !important; }
"""
WIDEN = """() => new Promise((done) => {
  const link = document.createElement("link");
  Object.assign(link, { rel: "stylesheet", href: "/spacing.css", onload: done });
  document.head.append(link);
})"""
SMALL_TARGETS = """() => [...document.querySelectorAll(
  "a, button, input:not([type=hidden]), select, textarea, summary")]
  .filter((element) => element.checkVisibility({ visibilityProperty: true }))
  .filter((element) => !element.closest(".skip, .trap, [aria-hidden=true]"))
  .filter((element) => getComputedStyle(element).display !== "inline")
  .map((element) => [element, element.getBoundingClientRect()])
  .filter(([element, box]) => box.width && (box.width < 24 || box.height < 24))
  .map(([element, box]) => `${element.outerHTML.slice(0, 100)} ${box.width}x${box.height}`)"""
STATES = """() => [...document.querySelectorAll(".style__state")].map((state) => {
  const box = state.getBoundingClientRect();
  const label = state.querySelector(".style__label").getBoundingClientRect();
  const [top, bottom] = [label.bottom + scrollY, box.bottom + scrollY];
  return [state.innerText.slice(0, 60), box.left, top, box.right, bottom];
})"""
FOCUSED = """() => {
  const element = document.activeElement;
  if (element === document.body) return null;
  const style = getComputedStyle(element), box = element.getBoundingClientRect();
  const left = box.left + Math.min(box.width / 2, 5);
  const there = document.elementsFromPoint(left, box.top + box.height / 2)
    .some((other) => element.contains(other) || other.contains(element));
  return {
    html: element.outerHTML.slice(0, 90),
    ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    seen: there && box.top < innerHeight && box.bottom > 0,
  };
}"""


@pytest.fixture
def author(transactional_db):
    return make_author("Alice", role="WRITER", biography="Elle écrit.")


@pytest.fixture
def article(author):
    section = make_section("Les Actus", parent=make_section("Médicaments & Soins", colour="care"))
    return make_long_article(reactions=20, section=section, author=author)


@pytest.mark.urls("tests.carevox.urls")
def test_every_component_is_accessible(quiet_page, live_server, tmp_path):
    quiet_page.goto(f"{live_server.url}/style/")
    check(quiet_page, thoroughly=True)
    folder = Path(os.environ.get("SCREENSHOTS") or tmp_path)
    for width, scheme in product((1280, 360), ("light", "dark")):
        quiet_page.set_viewport_size({"width": width, "height": 900})
        quiet_page.emulate_media(color_scheme=scheme)
        assert quiet_page.evaluate(SMALL_TARGETS) == []
        whole = Image.open(
            BytesIO(
                quiet_page.screenshot(full_page=True, path=folder / f"style-{width}-{scheme}.png")
            )
        ).convert("L")
        drawn = {name: whole.crop(box).getextrema() for name, *box in quiet_page.evaluate(STATES)}
        assert len(drawn) > 40
        assert [
            name for name, (darkest, lightest) in drawn.items() if lightest - darkest < 30
        ] == []


@pytest.mark.urls("tests.carevox.urls")
def test_every_style_sheet_of_a_component_is_shown(client):
    html = client.get("/style/").content.decode()
    names = [
        path.stem.replace("_", "-")
        for path in sorted(
            (Path(settings.BASE_DIR) / "static" / "css" / "components").glob("*.css")
        )
    ]
    classes = set(" ".join(re.findall(r'class="([^"]+)"', html)).replace("__", " ").split())
    assert len(names) > 20
    assert [name for name in names if name not in classes] == []


def test_pages_fit_a_narrow_screen_with_wide_spacing(page, live_server, article):
    page.set_viewport_size({"width": 320, "height": 700})
    page.context.route(
        "**/spacing.css", lambda route: route.fulfill(body=SPACING, content_type="text/css")
    )
    paths = [
        "/",
        "/medicaments-soins/",
        "/auteurs/alice/",
        "/mots-cles/mot-cle-numero-1/",
        "/recherche?q=long",
        "/recherche?q=zzxqv",
        "/les-plus-lus/toujours/",
    ]
    for path in [article.get_absolute_url(), *paths, "/compte/signup/", "/nulle-part/"]:
        page.goto(live_server.url + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        assert page.evaluate(SMALL_TARGETS) == [], path
        page.evaluate(WIDEN)
        assert (
            page.evaluate(
                "getComputedStyle(document.querySelector('main p, main li')).letterSpacing"
            )
            != "normal"
        ), path
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_long_article_is_accessible(quiet_page, live_server, author):
    quiet_page.goto(
        live_server.url + make_long_article(reactions=200, author=author).get_absolute_url()
    )
    check(quiet_page, thoroughly=True)


@pytest.mark.parametrize("width", [1280, 360])
def test_keyboard_reaches_everything_and_shows_where_it_is(page, live_server, article, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(live_server.url + article.get_absolute_url())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    hidden, steps = [], 0
    while (focused := page.evaluate(FOCUSED)) and steps < 400:
        if not (focused["ring"] and focused["seen"]):
            hidden.append(focused)
        page.keyboard.press("Tab")
        steps += 1
    assert hidden == []
    assert 60 < steps < 400  # through the page and out at its end: no trap


def test_error_pages_and_refusals_are_accessible(page, live_server, article):
    page.goto(f"{live_server.url}/nulle-part/")
    assert violations(page) == []
    page.goto(f"{live_server.url}/en/nulle-part/")
    assert violations(page) == []
    sign_in(page, live_server, make_author("Chloé", member=True))
    page.goto(live_server.url + article.get_absolute_url())
    page.fill("[name=text]", "   ")
    page.click("text=Publier ma réaction")
    assert page.title().startswith("Erreur")
    assert violations(page) == []
    for _n in range(31):
        answer = page.request.post(
            f"{live_server.url}/compte/profil/",
            form={"pseudonym": ""},
            headers={"Referer": live_server.url},
        )
    assert answer.status in {403, 429}
    for path in (
        "/compte/profil/",
        "/compte/email/",
        "/compte/password/change/",
        "/compte/2fa/",
        "/compte/2fa/webauthn/",
        "/compte/reauthenticate/",
        "/compte/logout/",
    ):
        page.goto(live_server.url + path)
        assert violations(page) == [], path


def test_forced_colours_keep_stars_and_the_chosen_note(page, live_server, article):
    make_rating(article)
    page.emulate_media(forced_colors="active")
    page.goto(live_server.url + article.get_absolute_url())
    page.check("[name=value][value='4']")
    ring = page.locator(".rating__choice:has(:checked)").evaluate(
        "element => getComputedStyle(element).outlineStyle"
    )
    assert ring == "solid"
    assert (
        page.locator(".stars__full").first.evaluate("element => getComputedStyle(element).fill")
        != "none"
    )


def test_paper_holds_sources_and_no_navigation(page, live_server, article):
    page.emulate_media(media="print")
    page.goto(live_server.url + article.get_absolute_url())
    for gone in (".masthead__nav", ".breadcrumb", ".thread", ".footer", ".rating__form"):
        assert not page.locator(gone).first.is_visible(), gone
    for kept in (
        ".wordmark",
        ".headline__title",
        ".margin",
        ".prose",
        ".sources",
        ".author-box",
        ".paper-only",
    ):
        assert page.locator(kept).first.is_visible(), kept
    assert "http://www.example.org/2012/09/06/" in page.locator(".sources").inner_text()
