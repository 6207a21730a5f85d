"""Publishing a week plans its mailing, whichever way it goes out: admin, schedule, command, API."""

from __future__ import annotations

from typing import Any

from wagtail.signals import page_published

from weekly.mailings import bounces
from weekly.mailings.making import on_week_published
from weekly.models import WeekPage


def on_published(instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, WeekPage):
        on_week_published(instance)


def connect() -> None:
    page_published.connect(on_published, dispatch_uid="weekly.mailings.published")
    bounces.connect()
