"""Tells at start where the hour of sending is none."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error

from papers import conf


def check_hour(**kwargs: Any) -> list[CheckMessage]:
    hour = conf.get("MAIL_HOUR")
    if isinstance(hour, int) and 0 <= hour <= 23:
        return []
    told = f"DIGEST['MAIL_HOUR'] is {hour!r}, which is no full hour of a day."
    return [Error(told, hint="Give a whole number from 0 to 23.", id="weekly.E030")]
