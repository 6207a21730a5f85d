"""What papers add to the Wagtail admin."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogFormatter
from wagtail.snippets.models import register_snippet

from papers.viewsets import GlossaryViewSet

register_snippet(GlossaryViewSet)


class DraftFormatter(LogFormatter):
    """A machine's revision in the page's history, with the model and the prompt version."""

    label = _("Drafted")

    def format_message(self, log_entry: Any) -> str:
        data = log_entry.data or {}
        if data.get("backend") == "arxiv":
            return _("Metadata read from arXiv")
        params = {"scope": data.get("scope", ""), "model": data.get("model", ""), "prompt": data.get("prompt", "")[:12]}
        return _("Drafted %(scope)s by %(model)s, prompt %(prompt)s") % params


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    actions.register_action("papers.draft")(DraftFormatter)
