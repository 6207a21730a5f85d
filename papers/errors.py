"""The error tree: each error carries a message for the editor and whether a retry can help.

The core knows no Django, so a message is a template and its parameters; the edge translates it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


def gettext_noop(message: str) -> str:
    """Mark a template for makemessages; the edge translates it when it shows it."""
    return message


@dataclass(frozen=True)
class Notice:
    """Something an editor should know: a template and its parameters, e.g. a warning on a list's row."""

    template: str
    params: Mapping[str, object] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        return self.template % self.params


class DigestError(Exception):
    """Base of all expected failures. `retryable` says whether the same work can succeed later.

    `retry_after` is the pause in seconds that the other side asked for, or None.
    """

    template = gettext_noop("The work failed.")
    retryable = False

    def __init__(self, *, retry_after: float | None = None, **params: object) -> None:
        self.notice = Notice(self.template, params)
        self.retry_after = retry_after
        super().__init__(str(self.notice))


class SettingsError(DigestError):
    """A setting is missing or unusable; nothing will work until a person mends it."""

    template = gettext_noop("The setting %(name)s is unusable: %(reason)s")


class SourceError(DigestError):
    """Base of what can go wrong between us and a paper's source."""


class MalformedArxivId(SourceError):
    template = gettext_noop("“%(id)s” is not an arXiv id.")


class UnknownPaper(SourceError):
    """Only a well-formed feed that says zero results may raise this (sources.md)."""

    template = gettext_noop("arXiv knows no paper %(id)s.")


class SourceUnavailable(SourceError):
    template = gettext_noop("%(host)s cannot be reached now: %(reason)s")
    retryable = True


class SourceRefused(SourceError):
    """The server answered, and will not give this: it is not there, or not for us."""

    template = gettext_noop("%(host)s does not give %(url)s (HTTP %(status)s).")


class UnexpectedAnswer(SourceError):
    """The answer is not what was asked for: broken feed, another paper, an error page."""

    template = gettext_noop("%(host)s gave an answer that cannot be used: %(reason)s")
    retryable = True


class BlockedAddress(SourceError):
    template = gettext_noop("%(url)s leads to a private address or an unsupported scheme and is not fetched.")


class TooLarge(SourceError):
    template = gettext_noop("The file is larger than %(limit)s.")


class TooManyPages(TooLarge):
    template = gettext_noop("The PDF has more than %(limit)s pages.")


class NotAPdf(SourceError):
    template = gettext_noop("%(url)s is not a PDF (it looks like %(found)s).")


class BrokenPdf(SourceError):
    template = gettext_noop("The PDF cannot be read: it is damaged or incomplete.")


class EncryptedPdf(SourceError):
    template = gettext_noop("The PDF is protected by a password.")


class ImageOnlyPdf(SourceError):
    template = gettext_noop("The PDF holds pictures of pages and no text.")


class HostilePdf(SourceError):
    """The child process that read the PDF died or passed its memory or time limit."""

    template = gettext_noop("Reading the PDF was stopped: %(reason)s")


class NoSuchPage(SourceError):
    template = gettext_noop("The PDF has no page %(page)s.")


class LLMError(DigestError):
    """Base of what can go wrong between us and a language model."""


class LLMUnavailable(LLMError):
    template = gettext_noop("The model server cannot be used now: %(reason)s")
    retryable = True


class LLMRejected(LLMError):
    """The server will not do this request, however often it is asked."""

    template = gettext_noop("The model server rejected the request: %(reason)s")


class LLMStopped(LLMError):
    """A wrong key, no permission or an exhausted quota: every other call would fail as well."""

    template = gettext_noop("The model server refuses all work: %(reason)s")


class BudgetExceeded(LLMError):
    template = gettext_noop("This call could cost %(cost)s; only %(left)s of the week's budget of %(budget)s are left.")


class InvalidReply(LLMError):
    """Neither the reply nor its one repair could be used."""

    template = gettext_noop("The model's reply could not be used: %(reason)s")
    retryable = True


class NothingToDraft(DigestError):
    """Neither the paper's text nor an abstract could be had."""

    template = gettext_noop("There is no text to draft from. %(reason)s")


class CannotRedraft(DigestError):
    """This one text cannot be drafted anew, however often it is asked for."""

    template = gettext_noop("This text cannot be drafted anew: %(reason)s")


class ListError(DigestError):
    """Base of what can be wrong with a reading list as a whole."""


class NoWeeks(ListError):
    template = gettext_noop("No week was found in %(name)s.")


class IndexOnly(ListError):
    template = gettext_noop(
        "%(name)s is only an index; the tables are in other files. Give one of these instead: %(files)s"
    )


class UnknownWeek(ListError):
    template = gettext_noop("There is no week that starts on %(start)s. The list has: %(weeks)s")


class NoSuchWeek(DigestError):
    """The digest itself has no such week, or several from different lists."""

    template = gettext_noop("The digest has %(count)d weeks in %(language)s that start on %(start)s; import it first.")


class AmbiguousWeek(ListError):
    template = gettext_noop(
        "Several tables of the list claim the week from %(start)s: %(weeks)s. "
        "Give the right one alone, under a heading with its own dates."
    )


class EmptyWeek(ListError):
    template = gettext_noop("The list has no rows for the week from %(start)s (“%(heading)s”).")


class NothingImported(ListError):
    template = gettext_noop("Nothing was imported. %(reason)s")


class UnreadableList(ListError):
    template = gettext_noop("%(name)s cannot be read as a reading list: %(reason)s")


class BadLanguage(DigestError):
    template = gettext_noop("“%(language)s” is not a language tag (BCP 47), such as ja or zh-Hant.")
