"""What is a formula in a plain text, and what is money."""

from __future__ import annotations

import random
from itertools import product

import pytest

from papers.formulas import Kind, beginning, pieces_of

FORMULAS = [
    r"$k$",
    r"$O(n^2)$",
    r"$ O(n) $",
    r"$\sim$",
    r"$10$",
    r"$7B$",
    r"$3.2\%$",
    r"$256 \times 256$",
    r"$n log n$",
    r"$p(x|y)$",
    r"$L_\text{some long words here}$",
    r"$x = y$",
    r"$a<b$",
    "$x +\ny$",
    r"$f(\text{if $x$ holds})$",
    r"$\{a$",
    r"\(x\)",
    r"\( x \)",
    r"\[x\]",
    r"$$x = y$$",
    r"$$a$$",
    r"$$\begin{matrix}a\\b\end{matrix}$$",
    r"\[a\\[2pt] b\]",
    r"$L_{損失}$",
    r"$L_損失$",
    r"$x_{\text{入力}}$",
    r"$\mathrm{損失}$",
    r"$損失 = 0.3$",
    r"$ 손실 = 0.3 $",
    r"$F_1 スコア$",
    r"$損失 \times 重み_{全体、平均}$",
    r"$P(正しい \mid x)$",
    r"$f(g(正しい), x)$",
    r"$y \in \{はい, いいえ\}$",
    r"$f(\text{もし、 $x_{i}$ なら})$",
    r"$$損失_i = \text{これは、損失です。}$$",
]
# What a dollar that opens nothing is followed by, up to the next formula.
CLAUSES = [
    "a + b は閉じません。",
    "n 個の文書と、",
    "n 個の文書と",
    "x 大きさが",
    "x_iより ",
    "x円、",
    "x円，",
    "x_i 個 ",
    "x_i 個 (",
    "x_i 個（約",
    r"\alpha は小さく、",
    r"\alpha 以下「",
    "a + b 는 닫히지 않습니다. ",
    "x_i 개의 문서와 ",
    "x원,",
    "x_1원, ",
    "x_i입니다. ",
    r"\alpha 값이 작고 ",
    "x_i이다.\n",
    "a + b is not closed here. ",
    r"\alpha is never closed, and ",
]
PROSE = [
    "It costs $5.",
    "$5 and $10 a run",
    "from $5M-$10M",
    "$5–$10",
    "$5/$10",
    "($5)–($10)",
    "$5 million vs. $10 million",
    "US$5 and A$7",
    "US$5/A$7",
    "costs $5 (US$)",
    "between 10$ and 20$",
    "10$, 20$, 30$",
    "10$-20$",
    "価格は$5で、100$です。",
    "10$で20$です",
    "$HOME and $PATH",
    "$5 for a_model and $10",
    "$5 = 4 and $7",
    "5 $ or 6 $",
    "$$ and $$$",
    "$$ a lot $$ of money $$",
    "$",
    "$$",
    "$$$",
    "$$$$",
    "$ $",
    r"\(",
    r"\(\)",
    r"\) x \(",
    r"\[x\)",
    r"\\(x\\)",
    r"C:\dir\$",
    "{$}",
    "",
]


def shown(text: str) -> list[tuple[str, str]]:
    return [(piece.kind, piece.source) for piece in pieces_of(text)]


def formulas(text: str) -> list[str]:
    return [piece.source for piece in pieces_of(text) if piece.kind in (Kind.INLINE, Kind.DISPLAY)]


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize("frame", ["{}", "with {} here.", "長さは{}です。", "({}), {}", "{}-th"])
def test_a_formula_is_found(formula: str, frame: str) -> None:
    text = frame.replace("{}", formula)
    assert formulas(text) == [formula] * frame.count("{}")


@pytest.mark.parametrize("text", PROSE)
def test_money_and_lone_signs_stay_text(text: str) -> None:
    assert formulas(text) == []


