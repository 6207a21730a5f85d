"""Whether a figure stands anywhere in a paper."""

from __future__ import annotations

import pytest

from papers.checks.quantities import quantities
from papers.checks.quantities.lookup import figures_of, occurs, stands_in

PAPER = ("The model has 34B parameters and reaches 88.4%.", "Params (M)\nBase 182.3\nAccuracy is .425, 96 GPUs, 2.4x.")


def all_stand(text: str, texts: tuple[str, ...] = PAPER) -> bool:
    return all(stands_in(figure, texts, "en") for figure in quantities(text, "ja"))


@pytest.mark.parametrize("text", ["340億", "88.4%", "1億8230万", "42.5%", "96台", "2.4倍", "340億と96"])
def test_a_figure_stands_there_as_such_or_with_three_digits_in_another_unit(text: str) -> None:
    assert all_stand(text)


@pytest.mark.parametrize("text", ["34億", "88.5%", "1億8240万", "96%", "2.4%", "97台", "24倍"])
def test_a_figure_with_two_digits_in_another_unit_stands_there_by_chance(text: str) -> None:
    assert not all_stand(text)


def test_in_no_text_stands_nothing() -> None:
    assert not all_stand("96台", ())


@pytest.mark.parametrize(("text", "found"), [("96%", True), ("24%", False), ("34B", True), ("約180", True)])
def test_in_whatever_unit_a_figure_occurs_more_often(text: str, found: bool) -> None:
    assert all(occurs(figure, figures_of(PAPER, "en")) is found for figure in quantities(text, "ja"))
