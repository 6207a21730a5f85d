"""Findings as the editor sees them: listed at their places, dismissed with a reason, brought back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from papers.admin.excerpts import excerpt, offer
from papers.admin.permissions import DeskView, refusal
from papers.models import Finding, GlossaryTerm
from papers.models.findings import Severity
from papers.people import name_of

LONGEST_REASON = 1000  # characters
LONGEST_TERM = GlossaryTerm._meta.get_field("source").max_length  # characters; what is longer is a sentence
# Only these judge words that the glossary could tell; a wrong number or full stop is no term.
TERM_RULES = frozenset({"names", "glossary", "left-over"})


Texts = dict[tuple[str, str], str]


def findings_part(page: Any) -> dict[str, Any]:
    """One query: all findings of the newest draft, worst first, dismissed ones last."""
    texts = {(passage.block, passage.field): passage.text for passage in page.passages()}
    rows = list(Finding.objects.filter(page_id=page.pk).current().select_related("dismissed_by"))
    term = reverse("papers_admin:term", args=[page.pk])
    return {"findings": list(_folded(_sorted(rows), texts)), "urls": {"term": term}}


def _words(row: Finding) -> tuple[Any, ...]:
    """Equal for findings about the same words; what is about no words is about its own matter."""
    return (row.place, row.field, row.start, row.end) if row.end > row.start else (row.pk,)


def _rank(row: Finding) -> tuple[bool, int]:
    return row.dismissed_at is not None, list(Severity).index(row.severity)


def _sorted(rows: Sequence[Finding]) -> list[Finding]:
    """Worst first, and right after it what else is said of the same words."""
    worst: dict[tuple[Any, ...], tuple[bool, int]] = {}
    for row in rows:
        worst[_words(row)] = min(_rank(row), worst.get(_words(row), _rank(row)))
    return sorted(
        rows,
        key=lambda row: (
            row.dismissed_at is not None,
            worst[_words(row)],
            row.start,
            row.end,
            row.place,
            _rank(row),
            row.pk,
        ),
    )


def _folded(rows: Sequence[Finding], texts: Texts) -> Iterator[dict[str, Any]]:
    """What was shown already of the same words is not shown again; `same` is the finding that shows it."""
    first: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in rows:
        shown = _shown(row, texts)
        other = first.setdefault(_words(row), shown) if row.dismissed_at is None else shown
        if other is not shown:
            repeated = [name for name in ("offer", "source") if shown[name] == other[name]]
            shown |= {"same": other["id"], "before": "", "shown": "", "after": "", **dict.fromkeys(repeated, "")}
        yield shown


def _shown(row: Finding, texts: Texts) -> dict[str, Any]:
    text = texts.get((row.block, row.field), "")
    args = [row.page_id, row.pk]
    return {
        "id": row.pk,
        "rule": row.rule,
        "severity": row.severity,
        "place": row.place,
        "sub": row.field,
        "start": row.start,
        "end": row.end,
        **excerpt(text, row.start, row.end, row.suggestion),
        "message": row.text,
        "suggestion": row.suggestion,
        "offer": offer(text[row.start : row.end], row.suggestion),
        "source": row.source,
        "same": None,
        "term": _term(row, text[row.start : row.end]),
        "citation": {name: row.message["params"].get(name) for name in ("number", "page")}
        if row.rule == "quotes"
        else {},
        "dismissed": _dismissal(row),
        "urls": {name: reverse(f"papers_admin:{name}", args=args) for name in ("dismiss", "restore")},
    }


def _term(row: Finding, marked: str) -> list[str] | None:
    """The term of the paper and its wrong rendering, for the glossary's form; None where no term can be meant."""
    if row.rule not in TERM_RULES:
        return None
    term = row.term or [row.source, marked]
    return term if any(term) and max(map(len, term)) <= LONGEST_TERM else None


def _dismissal(row: Finding) -> dict[str, str] | None:
    if row.dismissed_at is None:
        return None
    when = date_format(timezone.localtime(row.dismissed_at), "SHORT_DATETIME_FORMAT")
    return {"user": name_of(row.dismissed_by), "when": when, "reason": row.reason}


class DismissView(DeskView):
    """An editor says why a finding is no fault. It holds while the text stands that was judged."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, finding: int) -> JsonResponse:
        reason = request.POST.get("reason", "").strip()
        if not reason:
            return refusal(_("Say why this is no fault."))
        if len(reason) > LONGEST_REASON:
            return refusal(_("The reason is too long: at most %(count)d characters.") % {"count": LONGEST_REASON})
        fields = {"dismissed_at": timezone.now(), "dismissed_by": request.user, "reason": reason}
        if not Finding.objects.standing().filter(page_id=self.page.pk, pk=finding).update(**fields):
            return refusal(_("This finding no longer stands: its text has changed, or somebody has dismissed it."), 409)
        return JsonResponse({"findings": findings_part(self.page)["findings"]})


class RestoreView(DeskView):
    """Take a dismissal back."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, finding: int) -> JsonResponse:
        row = get_object_or_404(Finding.objects.current().filter(page_id=self.page.pk), pk=finding)
        row.dismissed_at, row.dismissed_by, row.reason = None, None, ""
        row.save(update_fields=["dismissed_at", "dismissed_by", "reason"])
        return JsonResponse({"findings": findings_part(self.page)["findings"]})
