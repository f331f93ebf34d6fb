from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from care.checks import is_check_due
from care.phrases import read_lines, shared_families, split_words
from care.ways import Way, read_ways, validate_ways
from lib.fields import AddressWordField, LineField, PlainTextField


class Level(models.TextChoices):
    URGENT = "urgent", _("urgence")
    SOON = "soon", _("rapidement")
    KNOW = "know", _("à savoir")


@dataclass(frozen=True)
class Step:
    """One level of a card: when it holds, what to do, and whom to call."""

    level: Level
    when: str
    text: str
    ways: list[Way]


def validate_words(text: str) -> None:
    try:
        read_lines(text, shared_families())
    except ValueError as error:
        raise ValidationError(
            _("« %(line)s » ne se lit pas : écrivez « envie/veux mourir », un tour par ligne.")
            % {"line": error}
        ) from error


def _when(**options: Any) -> Any:
    return LineField(_("quand"), max_length=300, blank=True, **options)


def _text() -> Any:
    return PlainTextField(_("que faire"), max_length=800, blank=True)


def _ways() -> Any:
    return PlainTextField(
        _("numéros"),
        max_length=600,
        blank=True,
        validators=[validate_ways],
        help_text=_(
            "Un par ligne, le plus urgent d’abord : « 15 = SAMU », « SMS 114 = par SMS, si vous "
            "entendez ou parlez difficilement », « https://… = par visio »."
        ),
    )


def _words(name: Any, help_text: Any) -> Any:
    return PlainTextField(
        name, max_length=8000, blank=True, validators=[validate_words], help_text=help_text
    )


class CareCardQuerySet(models.QuerySet["CareCard"]):
    def in_order(self) -> CareCardQuerySet:
        return self.order_by("position", "id")


class CareCard(models.Model):
    """Whom to call, in up to three levels, and the words that call the card up.

    Editors choose it for an article; the search shows it when a query means it
    (`care/danger.py`). A level without text and without numbers is none. A card that nobody has
    signed, or whose numbers were checked long ago, is shown all the same: its editors are told.
    """

    title = LineField(
        _("titre"),
        max_length=120,
        help_text=_("Ce qui se passe, et quoi faire : « Une détresse ? Parlez-en maintenant »."),
    )
    slug = AddressWordField(_("mot de l’adresse"), max_length=60, unique=True)
    position = models.PositiveSmallIntegerField(
        _("rang"), default=100, help_text=_("La plus grave d’abord, quand deux se montrent.")
    )

    urgent_when = _when(help_text=_("Signes ou âge : « Avant trois mois, dès 38 °C »."))
    urgent_text = _text()
    urgent_numbers = _ways()
    soon_when = _when()
    soon_text = _text()
    soon_numbers = _ways()
    know_when = _when()
    know_text = _text()
    know_numbers = _ways()

    explicit_words = _words(
        _("mots de détresse"),
        _(
            "Un tour par ligne. Les mots d’une ligne se suivent, trois autres au plus entre deux ; "
            "« / » sépare des mots qui se valent, « + » ce qui est proche dans n’importe quel "
            "ordre, « suicid* » vaut pour tout ce qui commence ainsi, « 38-43 » pour un nombre, "
            "« mot !autre » pour un mot que l’autre ne suit pas. Les fautes de frappe sont "
            "comprises."
        ),
    )
    subject_words = _words(
        _("mots du sujet"),
        _(
            "Comme les mots de détresse, mais un mot calme à côté d’eux montre le niveau "
            "« à savoir »."
        ),
    )
    calm_words = _words(
        _("mots calmes"),
        _("En plus de ceux qui valent pour toutes les cartes : prévention, loi, film, chiffres…"),
    )
    harmless_words = _words(
        _("tours sans danger"),
        _("Lus d’abord : « mourir rire ». Ce qu’ils couvrent ne compte plus."),
    )

    is_guarded = models.BooleanField(
        _("recherche gardée"),
        default=False,
        help_text=_(
            "En cas de détresse, la recherche ne montre sous la carte que les articles d’aide."
        ),
    )
    is_sensitive = models.BooleanField(
        _("sujet sensible"),
        default=False,
        help_text=_("Un article qui l’appelle est proposé comme « sujet sensible »."),
    )
    is_discreet = models.BooleanField(
        _("« Quitter vite »"),
        default=False,
        help_text=_("La page où elle se montre a un bouton qui la quitte aussitôt."),
    )
    valid_in = LineField(
        _("pays"),
        max_length=60,
        blank=True,
        default="France",
        help_text=_("Écrit sur la carte : « Numéros valables en France »."),
    )
    checked_on = models.DateField(_("numéros vérifiés le"), null=True, blank=True)
    signed_by = LineField(
        _("signée par"),
        max_length=200,
        blank=True,
        help_text=_("Nom et métier de qui a relu la carte : « Dr Untel, urgentiste »."),
    )
    signed_on = models.DateField(_("signée le"), null=True, blank=True)

    objects = CareCardQuerySet.as_manager()

    class Meta:
        verbose_name = _("carte d’aide")
        verbose_name_plural = _("cartes d’aide")
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(urgent_numbers="", soon_numbers="", know_numbers=""),
                name="care_card_has_a_number",
                violation_error_message=_("Une carte porte au moins un numéro."),
            ),
            models.CheckConstraint(
                condition=Q(urgent_when="", urgent_text="") | ~Q(urgent_numbers=""),
                name="urgent_level_has_a_number",
                violation_error_message=_("Le niveau « urgence » porte au moins un numéro."),
            ),
            models.CheckConstraint(
                condition=Q(signed_by="") | Q(signed_on__isnull=False),
                name="signed_card_has_date",
                violation_error_message=_("Dites quand la carte a été signée."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the card. Raises ValueError for a number or words that cannot be read: these must
        not reach a page."""
        self.steps  # noqa: B018
        for text in self.written_words:
            read_lines(text, shared_families())
        super().save(*args, **kwargs)

    @property
    def steps(self) -> list[Step]:
        """Return the levels that the card has, the gravest first."""
        steps = [
            Step(
                level,
                getattr(self, f"{level.value}_when"),
                getattr(self, f"{level.value}_text"),
                read_ways(getattr(self, f"{level.value}_numbers")),
            )
            for level in Level
        ]
        return [step for step in steps if step.text or step.ways]

    @property
    def calm_steps(self) -> list[Step]:
        """Return the calm level alone, for those who are not in danger; empty without one."""
        return [step for step in self.steps if step.level == Level.KNOW]

    @property
    def level(self) -> Level:
        """Return the gravest level."""
        return self.steps[0].level

    @property
    def is_urgent(self) -> bool:
        return self.level == Level.URGENT

    @property
    def written_words(self) -> tuple[str, str, str, str]:
        """Return explicit, subject, calm and harmless words, the title among the first that the
        card has."""
        explicit, subject = self.explicit_words, self.subject_words
        title = _as_line(str(self.title))
        if explicit:
            explicit = f"{explicit}\n{title}"
        else:
            subject = f"{subject}\n{title}"
        return explicit, subject, self.calm_words, self.harmless_words

    @property
    def is_signed(self) -> bool:
        return bool(self.signed_by)

    @property
    def is_check_due(self) -> bool:
        return is_check_due(self.checked_on)


@lru_cache(200)
def _as_line(title: str) -> str:
    """Return a title as a phrase of the words of a card. Every search asks for those of all."""
    return " ".join(split_words(title))
