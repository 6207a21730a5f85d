"""One reported passage: what readers say of it, what it was made from, and the editor's decision about them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton
from wagtail.models import Page

from papers.comparing import Comparison
from papers.messages import translated
from weekly.admin.lesson import may_teach
from weekly.admin.passages import Passage, passage_of
from weekly.admin.queue import DECISIONS, tell
from weekly.admin.readers import ReadersView, ids_of, may_decide, plain
from weekly.admin.wanted import Step, Wanted, passage_url, step_at
from weekly.models import Correction, Report, ReportState
from weekly.moderation import Located, located
from weekly.moderation import reports as deciding
from weekly.moderation.deciding import Outcome

SHOWN = 25  # open reports of one passage at a time
EARLIER = 10
ALIKE = 0.6  # of the letters: less in common, and a wording is no new form of the whole passage


@dataclass(frozen=True)
class Card:
    """An open report beside the passage as it stands. `proposal` is the whole passage with its wording, or empty."""

    report: Report
    located: Located
    proposal: str
    is_chosen: bool

    @property
    def pieces(self) -> list[tuple[str, str]]:
        """What was quoted and what should stand there, as one; the wording alone where it is for words nobody named."""
        quote, wording = self.report.quote, self.report.wording
        if not quote and not self.proposal:
            return [("", wording)] if wording else []
        return Comparison("", quote or self.located.passage or "", wording).merged if wording else []

    @property
    def since(self) -> list[tuple[str, str]]:
        """What was read and what has become of it, as one; empty where the passage is the same."""
        was, now = self.report.passage, self.located.passage or ""
        return Comparison("", was, now).merged if was and self.located.has_changed else []


def proposal_of(report: Report, place: Located) -> str:
    """The passage with the reader's wording in place of what was quoted; empty where that cannot be told.

    Where nothing was quoted, the wording is for the whole passage only if it reads like one: many write a few words.
    """
    if place.passage is None or not report.wording:
        return ""
    if place.span:
        start, end = place.span
        return place.passage[:start] + report.wording + place.passage[end:]
    return report.wording if not report.quote and _is_whole(report.wording, place.passage) else ""


def _is_whole(wording: str, passage: str) -> bool:
    """Whether a wording can be a whole passage written anew: about its length, with mostly the same letters."""
    return not passage or SequenceMatcher(None, passage, wording).quick_ratio() >= ALIKE


@dataclass(frozen=True)
class Typed:
    """What stands in the form: as it was sent, or as it begins."""

    text: str = ""
    reason: str = ""
    thanks: str = ""
    reply: str = ""
    override: str = ""
    is_typo: bool = False

    @classmethod
    def read(cls, given: QueryDict) -> Typed:
        texts = {name: plain(given.get(name, "")) for name in ("text", "reason", "thanks", "reply", "override")}
        return cls(**texts, is_typo=bool(given.get("is_typo")))


class PassageView(ReadersView):
    """One screen per decision; after it, the next passage of the queue."""

    template_name = "weekly/admin/passage.html"
    tab = "reports"
    typed: Typed
    outcome: Outcome | None = None

    def dispatch(self, request: HttpRequest, page: int, **kwargs: Any) -> HttpResponse:
        self.page = get_object_or_404(Page.objects.select_related("locale"), pk=page).specific
        if not may_decide(request.user, self.page):
            raise PermissionDenied
        self.place = plain(request.GET.get("place", ""))
        self.all_reports = Report.objects.filter(page=page, place=self.place)
        if not self.all_reports.exists():
            raise Http404(_("Nobody has reported this passage."))
        self.wanted = Wanted.read(QueryDict(request.GET.get("queue", "")))
        self.typed = Typed.read(request.POST)
        return super().dispatch(request, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.render_to_response(self.get_context_data())

    def post(self, request: HttpRequest) -> HttpResponse:
        if request.headers.get("X-Requested-With") == "XMLHttpRequest":
            return self._change()
        self.typed = replace(self.typed, thanks=self._thanks())
        if "use" in request.POST:
            self._use(request.POST["use"])
        elif "take" in request.POST:
            return self._take()
        elif name := next((name for name in DECISIONS if name in request.POST), ""):
            return self._decide(name)
        return self.get(request)

    def _change(self) -> HttpResponse:
        """What the typed text changes, alone, while it is being typed."""
        comparison = Comparison("", self.passage.text or "", self.typed.text)
        context = {"comparison": comparison, "lang": self.passage.language}
        return render(self.request, "weekly/admin/_passage_change.html", context)

    def _use(self, chosen: str) -> None:
        """Begin with another reader's wording."""
        found = next((card.proposal for card in self.cards if str(card.report.pk) == chosen), "")
        if found:
            self.typed = replace(self.typed, text=found)

    def _take(self) -> HttpResponse:
        step = self.step
        chosen = self._chosen()
        if not chosen:
            return self._refused(_("Nothing was published: choose the reports that this corrects."))
        typed = self.typed
        self.outcome = deciding.take(
            chosen[0],
            self.request.user,
            text=typed.text,
            reason=typed.reason,
            thanks=typed.thanks,
            is_typo=typed.is_typo,
            also=[report.pk for report in chosen[1:]],
            override=typed.override.strip(),
            seen=plain(self.request.POST.get("seen", "")),
        )
        if not self.outcome.done:
            return self._refused(translated(self.outcome.reason))
        self._tell_taken(self.outcome)
        return self._onward(step)

    def _decide(self, name: str) -> HttpResponse:
        step, reply = self.step, self.typed.reply.strip()
        chosen = self._chosen()
        if not chosen:
            return self._refused(_("Nothing was decided: choose reports first."))
        if name != "spam" and not reply:
            return self._refused(_("Nothing was decided: write the answer or the reason first."))
        tally = DECISIONS[name](chosen, self.request.user, reply)
        tell(self.request, tally)
        return self._onward(step) if tally.done else self.get(self.request)

    def _thanks(self) -> str:
        """What was typed or, where the editor left what was offered, the names that go with the ticked reports."""
        given = self.request.POST
        if given.get("thanks") != given.get("offered"):
            return self.typed.thanks
        return deciding.thanks_for(report for report in self._chosen() if report.state == ReportState.OPEN)

    def _chosen(self) -> list[Report]:
        """What was ticked, whatever has become of it since: deciding tells."""
        return list(self.all_reports.filter(pk__in=ids_of(self.request.POST.getlist("report"))).order_by("pk"))

    def _refused(self, reason: str) -> HttpResponse:
        messages.error(self.request, reason)
        self.page = type(self.page).objects.select_related("locale").get(pk=self.page.pk)
        return self.get(self.request)

    def _tell_taken(self, outcome: Outcome) -> None:
        correction = outcome.correction
        buttons = [messages.button(address, _("See the correction"))] if (address := _public(correction)) else []
        change = reverse("weekly_admin:correction", args=[correction.pk])
        buttons.append(messages.button(change, _("Change the correction")))
        if may_teach(self.request.user):
            lesson = reverse("weekly_admin:lesson", args=[correction.pk])
            buttons.append(messages.button(lesson, _("Make a glossary term of it")))
        said = _("Corrected without a public note.") if correction.is_typo else _("Corrected in public.")
        messages.success(self.request, said, buttons=buttons)
        for note in outcome.notes:
            messages.warning(self.request, translated(note))

    def _onward(self, step: Step) -> HttpResponse:
        """To what is left of this passage, else to the next one, else to the empty queue."""
        if self.all_reports.open().exists():
            return redirect(passage_url(self.page.pk, self.place, self.wanted.query))
        if step.following:
            return redirect(passage_url(*step.following, self.wanted.query))
        return redirect(self.queue_url)

    @property
    def queue_url(self) -> str:
        address = reverse("weekly_admin:readers")
        return f"{address}?{self.wanted.query}" if self.wanted.query else address

    @cached_property
    def step(self) -> Step:
        return step_at(self.wanted, self.mine, self.page.pk, self.place)

    @property
    def passage(self) -> Passage:
        return passage_of(self.page, self.place)

    @property
    def cards(self) -> list[Card]:
        posted = self.request.POST
        chosen = set(posted.getlist("report")) if posted else None
        found = self.all_reports.open().order_by("pk")[:SHOWN]
        return [self._card(report, chosen is None or str(report.pk) in chosen) for report in found]

    def _card(self, report: Report, is_chosen: bool) -> Card:
        place = located(report, self.page)
        return Card(report, place, proposal_of(report, place), is_chosen)

    def get_page_subtitle(self) -> str:
        return self.page.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.passage.label or _("The page as a whole")}]

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        buttons = [HeaderButton(_("Edit page"), url=self.passage.edit_url, icon_name="edit", priority=10)]
        if self.page.live and self.page.url:
            buttons.append(HeaderButton(_("View live"), url=self.page.url, icon_name="link-external", priority=20))
        return buttons

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        passage, cards = self.passage, self.cards
        spans = [card.located.span for card in cards if card.located.span]
        typed = self.typed if self.request.method == "POST" else self._beginning(passage, cards)
        following = self.step.following
        return super().get_context_data(
            passage=passage,
            marked=passage.marked(spans),
            source=passage.source(spans),
            evidence=passage.evidence(),
            cards=cards,
            more=self.all_reports.open().count() - len(cards),
            earlier=_earlier(self.all_reports),
            typed=typed,
            offered=deciding.thanks_for(card.report for card in cards if card.is_chosen),
            comparison=Comparison(passage.label, passage.text or "", typed.text),
            may_take=bool(cards) and passage.text is not None and self.page.live,
            outcome=self.outcome,
            step=self.step,
            next_url=passage_url(*following, self.wanted.query) if following else "",
            queue_url=self.queue_url,
            **kwargs,
        )

    def _beginning(self, passage: Passage, cards: Sequence[Card]) -> Typed:
        """The first reader's wording in its place, else what stands."""
        offered = next((card.proposal for card in cards if card.proposal), passage.text or "")
        return Typed(text=offered, thanks=deciding.thanks_for(card.report for card in cards))


def _earlier(reports: Any) -> Iterable[Report]:
    """What was decided about this passage before, the newest first."""
    decided = reports.exclude(pk__in=reports.open().values("pk"))
    return decided.select_related("decided_by").order_by("-decided_at", "-pk")[:EARLIER]


def _public(correction: Correction) -> str:
    """Where readers see the corrected page; empty where they do not."""
    page = correction.page.specific
    if not (page.live and page.url):
        return ""
    return page.url if correction.is_typo else f"{page.url}#{correction.anchor}"
