"""What makes no sense is answered in French, with a 4xx."""

import pytest
from django.db import DataError


def test_number_beyond_the_database_is_a_bad_request(as_, bruno):
    response = as_(bruno).get("/admin/articles/article/", {"section": "9" * 40})
    assert response.status_code in {
        200,
        302,
        400,
    }  # PostgreSQL finds nothing, SQLite cannot compare


BEYOND = "9" * 20  # what SQLite cannot bind: 64 bits end at 9223372036854775807
ARTICLES = "/admin/articles/article/"


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (ARTICLES, "author"),
        (ARTICLES, "author__id__in"),
        (ARTICLES, "lead_image__gte"),
        (ARTICLES, "id__in"),
        (ARTICLES, "comments_count__in"),
        (ARTICLES, "created_at__year"),
        ("/admin/comments/comment/", "parent"),
        ("/admin/comments/report/", "article__in"),
        ("/admin/magazine/contactmessage/", "id__in"),
    ],
)
@pytest.mark.parametrize(
    "value", [BEYOND, f"-{BEYOND}", f"1,{BEYOND}", str(2**63), "9_" * 20 + "9", "9" * 5000]
)
def test_filter_of_the_admin_that_no_column_holds_is_a_bad_request(as_, bruno, path, name, value):
    response = as_(bruno).get(path, {name: value})
    assert response.status_code == 400
    assert "valeur impossible" in response.content.decode()


@pytest.mark.parametrize("path", ["/admin/articles/article/", "/admin/comments/comment/"])
@pytest.mark.parametrize("lookup", ["year", "year__gte", "year__in", "iso_year__lt"])
@pytest.mark.parametrize("year", ["9999", "99999", "0", "-1", "9_999", "99_999", "٩٩٩٩"])
def test_year_that_no_calendar_holds_is_a_bad_request(as_, bruno, path, lookup, year):
    assert as_(bruno).get(path, {f"created_at__{lookup}": year}).status_code == 400


@pytest.mark.parametrize("year", ["+-1", "--1", "_1", "x", ""])
def test_filter_that_is_no_number_leads_back_to_the_list(as_, bruno, year):
    answer = as_(bruno).get(ARTICLES, {"created_at__year": year})
    assert (answer.status_code, answer["location"]) == (302, f"{ARTICLES}?e=1")


@pytest.mark.parametrize("path", ["/admin/articles/article/", "/admin/comments/comment/"])
@pytest.mark.parametrize(
    "row", [BEYOND, "9" * 5000, "x", "1\x00", "", "0b9ae2d6-7f43-4f0e-9a55-0d5c2f7c1a11"]
)
@pytest.mark.parametrize("action", ["publish_selected", "hide_selected"])
def test_action_for_a_row_that_cannot_be_is_for_none(as_, bruno, path, row, action):
    sent = {"action": action, "_selected_action": ["1", row]}
    assert as_(bruno).post(path, sent).status_code in {200, 302}


def test_nul_in_what_an_editor_types_to_find_a_row_is_no_error_of_ours(as_, bruno):
    client = as_(bruno)
    field = {"app_label": "articles", "model_name": "article", "field_name": "author"}
    answer = client.get("/admin/autocomplete/", {"term": "x\x00", **field})
    assert answer.status_code == 400
    assert client.get("/admin/pictures/picture/choix/", {"q": "\x00"}).status_code == 200


def test_nul_in_a_filter_is_a_bad_request(as_, bruno):
    response = as_(bruno).get("/admin/authors/author/", {"pseudonym__exact": "a\x00b"})
    assert response.status_code == 400


def test_long_number_is_searched_for_like_any_word(as_, bruno):
    assert as_(bruno).get("/admin/articles/article/", {"q": BEYOND}).status_code == 200


@pytest.mark.parametrize("action", ["change", "delete", "history"])
@pytest.mark.parametrize("number", [BEYOND, f"-{BEYOND}", "9" * 5000])
def test_row_of_an_impossible_number_is_none(as_, bruno, action, number):
    response = as_(bruno).get(f"/admin/articles/article/{number}/{action}/")
    assert response.status_code == 404


def test_nul_in_a_cookie_is_a_bad_request(client, db):
    response = client.get("/compte/login/", headers={"cookie": r'sessionid="abcdefgh\000"'})
    assert response.status_code == 400


@pytest.mark.parametrize(
    "error", [OverflowError("too large"), DataError("out of range"), KeyError("x")]
)
def test_error_of_our_own_is_no_bad_request(client, db, monkeypatch, caplog, error):
    def fail(*args, **kwargs):
        raise error

    monkeypatch.setattr("frontpage.content.content", fail)
    client.raise_request_exception = False
    assert client.get("/").status_code == 500
    assert [record.levelname for record in caplog.records if record.exc_info] == ["ERROR"]


def test_too_large_a_form_is_told_so(as_, chloe, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    response = as_(chloe).post("/compte/profil/", {"biography": "x" * 2000})
    assert response.status_code == 413
    assert "trop volumineux" in response.content.decode()


def test_too_many_fields_are_a_bad_request(as_, chloe):
    response = as_(chloe).post("/compte/profil/", {f"field{n}": "x" for n in range(1100)})
    assert response.status_code == 400
    assert "Demande impossible" in response.content.decode()


def test_wrong_host_is_refused(client, db):
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400
