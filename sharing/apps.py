from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SharingConfig(AppConfig):
    name = "sharing"
    verbose_name = _("Partage")

    def ready(self) -> None:
        from sharing import receivers  # noqa: F401  (connects them)
