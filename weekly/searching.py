"""The readers' search page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from papers.categories import NAMES
from papers.keyset import BadCursor
from papers.maths import escape
from papers.serving import base_template
from papers.showing import public
from papers.standing import active_language
from weekly.search.asking import Answer, Question, ask
from weekly.search.index import get_index
from weekly.search.query import MAX_QUERY, beginning
from weekly.tags import find_meant_tag, find_named_tag, find_tag, list_tags

TAGS_OFFERED = 100
TYPED = 2 * MAX_QUERY  # characters that browsers send; servers refuse long addresses, and could not say what is wrong
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


class SearchForm(forms.Form):
    """What can be asked. Nothing of it is needed, and what is wrong is told beside it."""

    q = forms.CharField(label=_("Words"), required=False)
    tag = forms.CharField(label=_("Tag"), required=False, max_length=255)
    category = forms.ChoiceField(label=_("Category"), required=False)
    week = forms.DateField(label=_("Week"), required=False, input_formats=["%Y-%m-%d"])

    def __init__(self, data: dict[str, str], language: str) -> None:
        super().__init__(data)
        self.language = language
        names = sorted(NAMES.items(), key=lambda item: item[1])
        choices = [("", pgettext_lazy("category", "all")), *((code, f"{name} ({code})") for code, name in names)]
        self.fields["category"].choices = choices
        words = {"type": "search", "enterkeyhint": "search", "maxlength": TYPED, "aria-describedby": "search-help"}
        self.fields["q"].widget = forms.TextInput(words | ({} if any(data.values()) else {"autofocus": True}))
        self.fields["tag"].widget.attrs |= {"list": "tags-offered", "autocomplete": "off"}
        # A field for dates would show nothing of what is none.
        kind = "date" if _DATE.fullmatch(data["week"] or "0000-00-00") else "text"
        self.fields["week"].widget = forms.DateInput({"type": kind}, "%Y-%m-%d")

    def clean_tag(self) -> str:
        tag = self.cleaned_data["tag"]
        if tag and not (find_tag(tag, self.language) or find_meant_tag(tag, self.language)):
            raise forms.ValidationError(_("No paper has this tag."), code="unknown")
        return tag

    @property
    def question(self) -> Question:
        """What is asked, as far as it can be read."""
        told = self.cleaned_data
        week: date | None = told.get("week")
        return Question(self.language, told.get("q", ""), told.get("tag", ""), week, told.get("category", ""))


def _options(choices: Iterable[tuple[Any, Any]], chosen: str | None = None) -> SafeString:
    """By hand: Django renders a template for each, and there are some two hundred on the page."""
    marks = {True: " selected", False: ""}
    rows = ((escape(value), marks[value == chosen], escape(str(name))) for value, name in choices)
    return mark_safe("".join(f'<option value="{value}"{mark}>{name}</option>' for value, mark, name in rows))


def _with_tag(request: HttpRequest) -> str:
    """The same search narrowed down to a tag, whose slug follows. A page of hits says it eighty times."""
    asked = request.GET.copy()
    for name in ("tag", "after"):
        asked.pop(name, None)
    return f"?{asked.urlencode()}&tag=" if asked else "?tag="


def search(request: HttpRequest) -> HttpResponse:
    """Papers by their words, and by tag, week and category."""
    language = active_language()
    with override(language):
        typed = request.GET.get("q", "").replace("\x00", " ")
        others = {name: request.GET.get(name, "").replace("\x00", "") for name in ("tag", "category", "week")}
        form = SearchForm({"q": beginning(typed), **others}, language)
        asked = form.is_valid() and not form.question.is_empty
        try:
            answer = ask(form.question, request.GET.get("after", "")) if form.is_valid() else Answer()
        except BadCursor as error:
            raise Http404(str(error)) from error
        context = {
            "form": form,
            "asked": asked,
            "hits": answer.hits,
            "query": answer.query,
            "meant": find_named_tag(form.question.text, language) if asked and not answer.hits else None,
            "with_tag": _with_tag(request),
            "after": answer.after,
            "is_cut": len(typed) > MAX_QUERY,
            "is_narrowed": any(others.values()),
            "is_closed": get_index() is None,
            "categories": _options(form.fields["category"].choices, form["category"].value()),
            "offered": _options((one.tag.slug, one.tag.name) for one in list_tags(language, "", TAGS_OFFERED)[0]),
            "base_template": base_template(),
        }
        return public(render(request, "weekly/search.html", context), "q", "tag", "category", "week", "after")
