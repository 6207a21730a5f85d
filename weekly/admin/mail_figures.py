"""Mailings in figures: how their letters stand, who gets mail, and when a week goes to how many."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.coreutils import get_content_languages

from weekly.mailings.hours import next_hour
from weekly.mailings.making import is_old, was_told
from weekly.models import Delivery, DeliveryState, Frequency, Mailing, MailingStatus, Subscriber, WeekPage
from weekly.models.mailings import OPEN_STATES

TONES = {MailingStatus.HELD: "parked", MailingStatus.SENDING: "running", MailingStatus.SENT: "done"}
SHOWN = (DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.UNSURE, DeliveryState.SKIPPED)


@dataclass(frozen=True)
class Row:
    """A mailing with its letters by state, and how many readers it would go to if it began now."""

    mailing: Mailing
    letters: Mapping[str, int]
    asked: int

    @property
    def title(self) -> str:
        if self.mailing.week:
            return self.mailing.week.title
        if self.mailing.frequency == Frequency.DAILY:
            return _("Daily letter")
        return _("A week that was deleted")

    @property
    def language(self) -> str:
        return language_name(self.mailing.language)

    @property
    def moment(self) -> datetime:
        """When it ended, began, or is due."""
        return self.mailing.ended_at or self.mailing.started_at or self.mailing.due_at

    @property
    def url(self) -> str:
        return reverse("weekly_admin:mailing", args=[self.mailing.pk])

    @property
    def tone(self) -> str:
        return TONES.get(self.mailing.status, "")

    @property
    def reason(self) -> str:
        return _(self.mailing.reason) if self.mailing.reason else ""

    @property
    def has_begun(self) -> bool:
        return self.mailing.started_at is not None

    @property
    def readers(self) -> int:
        is_over = self.has_begun or self.mailing.status == MailingStatus.SKIPPED
        return sum(self.letters.values()) if is_over else self.asked

    @property
    def waiting(self) -> int:
        return sum(self.letters.get(state, 0) for state in OPEN_STATES)

    @property
    def counts(self) -> dict[str, int]:
        """Those that a list shows."""
        return {state.value: self.letters.get(state, 0) for state in SHOWN}

    @property
    def shown_counts(self) -> list[tuple[str, str, int]]:
        """The same with their names."""
        return [(state, DeliveryState(state).label, count) for state, count in self.counts.items()]


def rows_of(mailings: Iterable[Mailing]) -> list[Row]:
    """Two queries, however many there are."""
    mailings = list(mailings)
    letters: dict[int, Counter[str]] = defaultdict(Counter)
    found = Delivery.objects.filter(mailing__in=[mailing.pk for mailing in mailings]).order_by()
    for key, state, count in found.values_list("mailing", "state").annotate(count=Count("pk")):
        letters[key][state] = count
    asked = {(one.language, kind): count for one in audiences() for kind, count in one.active.items()}
    return [Row(one, letters[one.pk], asked.get((one.language, one.frequency), 0)) for one in mailings]


@dataclass(frozen=True)
class Audience:
    """Those who get mail in a language, by frequency, and those who have not confirmed yet."""

    language: str
    active: Mapping[str, int]
    waiting: int

    @property
    def name(self) -> str:
        return language_name(self.language)

    @property
    def weekly(self) -> int:
        return self.active.get(Frequency.WEEKLY, 0)

    @property
    def daily(self) -> int:
        return self.active.get(Frequency.DAILY, 0)


def language_name(code: str) -> str:
    """In the editor's own words; a code that the site no longer has stays a code."""
    return str(get_content_languages().get(code, code))


def audiences() -> list[Audience]:
    """Who gets mail, in how many letters of which language. One query."""
    rows = Subscriber.objects.filter(ended_at=None).order_by("language").values_list("language", "frequency")
    active: dict[str, Counter[str]] = defaultdict(Counter)
    waiting: Counter[str] = Counter()
    for language, frequency, confirmed, total in rows.annotate(confirmed=Count("confirmed_at"), total=Count("pk")):
        active[language][frequency] = confirmed
        waiting[language] += total - confirmed
    return [Audience(language, active[language], waiting[language]) for language in active]


@dataclass(frozen=True)
class Outlook:
    """How a week goes out by mail: its `row` where it has a mailing, else when it would be due if published now; None
    where it goes to nobody by itself."""

    readers: int
    row: Row | None = None
    due_at: datetime | None = None


def outlook_of(week: WeekPage) -> Outlook:
    """At most four queries."""
    mailing = Mailing.objects.filter(week=week, frequency=Frequency.WEEKLY).select_related("week").first()
    if mailing is not None:
        row = rows_of([mailing])[0]
        return Outlook(row.readers, row)
    readers = Subscriber.objects.active().of(week.locale.language_code, Frequency.WEEKLY).count()
    is_first = week.first_published_at is None and not is_old(week) and not was_told(week)
    return Outlook(readers, due_at=next_hour(timezone.now()) if is_first else None)
