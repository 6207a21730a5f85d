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
        if not request.POST.get("source", "").strip():
            return refusal(_("Say which term of the paper it is."))
        language = self.page.locale.language_code
        try:
            reach = reach_of(filled_term(request.user, language, request.POST))
            if reach.is_wide and not request.POST.get("all_the_same"):
                return JsonResponse({"ask": reach.told, "label": _("Add it all the same")})
            with transaction.atomic():
                term = save_term(request.user, language, request.POST)
        except ValidationError as error:
            return refusal(" ".join(error.messages))
        answer = {"term": str(term), "source": term.source, "url": _address(request.user, term)}
        return JsonResponse({**answer, "reach": reach.told})


def save_term(user: Any, language: str, given: Any) -> GlossaryTerm:
    """Create the term that `source` names, or add to the one that stands. Call it inside a transaction.

    `given` is a form's `source`, `target`, `wrong` and `keep`. Raises ValidationError, and PermissionDenied.
    """
    term = filled_term(user, language, given, lock=True)
    term.save()
    return term


def filled_term(user: Any, language: str, given: Any, *, lock: bool = False) -> GlossaryTerm:
    """The term as `save_term` would save it."""
    source = given.get("source", "").strip()
    terms = GlossaryTerm.objects.select_for_update() if lock else GlossaryTerm.objects
    known = terms.filter(source=source, language=language).first()
    term = known or GlossaryTerm(source=source, language=language)
    _demand(user, "change" if term.pk else "add")
    _fill(term, given)
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
