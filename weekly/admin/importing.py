"""Import a week: name the list, choose its weeks, look at what will be created, confirm."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import Media
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from papers.errors import DigestError
from papers.messages import translated
from weekly.admin.forms import ChoiceForm, ParcelsForm, SourceForm
from weekly.admin.parcels import Parcel, pack
from weekly.admin.permissions import import_languages, may_import
from weekly.admin.planning import plan_week
from weekly.admin.reading import read_weeks
from weekly.homes import locale_for
from weekly.importing import ImportedWeek, ask_arxiv, import_week
from weekly.models import WeekPage


@dataclass(frozen=True)
class Plan:
    """A week as the preview shows it, with its text for the form."""

    parcel: Parcel
    week: ImportedWeek
    packed: str

    @property
    def changes(self) -> list[tuple[str, int]]:
        """How many entries get which status, the most frequent first."""
        return Counter(str(entry.change) for entry in self.week.entries).most_common()


class ImportStep(WagtailAdminTemplateMixin, View):
    """What the steps share. Each is a page of its own; without a form to go on with, one begins anew."""

    page_title = gettext_lazy("Import a week")
    header_icon = "download"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.languages = import_languages(request.user)
        if not self.languages:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def media(self) -> Media:
        """What the form's widgets need. Asked for when shown: on import, static files may not be collected yet."""
        return SourceForm.base_fields["start"].widget.media + SourceForm.base_fields["text"].widget.media

    def get(self, request: HttpRequest) -> HttpResponse:
        return redirect("weekly_admin:import")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        weeks = {"url": reverse("digest_weeks:index"), "label": _("Weeks")}
        return [*self.breadcrumbs_items, weeks, {"url": "", "label": self.get_page_title()}]

    def show_form(self, form: SourceForm) -> HttpResponse:
        self.template_name = "weekly/admin/import.html"
        return self.render_to_response(self.get_context_data(form=form, media=self.media + form.media))

    def show_choice(self, parcels: Sequence[Parcel], form: ChoiceForm | None = None) -> HttpResponse:
        self.template_name = "weekly/admin/choose_weeks.html"
        newest = next(number for number, parcel in enumerate(parcels) if parcel.week.entries)
        chosen = {str(newest)} if form is None else set(form.data.getlist("week"))
        weeks = [(parcel.week, pack(parcel), str(number) in chosen) for number, parcel in enumerate(parcels)]
        errors = form.errors.get("week", []) if form else []
        return self.render_to_response(self.get_context_data(weeks=weeks, errors=errors))

    def show_preview(self, parcels: Sequence[Parcel]) -> HttpResponse:
        metadata = ask_arxiv([entry for parcel in parcels for entry in parcel.week.entries])
        self.template_name = "weekly/admin/preview.html"
        plans = [_plan(parcel.with_metadata(metadata)) for parcel in parcels]
        return self.render_to_response(self.get_context_data(plans=plans))

    def require_permission(self, parcels: Sequence[Parcel]) -> None:
        if not all(may_import(self.request.user, parcel.language) for parcel in parcels):
            raise PermissionDenied

    def begin_again(self, form: ParcelsForm) -> HttpResponse:
        messages.error(self.request, " ".join(form.errors["parcel"]))
        return redirect("weekly_admin:import")


def _plan(parcel: Parcel) -> Plan:
    return Plan(parcel, plan_week(parcel.week, parcel.source, parcel.language, parcel.metadata), pack(parcel))


class SourceView(ImportStep):
    """The first step: where the list is."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show_form(SourceForm(languages=self.languages))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = SourceForm(request.POST, request.FILES, languages=self.languages)
        if not form.is_valid():
            return self.show_form(form)
        try:
            weeks, source = read_weeks(form.cleaned_data)
        except DigestError as error:
            form.add_error(form.NEEDED[form.cleaned_data["way"]][0], translated(error.notice))
            return self.show_form(form)
        parcels = [Parcel(week, source, form.cleaned_data["language"]) for week in weeks]
        return self.show_preview(parcels) if len(parcels) == 1 else self.show_choice(parcels)


class PreviewView(ImportStep):
    """What will be created, for the chosen weeks."""

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ChoiceForm(request.POST)
        if form.is_valid():
            self.require_permission(form.chosen)
            return self.show_preview(form.chosen)
        return (
            self.begin_again(form) if "parcel" in form.errors else self.show_choice(form.cleaned_data["parcel"], form)
        )


class ConfirmView(ImportStep):
    """Create what the preview showed."""

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ParcelsForm(request.POST)
        if not form.is_valid():
            return self.begin_again(form)
        parcels = form.cleaned_data["parcel"]
        self.require_permission(parcels)
        with transaction.atomic():
            done = [import_parcel(parcel, request.user) for parcel in parcels]
        said = ngettext("%(count)d week was imported.", "%(count)d weeks were imported.", len(done))
        messages.success(request, said % {"count": len(done)})
        if len(done) == 1:
            return redirect("weekly_admin:desk", done[0].page_id)
        return redirect("digest_weeks:index")


def import_parcel(parcel: Parcel, user: Any) -> ImportedWeek:
    """Import one week, and name the person in the page's history."""
    done = import_week(parcel.week, parcel.source, locale_for(parcel.language), parcel.metadata)
    page = WeekPage.objects.get(pk=done.page_id)
    log(page, "weekly.import", user=user, revision=page.get_latest_revision(), data={"source": parcel.source.name})
    return done
