"""The database itself refuses what no list, experiment or decision knows."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from readings.models import AlsoViewed, BlockTally, Override
from tests.factories import make_article


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "constraint", "fields"),
    [
        (Override, "override_kind_is_known", {"kind": "XXX", "reason": "Utile."}),
        (Override, "override_has_reason", {"kind": "PIN", "reason": ""}),
        (AlsoViewed, "also_viewed_source_is_known", {"rank": 1, "source": "CHANCE"}),
        (
            AlsoViewed,
            "also_viewed_variant_is_known",
            {"rank": 1, "source": "NOW", "variant": "C"},
        ),
        (BlockTally, "block_tally_variant_is_known", {"variant": "C", "position": 1}),
        (BlockTally, "block_tally_position_is_shown", {"variant": "A", "position": 6}),
    ],
)
def test_unknown_value_is_refused_by_the_database(model, constraint, fields):
    related = {"article": make_article()}
    related |= (
        {"day": timezone.localdate()} if model is BlockTally else {"neighbour": make_article()}
    )
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        model.objects.create(**related, **fields)


def test_every_choice_is_in_its_constraint():
    for model, name, choices in (
        (Override, "override_kind_is_known", Override.Kind),
        (AlsoViewed, "also_viewed_source_is_known", AlsoViewed.Source),
    ):
        (constraint,) = (each for each in model._meta.constraints if each.name == name)
        ((_lookup, known),) = constraint.condition.children
        assert list(known) == choices.values
