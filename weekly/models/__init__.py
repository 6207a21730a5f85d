"""What is kept of a digest: its home, its weeks, what the reading list said, what readers say, what was corrected."""

from weekly.models.corrections import Correction
from weekly.models.letters import Letter, LetterKind
from weekly.models.search import SearchEntry
from weekly.models.site import DiscussionSettings
from weekly.models.voices import Comment, CommentState, Report, ReportState
from weekly.models.weeks import DigestIndexPage, WeekEntry, WeekIndexPage, WeekPage

__all__ = [
    "Comment",
    "CommentState",
    "Correction",
    "DigestIndexPage",
    "DiscussionSettings",
    "Letter",
    "LetterKind",
    "Report",
    "ReportState",
    "SearchEntry",
    "WeekEntry",
    "WeekIndexPage",
    "WeekPage",
]
