"""What a real browser tells the site, and what not. The page's clock is wound by hand."""

import re

import pytest

from articles.models import Article
from readings.models import BlockTally, Reading
from readings.recommendations import building
from tests.factories import make_article

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def article(transactional_db):
    article = make_article(title="Lu pour de bon")
    for _n in range(6):
        make_article(section=article.section)
    building.build_lists()
    return article


@pytest.fixture
def told(page):
    """What the page has told, as it was sent."""
    sent = []
    page.on(
        "request",
        lambda request: sent.append(request.post_data) if "/lectures/" in request.url else None,
    )
    return sent


def open_page(page, live_server, article):
    page.clock.install()
    page.goto(live_server.url + article.get_absolute_url())
    page.wait_for_function("document.readyState === 'complete'")


def wind(page, seconds):
    page.clock.run_for(seconds * 1000)
    page.wait_for_timeout(150)


def hide(page, hidden):
    page.evaluate(
        """hidden => {
          const get = () => (hidden ? "hidden" : "visible");
          Object.defineProperty(document, "visibilityState", { configurable: true, get });
          document.dispatchEvent(new Event("visibilitychange"));
        }""",
        hidden,
    )


def soon(page, condition):
    """Wait for what the server does with a beacon, which nobody waits for."""
    for _turn in range(100):
        if condition():
            return True
        page.wait_for_timeout(100)
    return False


def count(article):
    return Article.objects.get(pk=article.pk).readings_count


def test_ten_visible_seconds_are_one_reading(quiet_page, live_server, article, told):
    open_page(quiet_page, live_server, article)
    wind(quiet_page, 9)
    assert told == []
    wind(quiet_page, 2)
    assert soon(quiet_page, lambda: count(article) == 1)
    wind(quiet_page, 60)
    assert len([body for body in told if "act=read" in body]) == 1
    assert quiet_page.context.cookies() == []
    assert quiet_page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert re.fullmatch(rf"act=read&article={article.pk}&position=0", told[0])


def test_bounce_of_five_seconds_is_no_reading(page, live_server, article, told):
    open_page(page, live_server, article)
    wind(page, 5)
    page.goto("about:blank")
    assert told == []
    assert not Reading.objects.exists()


def test_hidden_tab_does_not_read(page, live_server, article, told):
    open_page(page, live_server, article)
    wind(page, 6)
    hide(page, True)
    wind(page, 120)
    assert told == []
    hide(page, False)
    wind(page, 3)
    assert told == []
    wind(page, 2)
    assert soon(page, lambda: count(article) == 1)


def test_second_look_in_the_same_visit_is_no_second_reading(page, live_server, article, told):
    for _look in range(2):
        open_page(page, live_server, article)
        wind(page, 11)
    assert soon(page, lambda: len(told) == 2 and count(article) == 1)


@pytest.mark.parametrize(
    "wish", ["navigator.__proto__.doNotTrack", "navigator.__proto__.globalPrivacyControl"]
)
def test_reader_who_asks_not_to_be_tracked_sends_nothing(page, live_server, article, told, wish):
    name, value = wish.rpartition(".")[2], '"1"' if "doNotTrack" in wish else "true"
    page.add_init_script(
        f'Object.defineProperty(Navigator.prototype, "{name}", {{ get: () => {value} }});'
    )
    open_page(page, live_server, article)
    wind(page, 30)
    assert told == []
    assert not Reading.objects.exists()


def test_block_that_is_seen_and_followed_is_counted_without_a_trace_in_the_address(
    page, live_server, article, told
):
    open_page(page, live_server, article)
    wind(page, 11)
    assert soon(page, lambda: count(article) == 1)
    assert BlockTally.objects.count() == 0
    page.locator("[data-also-viewed]").scroll_into_view_if_needed()
    page.wait_for_timeout(200)
    wind(page, 5)
    assert soon(page, lambda: list(BlockTally.objects.values_list("position", "count")) == [(0, 1)])
    link = page.locator("[data-also-viewed] a").nth(1)
    target = link.get_attribute("href")
    link.click()
    page.wait_for_url(live_server.url + target)
    assert soon(
        page, lambda: set(BlockTally.objects.values_list("position", "count")) == {(0, 1), (2, 1)}
    )


def test_block_leads_on_without_javascript(browser, live_server, article):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url + article.get_absolute_url())
    target = page.locator(".also-viewed a").first.get_attribute("href")
    page.locator(".also-viewed a").first.click()
    assert page.url == live_server.url + target
    assert not Reading.objects.exists()
    context.close()
