"""What the desk's scripts say, in the editor's language. %(name)s is filled in by the script."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def texts_part(page: Any) -> dict[str, Any]:
    """No query."""
    return {"texts": {**_common(), **_findings(), **_terms(), **_states()}}


def _common() -> dict[str, str]:
    return {
        "tools": _("Review"),
        "question": _("Question %(number)s"),
        "undo": pgettext("review desk", "Undo"),
        "undone": _("Undone."),
        "close": pgettext("review desk", "Close"),
        "cancel": pgettext("review desk", "Cancel"),
        "offline": _("The server did not answer. Nothing was changed; try again."),
        "failed": _("The server refused (%(status)s). Nothing was changed."),
    }


def _findings() -> dict[str, str]:
    return {
        "error": pgettext("finding", "error"),
        "warning": pgettext("finding", "warning"),
        "info": pgettext("finding", "hint"),
        "errors": _("Errors"),
        "warnings": _("Warnings"),
        "infos": _("Hints"),
        "previous": pgettext("finding", "Previous"),
        "next": pgettext("finding", "Next"),
        "previous_finding": _("Previous finding"),
        "next_finding": _("Next finding"),
        "next_error": _("Next error"),
        "next_warning": _("Next warning"),
        "next_info": _("Next hint"),
        "source": _("In the paper"),
        "apply_page": _("Set page %(page)s"),
        "apply_quote": _("Quote the paper's words"),
        "applied": _("Replaced in %(place)s. The next save checks it again."),
        "moved": _("The text has changed since this was found; the next save checks it again."),
        "gone": _("The place of this finding is gone from the form. The next save clears it up."),
        "dismiss": pgettext("finding", "Dismiss…"),
        "reason": _("Why is this no fault? The reason is kept, and holds until the text changes."),
        "dismiss_now": pgettext("finding", "Dismiss"),
        "dismissed": _("Dismissed."),
        "dismissed_list": _("Dismissed: %(count)s"),
        "dismissed_by": _("%(user)s, %(when)s: %(reason)s"),
        "restore": _("Bring back"),
        "none": _("No finding stands."),
        "none_of_these": _("No finding of this kind stands."),
    }


def _terms() -> dict[str, str]:
    return {
        "term": _("Add to the glossary…"),
        "term_source": _("Term in the paper"),
        "term_wrong": _("Wrong rendering"),
        "term_target": _("Right rendering"),
        "term_keep": _("Keep the term as it is"),
        "term_save": _("Add to the glossary"),
        "term_saved": _("“%(term)s” is in the glossary."),
        "term_open": _("See the term and where else it is broken"),
    }


def _states() -> dict[str, str]:
    return {
        "empty": pgettext("state of a text", "empty"),
        "machine": pgettext("state of a text", "machine"),
        "edited": pgettext("state of a text", "edited"),
        "approved": pgettext("state of a text", "approved"),
        "approve": _("Approve"),
        "approve_help": _("approves"),
        "approved_now": _("%(place)s is approved. The next save keeps that."),
        "all_approved": _("Nothing more waits for approval."),
        "waiting": _("%(count)s of %(total)s to approve"),
    }
