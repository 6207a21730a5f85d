"""What changed: what a machine wrote, or offers, beside the text in the form, word by word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from papers.admin.permissions import DeskView, refusal
from papers.admin.redraft import suggestion_data
from papers.comparing import Comparison
from papers.models import MachineText, Suggestion

# Characters of one text that are compared; the longest abstracts and answers have a few thousand.
LONGEST = 20_000
SUBS = ("question", "answer", "answer_original", "quotes")


class ChangesView(DeskView):
    """Compare the form's text of a place with the machine's, or with what a suggestion offers.

    Takes `place`; the texts by name, a field's as `text`; and `hash`, by which a machine's text is known where the
    form knows better than the page, or `suggestion` with `key` for one of several Q&As.
    """

    http_method_names = ("post",)

    def post(self, request: HttpRequest) -> JsonResponse:
        place = request.POST.get("place", "")
        if not place.startswith("qa") and place not in self.page.drafted:
            return refusal(_("There is no such place."))
        if "suggestion" in request.POST:
            return self._offered(request.POST, place)
        return self._machine(request.POST, place)

    def _machine(self, given: Mapping[str, str], place: str) -> JsonResponse:
        known = given.get("hash") or self.page.provenance.get(place, {}).get("hash", "")
        kept = "qa" if place.startswith("qa.") else place
        row = MachineText.objects.filter(page_id=self.page.pk, place=kept, hash=known).first()
        if row is None:
            return JsonResponse({"rows": [], "by": _("No machine's text is kept for this place.")})
        when = date_format(timezone.localtime(row.created_at), "SHORT_DATETIME_FORMAT")
        by = _("Drafted by %(model)s on %(when)s") % {"model": row.model, "when": when}
        return JsonResponse({"rows": _rows(_texts_of(row.value), _posted(given), place, self.page), "by": by})

    def _offered(self, given: Mapping[str, str], place: str) -> JsonResponse:
        pk = given["suggestion"]
        rows = Suggestion.objects.open().filter(page_id=self.page.pk)
        found = rows.filter(pk=pk).first() if pk.isdecimal() and len(pk) < 19 else None
        value = _value_of(found, given.get("key", "")) if found else None
        if value is None:
            return refusal(_("This was decided already."), 409)
        return JsonResponse({"rows": _rows(_posted(given), _texts_of(value), place, self.page)})


def changes_part(page: Any) -> dict[str, Any]:
    """One query: what waits for a decision. A suggestion of several Q&As comes as one for each."""
    found = Suggestion.objects.open().filter(page_id=page.pk).order_by("pk")
    return {
        "suggestions": [one for suggestion in found for one in _single(suggestion)],
        "urls": {"changes": reverse("papers_admin:changes", args=[page.pk])},
        "texts": _texts(),
    }


def _single(suggestion: Suggestion) -> Iterator[dict[str, Any]]:
    shared = suggestion_data(suggestion)
    if suggestion.place != "qa":
        yield {**shared, "key": ""}
        return
    for value in suggestion.value:
        yield {**shared, "value": value, "key": value["provenance"]["hash"]}


def _value_of(suggestion: Suggestion, key: str) -> Any:
    if suggestion.place != "qa":
        return suggestion.value
    return next((value for value in suggestion.value if value["provenance"]["hash"] == key), None)


def _texts_of(value: Any) -> dict[str, str]:
    """A kept value's texts by name; of a Q&A its quotes as well, one a line."""
    if isinstance(value, str):
        return {"text": value}
    quotes = "\n".join(_quote(citation.get("page"), citation.get("quote") or "") for citation in value["citations"])
    return {**{name: value.get(name) or "" for name in SUBS[:-1]}, "quotes": quotes}


def _quote(page: Any, quote: str) -> str:
    return f"{page}: {quote}" if page else quote


def _posted(given: Mapping[str, str]) -> dict[str, str]:
    return {name: given.get(name, "").replace("\r\n", "\n")[:LONGEST] for name in ("text", *SUBS)}


def _rows(old: Mapping[str, str], new: Mapping[str, str], place: str, page: Any) -> list[dict[str, Any]]:
    """One row for each text; `pieces` are (mark, text), the mark being `del`, `ins` or empty."""
    names: Sequence[str] = SUBS if place.startswith("qa") else ("text",)
    labels = _labels()
    rows = []
    for name in names:
        before, after = old.get(name, "")[:LONGEST], new.get(name, "")[:LONGEST]
        if before or after:
            label = labels[name] if name in labels else page.place_name(place)
            pieces = Comparison(label, before, after).merged
            rows.append({"sub": name, "label": label, "same": before == after, "pieces": pieces})
    return rows


def _labels() -> dict[str, str]:
    return {
        "question": _("question"),
        "answer": _("answer"),
        "answer_original": _("answer in the paper's words"),
        "quotes": _("quotes"),
    }


def _texts() -> dict[str, str]:
    return {
        "changes": _("What changed"),
        "place_empty": _("Nothing stands here yet that could be approved or compared."),
        "changes_none": _("Nothing: the text stands as the machine wrote it."),
        "changes_deleted": _("taken out:"),
        "changes_inserted": _("put in:"),
        "changes_same": _("(the same)"),
        "suggestion": _("Suggestion"),
        "suggestion_take": pgettext("suggestion", "Take"),
        "suggestion_leave": pgettext("suggestion", "Leave"),
        "suggestion_taken": _("The suggestion for %(place)s stands in the form. Saving the page keeps it."),
        "suggestion_left": _("Your text stays."),
        "suggestion_new": _("As a new question: “%(question)s”"),
        "suggestion_new_title": _("Suggestions without a place"),
    }
