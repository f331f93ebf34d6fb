import re

import pytest
from django.urls import reverse
from django.utils import translation

from redirects.models import Redirect
from redirects.moving import leave_redirect


def test_redirect_counts_its_passages(client, db):
    Redirect.objects.create(old_path="/vieux/", new_path="/")
    client.get("/vieux/?a=1")
    client.get("/vieux/")
    assert Redirect.objects.get().hits == 2


def test_redirects_are_stored_without_a_language(db):
    with translation.override("en"):
        leave_redirect(reverse("articles:tag", args=["a"]), reverse("articles:tag", args=["b"]))
    assert list(Redirect.objects.values_list("old_path", "new_path")) == [
        ("/mots-cles/a/", "/mots-cles/b/")
    ]


@pytest.mark.parametrize(
    "rest",
    [
        "/evil.example/x",
        "//evil.example/x",
        "%5Cevil.example/x",
        "/%5C/evil.example/x",
        "en//evil.example/x",
    ],
)
@pytest.mark.parametrize("language", ["", "/en"])
def test_redirect_never_leads_to_another_host(client, db, language, rest):
    Redirect.objects.create(old_path="/vieux/", new_path="/", is_prefix=True)
    response = client.get(f"{language}/vieux/{rest}")
    assert response.status_code == 301
    assert re.match(r"/(?![/\\])", response["location"]), response["location"]
