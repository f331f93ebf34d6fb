from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CareVoxConfig(AppConfig):
    name = "carevox"
    verbose_name = _("Le site")

    def ready(self) -> None:
        from articles import pictures
        from carevox.models import SitePage

        pictures.ELSEWHERE.append(lambda picture: SitePage.objects.filter(body__contains=picture.name))
