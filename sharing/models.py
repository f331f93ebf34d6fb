from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article


class SharePicture(models.Model):
    """The picture that other sites show when somebody shares the article.

    Written by `sharing/pictures.py` only. The name of the file holds the article's id and the
    digest of what is written on it, so that its address changes when, and only when, the picture
    does.
    """

    WIDTH, HEIGHT = 1200, 630

    article = models.OneToOneField(
        Article,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="share_picture",
        verbose_name=_("article"),
    )
    file = models.FileField(_("fichier"), max_length=120)
    digest = models.CharField(_("empreinte"), max_length=64)

    class Meta:
        verbose_name = _("image de partage")
        verbose_name_plural = _("images de partage")

    def __str__(self) -> str:
        return str(self.file.name)
