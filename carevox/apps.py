from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CareVoxConfig(AppConfig):
    name = "carevox"
    verbose_name = _("Le site")
