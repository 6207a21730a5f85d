"""The app `weekly`."""

from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class WeeklyConfig(AppConfig):
    name = "weekly"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Weekly digest")

    def ready(self) -> None:
        from weekly.search import signals
        from weekly.search.index import check_index
        from weekly.sharing.checking import check_fonts

        signals.connect()
        checks.register(check_index)
        checks.register(check_fonts)
