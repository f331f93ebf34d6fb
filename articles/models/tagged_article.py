from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase

from taxonomy.models import Tag, TagQuerySet


class TaggedArticle(ItemBase):  # type: ignore[misc]  # taggit has no types
    content_object = models.ForeignKey("articles.Article", on_delete=models.CASCADE)
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="uses")

    class Meta:
        verbose_name = _("mot-clé d’un article")
        verbose_name_plural = _("mots-clés des articles")
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="tag_once_per_article")
        ]
        # the page of a keyword
        indexes = [models.Index(fields=["tag", "content_object"], name="article_of_tag")]

    @classmethod
    def count_of_tag(cls) -> Coalesce:
        """Return how many articles carry a keyword, drafts too, for a query over keywords."""
        uses = cls.objects.filter(tag=OuterRef("pk")).order_by().values("tag")
        counted = uses.annotate(n=Count("pk")).values("n")
        return Coalesce(Subquery(counted, output_field=models.IntegerField()), 0)

    @classmethod
    def tags_for(
        cls, model: type[models.Model], instance: models.Model | None = None, **filters: Any
    ) -> TagQuerySet:
        if instance:
            return Tag.objects.filter(uses__content_object__pk=instance.pk, **filters)
        return Tag.objects.filter(uses__isnull=False, **filters).distinct()
