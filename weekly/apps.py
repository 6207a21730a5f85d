"""The app `weekly`."""

from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class WeeklyConfig(AppConfig):
    name = "weekly"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Weekly digest")

    def ready(self) -> None:
        from weekly.caching import signals as caching
        from weekly.caching.checking import check_cache, check_cdn
        from weekly.mailings import signals as mail_signals
        from weekly.mailings.checking import check_hour
        from weekly.search import signals
        from weekly.search.index import check_index
        from weekly.sharing.checking import check_fonts

        signals.connect()
        caching.connect()  # after the search, whose index answers show
        mail_signals.connect()
        checks.register(check_hour)
        checks.register(check_index)
        checks.register(check_fonts)
        checks.register(check_cache)
        checks.register(check_cdn)
