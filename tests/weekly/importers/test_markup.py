"""Markdown to plain text."""

from __future__ import annotations

import pytest

from weekly.importers.markup import LINK, link_label, link_url, plain_line, plain_text


@pytest.mark.parametrize("mark", ["<br>", "<br/>", "<br />", "<BR>", "</br>"])
def test_a_line_break_in_any_spelling_begins_a_line(mark: str) -> None:
    assert plain_text(f"One. {mark} Two.") == "One.\nTwo."


def test_each_bullet_stands_on_its_own_line() -> None:
    text = "Intro: <br>● First: a thing <br> ● Second one"
    assert plain_text(text) == "Intro:\n● First: a thing\n● Second one"


def test_bullets_without_line_breaks_begin_lines_too() -> None:
    assert plain_text("Key points:   ● One – a   ●  Two – b") == "Key points:\n● One – a\n● Two – b"


def test_an_empty_bullet_leaves_no_line() -> None:
    assert plain_text("Text <br>● <br>● Point") == "Text\n● Point"


@pytest.mark.parametrize(
    "words",
    [
        "emits <think> and </think> tags",
        "an unclosed <think word",
        "a <pause> token, x < y > z",
        "the `<pause>` token",
        "cost falls to $3 from $18,000, or roughly $2 a day",
        r"the loss $\mathcal{L}_{a*b*c} = \{x\}$ falls",
        "the bound $a_i*b$ and *NET, O*NET tasks, 2**3 and 4**5",
        "MMLU_PRO and snake_case_names",
        "f[i](x) and a[1] (see below)",
    ],
)
def test_words_that_only_look_like_markup_survive(words: str) -> None:
    assert plain_text(words) == words


def test_bold_and_italics_give_their_words() -> None:
    assert plain_line("the **strong** and *slanted* word, ****very**** so") == "the strong and slanted word, very so"


def test_an_asterisk_in_a_name_is_no_italics() -> None:
    assert plain_line("O*NET tasks from seven O*NET fields") == "O*NET tasks from seven O*NET fields"


def test_a_link_gives_its_words() -> None:
    assert plain_line("see [the **code**](https://example.org/a_(b)) now") == "see the code now"


def test_escaped_signs_lose_their_backslash() -> None:
    assert plain_line(r"R\&D costs 5\* of \| all") == "R&D costs 5* of | all"


def test_white_space_of_all_kinds_is_one_space() -> None:
    assert plain_line("a \t b\u00a0 c\u2028d <br> e") == "a b c d e"


@pytest.mark.parametrize(
    ("text", "label", "url"),
    [
        ("[Paper](https://a.org/x)", "Paper", "https://a.org/x"),
        ("[Paper](https://a.org/S0092(25)01312-1)", "Paper", "https://a.org/S0092(25)01312-1"),
        ("[Paper](https://a.org/x))", "Paper", "https://a.org/x"),
        ("[Tweet]()", "Tweet", ""),
        ("[Tweet)](https://a.org/x)", "Tweet)", "https://a.org/x"),
        ("[Paper] (https://a.org/x)", "Paper", "https://a.org/x"),
        ("[Paper]( <https://a.org/x> )", "Paper", "https://a.org/x"),
        ('[Paper](https://a.org/x "A title")', "Paper", "https://a.org/x"),
        ("[Paper](https://a.org/x, [Tweet](https://b.org)", "Paper", "https://a.org/x"),
        ("[Paper](https://a.org/x |", "Paper", "https://a.org/x"),
        ("[Paper [v2]](https://a.org/x)", "Paper [v2]", "https://a.org/x"),
    ],
)
def test_it_reads_links_as_people_write_them(text: str, label: str, url: str) -> None:
    found = LINK.search(text)
    assert found is not None
    assert (link_label(found), link_url(found)) == (label, url)
