"""Reactions and reports in a real browser: sizes of what is pressed, names of what is wrong."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from comments.models import Report
from tests.accessibility import violations
from tests.factories import make_article, make_author, make_comment

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# 24 pixels each way: WCAG 2.5.8
SMALL = """(selector) => [...document.querySelectorAll(selector)]
    .map((link) => [link.textContent.trim(), link.getBoundingClientRect()])
    .filter(([, box]) => box.width < 24 || box.height < 24)
    .map(([text, box]) => `${text}: ${box.width} x ${box.height}`)"""


@pytest.fixture
def signed_in(quiet_page, live_server, client):
    """Return a function that signs an author in."""

    def sign_in(author):
        client.force_login(author.user)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}
        quiet_page.context.add_cookies([cookie])
        return quiet_page

    return sign_in


def test_links_of_a_thread_are_large_enough_to_press(signed_in, live_server):
    article, chloe = make_article(), make_author("Li", member=True)
    first = make_comment(article, chloe)
    reply = make_comment(article, parent=first)
    make_comment(article, parent=reply)
    page = signed_in(chloe)
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(live_server.url + article.get_absolute_url())
        assert page.locator(".comment__answers > a").count() == 1
        assert page.evaluate(SMALL, ".comment a, .comment button") == []


def test_pages_of_reports_are_large_enough_to_press(signed_in, live_server):
    comment, bruno = make_comment(make_article()), make_author("Bruno", member=True, role="EDITOR")
    Report.objects.bulk_create(Report(comment=comment, reason="INSULT") for _n in range(250))
    page = signed_in(bruno)
    page.goto(f"{live_server.url}/admin/comments/report/")
    assert page.locator(".paginator a").count() >= 2
    assert page.evaluate(SMALL, ".paginator a") == []


def test_choices_of_a_report_are_named_by_their_error(quiet_page, live_server, transactional_db):
    comment = make_comment(make_article())
    quiet_page.goto(f"{live_server.url}/reactions/{comment.pk}/signalement/")
    quiet_page.click("main form button[type=submit]")
    group = quiet_page.get_by_role("radiogroup", name="Pourquoi signaler ce texte ?")
    for named in (group, *group.get_by_role("radio").all()):
        expect(named).to_have_accessible_description("Erreur : Choisissez une raison.")
    assert group.get_attribute("aria-invalid") == "true"
    quiet_page.locator(".error-summary__link").click()
    expect(group.get_by_role("radio").first).to_be_focused()
    assert violations(quiet_page) == []


def test_what_was_typed_and_not_taken_is_accessible(page, live_server, transactional_db):
    page.goto(f"{live_server.url}{make_article().get_absolute_url()}/signalement/")
    page.fill("[name=message]", "Un texte à ne pas perdre")
    page.context.clear_cookies()
    with page.expect_response(lambda answer: answer.status == 403):
        page.click("main form button[type=submit]")
    expect(page.get_by_label("Votre texte, à copier")).to_have_value("Un texte à ne pas perdre")
    assert page.locator("main textarea").count() == 1
    assert violations(page) == []
