"""Two keywords become one: the articles of both carry the one that stays, and the other's address
leads to it."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from articles import changes
from articles.models import TaggedArticle
from lib.refused import Refused
from redirects.moving import leave_redirect
from taxonomy.models import Tag


def merge(absorbed: Collection[Tag], *, into: Tag) -> int:
    """Give the articles of the absorbed keywords to `into`, once each, and delete those keywords.

    Return how many articles gained it. One transaction, the keywords locked in the order of their
    ids. The absorbed addresses, their feeds included, answer 301; a care card goes along if the
    other keyword has none. Raises Refused.
    """
    ids = {tag.pk for tag in absorbed}
    if not ids or into.pk in ids:
        raise Refused(_("Choisissez au moins deux mots-clés, dont celui qui reste."))
    with transaction.atomic():
        chosen = Tag.objects.filter(pk__in={*ids, into.pk})
        locked = {tag.pk: tag for tag in chosen.select_for_update().order_by("pk")}
        if len(locked) < len(ids) + 1:
            raise Refused(_("Un de ces mots-clés n’existe plus : recommencez."))
        kept = locked.pop(into.pk)
        uses = TaggedArticle.objects.filter(tag__in=list(locked))
        articles = set(uses.values_list("content_object_id", flat=True))
        gained = sum(_absorb(tag, kept) for tag in locked.values())
        kept.save(update_fields=["care_card"])
        changes.announce_names(articles)
    return gained


def _absorb(tag: Tag, kept: Tag) -> int:
    already = TaggedArticle.objects.filter(tag=kept).values("content_object")
    others = TaggedArticle.objects.filter(tag=tag).exclude(content_object__in=already)
    gained: int = others.update(tag=kept)
    tag.uses.all().delete()  # so that all articles are announced together, by the caller
    kept.care_card = kept.care_card or tag.care_card
    address = tag.get_absolute_url()
    tag.delete()
    leave_redirect(address, kept.get_absolute_url(), is_prefix=True)
    return gained
