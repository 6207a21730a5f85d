"""Lists and views of our own in the Wagtail admin."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.workflow import WorkflowActionView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.admin.widgets.button import Button
from wagtail.models import Page
from wagtail.snippets.views.snippets import CreateView, IndexView, SnippetViewSet
from wagtail.snippets.views.snippets import EditView as SnippetEditView

from papers.models import GlossaryTerm, NotReady
from papers.reach import reach_of
from papers.rescanning import begin


class GlossaryIndexView(IndexView):
    """The listing, with the ways in and out for files."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons = [*super().header_more_buttons]
        if self.permission_policy.user_has_permission(self.request.user, "add"):
            address = reverse("papers_admin:glossary_import")
            buttons.append(Button(_("Import a file"), url=address, icon_name="upload", priority=50))
        for number, (kind, label) in enumerate((("csv", _("Export as CSV")), ("tbx", _("Export as TBX"))), start=60):
            address = reverse("papers_admin:glossary_export", args=[kind])
            buttons.append(Button(label, url=address, icon_name="download", priority=number))
        return buttons


class GlossaryTermForm(WagtailAdminModelForm):
    """A term that matches nearly everything is refused once, with its count; the editor may save it all the same."""

    all_the_same = forms.BooleanField(
        label=_("Save it all the same"), help_text=_("The term is then tried on all pages."), required=False
    )
    asks = False

    @property
    def is_to_be_tried(self) -> bool:
        """Whether the texts may fare otherwise than with the term as it was: a note alone changes nothing."""
        return bool(set(self.changed_data) - {"note", "all_the_same"})

    def _post_clean(self) -> None:
        super()._post_clean()  # puts the cleaned values on the instance
        self.asks = confirmed = bool(self.cleaned_data.get("all_the_same"))
        if confirmed or self.errors or not self.is_to_be_tried:
            return
        reach = reach_of(self.instance)
        if reach.is_wide:
            self.asks = True
            self.add_error("all_the_same", f"{reach.told} {gettext('Every check will look for it there.')}")


class AllTheSamePanel(FieldPanel):
    """The question whether a term that reaches too far is meant."""

    class BoundPanel(FieldPanel.BoundPanel):
        def is_shown(self) -> bool:
            return super().is_shown() and self.form.asks


class _LedToTheScan:
    """After saving a term the editor sees where it is broken."""

    object: Any
    form: GlossaryTermForm
    request: HttpRequest

    def save_action(self) -> HttpResponse:
        response = super().save_action()
        if self.expects_json_response or not self.form.is_to_be_tried:
            return response
        return redirect("papers_admin:scan", begin(self.object, self.request.user).pk)


class GlossaryCreateView(_LedToTheScan, CreateView):
    pass


class GlossaryEditView(_LedToTheScan, SnippetEditView):
    @cached_property
    def header_more_buttons(self) -> list[Button]:
        address = reverse("papers_admin:scan_term", args=[self.object.pk])
        button = Button(_("See where it is broken"), url=address, icon_name="search", priority=5)
        return [*super().header_more_buttons, button]


class GlossaryViewSet(SnippetViewSet):
    model = GlossaryTerm
    icon = "openquote"
    menu_label = _("Glossary")
    menu_order = 250
    add_to_admin_menu = True
    edit_handler = ObjectList([AllTheSamePanel("all_the_same"), *GlossaryTerm.panels], base_form_class=GlossaryTermForm)
    list_display = ["source", "target", "kind", "language", "case_sensitive"]
    list_filter = ["language", "kind"]
    search_fields = ["source", "target", "note"]
    index_view_class = GlossaryIndexView
    add_view_class = GlossaryCreateView
    edit_view_class = GlossaryEditView


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
            form.ask_for_reason()
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
