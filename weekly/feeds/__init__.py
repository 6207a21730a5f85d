"""Feeds for readers in RSS, Atom and JSON Feed: weeks, papers, corrections, and the papers of a tag."""

from weekly.feeds.base import DigestFeed
from weekly.feeds.corrections import CorrectionsFeed
from weekly.feeds.formats import FORMATS
from weekly.feeds.papers import PapersFeed, TagFeed
from weekly.feeds.weeks import WeeksFeed

FEEDS: dict[str, type[DigestFeed]] = {"weeks": WeeksFeed, "papers": PapersFeed, "corrections": CorrectionsFeed}

__all__ = ["FEEDS", "FORMATS", "TagFeed"]
