"""The two forms of readers, for pages and API alike: a comment, and the report of an error."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from weekly.hearing.base import MOST_COMPARED, VoiceForm
from weekly.hearing.fields import PlainField, QuoteField
from weekly.hearing.notes import note_beside
from weekly.hearing.opening import SpokenPage
from weekly.hearing.passages import Passage, find_passage
from weekly.hearing.screening import folded
from weekly.hearing.speaker import Speaker
from weekly.letters import queue_reply
from weekly.models import Comment, CommentState, Report

TEXT_LENGTH = 5_000
MESSAGE_LENGTH = 3_000
WORDING_LENGTH = QUOTE_LENGTH = 10_000

COMMENTS_CLOSED = _("Comments on this page are closed.")
REPORTS_CLOSED = _("Reports of errors are closed on this site.")
NO_COMMENT = _("The comment that you answer is not there any more.")
NO_PASSAGE = _("This passage is not on the page any more. Please look at the page as it stands now.")
NO_ADDRESS = _("Please leave an address to which the mail can go.")
NO_NAME = _("Please leave the name by which we may thank you.")


class CommentForm(VoiceForm):
    """A comment on a page or, with `parent`, an answer; an answer to an answer goes into the same thread."""

    kind = "comment"
    plain_texts = ("name", "text")

    text = PlainField(label=_("Comment"), max_length=TEXT_LENGTH, widget=forms.Textarea(attrs={"rows": 6}))
    notify = forms.BooleanField(label=_("Mail me when somebody answers."), required=False)
    field_order = ("text", "name", "email", "notify")  # as the form shows them: problems are told in this order

    def __init__(
        self,
        data: Any = None,
        *,
        page: SpokenPage,
        speaker: Speaker,
        parent: Comment | None = None,
        initial: Any = None,
    ) -> None:
        super().__init__(data, page=page, speaker=speaker, initial=initial)
        self.parent = parent
        self.fields["name"].required = True

    def check_open(self) -> None:
        if not (self.page.comments_open and self.discussion.comments_open):
            raise ValidationError(COMMENTS_CLOSED, code="closed")
        thread = (self.parent, self.parent.parent) if self.parent else ()
        if any((one.page_id, one.state) != (self.page.pk, CommentState.APPROVED) for one in thread if one):
            raise ValidationError(NO_COMMENT, code="no_comment")

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("notify") and not self.data.get("email"):
            self.add_error("email", ValidationError(NO_ADDRESS, code="no_address"))
        return super().clean()

    def undecided(self) -> QuerySet[Comment]:
        return Comment.objects.waiting().filter(page=self.page.pk)

    def sent_before(self, recent: Q) -> Iterator[str]:
        texts = Comment.objects.filter(recent).order_by("-pk").values_list("text", flat=True)[:MOST_COMPARED]
        return (folded(text) for text in texts)

    def as_sent(self) -> str:
        return folded(self.cleaned_data["text"])

    @transaction.atomic
    def save(self) -> Comment:
        """Waits for an editor, or stands at once where the writer is known and the site lets known writers pass."""
        known = self.discussion.known_pass and _is_known(self.speaker.writer)
        thread = (self.parent.parent or self.parent) if self.parent else None
        texts = {name: self.cleaned_data[name] for name in ("name", "email", "text", "notify")}
        comment = Comment(page_id=self.page.pk, parent=thread, writer=self.writer, **texts)
        if known:
            comment.state, comment.decided_at = CommentState.APPROVED, timezone.now()
        comment.save()
        queue_reply(comment)
        return comment


def _is_known(writer: str) -> bool:
    """Whether editors let this writer's words stand before, and never found spam among them."""
    states = set(Comment.objects.filter(writer=writer).values_list("state", flat=True)) if writer else set()
    return CommentState.APPROVED in states and CommentState.SPAM not in states


class ReportForm(VoiceForm):
    """A report of an error in a passage, or with an empty place in the page as a whole."""

    kind = "report"
    plain_texts = ("name", "message", "wording")

    # Handed on by the page, not typed: whatever comes instead is no place, and no revision.
    place = forms.Field(required=False, widget=forms.HiddenInput)
    revision = forms.Field(required=False, widget=forms.HiddenInput)
    quote = QuoteField(label=_("Selected text"), max_length=QUOTE_LENGTH, required=False, widget=forms.HiddenInput)
    message = PlainField(label=_("What is wrong?"), max_length=MESSAGE_LENGTH, widget=forms.Textarea(attrs={"rows": 4}))
    wording = PlainField(
        label=_("Better wording"), max_length=WORDING_LENGTH, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    thanks = forms.BooleanField(label=_("Thank me by name where the correction is shown."), required=False)
    field_order = ("place", "revision", "quote", "message", "wording", "name", "email", "thanks")

    passage: Passage | None = None

    def check_open(self) -> None:
        if not self.discussion.reports_open:
            raise ValidationError(REPORTS_CLOSED, code="closed")
        place, revision = (str(self.cleaned_data[name] or "") for name in ("place", "revision"))
        self.passage = find_passage(self.page, place, revision)
        if self.passage is None:
            raise ValidationError(NO_PASSAGE, code="no_passage")

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("thanks") and not self.data.get("name"):
            self.add_error("name", ValidationError(NO_NAME, code="no_name"))
        return super().clean()

    def undecided(self) -> QuerySet[Report]:
        return Report.objects.open().filter(page=self.page.pk)

    def sent_before(self, recent: Q) -> Iterator[str]:
        rows = Report.objects.filter(recent, place=self.passage.place).order_by("-pk")
        return (folded(*texts) for texts in rows.values_list("place", "message", "wording")[:MOST_COMPARED])

    def as_sent(self) -> str:
        return folded(self.passage.place, self.cleaned_data["message"], self.cleaned_data["wording"])

    @transaction.atomic
    def save(self) -> Report:
        """Keeps the passage as it was read, and tells of it beside the text in the editor."""
        texts = {name: self.cleaned_data[name] for name in ("name", "email", "quote", "message", "wording", "thanks")}
        read = {"place": self.passage.place, "passage": self.passage.text, "revision": self.passage.revision}
        report = Report.objects.create(page_id=self.page.pk, writer=self.writer, **read, **texts)
        report.note = note_beside(report)
        report.save(update_fields=["note"])
        return report
