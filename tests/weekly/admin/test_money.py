"""Sums of money on the desk."""

from __future__ import annotations

from decimal import Decimal

import pytest

from weekly.templatetags.digest_admin import change_label, money


@pytest.mark.parametrize(
    ("amount", "shown"), [(None, "–"), (Decimal("0.00005"), "0.0000"), (Decimal("1.5"), "1.5000"), ("0.0123", "0.0123")]
)
def test_money_has_four_places_and_the_unknown_is_no_zero(amount: Decimal | str | None, shown: str) -> None:
    assert money(amount) == shown


@pytest.mark.parametrize("change", ["created", "updated", "skipped", "conflict"])
def test_every_change_has_a_name(change: str) -> None:
    assert change_label(change)
