"""Forms as readers send them, complete unless told otherwise."""

from __future__ import annotations

import itertools
from typing import Any

from wagtail.models import Page

from weekly.hearing.forms import CommentForm, ReportForm
from weekly.hearing.speaker import Speaker
from weekly.hearing.tokens import issue

BOB = Speaker("192.0.2.1")
_numbers = itertools.count(1)


def comment_form(page: Page, speaker: Speaker = BOB, parent: Any = None, **data: Any) -> CommentForm:
    words = {"name": "Bob", "text": f"Is that so? {next(_numbers)}", "token": issue("comment", page.pk, age=10)}
    return CommentForm({**words, **data}, page=page, speaker=speaker, parent=parent)


def report_form(page: Page, speaker: Speaker = BOB, **data: Any) -> ReportForm:
    words = {
        "message": f"This is wrong. {next(_numbers)}",
        "place": "summary",
        "token": issue("report", page.pk, age=10),
    }
    return ReportForm({**words, **data}, page=page, speaker=speaker)


def codes(form: Any) -> dict[str, list[str]]:
    """Why a form is refused: codes by field."""
    return {name: [error.code for error in errors] for name, errors in form.errors.as_data().items()}


def refusal(form: Any) -> str:
    """The one code by which a form is refused as a whole."""
    (code,) = codes(form)["__all__"]
    return code
