"""The rows of a week in the page editor."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import InlinePanel
from wagtail.admin.panels.base import get_form_for_model

# What the list said of a row; editors do not see it as fields, and the next import needs it.
KEPT = ("rank", "links", "listed", "offered", "warnings")
_signer = signing.Signer(salt="weekly.rows")


class RowForm(WagtailAdminModelForm):
    """A row that stands only in a draft has no key in the database: Wagtail makes it anew from the form at each save.

    What the form does not show would be lost with that; it travels along, signed.
    """

    kept = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["kept"] = _signer.sign_object({name: getattr(self.instance, name) for name in KEPT})

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        try:
            data["kept"] = _signer.unsign_object(data["kept"]) if data.get("kept") else {}
        except signing.BadSignature as error:
            raise ValidationError(_("This row was changed on its way. Open the page again.")) from error
        return data

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.instance.pk is None and not self.errors:
            for name, value in self.cleaned_data["kept"].items():
                setattr(self.instance, name, value)


class RowsPanel(InlinePanel):
    """An inline panel whose rows keep what their form does not show."""

    def get_form_options(self) -> dict[str, Any]:
        options = super().get_form_options()
        deferred = self.child_edit_handler.get_form_options().get("defer_required_on_fields", [])
        form = get_form_for_model(self.db_field.related_model, form_class=RowForm, defer_required_on_fields=deferred)
        options["formsets"][self.relation_name]["form"] = form
        return options
