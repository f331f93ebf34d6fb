from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.apps import apps as registry
from django.apps.registry import Apps
from django.db import DEFAULT_DB_ALIAS
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from lib.web import living


class CareVoxConfig(AppConfig):
    name = "carevox"
    verbose_name = _("Le site")

    def ready(self) -> None:
        from carevox.forgiving import page_meant

        living.forgive_by(page_meant)
        # after the last app, so that the permissions of all of them are there, and whatever goes
        # wrong here keeps no other app from what it does after a migration
        last = [app for app in registry.get_app_configs() if app.models_module][-1]
        post_migrate.connect(_fill, sender=last)


def _fill(using: str, apps: Apps = registry, **_: Any) -> None:
    """Put in place what a site begins with.

    On the way back to an empty database there is nowhere to put it.
    """
    from care import starters as cards
    from carevox import permissions
    from magazine import starters as pages

    if using == DEFAULT_DB_ALIAS and _all_tables_stand(apps):
        permissions.apply()
        pages.place_pages()
        cards.place_all(pages.place)


def _all_tables_stand(state: Apps) -> bool:
    """Tell whether every model of today is in the state that this `migrate` has reached."""
    return {model._meta.label for model in registry.get_models()} <= {
        model._meta.label for model in state.get_models()
    }
