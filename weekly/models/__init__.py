"""What is kept of a digest: home and weeks, the reading list, what readers say, what was corrected, who gets mail."""

from weekly.models.cdn import CdnCopy, DroppedName
from weekly.models.corrections import Correction
from weekly.models.letters import Letter, LetterKind
from weekly.models.mailings import (
    Delivery,
    DeliveryState,
    EndReason,
    Frequency,
    Mailing,
    MailingStatus,
    Subscriber,
)
from weekly.models.search import SearchEntry
from weekly.models.site import DiscussionSettings
from weekly.models.voices import Comment, CommentState, Report, ReportState
from weekly.models.weeks import DigestIndexPage, WeekEntry, WeekIndexPage, WeekPage

__all__ = [
    "CdnCopy",
    "Comment",
    "CommentState",
    "Correction",
    "Delivery",
    "DeliveryState",
    "DigestIndexPage",
    "DiscussionSettings",
    "DroppedName",
    "EndReason",
    "Frequency",
    "Letter",
    "LetterKind",
    "Mailing",
    "MailingStatus",
    "Report",
    "ReportState",
    "SearchEntry",
    "Subscriber",
    "WeekEntry",
    "WeekIndexPage",
    "WeekPage",
]
