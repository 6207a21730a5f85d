"""Short abstracts: translations that lost a part."""

from __future__ import annotations

import pytest

from papers.checks.base import Finding, Kind, Passage, Severity, Subject
from papers.checks.short_abstract import ShortAbstract

LONG = "We study how sparse models learn to answer long questions. " * 10


def findings(
    share: float,
    language: str,
    *,
    source: str = LONG,
    kind: Kind = Kind.PROSE,
    letter: str = "字",
    translates: bool = True,
) -> list[Finding]:
    passage = Passage("abstract", letter * round(share * len(source)), kind, source=source, translates=translates)
    return list(ShortAbstract().run(Subject(language, texts=(passage,))))


@pytest.mark.parametrize(
    ("share", "language", "letter", "short"),
    [
        (0.20, "ja", "字", True),
        (0.27, "ja", "字", True),
        (0.29, "ja", "字", False),
        (0.42, "ja", "字", False),
        (0.29, "ko", "가", True),
        (0.33, "ko", "가", False),
        (0.45, "de", "a", True),
        (0.90, "de", "a", False),
        (0.25, "zh-Hans", "字", False),
        (0.00, "ja", "字", False),
    ],
)
def test_a_text_far_shorter_than_a_full_translation_is_found(
    share: float, language: str, letter: str, short: bool
) -> None:
    assert [f.severity for f in findings(share, language, letter=letter)] == [Severity.WARNING] * short


def test_the_message_tells_both_shares() -> None:
    (found,) = findings(0.2, "ja")
    assert dict(found.message.params) == {"percent": 20, "least": 28}
    assert "20%" in str(found.message)


def test_short_sources_titles_and_texts_that_draw_on_a_source_are_let_be() -> None:
    assert findings(0.1, "ja", source="We study sparse models.") == findings(0.1, "ja", kind=Kind.TITLE) == []
    assert findings(0.1, "ja", translates=False) == []


def test_shares_are_known_for_sources_in_latin_letters_only() -> None:
    passage = Passage("abstract", "Short.", source="長い文章です。" * 100, translates=True)
    assert list(ShortAbstract().run(Subject("en", texts=(passage,), source_language="ja"))) == []
