"""What only shows something is asked by GET and HEAD; any other method is 405, token or not."""

import pytest
from django.test import Client, RequestFactory
from django.urls import URLPattern, get_resolver

from tests.architecture.test_house import APPS
from tests.factories import make_article

TAKES_POST = {
    *("articles:rate", "comments:post", "comments:edit", "comments:retract", "comments:report"),
    *("comments:report_article", "contact", "readings:record", "authors:profile"),
    *("authors:sign_up", "authors:new_link", "authors:confirm_address"),
}


def ours(resolver=None, names=()):
    """Yield the name and the view of each address that readers reach; accounts and admin aside."""
    for entry in (resolver or get_resolver()).url_patterns:
        if not isinstance(entry, URLPattern):
            yield from ours(entry, (*names, *([entry.namespace] if entry.namespace else ())))
        elif (module := entry.callback.__module__).split(".")[0] in APPS and ".admin" not in module:
            yield ":".join((*names, entry.name or str(entry.pattern))), entry.callback


def answers(view, method):
    request = RequestFactory().generic(method, "/")
    try:
        return view(request).status_code
    except Exception as error:
        return repr(error)


def test_everything_readers_reach_refuses_what_it_does_not_take():
    views = dict(ours())
    assert len(views) > 40
    wrong = {}
    for name, view in views.items():
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            if method == "POST" and name in TAKES_POST:
                continue
            if answers(view, method) != 405:
                wrong[name, method] = answers(view, method)
    assert wrong == {}


def test_views_that_take_posts_are_there():
    assert {name for name, _view in ours()} >= TAKES_POST


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_a_post_without_a_token_is_405_where_there_is_nothing_to_send(db, language, method):
    article = make_article()
    stranger, page = Client(enforce_csrf_checks=True), article.get_absolute_url()
    places = ["/", "/feed/", "/feed/atom/", "/feed/json/", page, article.section.get_absolute_url()]
    places += [f"{page}/reactions/feed/", "/recherche", "/archives/", "/auteurs/"]
    for place in places:
        answer = getattr(stranger, method)(f"{language}{place}")
        assert answer.status_code == 405, place
        assert answer.headers["Allow"] == "GET, HEAD"
