"""A correction once more: what readers are told beside it, and whether they are told of it at all."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages

from papers.comparing import Comparison
from papers.messages import translated
from weekly.admin.passages import passage_of
from weekly.admin.readers import ReadersView, may_decide, plain
from weekly.models import Correction
from weekly.moderation.amending import amend
from weekly.moderation.deciding import Refused
from weekly.moderation.reports import THANKS_LENGTH


class WordsField(forms.CharField):
    def to_python(self, value: Any) -> str:
        return super().to_python(plain(value or ""))


class CorrectionForm(forms.Form):
    reason = WordsField(
        required=False, label=gettext_lazy("Why (readers see it)"), widget=forms.Textarea(attrs={"rows": 2})
    )
    thanks = WordsField(required=False, label=gettext_lazy("Thanks to (readers see it)"), max_length=THANKS_LENGTH)
    is_typo = forms.BooleanField(required=False, label=gettext_lazy("Only a typo: leave no public note"))


class OneCorrectionView(ReadersView, FormView):
    """A form beside what was corrected, for those who may decide on its page."""

    def dispatch(self, request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponse:
        self.correction = get_object_or_404(Correction.objects.select_related("page"), pk=pk)
        if not may_decide(request.user, self.correction.page):
            raise PermissionDenied
        return super().dispatch(request, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        said = self.correction
        return super().get_context_data(
            correction=said,
            passage=passage_of(said.page.specific, said.place),
            comparison=Comparison(said.place_label, said.before, said.after),
            **kwargs,
        )


class CorrectionView(OneCorrectionView):
    """What was corrected, which stays, beside the words that can be changed."""

    template_name = "weekly/admin/correction.html"
    form_class = CorrectionForm
    page_title = gettext_lazy("Change the correction")
    header_icon = "edit"

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.correction, name) for name in CorrectionForm.base_fields}

    def form_valid(self, form: CorrectionForm) -> HttpResponse:
        try:
            changed = amend(self.correction, self.request.user, **form.cleaned_data)
        except Refused as error:
            form.add_error(None, translated(error.notice))
            return self.form_invalid(form)
        messages.success(self.request, _told(changed, is_typo=form.cleaned_data["is_typo"]))
        return redirect("weekly_admin:readers_history")


def _told(changed: list[str], *, is_typo: bool) -> str:
    if "is_typo" in changed:
        return _("Readers do not see this correction any more.") if is_typo else _("Readers see this correction again.")
    return _("The correction was changed.") if changed else _("Nothing was changed.")
