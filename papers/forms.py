"""The editing form of our pages: it keeps a stale save from wiping a newer revision, and a gap from going live."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.widgets import AdminAutoHeightTextInput

from papers.blocks import approve_qas, with_plain_newlines
from papers.quoting import reverify


class GuardedPageForm(WagtailAdminPageForm):
    """Wagtail refuses a stale autosave, but a stale manual save overwrites silently; here it is refused once.

    The editor's text stays in the form, which then carries the newer revision: a second save goes through on purpose.
    Until then `conflict` keeps autosave from doing so by itself (saving.js).
    What an editor approves counts for the text that is sent along: `approved` names drafted fields; a Q&A says so in
    its provenance.
    """

    approved = forms.CharField(required=False, widget=forms.HiddenInput)
    conflict = forms.CharField(required=False, widget=forms.HiddenInput)
    override_reason = forms.CharField(
        label=_("Reason to publish all the same"),
        required=False,
        widget=AdminAutoHeightTextInput,
        help_text=_("It stands in the page's history and holds for these very texts."),
    )
    asks_for_reason = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        # Browsers send CRLF: every text of two lines would count as changed, and places in it would be off.
        cleaned.update({name: with_plain_newlines(value) for name, value in cleaned.items()})
        is_stale = self._is_stale()
        self.data = self.data.copy()  # what the form shows if it is refused
        self.data["conflict"] = "1" if is_stale else ""
        if is_stale:
            self.add_error(
                None,
                _(
                    "This page was changed since you opened it (see its history). Nothing of what you wrote is lost: "
                    "it stands below, and autosave waits. Save again to put it over the newer version."
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
        self._override()
        if "action-publish" in self.data:
            self._refuse_gaps()

    def _refuse_gaps(self) -> None:
        # Rows are not on the instance yet; a hook looks at them once they are.
        gaps = [gap for gap in self.instance.gaps() if gap[0] not in self.formsets]
        for path, message in gaps:
            field = path.split(".")[0]
            if field not in self.errors:
                self.add_error(field if field in self.fields else None, message)
        if gaps:
            self.ask_for_reason()

    def ask_for_reason(self) -> None:
        """Offer an override after a refusal, where it would help: nothing that is missing can be overridden."""
        if self.instance.override_reason or any(path not in self.formsets for path, _said in self.instance.missing()):
            return
        self.asks_for_reason = True
        self.add_error("override_reason", _("Errors or unapproved texts stand. Mend them, or say why and publish."))

    def _override(self) -> None:
        """Take the reason of who publishes, or approves the last step of a workflow."""
        reason = self.cleaned_data.get("override_reason", "").strip()
        publishes = "action-publish" in self.data and self.instance.permissions_for_user(self.for_user).can_publish()
        if reason and (publishes or self.data.get("workflow-action-name") == "approve"):
            self.asks_for_reason = True  # stays in sight where something else is wrong
            self.instance.override(reason, self.for_user)

    def _approve(self) -> None:
        for name in self.cleaned_data.get("approved", "").split():
            if name in self.instance.drafted and getattr(self.instance, name).strip():
                self.instance.approve(name)
        approve_qas(getattr(self.instance, "qa", ()))
