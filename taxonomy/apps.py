from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TaxonomyConfig(AppConfig):
    name = "taxonomy"
    verbose_name = _("Rubriques et mots-clés")

    def ready(self) -> None:
        from taxonomy import changes  # noqa: F401  (sees what is saved)
