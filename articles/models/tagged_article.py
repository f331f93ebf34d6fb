from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase

from taxonomy.models import Tag, TagQuerySet


class TaggedArticle(ItemBase):
    content_object = models.ForeignKey("articles.Article", on_delete=models.CASCADE)
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="uses")

    class Meta:
        verbose_name = _("mot-clé d’un article")
        verbose_name_plural = _("mots-clés des articles")
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="tag_once_per_article")
        ]
        indexes = [
            models.Index(fields=["tag", "content_object"], name="article_of_tag")
        ]  # tag page

    @classmethod
    def tags_for(
        cls, model: type[models.Model], instance: models.Model | None = None, **filters: Any
    ) -> TagQuerySet:
        return (
            Tag.objects.filter(uses__content_object__pk=instance.pk, **filters)
            if instance
            else Tag.objects.filter(uses__isnull=False, **filters).distinct()
        )
