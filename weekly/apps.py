"""The app `weekly`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WeeklyConfig(AppConfig):
    name = "weekly"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Weekly digest")
