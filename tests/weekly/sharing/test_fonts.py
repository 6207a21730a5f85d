"""Fonts of this machine; what a machine without fonts does is asked in a language that none of those known can write."""

from __future__ import annotations

from typing import Any

import pytest

from papers.errors import SettingsError
from weekly.sharing.checking import check_fonts
from weekly.sharing.fonts import Face, covers, find_face, sample

BURMESE = "my"
LATIN = "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf"


@pytest.mark.parametrize(("language", "letters"), [("ja", "日本語かなカナ"), ("ko", "한국어"), ("en", "English")])
def test_a_font_is_found_that_can_write_the_language(language: str, letters: str) -> None:
    face = find_face(language)
    assert face is not None
    assert covers(face, letters)


def test_one_file_can_hold_the_fonts_of_several_languages() -> None:
    faces = {find_face(code) for code in ("ja", "ko")}
    names = {face.at(10).getname()[0][-2:] for face in faces if face and face.path.endswith("CJK-Bold.ttc")}
    assert names in ({"JP", "KR"}, set())


def test_a_missing_letter_is_noticed() -> None:
    assert covers(Face(LATIN), "Latin letters")
    assert not covers(Face(LATIN), "日本語")


@pytest.mark.parametrize(("language", "has"), [("ja", "か"), ("ko", "한"), ("pt-br", "Português"), ("xx", "English")])
def test_a_languages_sample_is_its_own_name(language: str, has: str) -> None:
    assert has in sample(language)


def test_a_configured_file_stands_before_the_systems() -> None:
    assert find_face("ja", LATIN) == Face(LATIN)


@pytest.mark.parametrize("name", ["/nowhere/font.ttf", __file__])
def test_a_configured_file_that_is_no_font_is_told(name: str) -> None:
    with pytest.raises(SettingsError, match="SHARE_FONT"):
        find_face("ja", name)


def test_a_language_that_no_font_can_write_has_none() -> None:
    assert find_face(BURMESE) is None


def test_the_check_is_silent_where_all_languages_can_be_written() -> None:
    assert check_fonts() == []


def test_the_check_says_which_languages_have_no_font_and_what_to_install(settings: Any) -> None:
    settings.WAGTAIL_CONTENT_LANGUAGES = settings.LANGUAGES = [("ja", "日本語"), (BURMESE, "Burmese")]
    (told,) = check_fonts()
    assert (told.id, f"in: {BURMESE}." in told.msg) == ("weekly.W010", True)
    assert "fonts-noto-cjk" in told.hint


def test_the_check_tells_of_a_configured_file_that_is_none(digest: Any) -> None:
    digest(SHARE_FONT="/nowhere/font.ttf")
    (told,) = check_fonts()
    assert (told.id, "/nowhere/font.ttf" in told.msg) == ("weekly.W011", True)
