"""What papers add to the Wagtail admin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.views.pages.bulk_actions.publish import PublishBulkAction
from wagtail.log_actions import LogFormatter
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from papers.admin.tags import TagViewSet
from papers.models import NotReady, PaperPage, PublishGuard, Scope
from papers.viewsets import GlossaryViewSet, GuardedPageViewSet, refused

register_snippet(GlossaryViewSet)
register_snippet(TagViewSet)


class DraftFormatter(LogFormatter):
    """A machine's revision in the page's history, with the model and the prompt version."""

    label = _("Drafted")

    def format_message(self, log_entry: Any) -> str:
        data = log_entry.data or {}
        if data.get("backend") == "arxiv":
            return _("Metadata read from arXiv")
        scope = data.get("scope", "")
        label = Scope(scope).label if scope in Scope.values else scope
        params = {"scope": label, "model": data.get("model", ""), "prompt": data.get("prompt", "")[:12]}
        return _("Drafted %(scope)s by %(model)s, prompt %(prompt)s") % params


class OverrideFormatter(LogFormatter):
    """Why a page was published in spite of what blocked it, in the page's history."""

    label = _("Published with an override")

    def format_message(self, log_entry: Any) -> str:
        reason = (log_entry.data or {}).get("reason", "")
        return _("Published in spite of what stood against it: %(reason)s") % {"reason": reason}


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    actions.register_action("papers.draft")(DraftFormatter)
    actions.register_action("papers.override")(OverrideFormatter)


@hooks.register("register_admin_viewset")
def register_paper_views() -> GuardedPageViewSet:
    return GuardedPageViewSet(model=PaperPage)


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern | URLResolver]:
    return [path("papers/", include("papers.admin.urls"))]


@hooks.register("before_publish_page")
def refuse_to_publish_with_gaps(request: HttpRequest, page: Page) -> HttpResponse | None:
    """What the form could not see, such as rows beside the page's own fields. The editor's text is saved by now."""
    if isinstance(page, PublishGuard) and (gaps := page.gaps()):
        return redirect(refused(request, page, NotReady(page.title, gaps)))
    return None


@hooks.register("before_bulk_action")
def refuse_to_publish_several_with_gaps(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    """All or none, as far as our pages are concerned."""
    if not isinstance(action, PublishBulkAction):
        return None
    below = action.cleaned_form.cleaned_data["include_descendants"]
    problems = [(page, NotReady(page.title, gaps)) for page in _guarded(objects, below) if (gaps := page.gaps())]
    for page, problem in problems:
        refused(request, page, problem)
    return redirect(action.next_url) if problems else None


def _guarded(pages: Iterable[Page], below: bool) -> Iterator[Any]:
    """The newest drafts of all guarded pages that the action would publish."""
    for page in pages:
        found = [page, *page.get_descendants().not_live()] if below else [page]
        for one in found:
            if issubclass(one.specific_class or Page, PublishGuard):
                yield one.specific.get_latest_revision_as_object()
