"""The glossary from files and into them: look at what an import would do, confirm, export."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.coreutils import get_content_languages

from papers import conf
from papers.admin import uploads
from papers.messages import translated
from papers.models import GlossaryTerm, TermKind
from papers.reach import is_short
from papers.rescanning import begin_all
from papers.termbase import read_file, write_file
from papers.termbase.base import Entry, Reading, UnreadableTermbase

MAX_BYTES = 20_000_000
SHOWN = 200  # rows of a list in the preview; the counts tell of all
BATCH = 500
TYPES = {"csv": "text/csv; charset=utf-8", "tbx": "application/x-tbx+xml"}
FIELDS = ("kind", "target", "forbidden", "case_sensitive", "note")


def may(user: Any, action: str) -> bool:
    return user.has_perm(f"papers.{action}_glossaryterm")


@dataclass(frozen=True)
class Plan:
    """What an import would do. `changed` are terms as they would be; `same` counts those that would stay."""

    new: list[GlossaryTerm]
    changed: list[GlossaryTerm]
    same: int
    reading: Reading

    @property
    def counts(self) -> dict[str, int]:
        broken = len(self.reading.problems)
        return {"new": len(self.new), "changed": len(self.changed), "same": self.same, "broken": broken}

    @property
    def samples(self) -> list[tuple[str, list[GlossaryTerm]]]:
        """The first terms of each list, with its heading."""
        return [(pgettext("glossary import", "New"), self.new[:SHOWN]), (_("Changed"), self.changed[:SHOWN])]

    @property
    def broken(self) -> list[tuple[int, str]]:
        return [(problem.line, translated(problem.notice)) for problem in self.reading.problems[:SHOWN]]

    @property
    def short(self) -> list[GlossaryTerm]:
        """Terms that would match nearly every text."""
        return [term for term in (*self.new, *self.changed) if is_short(term.as_term())]

    @property
    def hidden(self) -> int:
        """How many broken rows are not listed."""
        return max(0, len(self.reading.problems) - SHOWN)


def plan_import(reading: Reading) -> Plan:
    """Compare a file's entries with the glossary; one query for each of its languages."""
    languages = Counter(entry.language for entry in reading.entries)
    known = {(term.source, term.language): term for term in GlossaryTerm.objects.filter(language__in=languages)}
    plan = Plan([], [], sum(_stands(entry, known) for entry in reading.entries), reading)
    for entry in reading.entries:
        term = known.get((entry.term.source, entry.language))
        if term is None:
            plan.new.append(_filled(GlossaryTerm(source=entry.term.source, language=entry.language), entry))
        elif not _stands(entry, known):
            plan.changed.append(_filled(term, entry))
    return plan


def _stands(entry: Entry, known: dict[tuple[str, str], GlossaryTerm]) -> bool:
    term = known.get((entry.term.source, entry.language))
    return term is not None and _as_entry(term).term == entry.term


def _as_entry(term: GlossaryTerm) -> Entry:
    return Entry(term.as_term(), term.language)


def _filled(term: GlossaryTerm, entry: Entry) -> GlossaryTerm:
    term.kind = TermKind.KEEP if entry.term.keep else TermKind.TRANSLATE
    term.target, term.forbidden = entry.term.target, "\n".join(entry.term.forbidden)
    term.case_sensitive, term.note = entry.term.case_sensitive, entry.term.note
    return term


@transaction.atomic
def carry_out(plan: Plan) -> None:
    """Write new and changed terms."""
    GlossaryTerm.objects.bulk_create(plan.new, batch_size=BATCH)
    GlossaryTerm.objects.bulk_update(plan.changed, FIELDS, batch_size=BATCH)


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Glossary file"), help_text=gettext_lazy("CSV or TBX (ISO 30042:2019), at most 20 MB.")
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of rows that name none"),
        help_text=gettext_lazy("The language that readers will read."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = list(get_content_languages().items())
        self.fields["language"].initial = conf.get("LANGUAGE").lower()

    def clean_file(self) -> Any:
        given = self.cleaned_data["file"]
        if given.size > MAX_BYTES:
            raise forms.ValidationError(_("The file is larger than %(limit)d MB.") % {"limit": MAX_BYTES // 1_000_000})
        return given


class ImportStep(WagtailAdminTemplateMixin, View):
    """Only for those who may add terms and change them, since a file can do both."""

    page_title = gettext_lazy("Import a glossary")
    header_icon = "upload"
    needs: ClassVar = ("add", "change")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not all(may(request.user, action) for action in self.needs):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        listing = {"url": _listing(), "label": _("Glossary")}
        return [*self.breadcrumbs_items, listing, {"url": "", "label": self.get_page_title()}]


def _listing() -> str:
    return reverse(GlossaryTerm.snippet_viewset.get_url_name("list"))


class ImportView(ImportStep):
    """The file, then what it would do."""

    template_name = "papers/admin/glossary_import.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(UploadForm())

    def show(self, form: UploadForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(form)
        given, language = form.cleaned_data["file"], form.cleaned_data["language"]
        data = given.read()
        try:
            plan = plan_import(read_file(given.name, data, language))
        except UnreadableTermbase as error:
            form.add_error("file", translated(error.notice))
            return self.show(form)
        key = uploads.keep(data, request.user, name=given.name, language=language)
        self.template_name = "papers/admin/glossary_preview.html"
        return self.render_to_response(self.get_context_data(plan=plan, key=key, name=given.name))


class ConfirmView(ImportStep):
    """Take the good rows. The glossary is compared anew: it may have changed since the preview."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest) -> HttpResponse:
        key = request.POST.get("key", "")
        kept = uploads.fetch(key, request.user)
        if kept is None:
            messages.error(request, _("The file is no longer there. Give it again."))
            return redirect("papers_admin:glossary_import")
        data, facts = kept
        plan = plan_import(read_file(facts["name"], data, facts["language"]))
        carry_out(plan)
        uploads.drop(key)
        self._tell(plan)
        terms = [*plan.new, *plan.changed]
        if not terms or "try" not in request.POST:
            return redirect(_listing())
        scans = begin_all(terms, request.user)
        return redirect("papers_admin:scans", scans[0].pk, scans[-1].pk)

    def _tell(self, plan: Plan) -> None:
        said = _("%(new)d terms are new, %(changed)d were changed, %(same)d stay as they were.") % plan.counts
        messages.success(self.request, said)
        if broken := plan.counts["broken"]:
            told = ngettext("%(count)d row was left out.", "%(count)d rows were left out.", broken)
            messages.warning(self.request, told % {"count": broken})


class ExportView(View):
    """The glossary as a file, in the listing's language where one is chosen."""

    def get(self, request: HttpRequest, kind: str) -> HttpResponse:
        if not any(may(request.user, action) for action in ("view", "add", "change")):
            raise PermissionDenied
        if kind not in TYPES:
            raise Http404
        language = request.GET.get("language", "")
        terms = GlossaryTerm.objects.filter(**({"language": language} if language else {}))
        entries = [_as_entry(term) for term in terms.order_by("language", "source")]
        name = f"glossary.{kind}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(write_file(kind, entries), content_type=TYPES[kind], headers=headers)
