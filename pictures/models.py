from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lib.fields import LineField
from lib.html.policy import own_files
from lib.images import picture_path
from lib.text import normalise_line


class PictureQuerySet(models.QuerySet["Picture"]):
    def about(self, words: str) -> PictureQuerySet:
        """Return those whose alternative text or credit holds each of the words."""
        found = self
        for word in normalise_line(words).split()[:5]:
            found = found.filter(models.Q(alt__icontains=word) | models.Q(credit__icontains=word))
        return found

    def older_than(self, picture: Picture) -> PictureQuerySet:
        """Return those that follow it in the library, the newest first."""
        return self.filter(
            models.Q(created_at__lt=picture.created_at)
            | models.Q(created_at=picture.created_at, pk__lt=picture.pk)
        )

    def by_address(self, addresses: Iterable[str]) -> dict[str, Picture]:
        """Return those whose files have these addresses, by address.

        One query if there is any address.
        """
        names = [address.removeprefix(own_files()) for address in addresses]
        return (
            {f"{own_files()}{one.name}": one for one in self.filter(file__in=names)}
            if names
            else {}
        )


class Picture(models.Model):
    """A picture of the library, used at the head of articles and inside their text.

    The stored file is our own re-encoding (`lib/images.py`), never the upload. `widths` lists the
    renditions that the background job has made beside it, `<name>-800.avif` and `<name>-800.jpg`;
    it is empty until then, and the page works. `digest` is that of the file: whoever sends the same
    picture again is told. The focus is where a picture that is cropped stays visible, in hundredths
    of its width and height.
    """

    MIDDLE = 50

    class Licence(models.TextChoices):
        ALL_RIGHTS = "ALL_RIGHTS", _("tous droits réservés")
        CC_BY = "CC_BY", "CC BY 4.0"
        CC_BY_SA = "CC_BY_SA", "CC BY-SA 4.0"
        CC_BY_NC = "CC_BY_NC", "CC BY-NC 4.0"
        CC0 = "CC0", "CC0"
        PUBLIC_DOMAIN = "PUBLIC_DOMAIN", _("domaine public")
        LICENCE_OUVERTE = "LICENCE_OUVERTE", _("Licence Ouverte 2.0")

    file = models.FileField(
        _("fichier"), upload_to=partial(picture_path, "pictures"), max_length=120
    )
    width = models.PositiveIntegerField(_("largeur"), editable=False)
    height = models.PositiveIntegerField(_("hauteur"), editable=False)
    alt = LineField(
        _("texte de remplacement"),
        max_length=300,
        blank=True,
        help_text=_(
            "Ce que montre l’image, pour qui ne la voit pas. Vide seulement si elle n’apprend rien."
        ),
    )
    credit = LineField(
        _("crédit"),
        max_length=200,
        help_text=_("Auteur et provenance, par exemple « Photo : Jeanne Martin »."),
    )
    licence = models.CharField(
        _("licence"), max_length=20, choices=Licence, default=Licence.ALL_RIGHTS
    )
    focus_x = models.PositiveSmallIntegerField(
        _("point important, en largeur"),
        default=MIDDLE,
        validators=[MaxValueValidator(100)],
        help_text=_("De 0, à gauche, à 100, à droite : ce qui reste visible quand on recadre."),
    )
    focus_y = models.PositiveSmallIntegerField(
        _("point important, en hauteur"),
        default=MIDDLE,
        validators=[MaxValueValidator(100)],
        help_text=_("De 0, en haut, à 100, en bas."),
    )
    digest = models.CharField(max_length=64, blank=True, editable=False)
    widths = models.JSONField(_("largeurs prêtes"), default=list, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    created_at = models.DateTimeField(_("ajoutée le"), default=timezone.now, editable=False)

    objects = PictureQuerySet.as_manager()

    class Meta:
        verbose_name = _("image")
        verbose_name_plural = _("images")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(width__gt=0, height__gt=0), name="picture_has_size"
            ),
            models.CheckConstraint(
                condition=models.Q(focus_x__lte=100, focus_y__lte=100),
                name="picture_focus_is_within",
            ),
        ]
        # the library in the admin
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="picture_newest"),
            models.Index(fields=["digest"], name="picture_digest"),  # twins
        ]

    def __str__(self) -> str:
        return str(self.alt or self.credit)

    @property
    def name(self) -> str:
        """Return the name in the storage."""
        return str(self.file.name)

    @property
    def url(self) -> str:
        return self.file.url

    def rendition_url(self, width: int, extension: str) -> str:
        return self.file.storage.url(self.rendition_name(width, extension))

    def rendition_name(self, width: int, extension: str) -> str:
        return f"{self.name.rpartition('.')[0]}-{width}.{extension}"

    def srcset(self, extension: str) -> str:
        """Return the renditions of one format, "…-480.avif 480w, …-800.avif 800w".

        Empty before the job has run.
        """
        return ", ".join(
            f"{self.rendition_url(width, extension)} {width}w" for width in self.widths
        )

    def medium_rendition(self, width: int = 1200) -> tuple[str, int, int]:
        """Return address, width and height of the widest rendition of at most `width`.

        It is the file itself before the job has run.
        """
        fitting = [step for step in self.widths if step <= width]
        if not fitting:
            return self.url, self.width, self.height
        step = max(fitting)
        return (
            self.rendition_url(step, self.fallback_extension),
            step,
            max(1, round(self.height * step / self.width)),
        )

    @property
    def small_url(self) -> str:
        """Return the address of a thumbnail."""
        ready = 480 in self.widths
        return self.rendition_url(480, self.fallback_extension) if ready else self.url

    @property
    def focus_classes(self) -> str:
        """Return the classes of static/css/utilities/focus.css, none for the middle."""
        steps = {"x": round(self.focus_x, -1), "y": round(self.focus_y, -1)}
        return " ".join(
            f"focus-{axis}-{step}" for axis, step in steps.items() if step != self.MIDDLE
        )

    @property
    def fallback_extension(self) -> str:
        return self.name.rpartition(".")[2]

    @property
    def media_type(self) -> str:
        return (
            "image/jpeg" if self.fallback_extension == "jpg" else f"image/{self.fallback_extension}"
        )
