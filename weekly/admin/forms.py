"""The forms of an import: where the list is, which of its weeks, and the week as it will be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, ClassVar

from django import forms
from django.core import signing
from django.core.validators import URLValidator
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminAutoHeightTextInput, AdminDateInput

from papers import conf
from weekly.admin.parcels import Parcel, unpack
from weekly.importers.paper_ids import monday_of

# arXiv answers for a hundred papers at a time; more weeks are work for the command.
MAX_WEEKS = 10


class SourceForm(forms.Form):
    """Four ways in, of which one is taken; what was typed into the others stays in the form."""

    WAYS: ClassVar = {
        "upload": gettext_lazy("A file"),
        "url": gettext_lazy("An address"),
        "text": gettext_lazy("Pasted text"),
        "ids": gettext_lazy("arXiv ids"),
    }
    NEEDED: ClassVar = {"upload": ("file",), "url": ("url",), "text": ("text",), "ids": ("ids", "start")}

    way = forms.ChoiceField(
        label=gettext_lazy("Where the week comes from"), choices=list(WAYS.items()), widget=forms.RadioSelect
    )
    file = forms.FileField(
        label=gettext_lazy("Reading list"), required=False, help_text=gettext_lazy("A Markdown file, such as 2024.md.")
    )
    url = forms.CharField(
        label=gettext_lazy("Address of a reading list"),
        required=False,
        widget=forms.URLInput,
        validators=[URLValidator(schemes=["http", "https"])],
        help_text=gettext_lazy("A Markdown file on the web, or the page or repository on GitHub that holds it."),
    )
    text = forms.CharField(
        label=gettext_lazy("The list's text"),
        required=False,
        strip=False,
        widget=AdminAutoHeightTextInput(attrs={"rows": 8, "spellcheck": "false"}),
        help_text=gettext_lazy("Headings and table rows in Markdown, as they stand in the list."),
    )
    ids = forms.CharField(
        label=gettext_lazy("arXiv ids"),
        required=False,
        widget=AdminAutoHeightTextInput(attrs={"rows": 4, "spellcheck": "false"}),
        help_text=gettext_lazy("Ids or addresses, parted by spaces, commas or new lines."),
    )
    start = forms.DateField(
        label=gettext_lazy("First day of the week"), required=False, widget=AdminDateInput, initial=lambda: this_week()
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the drafts"), help_text=gettext_lazy("The language that readers will read.")
    )

    def __init__(self, *args: Any, languages: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = languages
        self.fields["language"].initial = conf.get("LANGUAGE").lower()
        self.fields["way"].initial = "upload"

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        way = data.get("way", "")
        needed = self.NEEDED.get(way, ())
        for name in {name for names in self.NEEDED.values() for name in names} - {*needed}:
            self.errors.pop(name, None)  # a mistake in a way that is not taken is none
        for name in needed:
            if not data.get(name) and name not in self.errors:
                self.add_error(name, _("This is needed for “%(way)s”.") % {"way": self.WAYS[way]})
        return data


def this_week() -> Any:
    """The Monday of the current week."""
    return monday_of(datetime.now(UTC).date())


class ParcelsForm(forms.Form):
    """Packed weeks, each one a value of `parcel`."""

    parcel = forms.Field(widget=forms.MultipleHiddenInput)

    def clean_parcel(self) -> list[Parcel]:
        try:
            return [unpack(text) for text in self.cleaned_data["parcel"]]
        except signing.BadSignature as error:
            raise forms.ValidationError(_("This form is too old to go on with. Begin again.")) from error


class ChoiceForm(ParcelsForm):
    """All weeks of a list, of which `week` chooses some by their place in it."""

    week = forms.TypedMultipleChoiceField(coerce=int, error_messages={"required": gettext_lazy("Choose a week.")})

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.fields["week"].choices = [(number, number) for number in range(len(data.getlist("parcel")))]

    @property
    def chosen(self) -> list[Parcel]:
        return [self.cleaned_data["parcel"][number] for number in self.cleaned_data["week"]]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors and (problem := self._problem()):
            self.add_error("week", problem)
        return data

    def _problem(self) -> str:
        starts = Counter((parcel.week.start, parcel.source.key) for parcel in self.chosen)
        if len(self.chosen) > MAX_WEEKS:
            return _("Choose at most %(count)d weeks at a time.") % {"count": MAX_WEEKS}
        if max(starts.values()) > 1:
            return _("Two of these tables start on the same day: choose one of them.")
        if not all(parcel.week.entries for parcel in self.chosen):
            return _("A week without rows cannot be imported.")
        return ""
