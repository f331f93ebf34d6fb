"""Who signs in (User) and who is seen (Author)."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models, transaction
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lib.counting import ProtectedFields, mean
from lib.fields import (
    AddressWordField,
    LineField,
    MailAddressField,
    PlainTextField,
    WebAddressField,
    only,
)
from lib.images import picture_path
from lib.text import look_alike_key, name_key, normalise_password, slugify_words
from lib.web.addresses import free_slug

TAKEN = _("Ce pseudonyme, ou un autre qui lui ressemble trop, est déjà pris.")


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Return a ready account: address verified, a public face to rename in its profile."""
        from allauth.account.models import EmailAddress

        with transaction.atomic():
            user = self.create_user(email, password, is_staff=True, is_superuser=True, **fields)
            EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
            Author.objects.create(
                user=user, pseudonym=f"Comité de rédaction {user.pk}", role=Author.Role.EDITOR
            )
        return user

    def get_by_natural_key(self, email: str | None) -> User:
        return self.get(email__iexact=email)


class User(AbstractBaseUser, PermissionsMixin):
    """An account. It signs in by e-mail and is never shown: readers see its Author."""

    email = MailAddressField(_("adresse e-mail"), max_length=254)
    is_active = models.BooleanField(
        _("actif"),
        default=True,
        help_text=_("Décocher pour bloquer la connexion sans rien supprimer."),
    )
    is_staff = models.BooleanField(_("accès à l’administration"), default=False)
    date_joined = models.DateTimeField(_("inscrit le"), default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = _("compte")
        verbose_name_plural = _("comptes")
        ordering = ["-date_joined", "-id"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_once",
                violation_error_message=_("Un compte utilise déjà cette adresse."),
            ),
        ]

    def __str__(self) -> str:
        return self.email

    def set_password(self, raw_password: str | None) -> None:
        super().set_password(raw_password and normalise_password(raw_password))

    def check_password(self, raw_password: str | None) -> bool:
        return super().check_password(raw_password and normalise_password(raw_password))

    async def acheck_password(self, raw_password: str | None) -> bool:
        typed = raw_password and normalise_password(raw_password)
        return await super().acheck_password(typed)

    def get_short_name(self) -> str:
        """Return the pseudonym: the admin greets with it."""
        author: Author | None = getattr(self, "author", None)
        return author.pseudonym if author else str(_("sans pseudonyme"))


class AuthorQuerySet(models.QuerySet["Author"]):
    def active(self) -> AuthorQuerySet:
        """Return those who have published at least one article."""
        return self.filter(articles_count__gt=0)

    def of(self, user: Any) -> Author | None:
        """Return the face of this account; None for a visitor or an account without one.

        One query a request.
        """
        if not user.is_authenticated:
            return None
        if not hasattr(user, "known_author"):
            user.known_author = self.filter(user_id=user.pk).first()
        known: Author | None = user.known_author
        return known


