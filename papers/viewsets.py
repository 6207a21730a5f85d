"""Lists and views of our own in the Wagtail admin."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.workflow import WorkflowActionView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page
from wagtail.snippets.views.snippets import SnippetViewSet

from papers.models import GlossaryTerm, NotReady


class GlossaryViewSet(SnippetViewSet):
    model = GlossaryTerm
    icon = "openquote"
    menu_label = _("Glossary")
    menu_order = 250
    add_to_admin_menu = True
    list_display = ["source", "target", "language", "case_sensitive"]
    list_filter = ["language"]
    search_fields = ["source", "target", "note"]


def refused(request: HttpRequest, page: Page, error: NotReady) -> str:
    """Tell why a page was not published; returns the address where that can be mended."""
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    messages.error(request, error.message, buttons=[messages.button(edit, _("Edit"))])
    return edit


class GuardedEditView(EditView):
    """The last approval of a workflow publishes. Where the guard refuses, it does not count and the text stays."""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            with transaction.atomic():
                return super().form_valid(form)
        except NotReady as error:
            self.page.latest_revision = self.latest_revision  # the one that was made on the way is undone
            form.add_error(None, error.message)
            return self.form_invalid(form)


class GuardedWorkflowActionView(WorkflowActionView):
    """The same for an approval from a list or the dashboard."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            with transaction.atomic():
                return super().post(request, *args, **kwargs)
        except NotReady as error:
            edit = refused(request, self.object, error)
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            return self.render_modal_json(request, {"step": "success", "redirect": edit})
        return redirect(edit)


class GuardedPageViewSet(PageViewSet):
    """For pages with a PublishGuard: a refusal is an answer and no server error."""

    edit_view_class = GuardedEditView
    workflow_action_view_class = GuardedWorkflowActionView
    parent_models: ClassVar[list[type[Page]]] = []
