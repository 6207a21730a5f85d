"""Which mailings there are: one for each week that is published, and one a day of what came out since the last.

Nothing is mailed of what is older than two weeks: an archive that is imported comes to nobody's door.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from wagtail.models import Page

from papers.models import PaperPage
from papers.visibility import visible
from weekly.mailings.hours import local_day, next_hour, sending_hour
from weekly.models import Frequency, Mailing, MailingStatus, Subscriber, WeekEntry, WeekPage

OLD = timedelta(days=14)
WEEK = timedelta(days=6)  # from a week's first day to its last
FIRST = timedelta(days=1)  # what the first daily mailing looks back on
MARGIN = timedelta(hours=1)  # a page is committed a moment after the time that it carries


def on_week_published(week: WeekPage) -> Mailing | None:
    """Its mailing, where the week has just come out for the first time and is not old."""
    if week.alias_of_id or week.first_published_at != week.last_published_at or is_old(week) or was_told(week):
        return None
    return plan_weekly(week)


def is_old(week: WeekPage) -> bool:
    """Whether a week is mailed only where an editor asks for it."""
    return week.end < local_day(timezone.now()) - OLD


def was_told(week: WeekPage) -> bool:
    """Whether these days go out, or went out, by another page: this one is its copy, or that one was deleted and its
    week imported anew. Nobody wants the same week twice."""
    of_weeks = Mailing.objects.filter(frequency=Frequency.WEEKLY, language=week.locale.language_code)
    others = of_weeks.filter(Q(week=None) | ~Q(week=week.pk), first_day=week.start, last_day=week.end)
    begun = Q(week=None, started_at__isnull=False)
    return others.filter(Q(week__source=week.source) | begun).exclude(status=MailingStatus.SKIPPED).exists()


def plan_weekly(week: WeekPage) -> Mailing:
    """The one mailing of a week; one that is new is due at the next sending hour. For an old week, by hand."""
    fields = {
        "language": week.locale.language_code,
        "first_day": week.start,
        "last_day": week.end,
        "due_at": next_hour(timezone.now()),
    }
    return Mailing.objects.get_or_create(frequency=Frequency.WEEKLY, week=week, defaults=fields)[0]


def plan_daily() -> list[Mailing]:
    """Today's mailings, from the sending hour on, of each language in which somebody gets mail every day."""
    now = timezone.now()
    today = local_day(now)
    if now < sending_hour(today):
        return []
    asked = Subscriber.objects.active().filter(frequency=Frequency.DAILY).order_by("language")
    languages = asked.values_list("language", flat=True).distinct()
    done = Mailing.objects.filter(frequency=Frequency.DAILY, last_day__gte=today).values_list("language", flat=True)
    planned = (_plan_day(language, today) for language in set(languages) - set(done))
    return [mailing for mailing in planned if mailing]


def _plan_day(language: str, today: date) -> Mailing | None:
    """Until the hour and not until now: what comes out later in the day belongs to tomorrow's."""
    until = sending_hour(today)
    earlier = Mailing.objects.filter(frequency=Frequency.DAILY, language=language)
    last = earlier.order_by("-last_day").first()
    since = max(sending_hour(last.last_day) - MARGIN, until - OLD) if last else until - FIRST
    named = {
        key
        for keys in earlier.filter(last_day__gte=since.date() - FIRST).values_list("page_ids", flat=True)
        for key in keys
    }
    new = [page.pk for page in _came_out(language, since, until) if page.pk not in named]
    if not new:
        return None
    fields = {"page_ids": new, "first_day": local_day(since), "due_at": until}
    kind = {"frequency": Frequency.DAILY, "language": language, "last_day": today}
    return Mailing.objects.get_or_create(**kind, defaults=fields)[0]


def _came_out(language: str, since: datetime, until: datetime) -> Iterator[Page]:
    """Public papers and weeks that were first published in this time, the first one first."""
    oldest = local_day(until) - OLD
    found: list[Page] = []
    for pages in (WeekPage.objects.filter(end__gte=oldest), PaperPage.objects.filter(_is_recent(oldest))):
        new = pages.filter(first_published_at__gt=since, first_published_at__lte=until, alias_of=None)
        found.extend(visible(new.filter(locale__language_code=language)).only("pk", "first_published_at"))
    yield from sorted(found, key=lambda page: page.first_published_at)


def _is_recent(oldest: date) -> Q:
    """Papers that stand in a week of late, be it a draft, or in none. The rows of a draft's entries may be in its
    revision alone; `listed_on` is the first day of the week in which the list had the paper."""
    entries = WeekEntry.objects.filter(paper=OuterRef("pk"))
    listed = Q(listed_on__gte=oldest - WEEK)
    return Q(Exists(entries.filter(week__end__gte=oldest))) | listed | (Q(listed_on=None) & ~Q(Exists(entries)))
