"""What every form of a reader has in common: who sends it, and by which rules it is refused."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from weekly.hearing import counters, tokens
from weekly.hearing.fields import MailField, PlainField
from weekly.hearing.opening import SpokenPage, discussion_of, is_public
from weekly.hearing.screening import check_links
from weekly.hearing.speaker import Speaker, new_writer
from weekly.hearing.throttle import Full, Throttle
from weekly.models import DiscussionSettings
from weekly.models.voices import NAME_LENGTH, Voice

MAIL_LENGTH = 254
MOST_WAITING = 300  # undecided posts of a kind on a page; holds where the cache is away as well
_REMEMBERED = timedelta(days=1)
_AT_ONCE = 60  # seconds in which what is sent is surely kept, and found by the next one
MOST_COMPARED = 500

NOT_PUBLIC = _("This page is not public any more.")
HONEYPOT = _("Please leave the field “Website” empty.")
REPEATED = _("The same text was sent for this page already.")
BACKLOG = _("So much waits here to be read that nothing more can be taken. Please come back later.")
TOO_MANY = {
    "address": ngettext_lazy(
        "Many posts came from your address. Please send this again in %(minutes)d minute.",
        "Many posts came from your address. Please send this again in %(minutes)d minutes.",
        "minutes",
    ),
    "page": ngettext_lazy(
        "Many posts came in for this page. Please send this again in %(minutes)d minute.",
        "Many posts came in for this page. Please send this again in %(minutes)d minutes.",
        "minutes",
    ),
    "site": ngettext_lazy(
        "Many posts came in for this site. Please send this again in %(minutes)d minute.",
        "Many posts came in for this site. Please send this again in %(minutes)d minutes.",
        "minutes",
    ),
}


class VoiceForm(forms.Form):
    """`is_valid()` applies every rule, and uses the token up where all hold; `save()` keeps what was sent.

    A refused form keeps what was typed and offers `fresh_token`; `full` names the limit that was reached, if one was.
    """

    kind: ClassVar[str]
    plain_texts: ClassVar[tuple[str, ...]]

    name = PlainField(label=pgettext_lazy("of a reader", "Name"), max_length=NAME_LENGTH, one_line=True, required=False)
    email = MailField(label=_("Mail address"), max_length=MAIL_LENGTH, required=False)
    website = forms.CharField(label=_("Website"), required=False)
    token = forms.CharField(required=False, widget=forms.HiddenInput)

    full: Full | None = None

    def __init__(self, data: Any = None, *, page: SpokenPage, speaker: Speaker, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.page, self.speaker = page, speaker
        self.writer = speaker.writer or new_writer()
        self.fields["email"].widget.attrs["autocomplete"] = "email"
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["website"].widget.attrs |= {"autocomplete": "off", "tabindex": "-1"}

    @cached_property
    def fresh_token(self) -> str:
        """What the form is offered with; for a refused one, the same token as long as it can be used."""
        if self.is_bound:
            return tokens.renewed(self._token, self.kind, self.page.pk)
        return tokens.issue(self.kind, self.page.pk)

    @property
    def _token(self) -> str:
        return str(self.data.get("token") or "")

    @cached_property
    def discussion(self) -> DiscussionSettings:
        return discussion_of(self.page)

    def clean(self) -> dict[str, Any]:
        """Cheap rules first: whatever a flood sends, most of it is refused before anything is looked up."""
        cleaned = super().clean()
        self._check_machine()
        self._check_rate()
        if not is_public(self.page):
            raise ValidationError(NOT_PUBLIC, code="not_public")
        self.check_open()
        check_links(cleaned.get(name, "") for name in self.plain_texts)
        if not self.errors:
            self._check_backlog()
            self._check_repeated()
            self._claim()
        return cleaned

    def check_open(self) -> None:
        """Raises ValidationError where nobody may speak here now."""
        raise NotImplementedError

    def _check_machine(self) -> None:
        if str(self.data.get("website") or "").strip():
            raise ValidationError(HONEYPOT, code="honeypot")
        try:
            tokens.check(self._token, self.kind, self.page.pk)
        except tokens.TokenProblem as problem:
            raise ValidationError(problem.message, code=problem.code) from problem

    @property
    def _throttle(self) -> Throttle:
        return Throttle(self.speaker.address, self.page.pk)

    def _check_rate(self) -> None:
        self._refuse_full(self._throttle.full())

    def _refuse_full(self, full: Full | None) -> None:
        if full:
            self.full = full
            minutes = math.ceil(full.wait / 60)
            raise ValidationError(TOO_MANY[full.about], code="throttled", params={"minutes": minutes})

    def undecided(self) -> QuerySet[Voice]:
        """What was sent for this page and waits for an editor."""
        raise NotImplementedError

    def _check_backlog(self) -> None:
        if self.undecided().count() >= MOST_WAITING:
            raise ValidationError(BACKLOG, code="backlog")

    def sent_before(self, recent: Q) -> Iterator[str]:
        """What was sent for this page, each as `as_sent` has it."""
        raise NotImplementedError

    def as_sent(self) -> str:
        """What nobody sends twice for this page."""
        raise NotImplementedError

    def _check_repeated(self) -> None:
        recent = Q(page=self.page.pk, created_at__gte=timezone.now() - _REMEMBERED)
        if self.as_sent() in self.sent_before(recent):
            raise ValidationError(REPEATED, code="repeated")

    def _claim(self) -> None:
        """Of two that come at the same moment only one goes on: with one token, or with the same text."""
        try:
            tokens.spend(self._token)
        except tokens.TokenProblem as problem:
            raise ValidationError(problem.message, code=problem.code) from problem
        self._refuse_full(self._throttle.count())
        if not counters.mark(self._text_mark, _AT_ONCE):
            raise ValidationError(REPEATED, code="repeated")

    @property
    def _text_mark(self) -> str:
        """The cache never sees the text itself."""
        hashed = salted_hmac("weekly.hearing.text", f"{self.kind} {self.page.pk} {self.as_sent()}").hexdigest()
        return f"weekly.hearing.text.{hashed}"
