"""The app `papers`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PapersConfig(AppConfig):
    name = "papers"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Papers")

    def ready(self) -> None:
        from papers import signals

        signals.connect()

    @property
    def base_template(self) -> str:
        """The host's template around our pages, for what stands below `conf`."""
        from papers import conf

        return conf.get("BASE_TEMPLATE")
