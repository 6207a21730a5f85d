"""What the admin's templates show of notices, changes and money."""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.utils.translation import pgettext_lazy

from papers.messages import translated
from weekly.importing import Change

register = template.Library()
register.filter("notice", translated)

CHANGES = {
    Change.CREATED: pgettext_lazy("of an entry that is imported", "created"),
    Change.UPDATED: pgettext_lazy("of an entry that is imported", "updated"),
    Change.SKIPPED: pgettext_lazy("of an entry that is imported", "unchanged"),
    Change.CONFLICT: pgettext_lazy("of an entry that is imported", "conflict"),
}


@register.filter
def change_label(change: str) -> str:
    return str(CHANGES[Change(change)])


@register.filter
def money(amount: Decimal | str | None) -> str:
    """Four places: one call of a small model costs less than a hundredth. A dash where no price is known."""
    return "–" if amount is None else f"{Decimal(amount):.4f}"
