from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MagazineConfig(AppConfig):
    name = "magazine"
    verbose_name = _("Le site")

    def ready(self) -> None:
        from magazine import receivers  # noqa: F401  (connects its receivers)
