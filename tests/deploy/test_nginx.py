"""What can be read in the file of nginx; `proofs/failures.py` starts it."""

import re

import pytest
from django.template.loader import render_to_string

from carevox.static import PAGES_OF_THE_PROXY, SiteStaticStorage
from tests.nginx import CONF

TEXT = CONF.read_text(encoding="utf-8")
LOCATIONS = re.findall(r"\n    location ([^{\n]+?) \{\n(.*?)\n    \}", TEXT, re.DOTALL)


def test_every_place_that_adds_a_header_is_for_https_only():
    """One header in a location takes those around it away."""
    adding = {name for name, block in LOCATIONS if "add_header" in block}
    strict = {name for name, block in LOCATIONS if "Strict-Transport-Security" in block}
    assert {"/static/", "/media/", "@slower"} <= adding
    assert adding == strict


def test_headers_of_answers_and_requests_have_room():
    [answers] = re.findall(r"proxy_buffer_size (\d+)k;", TEXT)
    [requests] = re.findall(r"large_client_header_buffers 4 (\d+)k;", TEXT)
    assert int(answers) >= int(requests) + 4  # the address comes back in the header that leads on


def test_pages_of_nginx_are_drawn_by_collectstatic(tmp_path):
    list(SiteStaticStorage(location=tmp_path).pages_of_the_proxy())
    named = re.findall(r"error_page [\d =]+ /([\w-]+\.html);", TEXT)
    assert sorted(f"pages/{name}" for name in named) == sorted(PAGES_OF_THE_PROXY)
    for name in PAGES_OF_THE_PROXY:
        page = (tmp_path / name).read_text(encoding="utf-8")
        assert page.startswith("<!DOCTYPE html>")
        assert '<html lang="fr">' in page


@pytest.mark.parametrize("name", ["away", "too_large", "bad_request"])
def test_pages_of_nginx_ask_nothing(name):
    page = render_to_string(f"proxy/{name}.html")  # without a database
    assert "<form" not in page
    assert page.count("<h1>") == 1


def test_no_place_takes_the_pages_of_nginx_away():
    """One `error_page` in a location makes it forget those around it."""
    assert [name for name, block in LOCATIONS if "error_page" in block] == []
