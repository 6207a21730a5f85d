"""Mailings: when each goes out and to how many, held, released, sent at once or once more; and the letter itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.log_actions import log

from weekly.admin.mail import MailView, steerable
from weekly.admin.mail_figures import SHOWN, Row, audiences, rows_of
from weekly.mailings import steering
from weekly.mailings.composing import Issue, issue_of
from weekly.mailings.handing import Postman
from weekly.mailings.outcomes import SENT
from weekly.models import DeliveryState, Mailing, MailingStatus

PER_PAGE = 25
REASONS = 20  # of letters that did not go out, each told once

Status = MailingStatus


@dataclass(frozen=True)
class Step:
    """Something that an editor does with a mailing in one of `states`; with `letters`, where some are in that state.

    `act` says whether it was done, or with how many letters. What cannot be taken back is asked twice: `asks` is the
    question.
    """

    label: str
    done: str
    act: Callable[[Mailing], bool | int]
    states: tuple[str, ...]
    letters: str = ""
    asks: str = ""

    def fits(self, row: Row) -> bool:
        return row.mailing.status in self.states and (not self.letters or bool(row.letters.get(self.letters)))


@dataclass(frozen=True)
class Offered:
    """A step that a mailing's page offers, with how many readers it reaches."""

    name: str
    step: Step
    row: Row

    @property
    def count(self) -> int:
        return self.row.letters.get(self.step.letters, 0) if self.step.letters else self.row.readers


_ENDED = (Status.SENDING, Status.SENT, Status.SKIPPED)
STEPS = {
    "hold": Step(
        gettext_lazy("Hold"),
        gettext_lazy("It is held: nothing goes out until it is released."),
        steering.hold,
        (Status.DUE, Status.SENDING),
    ),
    "release": Step(
        gettext_lazy("Release"),
        gettext_lazy("It is released and goes out at its time."),
        steering.release,
        (Status.HELD,),
    ),
    "send": Step(
        gettext_lazy("Send now"),
        gettext_lazy("It goes out now."),
        steering.send_now,
        (Status.DUE, Status.HELD, Status.SKIPPED),
        asks=gettext_lazy("What has been sent cannot be called back."),
    ),
    "unsure": Step(
        gettext_lazy("Send again what was perhaps sent"),
        gettext_lazy("The letters that may not have arrived go out again."),
        partial(steering.send_again, state=DeliveryState.UNSURE),
        _ENDED,
        DeliveryState.UNSURE,
        gettext_lazy("The worker or the connection died while the mail server had them: who got one gets it twice."),
    ),
    "failed": Step(
        gettext_lazy("Send again what was refused"),
        gettext_lazy("The letters that were refused go out again."),
        partial(steering.send_again, state=DeliveryState.FAILED),
        _ENDED,
        DeliveryState.FAILED,
    ),
}


class MailingsView(MailView):
    """All mailings, those that come next first."""

    template_name = "weekly/admin/mailings.html"
    tab = "mailings"

    def get(self, request: HttpRequest) -> HttpResponse:
        mailings = Mailing.objects.filter(steerable(request.user)).select_related("week")
        page = Paginator(mailings, PER_PAGE).get_page(request.GET.get("p"))
        shown = [(state.value, state.label) for state in SHOWN]
        context = {"page_obj": page, "rows": rows_of(page), "audiences": audiences(), "shown_states": shown}
        return self.render_to_response(self.get_context_data(**context))


class MailingView(MailView):
    """One mailing. What is done with it is logged, with the week where it has one."""

    template_name = "weekly/admin/mailing.html"
    tab = "mailings"

    def dispatch(self, request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponse:
        mine = Mailing.objects.filter(steerable(request.user)).select_related("week")
        self.mailing = get_object_or_404(mine, pk=pk)
        return super().dispatch(request, **kwargs)

    @cached_property
    def row(self) -> Row:
        return rows_of([self.mailing])[0]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.row.title}]

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.render_to_response(self.get_context_data())

    def post(self, request: HttpRequest) -> HttpResponse:
        name = request.POST.get("do", "")
        if name == "test":
            send_test(request, issue_of(self.mailing))
        elif name in STEPS:
            self._take(name, STEPS[name])
        return redirect("weekly_admin:mailing", self.mailing.pk)

    def _take(self, name: str, step: Step) -> None:
        done = step.act(self.mailing) if step.fits(self.row) else False
        if not done:
            messages.warning(self.request, _("Nothing was done: it stands otherwise by now. Look at it again."))
            return
        noted(self.mailing, name, self.request.user)
        messages.success(self.request, step.done)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        steps = [Offered(name, step, self.row) for name, step in STEPS.items() if step.fits(self.row)]
        asked = next((one for one in steps if one.name == self.request.GET.get("ask") and one.step.asks), None)
        letter = preview(issue_of(self.mailing))
        reasons = refusals(self.mailing)
        return super().get_context_data(
            row=self.row, steps=steps, asked=asked, letter=letter, reasons=reasons, **kwargs
        )


def noted(mailing: Mailing, name: str, user: Any) -> None:
    """Keep who did what: in the week's own history, or for a daily letter in the site's."""
    log(mailing.week or mailing, f"weekly.mail.{name}", user=user, data={"mailing": mailing.pk})


def refusals(mailing: Mailing) -> list[tuple[str, str, int]]:
    """Why letters did not go out, or may not have: (state, reason, how many), the most frequent first."""
    states = (DeliveryState.FAILED, DeliveryState.UNSURE, DeliveryState.SKIPPED)
    found = mailing.deliveries.filter(state__in=states).exclude(error="").values_list("state", "error")
    rows = found.annotate(count=Count("pk")).order_by("-count", "error")
    return [(DeliveryState(state).label, _(error), count) for state, error, count in rows[:REASONS]]


def preview(issue: Issue | None) -> dict[str, str] | None:
    """A letter to look at: its links open in windows of their own, since it stands in a frame."""
    if issue is None:
        return None
    text, html = issue.bodies()
    framed = html.replace("<head>", '<head><base target="_blank">', 1)
    return {"subject": issue.subject, "language": issue.contents.language, "text": text, "html": framed}


def send_test(request: HttpRequest, issue: Issue | None) -> None:
    """The letter to the editor who asks, and what became of it."""
    if issue is None:
        messages.error(request, _("There is no letter: nothing of it is public any more."))
    elif not request.user.email:
        messages.error(request, _("Your account has no mail address; give it one under Account."))
    elif reason := _send(issue, request.user.email):
        messages.error(request, _("The test was not sent: %(reason)s") % {"reason": reason})
    else:
        messages.success(request, _("A test went to %(email)s.") % {"email": request.user.email})


def _send(issue: Issue, email: str) -> str:
    """Why a letter did not go out; empty where it did."""
    letter = issue.letter(to=[email])
    letter.subject = _("Test: %(subject)s") % {"subject": letter.subject}
    with Postman() as postman:
        if not postman.is_ready():
            return postman.reason
        outcome = postman.hand(letter)
    return "" if outcome is SENT else outcome.reason or outcome.verdict.value
