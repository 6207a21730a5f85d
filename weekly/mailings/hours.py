"""The hour of the day at which mail goes out, in the site's time zone."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from papers import conf

NOTICE = timedelta(minutes=15)  # what is published right before the hour goes the next day: editors can still stop it


def sending_hour(day: date) -> datetime:
    """The moment of a day at which its mail is due."""
    return datetime.combine(day, time(conf.get("MAIL_HOUR")), timezone.get_default_timezone())


def next_hour(now: datetime) -> datetime:
    """The next such moment that leaves editors some notice."""
    today = local_day(now)
    due = sending_hour(today)
    return due if due >= now + NOTICE else sending_hour(today + timedelta(days=1))


def local_day(now: datetime) -> date:
    return now.astimezone(timezone.get_default_timezone()).date()
