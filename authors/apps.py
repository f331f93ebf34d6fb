from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuthorsConfig(AppConfig):
    name = "authors"
    verbose_name = _("Auteurs et comptes")

    def ready(self) -> None:
        from authors import changes, words  # noqa: F401  (see what is saved)
        from authors.security import limits

        limits.install()
