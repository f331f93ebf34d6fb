"""Back brings a page as it was left, with what was typed into it."""

from __future__ import annotations

import pytest

from tests.browsing import sign_in


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_back_gives_what_was_typed(page, live_server, chloe):
    sign_in(page, live_server, chloe)
    for path, field in (("/compte/profil/", "biography"), ("/a-propos/contact/", "text")):
        page.goto(f"{live_server.url}{path}")
        page.fill(f"[name={field}]", "Un texte qui n’est pas encore parti.")
        page.goto(f"{live_server.url}/")
        page.go_back()
        assert page.input_value(f"[name={field}]") == "Un texte qui n’est pas encore parti."
