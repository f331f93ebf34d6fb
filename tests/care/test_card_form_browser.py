"""The long form of a care card, walked through by keyboard."""

import pytest

from tests.browsing import sign_in
from tests.factories import make_author

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FOCUS = """() => {
  const focused = document.activeElement;
  const row = document.querySelector(".submit-row");
  const [one, other] = [focused, row].map((element) => element.getBoundingClientRect());
  return [focused.id, !row.contains(focused) && one.bottom > other.top && one.top < other.bottom];
}"""


def test_what_has_the_focus_is_never_behind_the_buttons(quiet_page, live_server):
    sign_in(quiet_page, live_server, make_author("Bruno", member=True, role="EDITOR"))
    quiet_page.goto(f"{live_server.url}/admin/care/carecard/add/")
    quiet_page.focus("#id_title")
    walked = []
    for _tab in range(60):
        walked.append(quiet_page.evaluate(FOCUS))
        if quiet_page.locator("[name=_save]:focus").count():
            break
        quiet_page.keyboard.press("Tab")
    assert "id_checked_on" in dict(walked)
    assert [name for name, is_covered in walked if is_covered] == []
