"""What the site says of itself: its settings and its own pages, both edited in the admin."""

from __future__ import annotations

from functools import partial
from urllib.parse import quote
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lib.fields import (
    AddressWordField,
    CleanHTMLField,
    LineField,
    MailAddressField,
    PlainTextField,
    WebAddressField,
)
from lib.images import picture_path
from lib.web.addresses import address
from magazine.facts import NAMES, Facts, named_in
from outbox.models import Mail


class SiteSettings(Facts):
    """The one row of settings that editors may change."""

    name = LineField(_("nom du site"), max_length=60, default="CareVox")
    promise = LineField(
        _("devise"), max_length=120, default="Des citoyens écrivent, une rédaction lit et publie."
    )
    description = LineField(
        _("description"),
        max_length=160,
        default=(
            "Le magazine santé écrit par ses lecteurs : récits, enquêtes et conseils, "
            "avec leurs sources."
        ),
    )
    logo = models.FileField(
        _("logo"),
        upload_to=partial(picture_path, "site"),
        blank=True,
        help_text=_(
            "JPEG, PNG, WebP ou AVIF, lisible sur fond clair et sur fond sombre. "
            "Vide : le logo CareVox."
        ),
    )
    logo_alt = LineField(
        _("texte de remplacement du logo"),
        max_length=120,
        blank=True,
        help_text=_("Ce qu’il dit, pour qui ne le voit pas : le nom du site."),
    )
    logo_width = models.PositiveSmallIntegerField(editable=False, null=True, blank=True)
    logo_height = models.PositiveSmallIntegerField(editable=False, null=True, blank=True)
    facebook_url = WebAddressField(_("page Facebook"), blank=True)
    twitter_url = WebAddressField(_("compte Twitter (X)"), blank=True)
    mastodon_url = WebAddressField(_("compte Mastodon"), blank=True)
    bluesky_url = WebAddressField(_("compte Bluesky"), blank=True)
    contact_email = MailAddressField(
        _("adresse de contact"),
        blank=True,
        help_text=_("Les messages du formulaire de contact y arrivent."),
    )
    on_call_email = MailAddressField(
        _("personne d’astreinte"),
        blank=True,
        help_text=_(
            "L’adresse que quelqu’un lit jour et nuit : un signalement « Quelqu’un semble en "
            "danger » y arrive aussitôt. Vide : l’adresse de contact."
        ),
    )
    shares_by_email = models.BooleanField(_("partage par e-mail"), default=True)
    shares_on_mastodon = models.BooleanField(_("partage sur Mastodon"), default=True)
    shares_on_bluesky = models.BooleanField(_("partage sur Bluesky"), default=True)
    shares_on_facebook = models.BooleanField(_("partage sur Facebook"), default=True)
    shares_on_x = models.BooleanField(_("partage sur X (Twitter)"), default=True)

    class Meta:
        verbose_name = _("réglages du site")
        verbose_name_plural = _("réglages du site")
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="one_row_of_site_settings"),
            models.CheckConstraint(
                condition=models.Q(logo="") | ~models.Q(logo_alt=""),
                name="logo_has_alternative_text",
                violation_error_message=_("Décrivez le logo pour qui ne le voit pas."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def urgent_email(self) -> str:
        return str(self.on_call_email or self.contact_email)

    @property
    def followed_at(self) -> list[dict[str, str]]:
        """Return the places where the site can be followed, as label and address."""
        places = {
            "Facebook": self.facebook_url,
            "Twitter": self.twitter_url,
            "Mastodon": self.mastodon_url,
            "Bluesky": self.bluesky_url,
        }
        return [
            {
                "label": _("%(site)s sur %(network)s") % {"site": self.name, "network": name},
                "name": name,
                "url": url,
            }
            for name, url in places.items()
            if url
        ]

    def share_links(self, title: str, address: str) -> list[dict[str, str]]:
        """Return the chosen ways to share a page, as name and address.

        They are links: nothing is asked of another site before a click.
        """
        title, page = quote(title, safe=""), quote(address, safe="")
        both = f"{title}%20{page}"
        ways = [
            (self.shares_by_email, _("E-mail"), f"mailto:?subject={title}&body={page}"),
            (self.shares_on_mastodon, "Mastodon", f"https://share.joinmastodon.org/#text={both}"),
            (self.shares_on_bluesky, "Bluesky", f"https://bsky.app/intent/compose?text={both}"),
            (
                self.shares_on_facebook,
                "Facebook",
                f"https://www.facebook.com/sharer/sharer.php?u={page}",
            ),
            (self.shares_on_x, "X (Twitter)", f"https://x.com/intent/post?text={title}&url={page}"),
        ]
        return [{"name": str(name), "url": url} for chosen, name, url in ways if chosen]

    @classmethod
    def current(cls) -> SiteSettings:
        """Return the settings, the defaults before anybody has saved any. One query."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)


class SitePage(models.Model):
    """A page about the site itself: who we are, charter, privacy… The footer lists them."""

    class Column(models.TextChoices):
        MAGAZINE = "magazine", _("Le magazine")
        RIGHTS = "rights", _("Vos droits")
        NONE = "", _("pas dans le bas de page")

    title = LineField(_("titre"), max_length=120)
    footer_title = LineField(
        _("titre au bas des pages"),
        max_length=60,
        blank=True,
        help_text=_("S’il est plus court que le titre."),
    )
    slug = AddressWordField(_("mot de l’adresse"), max_length=60, unique=True)
    body = CleanHTMLField(_("texte"))
    column = models.CharField(
        _("bas de page"), max_length=10, choices=Column, blank=True, default=Column.NONE
    )
    position = models.PositiveSmallIntegerField(_("rang"), default=0)
    updated_at = models.DateTimeField(_("modifiée le"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("page du site")
        verbose_name_plural = _("pages du site")
        ordering = ["column", "position", "title"]

    def __str__(self) -> str:
        return str(self.title)

    def get_absolute_url(self) -> str:
        return address("page", self.slug)

    def clean(self) -> None:
        """Refuse a fact that the settings do not know: readers would see its braces."""
        unknown = [name for name in named_in(self.body) if name not in NAMES]
        if unknown:
            known = ", ".join(f"{{{name}}}" for name in NAMES)
            message = _(
                "Aucun réglage ne s’appelle %(unknown)s. Écrivez l’un de ceux-ci : %(known)s."
            )
            params = {"unknown": f"{{{unknown[0]}}}", "known": known}
            raise ValidationError({"body": ValidationError(message, params=params)})


class Starter(models.Model):
    """A starting text that was put in place once.

    From then on it is the editors', to change or to delete.
    """

    key = models.CharField(max_length=120, unique=True)
    placed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.key


class ContactMessage(models.Model):
    """What a reader has sent through the contact form.

    Kept until it is handled, so that no mail server can lose it.
    """

    MAX_TEXT = 5000

    class Subject(models.TextChoices):
        QUESTION = "QUESTION", _("Une question au magazine")
        ERROR = "ERROR", _("Une erreur dans un article")
        PROPOSAL = "PROPOSAL", _("Un article à proposer")
        DATA = "DATA", _("Mes données personnelles")
        ACCESSIBILITY = "ACCESSIBILITY", _("Une difficulté d’accès au site")
        PRESS = "PRESS", _("Presse, partenariat")
        OTHER = "OTHER", _("Autre chose")

    subject = models.CharField(_("sujet"), max_length=14, choices=Subject)
    text = PlainTextField(_("votre message"), max_length=MAX_TEXT)
    page = LineField(
        _("page concernée"), max_length=300, blank=True, help_text=_("Son adresse ou son titre.")
    )
    name = LineField(_("votre nom"), max_length=100, blank=True)
    email = MailAddressField(
        _("votre adresse e-mail"),
        blank=True,
        help_text=_("Pour recevoir une réponse. Elle ne sert à rien d’autre."),
    )
    submission = models.UUIDField(
        default=uuid4, unique=True, editable=False
    )  # one form and words, one message
    created_at = models.DateTimeField(_("reçu le"), default=timezone.now, editable=False)
    mailed_at = models.DateTimeField(
        _("parti par courriel le"), null=True, blank=True, editable=False
    )
    mail = models.OneToOneField(
        Mail,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="contact_message",
        verbose_name=_("courriel"),
    )
    handled_at = models.DateTimeField(_("traité le"), null=True, blank=True, editable=False)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("traité par"),
    )

    class Meta:
        verbose_name = _("message reçu")
        verbose_name_plural = _("messages reçus")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.get_subject_display()} ({self.pk})"


class UnsentText(models.Model):
    """What a visitor has typed and not sent, while they sign in: an hour at most, in no back-up.

    Written and deleted by `magazine/unsent.py`. It names nobody; a session knows its number.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    fields = models.JSONField()
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["written_at"], name="unsent_text_by_time")]  # deleting

    def __str__(self) -> str:
        return str(self.pk)
