"""Redraft one text from the editor: ask for it, watch it, and say that the form has taken it up."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from papers.admin.permissions import DeskView, refusal
from papers.applying import settle
from papers.blocks import text_hash
from papers.drafting.redraft import LONGEST_PRESENT, LONGEST_QUESTION, LONGEST_WISH
from papers.messages import notice_text
from papers.models import DraftRun, PaperPage, Scope, Suggestion
from papers.redrafting import Asked, gives_what_is, request_redraft, take_into_form, value_for

_QA = re.compile(r"qa\.[0-9A-Za-z-]{1,36}")


class RedraftForm(forms.Form):
    """What the desk sends for a page. A Q&A needs its question."""

    place = forms.CharField()
    instruction = forms.CharField(required=False, max_length=LONGEST_WISH, label=gettext_lazy("Instruction"))
    question = forms.CharField(required=False, max_length=LONGEST_QUESTION, label=gettext_lazy("Question"), strip=False)
    question_original = forms.CharField(required=False, max_length=LONGEST_QUESTION, strip=False)
    kind = forms.CharField(required=False, max_length=20)
    present = forms.CharField(required=False)

    def __init__(self, data: Any, page: Any) -> None:
        super().__init__(data)
        self._page = page

    def clean_place(self) -> str:
        place = self.cleaned_data["place"]
        if place not in self._page.drafted and not (isinstance(self._page, PaperPage) and _QA.fullmatch(place)):
            raise ValidationError(_("There is no such place to draft."))
        return place

    def clean_present(self) -> str:
        return self.cleaned_data["present"][:LONGEST_PRESENT]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("place", "").startswith("qa.") and not cleaned.get("question", "").strip():
            raise ValidationError(_("Write the question first."))
        return {name: value.replace("\r\n", "\n") for name, value in cleaned.items()}


class RedraftView(DeskView):
    """Ask for a redraft. While another is under way for the place, that one is told as `other`: it can be watched,
    and then be asked again."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest) -> JsonResponse:
        form = RedraftForm(request.POST, self.page)
        if not form.is_valid():
            return refusal(" ".join(message for messages in form.errors.values() for message in messages))
        asked = Asked(**form.cleaned_data)
        run = request_redraft(self.page, asked, user=request.user)
        return JsonResponse({**_shown(run), "other": not gives_what_is(asked, run)}, status=202)


class RedraftRunView(DeskView):
    """How far a redraft has come, and in the end what it gave."""

    http_method_names = ("get",)

    def get(self, request: HttpRequest, run: int) -> JsonResponse:
        found = get_object_or_404(DraftRun, pk=run, page_id=self.page.pk, scope=Scope.REDRAFT)
        return JsonResponse(_shown(found))


class SuggestionView(DeskView):
    """An editor takes a suggestion into the form, or leaves it; the page itself is not touched.

    `key` names one Q&A of a suggestion that holds several; the others stay.
    """

    http_method_names = ("post",)

    def post(self, request: HttpRequest, suggestion: int) -> JsonResponse:
        with transaction.atomic():
            rows = Suggestion.objects.open().select_for_update()
            found = rows.filter(pk=suggestion, page_id=self.page.pk).first()
            if found is None:
                return refusal(_("This was decided already."), 409)
            self._decide(found, taken=bool(request.POST.get("taken")), key=request.POST.get("key", ""))
        return JsonResponse({"ok": True})

    def _decide(self, found: Suggestion, *, taken: bool, key: str) -> None:
        if key and found.place == "qa":
            rest = [value for value in found.value if value["provenance"]["hash"] != key]
            if rest and len(rest) < len(found.value):
                found.value = rest
                found.save(update_fields=["value"])
                return
        if taken:
            take_into_form(found, self.request.user)
        else:
            settle(found, taken=False, user=self.request.user)


def redraft_part(page: Any) -> dict[str, Any]:
    """No query."""
    return {
        "redraft": {"longest": LONGEST_WISH, "longest_question": LONGEST_QUESTION},
        "urls": {"redraft": reverse("papers_admin:redraft", args=[page.pk])},
        "texts": _texts(),
    }


def suggestion_data(found: Suggestion) -> dict[str, Any]:
    """A suggestion as the desk's scripts take it into the form; a field's has its hash, for comparing later."""
    return {
        "id": found.pk,
        "place": found.place,
        "value": found.value,
        "hash": "" if found.place.startswith("qa") else text_hash(found.value),
        "reason": notice_text(found.reason),
        "url": reverse("papers_admin:suggestion", args=[found.page_id, found.pk]),
    }


def _shown(run: DraftRun) -> dict[str, Any]:
    found = None if run.is_active else value_for(run)
    return {
        "run": run.pk,
        "url": reverse("papers_admin:redraft_run", args=[run.page_id, run.pk]),
        "status": run.status,
        "label": run.get_status_display(),
        "active": run.is_active,
        "error": notice_text(run.error),
        "note": notice_text(run.note),
        "suggestion": suggestion_data(found) if found else None,
    }


def _texts() -> dict[str, str]:
    return {
        "redraft": _("Redraft…"),
        "redraft_title": _("Redraft %(place)s"),
        "redraft_wish": _("How? (may stay empty) For example “shorter”, “explain MoE”"),
        "redraft_start": _("Redraft"),
        "redraft_again": _("Try again"),
        "redraft_under_way": _("Drafting: %(status)s, %(seconds)s s"),
        "redraft_other": _("Another draft of this text is under way; then yours is asked for."),
        "redraft_next": _("Then: “%(instruction)s”"),
        "redraft_next_plain": _("Then once more, without an instruction."),
        "redraft_slow": _("No worker has taken this up yet."),
        "redraft_done": _("%(place)s was drafted anew. Saving the page keeps it."),
        "redraft_nothing": _("Nothing was drafted. %(reason)s"),
        "redraft_failed": _("Not drafted: %(reason)s"),
        "redraft_gone": _("“%(question)s” was drafted, but its block is gone from the form."),
        "redraft_changed": _("The text was changed while it was drafted anew. Undo brings your text back."),
        "redraft_add": _("Add as a new question"),
        "redraft_leave": pgettext("suggestion", "Leave"),
        "own_question": _("Ask a question of your own"),
        "own_question_label": _("Your question, in the readers' language"),
        "own_question_start": _("Add and draft the answer"),
    }
