"""What readers say: comments, and reports of errors. Names and texts are the readers' own, as plain text.

Mail addresses stand here and nowhere else. No page, feed, API or log shows them.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.dispatch import Signal
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Page

NAME_LENGTH = 80

# Comments or corrections that readers see were written in bulk, which Django tells nobody of. Sent with the keys of
# their `pages`, and for corrections with their `languages`.
voices_changed = Signal()


class Voice(models.Model):
    """A reader's words on a page. `writer` is the random key of a browser, which alone sees what still waits."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(pgettext_lazy("of a reader", "name"), max_length=NAME_LENGTH, blank=True)
    email = models.EmailField(_("mail address"), blank=True)
    writer = models.CharField(max_length=32, blank=True, db_index=True)
    created_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        abstract = True


class CommentState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("state of a comment", "waiting")
    APPROVED = "approved", pgettext_lazy("state of a comment", "approved")
    DECLINED = "declined", pgettext_lazy("state of a comment", "declined")
    SPAM = "spam", pgettext_lazy("state of a comment", "spam")


class CommentQuerySet(models.QuerySet):
    def waiting(self) -> CommentQuerySet:
        return self.filter(state=CommentState.WAITING)

    def shown_to(self, writer: str) -> CommentQuerySet:
        """Approved ones, and those of this writer that still wait."""
        own = Q(state=CommentState.WAITING, writer=writer) if writer else Q(pk__in=())
        return self.filter(Q(state=CommentState.APPROVED) | own)


class Comment(Voice):
    """A comment or, with `parent`, an answer to one: no answer has answers of its own.

    `editor` is set where one of the editors speaks. `notify` asks for a mail when somebody answers.
    """

    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="answers")
    text = models.TextField(_("comment"))
    state = models.CharField(max_length=10, choices=CommentState.choices, default=CommentState.WAITING)
    notify = models.BooleanField(_("Mail me when somebody answers."), default=False)
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = models.Manager.from_queryset(CommentQuerySet)()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["page", "parent", "state"], name="weekly_comment_of_page"),
            models.Index(fields=["state", "-created_at"], name="weekly_comment_queue"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.text[:60]}"

    @property
    def anchor(self) -> str:
        return f"comment-{self.pk}"

    @property
    def link(self) -> str:
        """What follows its page's address to land on this comment, however many newer ones there are."""
        return f"?comment={self.pk}#{self.anchor}"


class ReportState(models.TextChoices):
    OPEN = "open", pgettext_lazy("state of a report", "open")
    TAKEN = "taken", pgettext_lazy("state of a report", "taken")
    ANSWERED = "answered", pgettext_lazy("state of a report", "answered")
    DECLINED = "declined", pgettext_lazy("state of a report", "declined")
    SPAM = "spam", pgettext_lazy("state of a report", "spam")


class ReportQuerySet(models.QuerySet):
    def open(self) -> ReportQuerySet:
        return self.filter(state=ReportState.OPEN)

    def of_same_passage(self, report: Report) -> ReportQuerySet:
        """All reports of one passage, this one included."""
        return self.filter(page=report.page_id, place=report.place)


class Report(Voice):
    """A reader's report of an error in a passage.

    `place` is a path as in papers.places, empty for the page as a whole. `passage` is the passage's whole text in the
    `revision` that was read, `quote` the words that were selected in it (or empty), `wording` what should stand there.
    """

    place = models.CharField(max_length=100, blank=True)
    revision = models.PositiveBigIntegerField(null=True, blank=True)
    passage = models.TextField(blank=True)
    quote = models.TextField(blank=True)
    message = models.TextField(_("What is wrong?"))
    wording = models.TextField(_("better wording"), blank=True)
    thanks = models.BooleanField(_("Thank me by name where the correction is shown."), default=False)
    state = models.CharField(max_length=10, choices=ReportState.choices, default=ReportState.OPEN)
    reply = models.TextField(blank=True, help_text=_("What the editors answered, or why they declined."))
    correction = models.ForeignKey(
        "weekly.Correction", null=True, blank=True, on_delete=models.SET_NULL, related_name="reports"
    )
    note = models.ForeignKey("wagtailcore.Comment", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = models.Manager.from_queryset(ReportQuerySet)()

    class Meta:
        verbose_name = _("report of an error")
        verbose_name_plural = _("reports of errors")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["page", "place", "state"], name="weekly_report_of_passage"),
            models.Index(fields=["state", "-created_at"], name="weekly_report_queue"),
        ]

    def __str__(self) -> str:
        return f"{self.page_id} {self.place}: {self.message[:60]}"
