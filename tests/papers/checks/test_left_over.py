"""Left-over words: what nobody translated."""

from __future__ import annotations

import pytest

from papers.checks.base import Finding, Kind, Passage, Severity, Subject
from papers.checks.left_over import ALL_LEFT, LeftOver
from papers.glossary import Term
from papers.paper import Paper


def findings(
    text: str, language: str = "ja", *, source: str = "", kind: Kind = Kind.PROSE, terms: tuple[Term, ...] = ()
) -> list[Finding]:
    subject = Subject(language, texts=(Passage("text", text, kind, source=source),), terms=terms)
    return list(LeftOver().run(subject))


def marked(text: str, language: str = "ja", **more: str) -> list[str]:
    return [text[f.start : f.end] for f in findings(text, language, **more)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("この結果はpre-trainingの後に得られました。", ["pre-training"]),
        ("本手法は reward hacking を防ぎます。", ["reward hacking"]),
        ("cross-attentionとself-attentionを併用します。", ["cross-attention", "self-attention"]),
        ("state-of-the-art LLMモデルを上回ります。", ["state-of-the-art"]),
        ("Error analysisの結果を示します。", ["Error analysis"]),
        ("Furthermore、精度も向上します。", ["Furthermore"]),
        ("However, 精度は下がります。", ["However"]),
        ("Learning transferable visual models from natural language supervisionという研究です。", None),
        ("trade-offがあります。このtrade-offは重要です。", ["trade-off"]),
        ("prompt、completion、rewardという3つを使います。", ["prompt", "completion", "reward"]),
    ],
)
def test_ordinary_words_are_found_once(text: str, words: list[str] | None) -> None:
    found = marked(text)
    assert found == words if words else len(found) == 1 and len(found[0]) > 40


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("이 결과는 pre-training 이후에 얻었습니다.", ["pre-training"]),
        ("Furthermore, 정확도도 향상됩니다.", ["Furthermore"]),
        ("사전 학습(pre-training)을 합니다.", []),
        ("reward hacking이라는 현상입니다.", []),
    ],
)
def test_korean_texts_are_read_as_well(text: str, words: list[str]) -> None:
    assert marked(text, "ko") == words


@pytest.mark.parametrize(
    "text",
    [
        "文脈内学習(in-context learning)を使います。",
        "文脈内学習（in-context learning）を使います。",
        "「chain of thought」と呼びます。",
        "teacher forcingという手法を使います。",
        "beam search手法を使います。",
        "GPT-4とLLaMA-2-chatとcommand-rを比べます。",
        "k-meansとt-SNEとn-gramを使います。",
        "Web上のLLMとTransformerとAPIを使います。",
        "Group Relative Policy Optimization(GRPO)を使います。",
        "Learning to Reason with LLMsという論文です。",
        "Few-shot SQL-PaLMより優れます。",
        "BiomedGPT baseを使います。",
        "10 tokens/sと5 pxと20msです。",
        "学習率lr=0.1、rel=nofollow、model_sizeは大きい。",
        "`pip install torch`を実行し、https://example.org/some/path を開きます。",
        r"損失\(\mathcal{L} = loss\)と$\alpha$を最小化します。",
        "Défossezらの研究です(Lewis et al., 2020)。",
        "Adam vs. SGDを比べます。",
        "NVIDIA A100 with NVLinkを使います。",
    ],
)
def test_names_titles_originals_and_code_stay(text: str) -> None:
    assert marked(text) == []


def test_a_name_in_small_letters_is_a_name_where_the_page_has_it_so() -> None:
    assert marked("検索拡張思考(RAT)です。ratは速い。") == []
    assert marked("stellarは速い。", source="We call it STELLAR.") == []


def test_terms_that_the_glossary_keeps_stay() -> None:
    assert findings("groundingを行います。", terms=(Term("grounding"),)) == []


def test_a_term_of_the_glossary_is_suggested() -> None:
    (found,) = findings("fine-tuningを行います。", terms=(Term("fine-tuning", "微調整"),))
    assert (found.suggestion, found.severity, found.term) == (
        "微調整",
        Severity.WARNING,
        ("fine-tuning", "fine-tuning"),
    )


def test_a_text_that_nobody_translated_is_one_finding() -> None:
    (found,) = findings("We propose a new method for large models.")
    assert (found.message.template, found.start, found.end) == (ALL_LEFT, 0, 0)


def test_a_title_may_stay_as_it_is() -> None:
    title = "Attention is all you need"
    subject = Subject("ja", texts=(Passage("text", title),), paper=Paper(title))
    assert list(LeftOver().run(subject)) == []


def test_a_title_in_the_papers_language_that_is_no_title_of_the_paper_is_found() -> None:
    assert [f.message.template for f in findings("Find the right investment for you", kind=Kind.TITLE)] == [ALL_LEFT]
    title = "How to find the right model"
    assert findings(title, kind=Kind.TITLE, source=title) == []


@pytest.mark.parametrize(("language", "source_language"), [("de", "en"), ("ja", "ko"), ("vi", "en")])
def test_nothing_is_told_where_letters_tell_nothing(language: str, source_language: str) -> None:
    passage = Passage("text", "Das ist fine-tuning von Modellen.")
    assert list(LeftOver().run(Subject(language, texts=(passage,), source_language=source_language))) == []
