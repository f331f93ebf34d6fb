from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PicturesConfig(AppConfig):
    name = "pictures"
    verbose_name = _("Images")

    def ready(self) -> None:
        from pictures import renditions  # noqa: F401  (connects its receivers)
