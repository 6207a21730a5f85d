"""What the admin's templates show of notices, changes and money."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import template
from django.utils.translation import pgettext_lazy

from papers.messages import translated
from papers.models.findings import Severity
from papers.states import State
from weekly.admin.figures import CHECK_NAMES, SECTIONS, Figures
from weekly.importing import Change

register = template.Library()
register.filter("notice", translated)

CHANGES = {
    Change.CREATED: pgettext_lazy("of an entry that is imported", "created"),
    Change.UPDATED: pgettext_lazy("of an entry that is imported", "updated"),
    Change.SKIPPED: pgettext_lazy("of an entry that is imported", "unchanged"),
    Change.CONFLICT: pgettext_lazy("of an entry that is imported", "conflict"),
}

STATES = {
    State.MACHINE: pgettext_lazy("of texts in a paper", "machine"),
    State.EDITED: pgettext_lazy("of texts in a paper", "edited"),
    State.APPROVED: pgettext_lazy("of texts in a paper", "approved"),
}
SEVERITIES = {
    Severity.ERROR: pgettext_lazy("of findings in a paper", "errors"),
    Severity.WARNING: pgettext_lazy("of findings in a paper", "warnings"),
    Severity.INFO: pgettext_lazy("of findings in a paper", "hints"),
}


@register.filter
def state_label(state: str) -> str:
    return str(STATES[State(state)])


@register.filter
def severity_label(severity: str) -> str:
    return str(SEVERITIES[Severity(severity)])


@register.filter
def change_label(change: str) -> str:
    return str(CHANGES[Change(change)])


@register.filter
def money(amount: Decimal | str | None) -> str:
    """Four places: one call of a small model costs less than a hundredth. A dash where no price is known."""
    return "–" if amount is None else f"{Decimal(amount):.4f}"


@register.filter
def percent(share: float | None) -> str:
    """A share between 0 and 1 in percent; a dash where there is none."""
    return "–" if share is None else f"{share:.1%}"


@register.filter
def section_label(name: str) -> str:
    return str(SECTIONS[name])


@register.filter
def check_label(rule: str) -> str:
    """A check's name; the id of one that is no longer known."""
    return str(CHECK_NAMES.get(rule, rule))


@register.filter
def count_of(counts: Mapping[str, int], name: str) -> int:
    return counts.get(name, 0)


@register.filter
def each(figures: Figures, name: str) -> Any:
    """An amount of a report's row per page."""
    return figures.per_page(getattr(figures, name))
