"""What is kept of a paper: its page, its source, its drafting, the glossary."""

from papers.models.findings import Finding, Severity
from papers.models.glossary import GlossaryTerm, TermKind
from papers.models.guard import NotReady, PublishGuard
from papers.models.index import PaperIndexPage
from papers.models.machine import MachineText
from papers.models.pages import DRAFTED_FIELDS, PaperPage
from papers.models.rescans import Decision, ProposedChange, TermScan
from papers.models.reviewed import Reviewed
from papers.models.runs import DraftRun, ModelCall, Scope, SourcePace, Status, Suggestion
from papers.models.sources import PaperSource
from papers.models.tags import PaperTag, TagCount, TagDescription, TaggedPaper

__all__ = [
    "DRAFTED_FIELDS",
    "Decision",
    "DraftRun",
    "Finding",
    "GlossaryTerm",
    "MachineText",
    "ModelCall",
    "NotReady",
    "PaperIndexPage",
    "PaperPage",
    "PaperSource",
    "PaperTag",
    "ProposedChange",
    "PublishGuard",
    "Reviewed",
    "Scope",
    "Severity",
    "SourcePace",
    "Status",
    "Suggestion",
    "TagCount",
    "TagDescription",
    "TaggedPaper",
    "TermKind",
    "TermScan",
]
