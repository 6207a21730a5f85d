"""Texts are plain: what cannot be shown, or would show as something else, is refused in words."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from weekly.hearing.screening import check_links, cleared, folded, screen, tidy


def code(text: str, *, one_line: bool = False) -> str:
    with pytest.raises(ValidationError) as caught:
        screen(text, one_line=one_line)
    assert caught.value.messages
    return caught.value.code


@pytest.mark.parametrize(
    "text",
    [
        "A plain text.\n\nAnd\ta tab.",
        "<script>alert(1)</script> & \"quotes\" 'all'",
        "日本語の文章です。",
        "می‌خواهم",
        "👩‍🔬 👍🏽 ❤️",
        "한국어",
        "e\u0301",
        "",
    ],
)
def test_what_people_write_passes(text: str) -> None:
    screen(text)


@pytest.mark.parametrize("number", [*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C])
def test_signs_that_turn_the_direction_of_writing_are_refused(number: int) -> None:
    assert code(f"user{chr(number)}gnp.exe") == "direction"


CONTROLS = ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\u2028", "\u2029", "\ud800", "\U000e0041"]
NO_SIGNS = ["\ufdd0", "\ufffe", "\uffff", "\U0001ffff"]


@pytest.mark.parametrize("sign", [*CONTROLS, *NO_SIGNS])
def test_control_characters_are_refused(sign: str) -> None:
    assert code(f"one{sign}two") == "control"


@pytest.mark.parametrize("sign", ["\u202e", "\u061c", *CONTROLS[:4], *CONTROLS[-2:], *NO_SIGNS])
def test_what_nobody_typed_is_cleared_of_signs_that_would_be_refused(sign: str) -> None:
    assert cleared(f"one{sign}two") == "onetwo"


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\v", "\f", "\x85", "\u2028", "\u2029"])
def test_where_nobody_typed_line_ends_stay_line_ends(end: str) -> None:
    assert cleared(f"one{end}two") == "one\ntwo"


def test_a_refused_sign_is_named() -> None:
    with pytest.raises(ValidationError, match=r"U\+202E"):
        screen("\u202etxt.")


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\v", "\f", "\x1c", "\x85", "\u2028", "\u2029"])
def test_one_line_is_one_line(end: str) -> None:
    assert code(f"bob@example.org{end}Bcc: eve@example.org", one_line=True) == "line_break"


@pytest.mark.parametrize("text", ["\u200b", "\u3164 \ufeff", "\u200d\u200d", "\u0301", "\u00ad"])
def test_a_text_that_shows_nothing_is_none(text: str) -> None:
    assert code(text) == "required"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  one \n", "one"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("one\n\n\n \n\ntwo", "one\n\ntwo"),
        ("one\n\ntwo", "one\n\ntwo"),
        ("e\u0301", "\u00e9"),
        ("か\u3099", "が"),
        ("<b>bold</b> *not*", "<b>bold</b> *not*"),
    ],
)
def test_a_text_is_kept_as_typed_but_for_its_blanks_and_its_unicode_form(typed: str, kept: str) -> None:
    assert tidy(typed) == kept


def test_a_few_links_are_allowed_in_all_texts_together() -> None:
    link = "see https://example.org "
    check_links([link, link * 2])
    with pytest.raises(ValidationError, match="At most 3 links"):
        check_links([link * 2, link, "HTTP://x.example"])


def test_an_address_without_a_scheme_is_a_link_too() -> None:
    with pytest.raises(ValidationError):
        check_links(["www.a.example " * 4])


@pytest.mark.parametrize(
    ("one", "other"),
    [("Good!", "good"), ("ＧＯＯＤ", "good"), ("a b", "ab"), ("it's\nso", "its so"), ("ﾗｯﾄ", "ラット")],
)
def test_texts_that_differ_in_form_alone_are_the_same(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(("one", "other"), [("a", "b"), ("?", "!"), ("👍", "👎"), ("3.5", "3.6")])
def test_texts_that_differ_otherwise_are_not(one: str, other: str) -> None:
    assert folded(one) != folded(other)


def test_where_one_text_ends_and_the_next_begins_counts() -> None:
    assert folded("ab", "c") != folded("a", "bc")


def test_a_megabyte_of_line_ends_is_read_in_one_go() -> None:
    assert tidy("a" + "\n \t" * 300_000 + "\nb") == "a\n\nb"
