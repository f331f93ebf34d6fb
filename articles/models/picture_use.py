from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from pictures.models import Picture


class PictureUse(models.Model):
    """A picture that stands in the text of an article.

    Written with the text by `Article.save` and put right by `render_texts`; the picture at the head
    has a foreign key of its own. It tells which texts show a picture without reading any of them,
    and while it stands the database does not let the picture go.
    """

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE)
    picture = models.ForeignKey(Picture, on_delete=models.PROTECT)

    class Meta:
        verbose_name = _("image d’un texte")
        verbose_name_plural = _("images des textes")
        constraints = [
            models.UniqueConstraint(fields=["article", "picture"], name="picture_once_per_text"),
        ]
