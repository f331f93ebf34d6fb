"""What a column may hold is said to the database, not to forms alone."""

import pytest
from django.apps import apps
from django.db import models

APPS = ("articles", "authors", "comments", "outbox", "search")
FIELDS = {
    (model, field)
    for app in APPS
    for model in apps.get_app_config(app).get_models()
    for field in model._meta.fields
}
named = pytest.mark.parametrize(
    ("model", "field"),
    sorted(
        ((model, field) for model, field in FIELDS if field.choices),
        key=lambda pair: str(pair[1]),
    ),
    ids=str,
)


@named
def test_column_with_choices_holds_nothing_else(model, field):
    allowed = {value for value, _label in field.flatchoices} | ({""} if field.blank else set())
    held = [
        set(rule[1])
        for constraint in model._meta.constraints
        if isinstance(constraint, models.CheckConstraint)
        for rule in constraint.condition.children
        if isinstance(rule, tuple) and rule[0] == f"{field.name}__in"
        if constraint.condition == models.Q(rule)
    ]
    assert held == [allowed]


def test_old_identifier_is_unique_where_it_is_set():
    carriers = {model for model, field in FIELDS if field.name == "legacy_id"}
    assert {model.__name__ for model in carriers} == {"Article", "Author", "Comment"}
    for model in carriers:
        assert any(
            isinstance(constraint, models.UniqueConstraint) and constraint.fields == ("legacy_id",)
            for constraint in model._meta.constraints
        )
