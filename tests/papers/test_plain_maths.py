"""Formulas as characters, for letters and titles."""

from __future__ import annotations

import pytest

from papers.plain_maths import plain


@pytest.mark.parametrize(
    ("formula", "read"),
    [
        ("$O(n^2)$", "O(n²)"),
        ("$10^{-3}$", "10⁻³"),
        ("$x_{i+1}$", "xᵢ₊₁"),
        (r"$\alpha_i^{2}$", "αᵢ²"),
        (r"$\mathbb{R}^d$", "ℝᵈ"),
        ("$x^{(k)}$", "x⁽ᵏ⁾"),
        (r"$\sum_{i=1}^n x_i$", "∑ᵢ₌₁ⁿxᵢ"),
        (r"\(T^*\)", "T*"),
        (r"\[ x' \]", "x′"),
    ],
)
def test_scripts_are_small_signs_where_there_are_some(formula: str, read: str) -> None:
    assert plain(formula) == read


@pytest.mark.parametrize(
    ("formula", "read"),
    [
        ("$x_{max}$", "x_max"),
        (r"$\mathcal{L}_{KL}$", "ℒ_KL"),
        ("$q^{1/2}$", "q^(1/2)"),
        (r"$a^{\text{long one}}$", "a^(long one)"),
        (r"$\underbrace{a+b}_{c}$", "a+b_c"),
        ("$x^{}$", "x"),
    ],
)
def test_other_scripts_are_set_off_by_a_sign(formula: str, read: str) -> None:
    assert plain(formula) == read


@pytest.mark.parametrize(
    ("formula", "read"),
    [
        (r"$\frac{a+b}{2}$", "(a+b)/2"),
        (r"$\left(\frac12\right)$", "(1/2)"),
        (r"$\sqrt{n}$", "√n"),
        (r"$\sqrt{n+1}$", "√(n+1)"),
        (r"$\sqrt[3]{x}$", "³√x"),
        (r"$\begin{matrix}a&b\\c&d\end{matrix}$", "a, b; c, d"),
        (r"$\log n$", "log n"),
        (r"$\hat{y}$", "ŷ"),
        (r"$\tilde{O}(\sqrt{T})$", "Õ(√T)"),
        (r"$\overline{AB}$", "AB"),
    ],
)
def test_what_stands_above_another_is_written_in_a_row(formula: str, read: str) -> None:
    assert plain(formula) == read


def test_relations_have_space_around_them() -> None:
    assert plain(r"$\lambda=0.5, n\to\infty$ and $n\times m<k$") == "λ = 0.5, n → ∞ and n × m < k"


@pytest.mark.parametrize("text", ["It costs $5 to $10.", "No formula.", "", "a < b & c", "50$ and 60$"])
def test_money_and_words_stay_as_they_are(text: str) -> None:
    assert plain(text) == text


def test_an_escaped_dollar_is_a_dollar() -> None:
    assert plain(r"It costs \$5.") == "It costs $5."


def test_what_cannot_be_read_stands_as_its_source_without_the_dollars() -> None:
    assert plain(r"See $\def\x{} y^2$.") == r"See \def\x{} y^2."


def test_nothing_of_it_is_markup() -> None:
    assert plain(r"$a<b \text{<b>}$") == "a < b<b>"
