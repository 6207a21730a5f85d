"""What is kept of a digest: its home, its weeks, and what the reading list said."""

from weekly.models.weeks import DigestIndexPage, WeekEntry, WeekIndexPage, WeekPage

__all__ = ["DigestIndexPage", "WeekEntry", "WeekIndexPage", "WeekPage"]