class Author(ProtectedFields):
    """The public face of a member or of an organisation.

    It may have no account (imports) and outlives the account. The slug is made from the first
    pseudonym and stays when the pseudonym changes. The counters are written by
    `articles/counters.py` and `comments/counters.py` only.
    """

    class Role(models.TextChoices):
        READER = "READER", _("Visiteur")
        WRITER = "WRITER", _("Rédacteur")
        MODERATOR = "MODERATOR", _("Modérateur")
        EDITOR = "EDITOR", _("Éditeur")

    class Kind(models.TextChoices):
        PERSON = "PERSON", _("personne")
        ORGANISATION = "ORGANISATION", _("organisation")

    PROTECTED_FIELDS = ("role", "articles_count", "comments_count", "ratings_count", "ratings_sum")

    user = models.OneToOneField(
        User, on_delete=models.SET_NULL, null=True, blank=True, verbose_name=_("compte")
    )
    pseudonym = LineField(
        _("pseudonyme"), max_length=60, help_text=_("Il figure à côté des textes et des réactions.")
    )
    pseudonym_key = models.CharField(max_length=60, editable=False)
    # None: another author had a name that looks like this one before that was forbidden; both
    # keep theirs, since no two nulls are the same.
    look_alike_key = models.CharField(  # noqa: DJ001
        max_length=60, editable=False, null=True, default=None
    )
    slug = AddressWordField(_("adresse"), max_length=60, unique=True, blank=True)
    kind = models.CharField(_("nature"), max_length=12, choices=Kind, default=Kind.PERSON)
    role = models.CharField(
        _("rôle"), max_length=10, choices=Role, default=Role.READER, editable=False
    )

    credentials = LineField(
        _("qualité"),
        max_length=120,
        blank=True,
        help_text=_(
            "Profession ou titre vérifié par la rédaction, par exemple « pharmacien d’officine »."
        ),
    )
    picture = models.FileField(_("image"), upload_to=partial(picture_path, "authors"), blank=True)
    biography = PlainTextField(_("présentation"), max_length=2000, blank=True)
    signature = LineField(
        _("signature"),
        max_length=300,
        blank=True,
        help_text=_("Proposée au bas de chaque nouvel article."),
    )
    website = WebAddressField(_("site web"), max_length=300, blank=True)

    created_at = models.DateTimeField(_("membre depuis"), default=timezone.now, editable=False)
    legacy_id = models.CharField(
        _("ancien identifiant"), max_length=100, blank=True, editable=False
    )

    articles_count = models.PositiveIntegerField(_("articles publiés"), default=0, editable=False)
    comments_count = models.PositiveIntegerField(
        _("commentaires visibles"), default=0, editable=False
    )
    ratings_count = models.PositiveIntegerField(_("votes reçus"), default=0, editable=False)
    ratings_sum = models.PositiveIntegerField(_("somme des votes reçus"), default=0, editable=False)

    objects = AuthorQuerySet.as_manager()

    class Meta:
        verbose_name = _("auteur")
        verbose_name_plural = _("auteurs")
        ordering = ["pseudonym", "id"]
        permissions = [("grant_role", _("Peut donner un rôle à un auteur"))]
        constraints = [
            only("role", ("READER", "WRITER", "MODERATOR", "EDITOR"), name="author_role_is_known"),
            only("kind", ("PERSON", "ORGANISATION"), name="author_kind_is_known"),
            models.UniqueConstraint(
                fields=["legacy_id"],
                condition=~models.Q(legacy_id=""),
                name="author_legacy_id_once",
            ),
            models.UniqueConstraint(
                fields=["pseudonym_key"], name="pseudonym_once", violation_error_message=TAKEN
            ),
            models.UniqueConstraint(
                fields=["look_alike_key"],
                name="pseudonym_looks_like_no_other",
                violation_error_message=TAKEN,
            ),
            models.CheckConstraint(
                condition=~models.Q(pseudonym_key=""),
                name="pseudonym_has_letters",
                violation_error_message=_("Un pseudonyme contient des lettres ou des chiffres."),
            ),
            models.CheckConstraint(
                condition=models.Q(
                    ratings_sum__gte=models.F("ratings_count"),
                    ratings_sum__lte=5 * models.F("ratings_count"),
                ),
                name="author_ratings_from_1_to_5",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-articles_count", "id"], name="author_by_articles"
            ),  # admin list, authors' index
        ]

    def __str__(self) -> str:
        return self.pseudonym

    def get_absolute_url(self) -> str:
        return reverse("authors:detail", args=[self.slug])

    @property
    def average_rating(self) -> Decimal | None:
        """Return the mean of the votes received, 1 to 5; None before the first one."""
        return mean(self.ratings_sum, self.ratings_count)

    def clean(self) -> None:
        self._normalise()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._normalise()
        if kwargs.get("update_fields") and "pseudonym" in kwargs["update_fields"]:
            kwargs["update_fields"] = {*kwargs["update_fields"], "pseudonym_key", "look_alike_key"}
        with transaction.atomic():  # with what follows from a new name
            super().save(*args, **kwargs)

    def _normalise(self) -> None:
        key = name_key(self.pseudonym)[:60]
        if self.look_alike_key is not None or key != self.pseudonym_key:
            self.pseudonym_key, self.look_alike_key = key, look_alike_key(self.pseudonym)[:60]
        if not self.slug:
            base = slugify_words(self.pseudonym, limit=50, fallback="auteur")
            self.slug = free_slug(Author.objects.all(), base)


class Attempt(models.Model):
    """What was tried of late under one key: `authors/security/attempts.py` writes it, nobody else.

    The key is a keyed hash: no address of mail or network stands here, and a network's key is
    another one every day.
    """

    key = models.CharField(max_length=64, primary_key=True)
    times = models.CharField(max_length=1000)  # seconds since 1970, the newest first
    expires_at = models.FloatField()  # seconds since 1970; later the row means nothing

    class Meta:
        verbose_name = _("essai")
        verbose_name_plural = _("essais")
        constraints = [
            models.CheckConstraint(condition=~models.Q(times=""), name="attempt_has_a_time"),
        ]
        indexes = [
            models.Index(fields=["expires_at"], name="attempt_by_end"),  # pruning
        ]

    def __str__(self) -> str:
        return self.key
