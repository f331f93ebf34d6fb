from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any, ClassVar, NoReturn, TypeVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import IntegrityError, models, router
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lib.decisions.passages import REDACTION, passage, purging
from lib.fields import PlainTextField

REDACTED = "[effacé]"

logger = logging.getLogger(__name__)
Row = TypeVar("Row", bound=models.Model)
Deleted = tuple[int, dict[str, int]]


class AppendOnly(IntegrityError):
    """A decision was to be changed or deleted. The triggers raise the error that this one is of."""


def _refuse(model: type[models.Model]) -> NoReturn:
    raise AppendOnly(f"{model._meta.label} is append-only: add a row that says what has changed.")


class DecisionQuerySet(models.QuerySet[Row]):
    def update(self, **_fields: Any) -> int:
        _refuse(self.model)

    def bulk_update(self, *_args: Any, **_options: Any) -> int:
        _refuse(self.model)

    def bulk_create(
        self, objs: Iterable[Row], *args: Any, update_conflicts: bool = False, **options: Any
    ) -> list[Row]:
        if update_conflicts:
            _refuse(self.model)
        return super().bulk_create(objs, *args, **options)

    def delete(self) -> Deleted:
        _refuse(self.model)

    delete.queryset_only = True  # type: ignore[attr-defined]  # as in Django: no manager deletes


class Decision(models.Model):
    """Who decided, why and when. What was decided, and about which text, is the subclass's."""

    FREE_TEXT: ClassVar[tuple[str, ...]] = ("reason",)  # what `redact` may black out

    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("par"),
    )
    reason = PlainTextField(_("motif"), blank=True)
    decided_at = models.DateTimeField(_("le"), default=timezone.now, editable=False)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            _refuse(type(self))
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> Deleted:
        _refuse(type(self))


class HasDecisionsQuerySet(models.QuerySet[Row]):
    def delete(self) -> Deleted:
        with purging(f"rows of {self.model._meta.label}", using=self.db):
            return super().delete()

    delete.queryset_only = True  # type: ignore[attr-defined]  # as in Django: no manager deletes


class HasDecisions(models.Model):
    """A text that decisions are about. When it is deleted they go with it, and only then."""

    class Meta:
        abstract = True

    def delete(self, using: str | None = None, keep_parents: bool = False) -> Deleted:
        alias = using or router.db_for_write(type(self), instance=self)
        with purging(f"{self._meta.label} {self.pk}", using=alias):
            return super().delete(using=alias, keep_parents=keep_parents)


def redact(row: Decision, *, actor: AbstractBaseUser | None, why: str) -> None:
    """Replace the free text of a decision by a fixed mark, for good.

    The decision itself stays, with its actor and time. The log says which row, who and why; what
    stood there is nowhere any more.
    """
    if not why.strip():
        raise ValueError("a redaction needs a reason")
    model, using = type(row), row._state.db or router.db_for_write(type(row), instance=row)
    written = {name: REDACTED for name in row.FREE_TEXT if getattr(row, name)}
    with passage(REDACTION, using=using):
        model._base_manager.using(using).filter(pk=row.pk).update(**written)
        logger.warning(
            "decisions: %s %s redacted by account %s: %r",
            model._meta.label,
            row.pk,
            actor.pk if actor else "-",
            why,
        )
    for name, mark in written.items():
        setattr(row, name, mark)
