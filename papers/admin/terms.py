"""A glossary term from a finding: every correction can teach the checks."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from papers.admin.permissions import DeskView, refusal
from papers.models import GlossaryTerm, TermKind
from papers.reach import reach_of


class TermView(DeskView):
    """Create a term of the page's language, or add a wrong rendering to the one that stands.

    One that matches nearly everything is not saved before `all_the_same` says that it is meant.
    """

    http_method_names = ("post",)

    def post(self, request: HttpRequest) -> JsonResponse:
        source = request.POST.get("source", "").strip()
        if not source:
            return refusal(_("Say which term of the paper it is."))
        try:
            reach = reach_of(self._filled(request, source))  # takes its time, so nothing is locked meanwhile
            if reach.is_wide and not request.POST.get("all_the_same"):
                return JsonResponse({"ask": reach.told, "label": _("Add it all the same")})
            with transaction.atomic():
                term = self._filled(request, source)
                term.save()
        except ValidationError as error:
            return refusal(" ".join(error.messages))
        answer = {"term": str(term), "source": term.source, "url": _address(request.user, term)}
        return JsonResponse({**answer, "reach": reach.told})

    @transaction.atomic
    def _filled(self, request: HttpRequest, source: str) -> GlossaryTerm:
        """The term as it would be; raises ValidationError where it is none."""
        language = self.page.locale.language_code
        known = GlossaryTerm.objects.select_for_update().filter(source=source, language=language).first()
        term = known or GlossaryTerm(source=source, language=language)
        _demand(request.user, "change" if term.pk else "add")
        _fill(term, request.POST)
        term.full_clean()
        return term


def _fill(term: GlossaryTerm, given: Any) -> None:
    """What is left empty keeps what the term says already."""
    target, wrong = given.get("target", "").strip(), given.get("wrong", "").strip()
    if given.get("keep"):
        term.kind, term.target = TermKind.KEEP, ""
    elif target:
        term.kind, term.target = TermKind.TRANSLATE, target
    lines = [line.strip() for line in term.forbidden.splitlines() if line.strip()]
    if wrong and wrong not in lines:
        term.forbidden = "\n".join([*lines, wrong])


def _demand(user: Any, action: str) -> None:
    if not user.has_perm(f"papers.{action}_glossaryterm"):
        raise PermissionDenied(_("You may not change the glossary."))


def _address(user: Any, term: GlossaryTerm) -> str:
    if not user.has_perm("papers.change_glossaryterm"):
        return ""
    return reverse(term.snippet_viewset.get_url_name("edit"), args=[term.pk])
