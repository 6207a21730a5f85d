"""Formulas as MathML: what is set, and what shows as its source."""

from __future__ import annotations

import random
from xml.etree.ElementTree import fromstring

import pytest

from papers.mathml import MAX_FORMULA, mathml


def signs(formula: str) -> str:
    """What is read of a formula."""
    return "".join(fromstring(f"<all>{mathml(formula)}</all>").itertext())


@pytest.mark.parametrize(
    ("formula", "read"),
    [
        ("O(n^2)", "O(n2)"),
        (r"\mathbb{R}^d", "ℝd"),
        (r"\frac{a}{b}", "ab"),
        (r"x \sim p", "x∼p"),
        (r"\pm 0.5\%", "±0.5%"),
        (r"a \leq b < c", "a≤b<c"),
        (r"\text{損失} + L_\text{loss}", "損失+Lloss"),
        (r"\operatorname{argmax}_x f", "argmaxxf"),
        (r"\text{&lt;b&gt;}", "<b>"),
        (r"\backslash", "\\"),
        (r"\$5", "$5"),
    ],
)
def test_a_formula_reads_as_it_should(formula: str, read: str) -> None:
    assert signs(formula) == read


@pytest.mark.parametrize(
    "formula",
    [
        r"\foo",
        r"\frac{a}",
        "x_{",
        "x}",
        "x_a_b",
        r"\left(",
        r"\begin{matrix}",
        "",
        " ",
        r"\text{\foo}",
        r"\text{if $x$}",
    ],
)
def test_what_cannot_be_read_is_told(formula: str) -> None:
    assert mathml(formula) is None


@pytest.mark.parametrize(
    "formula", [r"\newcommand{\a}{\a\a}\a", r"\def\a{\a\a}\a", r"\renewcommand{\b}{x}\b", r"\gdef\a{x}", r"\let\a\b"]
)
def test_macros_are_not_run(formula: str) -> None:
    assert mathml(formula) is None


def test_a_very_long_formula_is_not_read() -> None:
    assert mathml("x" * MAX_FORMULA) is not None
    assert mathml("x" * (MAX_FORMULA + 1)) is None


def test_a_deep_formula_is_read_or_told() -> None:
    assert mathml("x^{" * 160 + "}" * 160) is None


@pytest.mark.parametrize(
    "formula",
    [
        r"\text{<script>alert(1)</script>}",
        r"\text{&lt;script&gt;alert(1)&lt;/script&gt;}",
        r"\operatorname{<script>}",
        r"\href{javascript:alert(1)}{<script>}",
        r"\style{background:url(//evil)}{x}",
        r"\class{digest-skip}{x}",
        r"\color{red;x:expression(1)}{x}",
        r'\begin{array}{c"onclick="alert(1)}x\end{array}',
    ],
)
def test_no_formula_brings_markup_of_its_own(formula: str) -> None:
    markup = mathml(formula) or ""
    assert "<script" not in markup
    assert not any(word in markup for word in ("href", "style=", "class", "onclick", "evil", "color"))


@pytest.mark.parametrize("formula", [r"\hspace{1000em}x", r"x\rule{90em}{90em}", r"\kern{500px}x"])
def test_no_formula_leaves_its_place(formula: str) -> None:
    markup = mathml(formula) or ""
    assert "00" not in markup
    assert "90em" not in markup


@pytest.mark.parametrize("seed", range(8))
def test_whatever_is_typed_gives_sound_markup_or_none(seed: int) -> None:
    parts = [
        r"\frac",
        "{",
        "}",
        "x",
        "_",
        "^",
        r"\left",
        "(",
        "&",
        r"\\",
        r"\sqrt",
        "[",
        "]",
        r"\text",
        r"\sum",
        r"\limits",
    ]
    parts += [
        r"\over",
        r"\hspace",
        "1em",
        "'",
        "%",
        "\x01",
        r"\begin{array}",
        r"\end{array}",
        r"\not",
        r"\skew",
        "<",
        "損",
    ]
    chance = random.Random(seed)
    for _formula in range(200):
        markup = mathml("".join(chance.choices(parts, k=chance.randint(1, 12))))
        assert markup is None or markup.startswith("<math")


# As TeX sets it


def test_an_upright_word_is_one_name() -> None:
    assert '<mi mathvariant="normal">KL</mi>' in mathml(r"\mathrm{KL}")


def test_a_function_stands_off_its_neighbours() -> None:
    thin = '<mspace width=".17em"></mspace>'
    assert mathml(r"n \log n") == f"<math><mi>n</mi>{thin}<mi>log</mi>{thin}<mi>n</mi></math>"
    assert thin not in mathml(r"-\log(n)")


def test_a_minus_after_a_bracket_is_a_numbers_own() -> None:
    assert mathml(r"\{-1\}").count('form="prefix">−') == 1
    assert 'form="prefix"' not in mathml("a-1")


def test_a_lone_operator_has_no_space_about_it() -> None:
    assert mathml(r"\sim") == '<math><mo lspace="0" rspace="0">∼</mo></math>'


def test_a_long_formula_may_break_after_its_relations_and_outside_brackets_only() -> None:
    formula = r"\mathcal{L} = f(a, b, c) + g(d, e) + h(i, j) \leq \epsilon"
    assert mathml(formula).count("<math>") == 3
    assert signs(formula).replace(" ", "") == "ℒ=f(a,b,c)+g(d,e)+h(i,j)≤ϵ"


def test_a_short_formula_is_one() -> None:
    assert mathml("a = b").count("<math") == 1


def test_a_displayed_sum_has_its_limits_above_and_below() -> None:
    assert "<munderover>" in mathml(r"\sum_{i=1}^n x_i", display=True)
    assert "<msubsup>" in mathml(r"\sum_{i=1}^n x_i")
