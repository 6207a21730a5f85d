"""Wrong numbers made from right ones: the checks of numbers see them, and keep quiet about the right ones."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bench.number_mutations import NUMBER_CHECKS, Mutant, caught, measure, mutants
from papers.checks import run_checks
from papers.checks.base import Passage, Subject
from tests.papers.checks.number_pairs import JA, KO

LANGUAGES = [pytest.param("ja", JA, id="ja"), pytest.param("ko", KO, id="ko")]


@pytest.mark.parametrize(
    ("source", "text", "language"),
    [(source, text, language) for language, pairs in (("ja", JA), ("ko", KO)) for source, text in pairs],
)
def test_faithful_figures_raise_no_alarm(source: str, text: str, language: str) -> None:
    passage = Passage("text", text, source=source, translates=True)
    assert run_checks(Subject(language, (passage,)), NUMBER_CHECKS) == []


@pytest.mark.parametrize(("language", "pairs"), LANGUAGES)
def test_nineteen_of_twenty_wrong_figures_are_seen(language: str, pairs: Sequence[tuple[str, str]]) -> None:
    counts = {how: count for how, count in measure(pairs, language).items() if how != "exchanged"}
    seen, made = (sum(column) for column in zip(*counts.values(), strict=True))
    assert made > 300
    assert seen / made >= 0.95


@pytest.mark.parametrize(("language", "pairs"), LANGUAGES)
def test_about_half_of_exchanged_figures_are_seen(language: str, pairs: Sequence[tuple[str, str]]) -> None:
    """What tells one figure's place from another's is often a common noun, which we cannot compare."""
    seen, made = measure(pairs, language)["exchanged"]
    assert seen / made >= 0.6


@pytest.mark.parametrize(
    ("text", "how", "changed"),
    [
        ("340億", "scale", "340兆"),
        ("5.76倍", "unit", "5.76%"),
        ("5.76倍", "no point", "576倍"),
        ("5.76倍", "ten times", "576倍"),
        ("144個", "a point", "14.4個"),
        ("15以上", "bound", "15以下"),
        ("15以上の言語", "dropped bound", "15言語"),
        ("11%から36%", "swapped", "36%から11%"),
        ("11%と36%", "exchanged", "36%と11%"),
    ],
)
def test_a_mutant_differs_in_one_place(text: str, how: str, changed: str) -> None:
    assert changed in [mutant.text for mutant in mutants("", text) if mutant.how == how]


def test_mutants_come_back_the_same() -> None:
    assert list(mutants("a", "精度は57.8%である")) == list(mutants("a", "精度は57.8%である"))


def test_names_and_references_are_not_changed() -> None:
    assert list(mutants("", "GPT-4と表2、図3、[12]")) == []


def test_a_text_as_its_source_has_it_is_not_caught() -> None:
    assert not caught(Mutant("none", "34 billion", "340億"), "ja")
    assert caught(Mutant("scale", "34 billion", "34億"), "ja")
