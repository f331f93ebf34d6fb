"""What makes no sense is answered in French, with a 4xx."""

import pytest
from django.db import DataError
from django.test import RequestFactory

from carevox.middleware.bad_input import BadInputMiddleware


def test_number_beyond_the_database_is_a_bad_request(as_, bruno):
    response = as_(bruno).get("/admin/articles/article/", {"section": "9" * 40})
    assert response.status_code in {
        200,
        302,
        400,
    }  # PostgreSQL finds nothing, SQLite cannot compare


@pytest.mark.django_db
@pytest.mark.parametrize("error", [OverflowError("too large"), DataError("out of range")])
def test_value_that_no_column_holds_is_a_bad_request(error):
    middleware = BadInputMiddleware(lambda request: None)
    response = middleware.process_exception(RequestFactory().get("/"), error)
    assert response.status_code == 400
    assert "valeur impossible" in response.content.decode()


def test_other_errors_stay_errors():
    assert (
        BadInputMiddleware(lambda request: None).process_exception(
            RequestFactory().get("/"), KeyError("x")
        )
        is None
    )


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
