"""The lesson of a correction: a glossary term made from it, which finds the same fault on all other pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy

from papers.admin.terms import filled_term, save_term
from papers.models import GlossaryTerm
from papers.reach import reach_of
from papers.rescanning import begin
from weekly.admin.correction import OneCorrectionView
from weekly.moderation import lesson


class LessonForm(forms.Form):
    """A term as the correction suggests it. What is left empty keeps what the glossary says already."""

    source = forms.CharField(
        max_length=200,
        label=gettext_lazy("Term in the papers"),
        error_messages={"required": gettext_lazy("Say which term of the paper it is.")},
    )
    wrong = forms.CharField(max_length=200, required=False, label=gettext_lazy("Wrong rendering"))
    target = forms.CharField(max_length=200, required=False, label=gettext_lazy("Right rendering"))
    keep = forms.BooleanField(required=False, label=gettext_lazy("Keep the term as it is, without a rendering"))
    all_the_same = forms.BooleanField(
        required=False, label=gettext_lazy("Save it all the same, and try it on all pages")
    )


def may_teach(user: Any) -> bool:
    """Whether a user may add to the glossary."""
    return any(user.has_perm(f"papers.{action}_glossaryterm") for action in ("add", "change"))


class LessonView(OneCorrectionView):
    """What was corrected beside the term that it teaches; saving it begins a scan of all pages."""

    template_name = "weekly/admin/lesson.html"
    form_class = LessonForm
    page_title = gettext_lazy("A glossary term of it")
    header_icon = "openquote"
    asks = False

    def dispatch(self, request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponse:
        if not may_teach(request.user):
            raise PermissionDenied
        return super().dispatch(request, pk, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        guess = lesson(self.correction)
        return {"source": guess.source, "wrong": guess.wrong, "target": guess.right, "keep": guess.keep}

    def form_valid(self, form: LessonForm) -> HttpResponse:
        if term := self._saved(form):
            return redirect("papers_admin:scan", begin(term, self.request.user).pk)
        return self.form_invalid(form)

    def _saved(self, form: LessonForm) -> GlossaryTerm | None:
        """The term; None, with the reason in the form, where it contradicts itself or matches nearly everything."""
        given, language = form.cleaned_data, self.correction.language
        try:
            reach = reach_of(filled_term(self.request.user, language, given))
            if reach.is_wide and not given["all_the_same"]:
                self.asks = True
                form.add_error("all_the_same", reach.told)
                return None
            with transaction.atomic():
                return save_term(self.request.user, language, given)
        except ValidationError as error:
            form.add_error(None, error.messages)
            return None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(asks=self.asks or bool(self.request.POST.get("all_the_same")), **kwargs)
