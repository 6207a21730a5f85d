"""Glossary: terms rendered as agreed, and only where the source has them."""

from __future__ import annotations

import pytest

from papers.checks.base import Finding, Passage, Severity, Subject
from papers.checks.glossary import FORBIDDEN, MISSING, NOT_KEPT, Glossary
from papers.glossary import Term
from papers.paper import PageText, Paper

TRANSFER = Term("transfer", "転移", forbidden=("移籍", "転送"))
TRANSLATES = True


def findings(
    text: str, source: str, *terms: Term, language: str = "ja", translates: bool = True, pages: tuple[str, ...] = ()
) -> list[Finding]:
    passage = Passage("answer", text, source=source, translates=translates)
    printed = tuple(PageText(number, page) for number, page in enumerate(pages, start=1))
    return list(Glossary().run(Subject(language, texts=(passage,), terms=terms, pages=printed)))


@pytest.mark.parametrize(
    ("text", "source", "term", "language", "marked"),
    [
        ("実世界への移籍に適します。", "suits real-world transfer", TRANSFER, "ja", "移籍"),
        ("最大世代スループット", "maximum generation throughput", Term("generation", "生成", ("世代",)), "ja", "世代"),
        (
            "バッテリーで試しました。",
            "a battery of tasks",
            Term("battery", "一連", ("バッテリー",)),
            "ja",
            "バッテリー",
        ),
        ("ランダムフォレストを使う", "LLMs are used", Term("LLM", "", ("ランダム",)), "ja", None),
        ("세대를 제어합니다.", "controls generations", Term("generation", "생성", ("세대",)), "ko", "세대"),
        ("이전을 지원합니다.", "supports transfer", Term("transfer", "전이", ("이전",)), "ko", "이전"),
    ],
)
def test_a_forbidden_rendering_is_an_error(
    text: str, source: str, term: Term, language: str, marked: str | None
) -> None:
    errors = [f for f in findings(text, source, term, language=language) if f.severity == Severity.ERROR]
    assert [text[f.start : f.end] for f in errors] == ([marked] if marked else [])


def test_the_suggestion_is_the_rendering_or_the_term_that_is_kept() -> None:
    kept = Term("prompt", forbidden=("促し",))
    (wrong,), (other,) = findings("移籍する", "transfer", TRANSFER), findings("促しを書く", "a prompt", kept)
    assert (wrong.suggestion, wrong.message.template, other.suggestion) == ("転移", FORBIDDEN, "prompt")


@pytest.mark.parametrize(
    ("text", "source", "term", "language"),
    [
        ("選手の移籍です。", "players are sold", TRANSFER, "ja"),
        ("データバッテリーズです。", "a battery", Term("battery", "一連", ("バッテリー",)), "ja"),
        ("実ネズミラットです。", "a RAT", Term("RAT", "ラット", ("ネズミ",)), "ja"),
        ("正規化します。", "normalize", Term("normalize", "正規化", ("正規",)), "ja"),
        ("사전 이전입니다. 오래이전.", "prior", Term("prior", "사전", ("전 이",)), "ko"),
        ("GPTsは速い", "a GPT", Term("GPT", "", ("GP",)), "ja"),
    ],
)
def test_a_rendering_inside_of_another_word_or_without_the_term_is_none(
    text: str, source: str, term: Term, language: str
) -> None:
    assert [f for f in findings(text, source, term, language=language) if f.severity == Severity.ERROR] == []


def test_a_forbidden_rendering_inside_of_the_right_one_of_another_term_is_none() -> None:
    terms = Term("attention", "注意", ("注意力",)), Term("attentiveness", "注意力")
    assert findings("注意と注意力です。", "attention and attentiveness", *terms) == []


@pytest.mark.parametrize(
    ("text", "source", "wrong"),
    [
        ("正則化モデルと正規化したベクトル", "regularized models and normalized vectors", 0),
        ("正則化モデルと正規化した損失", "regularized models and a regularized loss", 1),
        ("正規化モデル", "regularized models", 1),
    ],
)
def test_where_the_term_is_rendered_throughout_the_other_word_is_another(text: str, source: str, wrong: int) -> None:
    found = findings(text, source, Term("regularized", "正則化", ("正規化",)))
    assert [f.severity for f in found] == [Severity.ERROR] * wrong


def test_a_rendering_that_is_forbidden_for_a_part_may_be_right_for_the_longer_term() -> None:
    terms = Term("attention", "注意", ("アテンション",)), Term("attention head", "頭部")
    assert [f.severity for f in findings("アテンションの頭部", "an attention head", *terms)] == []
    assert [f.severity for f in findings("アテンションの頭部", "an attention, a head", *terms)] == [Severity.ERROR]


def test_a_part_of_a_longer_term_is_not_asked_for() -> None:
    terms = Term("attention", "注意"), Term("attention head", "アテンションヘッド")
    assert findings("アテンションヘッドです。", "an attention head", *terms) == []


@pytest.mark.parametrize(
    ("text", "source", "term", "told"),
    [
        ("方針を学ぶ。", "learns a policy", Term("policy", "ポリシー"), [(MISSING, Severity.INFO)]),
        ("ポリシーを学ぶ。", "learns policies and a policy", Term("policy", "ポリシー"), []),
        (
            "フィードフォワード・ネットワーク",
            "feedforward network",
            Term("feedforward network", "フィードフォワードネットワーク"),
            [],
        ),
        ("ランクを下げる。", "uses LoRA", Term("LoRA"), [(NOT_KEPT, Severity.WARNING)]),
        ("LoRAを使う。", "uses LoRA", Term("LoRA"), []),
        ("loraを使う。", "uses LoRA", Term("LoRA", case_sensitive=True), [(NOT_KEPT, Severity.WARNING)]),
        ("スタートを使う。", "a star is born", Term("STaR", case_sensitive=True), []),
    ],
)
def test_a_rendering_that_is_missing_is_told(text: str, source: str, term: Term, told: list[object]) -> None:
    assert [(f.message.template, f.severity) for f in findings(text, source, term)] == told


def test_nothing_is_missing_where_a_text_only_draws_on_its_source() -> None:
    assert findings("方針を学ぶ。", "learns a policy", Term("policy", "ポリシー"), translates=False) == []


def test_a_term_that_was_rendered_wrongly_is_not_told_to_be_missing_too() -> None:
    assert [f.severity for f in findings("移籍する", "transfer", TRANSFER)] == [Severity.ERROR]


def test_an_answer_without_source_is_judged_by_the_papers_pages() -> None:
    found = findings("移籍する", "", TRANSFER, pages=("We study transfer.",), translates=False)
    assert [f.message.template for f in found] == [FORBIDDEN]
    assert findings("移籍する", "", TRANSFER, pages=("We study search.",), translates=False) == []


def test_the_title_counts_as_the_papers_text() -> None:
    passage = Passage("answer", "移籍する")
    subject = Subject("ja", texts=(passage,), terms=(TRANSFER,), paper=Paper("Sim-To-Real Transfer"))
    assert [f.suggestion for f in Glossary().run(subject)] == ["転移"]


def test_every_place_of_a_forbidden_rendering_is_told() -> None:
    found = findings("移籍と移籍、転送です。", "transfer", TRANSFER)
    assert sorted((f.start, f.end) for f in found) == [(0, 2), (3, 5), (6, 8)]


def test_an_everyday_word_in_an_answer_without_a_source_is_only_doubted() -> None:
    found = findings("この機能は速い。", "", Term("features", "特徴", ("機能",)), pages=("We learn features.",))
    assert [finding.severity for finding in found] == [Severity.WARNING]
