"""Plain text with formulas, as readers get it."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.template import Context, Template

from papers.maths import paragraphs, with_maths


def soup(markup: str) -> BeautifulSoup:
    return BeautifulSoup(markup, "html.parser")


def source_of(markup: str) -> str:
    """What speak.js quotes where everything is selected."""
    found = soup(markup)
    for line in found.select("br"):
        line.replace_with("\n")
    for formula in found.select("[data-tex]"):
        formula.replace_with(formula["data-tex"])
    return found.get_text()


@pytest.mark.parametrize("text", ["<b>", "a & b", "'x'", '"', "<script>$5</script>"])
def test_text_is_escaped(text: str) -> None:
    assert soup(with_maths(text)).get_text() == text
    assert soup(with_maths(text)).find() is None


def test_a_formula_becomes_mathml_between_its_words() -> None:
    found = soup(with_maths("in $O(n)$ time"))
    assert found.math.get_text() == "O(n)"
    assert found.get_text() == "in O(n) time"


@pytest.mark.parametrize("source", [r"$\foo$", "$x_{$", r"\(\frac{a}\)"])
def test_a_formula_that_cannot_be_read_shows_its_source(source: str) -> None:
    found = soup(with_maths(f"of {source} here"))
    assert found.code.get_text() == source
    assert found.math is None


def test_prices_are_left_alone() -> None:
    assert with_maths("$5 and $10") == "$5 and $10"


def test_an_escaped_dollar_shows_as_one() -> None:
    assert soup(with_maths(r"\$5")).get_text() == "$5"


@pytest.mark.parametrize(
    "text", [r'a $x_"<b>"$ & \(y\) \$5 $\foo$ z', "$$a$$ と $b$、$5", r"\[x < y\]", "one $a$\ntwo", "価格$5"]
)
def test_a_quote_of_it_all_is_the_text_that_editors_have(text: str) -> None:
    assert source_of(with_maths(text)) == text


def test_a_formulas_line_break_does_not_come_into_its_source() -> None:
    assert soup(paragraphs("$x +\ny$")).select_one("[data-tex]")["data-tex"] == "$x + y$"


def test_a_displayed_formula_has_a_line_of_its_own_but_never_in_titles() -> None:
    assert 'class="tex display"' in with_maths("$$x$$")
    assert "display" not in with_maths("$$x$$", display=False)


# Paragraphs


@pytest.mark.parametrize("text", ["one", "one\n\ntwo", "one\ntwo", "a\r\n\r\nb\r\nc", "a\n\n\n\nb", "", "<i>\n\n&"])
def test_plain_text_comes_out_as_from_djangos_own_filter(text: str) -> None:
    djangos = Template("{{ text|linebreaks }}").render(Context({"text": text}))
    ours = Template("{% load prose %}{{ text|prose }}").render(Context({"text": text}))
    assert ours == djangos


def test_no_formula_crosses_a_blank_line() -> None:
    assert soup(paragraphs("a $x\n\ny$ b")).math is None


def test_text_that_calls_itself_safe_is_escaped_all_the_same() -> None:
    shown = Template("{% load prose %}{{ text|safe|prose }}{{ text|safe|inline }}").render(Context({"text": "<i>$x$"}))
    assert shown.count("&lt;i&gt;") == 2
    assert "<i>" not in shown


def test_a_list_cuts_no_formula() -> None:
    template = Template("{% load prose %}{{ text|beginning:9|inline }}")
    assert template.render(Context({"text": "it is $O(n^2)$ long"})) == "it is…"