@pytest.mark.parametrize("text", PROSE[:10])
def test_a_formula_after_money_is_found(text: str) -> None:
    assert formulas(f"{text} for $n$ of them") == ["$n$"]


def test_numbers_may_stand_at_a_formula_that_has_commands() -> None:
    assert formulas(r"4$\times$4 and 10$^{-3}$, 3$k$, $\sim$3.5") == [r"$\times$", "$^{-3}$", "$k$", r"$\sim$"]


def test_two_formulas_may_touch() -> None:
    assert formulas("$x$$y$") == ["$x$", "$y$"]


def test_an_escaped_dollar_is_a_dollar_inside_and_outside() -> None:
    assert shown(r"\$5, $\$5$") == [("dollar", r"\$"), ("text", "5, "), ("inline", r"$\$5$")]


def test_a_formula_that_is_never_closed_takes_nothing_with_it() -> None:
    assert formulas(r"$x and then $y$ and \(z and \(w\)") == ["$y$", r"\(w\)"]


def test_what_begins_in_open_braces_ends_at_the_next_dollar_where_they_never_close() -> None:
    assert formulas("$x_{$ and $y$") == ["$x_{$", "$y$"]


@pytest.mark.parametrize("clause", CLAUSES)
def test_a_dollar_that_opens_nothing_leaves_the_clause_and_the_next_formula_alone(clause: str) -> None:
    befores = ["", "価格は", "가격은 ", "It is ", "$k$ と ", "x$ と "]
    meant = [r"$\foo{x}$", "$m$", "$x = y$", "$$x = y$$", r"$x_{\text{入力}}$"]
    afters = [" は未知です。", " 개입니다.", " of them.", " と $b$ です。"]
    for before, formula, after in product(befores, meant, afters):
        text = f"{before}${clause}{formula}{after}"
        others = ["$k$"] * ("$k$" in before), ["$b$"] * ("$b$" in after)
        assert formulas(text) == [*others[0], formula, *others[1]], text


def test_two_dollars_that_open_nothing_leave_the_clause_alone() -> None:
    assert formulas("$$a_1 は閉じません。$$x = y$$") == ["$$x = y$$"]


def test_kinds_tell_display_from_inline() -> None:
    assert [kind for kind, _source in shown(r"$a$ $$b$$ \(c\) \[d\]") if kind != "text"] == [
        "inline",
        "display",
        "inline",
        "display",
    ]


def test_the_body_is_the_formula_without_its_signs() -> None:
    assert [piece.body for piece in pieces_of(r"$a$$$b$$\(c\)\[d\]")] == ["a", "b", "c", "d"]


@pytest.mark.parametrize("seed", range(20))
def test_the_pieces_make_up_the_text(seed: int) -> None:
    signs = ["$", "$$", "\\", r"\(", r"\)", r"\[", r"\]", r"\$", "{", "}", "x", " ", "5", "\n", "損", "and"]
    text = "".join(random.Random(seed).choices(signs, k=500))
    assert "".join(piece.source for piece in pieces_of(text)) == text


@pytest.mark.parametrize("part", ["$", "$$ ", "$x", r"\(", r"$\(", "\\", "${", "{$", "$a b c d ", r"$\a{"])
def test_ten_thousand_signs_that_are_no_formula_stay_as_they_are(part: str) -> None:
    text = part * (10_000 // len(part))
    assert "".join(piece.source for piece in pieces_of(text)) == text


# Beginnings


def test_a_short_text_is_its_own_beginning() -> None:
    assert beginning("short $x$", 9) == "short $x$"


def test_a_text_is_cut_to_the_length_with_its_ellipsis() -> None:
    assert beginning("abcdefgh", 5) == "abcd…"


def test_a_formula_is_left_out_rather_than_cut() -> None:
    assert beginning("it is $O(n^2)$ long", 12) == "it is…"


def test_a_formula_that_fits_stays() -> None:
    assert beginning("$O(n)$ is quick", 9) == "$O(n)$ i…"
