"""What is kept of a paper: its page, its source, its drafting, the glossary."""

from papers.models.glossary import GlossaryTerm
from papers.models.guard import NotReady, PublishGuard
from papers.models.pages import DRAFTED_FIELDS, PaperIndexPage, PaperPage
from papers.models.runs import DraftRun, ModelCall, Scope, SourcePace, Status, Suggestion
from papers.models.sources import PaperSource
from papers.models.tags import PaperTag, TagCount, TaggedPaper

__all__ = [
    "DRAFTED_FIELDS",
    "DraftRun",
    "GlossaryTerm",
    "ModelCall",
    "NotReady",
    "PaperIndexPage",
    "PaperPage",
    "PaperSource",
    "PaperTag",
    "PublishGuard",
    "Scope",
    "SourcePace",
    "Status",
    "Suggestion",
    "TagCount",
    "TaggedPaper",
]
