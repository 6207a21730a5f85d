"""The editing form of our pages: it keeps a stale save from wiping a newer revision, and a gap from going live."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from papers.blocks import approve_qas, with_plain_newlines
from papers.quoting import reverify


class GuardedPageForm(WagtailAdminPageForm):
    """Wagtail refuses a stale autosave, but a stale manual save overwrites silently; here it is refused once.

    The editor's text stays in the form, which then carries the newer revision: a second save goes through on purpose.
    What an editor approves counts for the text that is sent along: `approved` names drafted fields; a Q&A says so in
    its provenance.
    """

    approved = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        # Browsers send CRLF: every text of two lines would count as changed, and places in it would be off.
        cleaned.update({name: with_plain_newlines(value) for name, value in cleaned.items()})
        if self._is_stale():
            self.add_error(
                None,
                _(
                    "This page was changed since you opened it (see its history). Nothing of what you wrote is lost: "
                    "it stands below. Save again to put it over the newer version."
                ),
            )
        return cleaned

    def _is_stale(self) -> bool:
        latest = self.instance.latest_revision if self.instance.pk else None
        if latest is None:
            return False
        if overwritten := self.data.get("overwrite_revision_id"):
            return overwritten != str(latest.pk)
        loaded = self.data.get("loaded_revision_id")
        # Autosave rewrites a revision in place, so its id alone tells too little.
        return bool(loaded) and (loaded, self.data.get("loaded_revision_created_at")) != (
            str(latest.pk),
            latest.created_at.isoformat(),
        )

    def _post_clean(self) -> None:
        super()._post_clean()  # puts the cleaned values on the instance
        reverify(self.instance)
        self._approve()
        if "action-publish" not in self.data:
            return
        for path, message in self.instance.gaps():
            field = path.split(".")[0]
            # Rows are not on the instance yet; a hook looks at them once they are.
            if field not in self.errors and field not in self.formsets:
                self.add_error(field if field in self.fields else None, message)

    def _approve(self) -> None:
        for name in self.cleaned_data.get("approved", "").split():
            if name in self.instance.drafted and getattr(self.instance, name).strip():
                self.instance.approve(name)
        approve_qas(getattr(self.instance, "qa", ()))
