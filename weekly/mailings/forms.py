"""The form by which somebody asks for the digest by mail."""

from __future__ import annotations

import math
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from weekly.hearing import tokens
from weekly.hearing.base import HONEYPOT, MAIL_LENGTH, TOO_MANY
from weekly.hearing.fields import MailField
from weekly.hearing.speaker import Speaker
from weekly.hearing.throttle import Full, Limit, Throttle
from weekly.mailings import readers
from weekly.models import Frequency

KIND, NO_PAGE = "subscribe", 0
LIMITS = (Limit("address", 5, 600), Limit("address", 20, 24 * 3600), Limit("site", 1_000, 3600))


class SubscribeForm(forms.Form):
    """`save()` owes the letter that is to be confirmed. A refused form keeps what was typed and can be sent again."""

    email = MailField(label=_("Mail address"), max_length=MAIL_LENGTH)
    frequency = forms.ChoiceField(
        label=_("How often?"), choices=Frequency.choices, initial=Frequency.WEEKLY, widget=forms.RadioSelect
    )
    website = forms.CharField(label=_("Website"), required=False)
    token = forms.CharField(required=False, widget=forms.HiddenInput)

    full: Full | None = None

    def __init__(self, data: Any = None, *, language: str, speaker: Speaker) -> None:
        super().__init__(data)
        self.language, self.speaker = language, speaker
        self.fields["email"].widget.attrs["autocomplete"] = "email"
        self.fields["website"].widget.attrs |= {"autocomplete": "off", "tabindex": "-1"}

    @property
    def _token(self) -> str:
        return str(self.data.get("token") or "")

    @cached_property
    def fresh_token(self) -> str:
        """What the form is offered with; for a refused one, the same token as long as it can be used."""
        return tokens.renewed(self._token, KIND, NO_PAGE) if self.is_bound else tokens.issue(KIND, NO_PAGE)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if str(self.data.get("website") or "").strip():
            raise ValidationError(HONEYPOT, code="honeypot")
        throttle = Throttle(self.speaker.address, NO_PAGE, LIMITS, scope="subscribe.")
        try:
            tokens.check(self._token, KIND, NO_PAGE)
            self._refuse_full(throttle.full())
            if not self.errors:
                tokens.spend(self._token)
                self._refuse_full(throttle.count())
        except tokens.TokenProblem as problem:
            raise ValidationError(problem.message, code=problem.code) from problem
        return cleaned

    def _refuse_full(self, full: Full | None) -> None:
        if full:
            self.full = full
            minutes = math.ceil(full.wait / 60)
            raise ValidationError(TOO_MANY[full.about], code="throttled", params={"minutes": minutes})

    def save(self) -> None:
        readers.ask(self.cleaned_data["email"], self.language, self.cleaned_data["frequency"])


class FrequencyForm(forms.Form):
    frequency = forms.ChoiceField(label=_("How often?"), choices=Frequency.choices, widget=forms.RadioSelect)
