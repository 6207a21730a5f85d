"""Names: the right letters, case and script, and one spelling in a page."""

from __future__ import annotations

import pytest

from papers.checks.base import Finding, Passage, Severity, Subject
from papers.checks.known_names import KnownNames
from papers.checks.names import CASE, EXPANSION, LETTER, SCRIPT, VARIANT, Names
from papers.glossary import Term
from papers.paper import PageText, Paper


def findings(*texts: str, source: str = "", language: str = "ja", title: str = "", page: str = "") -> list[Finding]:
    passages = tuple(Passage(f"text{n}", text, source=source, translates=bool(source)) for n, text in enumerate(texts))
    pages = (PageText(1, page),) if page else ()
    return list(Names().run(Subject(language, texts=passages, pages=pages, paper=Paper(title) if title else None)))


def told(found: list[Finding]) -> list[tuple[str, tuple[str, str] | None]]:
    return [(finding.message.template, finding.term) for finding in found]


@pytest.mark.parametrize(
    ("text", "source", "right", "wrong"),
    [
        ("BERTScroeで評価しました。", "We evaluate with BERTScore.", "BERTScore", "BERTScroe"),
        ("Lama-2とgpr-4を比べます。", "We compare Lama-2 and gpt-4.", "gpt-4", "gpr-4"),
        ("ImagNetで学習します。", "We train on ImageNet.", "ImageNet", "ImagNet"),
        ("このGTPは大きい。", "This GPT is large.", "GPT", "GTP"),
        ("Mixtrel-8x7Bを使います。", "We use Mixtral-8x7B.", "Mixtral-8x7B", "Mixtrel-8x7B"),
        ("BERTScroe로 평가했습니다.", "We evaluate with BERTScore.", "BERTScore", "BERTScroe"),
    ],
)
def test_a_name_that_is_one_letter_off_is_found(text: str, source: str, right: str, wrong: str) -> None:
    language = "ko" if "습니다" in text else "ja"
    assert (LETTER, (right, wrong)) in told(findings(text, source=source, language=language))


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("CodeBERTaを使います。", "We use CodeBERT."),
        ("GPT-3.5とGPT-4を使います。", "We use GPT-4."),
        ("BLIPを使います。", "We use CLIP."),
        ("sLSTMとmLSTMから成ります。", "It is called xLSTM."),
        ("DeiT-Sを使います。", "We use DeiT-B."),
        ("CodeTFはCodeT5を使います。", "CodeT5 is used by us."),
        ("MLLMを使います。", "An LLM is used."),
        ("ImageNetsを使います。", "We use ImageNet."),
        ("MT-Benchを使います。", "We use MMT-Bench."),
    ],
)
def test_a_name_that_is_only_alike_is_another_name(text: str, source: str) -> None:
    assert findings(text, source=source) == []


def test_a_name_that_stands_in_the_pages_is_right() -> None:
    assert findings("LLaVAを使います。", title="LLaMA: Open Models", page="We compare LLaVA and LLaMA.") == []


def test_without_the_papers_text_a_likely_other_name_is_let_be() -> None:
    assert findings("LLaVAを使います。", title="LLaMA: Open Models") == []


def test_an_author_s_misspelt_name_is_found() -> None:
    paper = Paper("A Title", authors=("Ashish Vaswani",))
    subject = Subject("ja", texts=(Passage("text", "Vaswini氏らの提案です。"),), pages=(PageText(1, "x"),), paper=paper)
    assert [finding.suggestion for finding in Names().run(subject)] == ["Vaswani"]


@pytest.mark.parametrize(
    ("text", "source", "right", "wrong"),
    [
        ("GELU関数の代わりにSwigluを使います。", "SwiGLU replaces GELU.", "SwiGLU", "Swiglu"),
        ("LORAを使います。", "We use LoRA.", "LoRA", "LORA"),
        ("LLamaを使います。", "We use Llama models.", "Llama", "LLama"),
        ("chatgptを使います。", "We use ChatGPT.", "ChatGPT", "chatgpt"),
        ("Pytorch를 씁니다.", "We use PyTorch.", "PyTorch", "Pytorch"),
    ],
)
def test_a_name_in_another_case_is_found(text: str, source: str, right: str, wrong: str) -> None:
    language = "ko" if "씁니다" in text else "ja"
    (found,) = findings(text, source=source, language=language)
    assert (found.message.template, found.suggestion, found.term) == (CASE, right, (right, wrong))


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Quiet-STaRを提案します。", "We propose quiet-star."),
        ("REINFORCEを使います。", "It is improved using reinforce."),
        ("mistralを使います。", "We use Mistral."),
        ("gpt-4やclaude-v1.3を使います。", ""),
        ("AlphaGo Zeroは強い。ZeROは速い。", ""),
        ("LLMsを使います。", "An LLM is used."),
        ("MAmmoTH2-7Bの性能です。", "MAmmoTH2-7B's performance increases."),
        ("APIを使います。https://example.org/Api も見てください。", "The API is used."),
    ],
)
def test_a_case_that_may_be_meant_is_no_fault(text: str, source: str) -> None:
    assert findings(text, source=source) == []


def test_each_place_of_a_misspelt_name_is_told() -> None:
    text = "IMAGENETで学び、IMAGENETで試し、ImageNetを超えます。"
    places = [(found.start, found.end) for found in findings(text, source="We train on ImageNet.")]
    assert [text[start:end] for start, end in places] == ["IMAGENET", "IMAGENET"]


def test_the_rarer_case_of_a_page_is_found_without_any_source() -> None:
    (found,) = findings("LoRAは速い。LoRAは小さい。", "LORAを使います。")
    assert (found.field, found.suggestion, found.start, found.end) == ("text1", "LoRA", 0, 4)


@pytest.mark.parametrize(
    ("text", "title", "right", "wrong"),
    [
        ("シルバー・フォックスは速い。", "Silver Fox: A Fast Tokenizer", "Silver Fox", "シルバー・フォックス"),
        ("シルバーフォックスモデルは速い。", "Silver Fox: A Fast Tokenizer", "Silver Fox", "シルバーフォックス"),
        ("トークンクラフトは速い。", "TokenCraft: A Fast Tokenizer", "TokenCraft", "トークンクラフト"),
        ("실버 폭스는 빠릅니다.", "Silver Fox: A Fast Tokenizer", "Silver Fox", "실버 폭스"),
        ("토큰크래프트는 빠릅니다.", "TokenCraft: A Fast Tokenizer", "TokenCraft", "토큰크래프트"),
    ],
)
def test_the_papers_own_name_in_another_script_is_found(text: str, title: str, right: str, wrong: str) -> None:
    (found,) = findings(text, title=title, language="ko" if "니다" in text else "ja")
    assert (found.message.template, found.term, found.severity) == (SCRIPT, (right, wrong), Severity.WARNING)


@pytest.mark.parametrize(
    ("texts", "right", "wrong"),
    [
        (("ChatGPTは賢い。", "チャットGPTとは何ですか。"), "ChatGPT", "チャットGPT"),
        (("Lipschitz定数を使います。Lipschitz連続です。", "リプシッツ定数とは何ですか。"), "Lipschitz", "リプシッツ"),
        (("ChatGPT는 똑똑합니다.", "챗GPT란 무엇입니까?"), "ChatGPT", "챗GPT"),
    ],
)
def test_a_name_that_the_page_has_in_both_scripts_is_found(texts: tuple[str, ...], right: str, wrong: str) -> None:
    (found,) = findings(*texts, language="ko" if "니다" in texts[0] else "ja")
    assert (found.field, found.term) == ("text1", (right, wrong))


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("スピードが上がります。", "Spider: A Benchmark"),
        ("トランスフォーマーを使います。", "Transformer: A Model"),
        ("深層学習の調査です。", "Deep Learning: A Survey"),
        ("コードを生成します。", "Code Llama: Open Models"),
        ("속도가 빠릅니다.", "Sodium: A Benchmark"),
    ],
)
def test_words_that_only_sound_a_little_like_a_name_are_let_be(text: str, title: str) -> None:
    assert findings(text, title=title, language="ko" if "니다" in text else "ja") == []


def test_what_the_paper_also_has_in_small_letters_is_no_name() -> None:
    page = "Deep Learning works. We survey deep learning."
    assert findings("ディープラーニングの調査です。", title="Deep Learning: A Survey", page=page) == []


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("We release the Silver Fox models for all.", ["Silver Fox"]),
        ("Silver Fox Models For All", []),
        ("We release models for a silver fox; Silver Fox it is.", []),
    ],
)
def test_a_name_of_the_source_in_another_script_is_told(source: str, told: list[str]) -> None:
    found = findings("シルバー・フォックス・モデルを公開します。", source=source)
    assert [(f.suggestion, f.severity) for f in found] == [(name, Severity.INFO) for name in told]


def test_a_term_of_the_title_in_both_scripts_is_only_told() -> None:
    texts = "Flash Attentionは速い。", "フラッシュ・アテンションは安定しますか。"
    (found,) = findings(*texts, title="Is Flash Attention Stable?")
    assert (found.message.template, found.severity) == (SCRIPT, Severity.INFO)


@pytest.mark.parametrize(
    ("first", "second", "wrong", "severity"),
    [
        (
            "ヴァリデーションを行います。ヴァリデーションです。",
            "バリデーションとは。",
            "バリデーション",
            Severity.WARNING,
        ),
        ("エヴィクションポリシーです。エヴィクションです。", "エビクションとは。", "エビクション", Severity.WARNING),
        ("インターフェースです。インターフェースです。", "インタフェースとは。", "インタフェース", Severity.INFO),
        ("シム・ツー・リアルです。シム・ツー・リアルです。", "シムツーリアルとは。", "シムツーリアル", Severity.INFO),
    ],
)
def test_two_spellings_of_one_word_are_found(first: str, second: str, wrong: str, severity: Severity) -> None:
    (found,) = findings(first, second)
    assert (found.message.template, found.message.params["wrong"], found.severity) == (VARIANT, wrong, severity)


@pytest.mark.parametrize(
    "text",
    [
        "エンコーダーとエンコーダを使います。",
        "ダイナミクスをダイナミックに変えます。",
        "ソートとソーダとソードです。",
        "コーパスとコーパスサイズです。",
    ],
)
def test_words_that_differ_more_or_by_habit_only_are_no_variants(text: str) -> None:
    assert findings(text) == []


@pytest.mark.parametrize(
    ("texts", "acronym", "wrong"),
    [
        (("検索拡張生成(RAG)です。検索拡張生成(RAG)です。", "検索強化生成(RAG)です。"), "RAG", "検索強化生成"),
        (("検索拡張生成（RAG）です。検索拡張生成（RAG）です。", "取得拡張生成（RAG）です。"), "RAG", "取得拡張生成"),
    ],
)
def test_an_acronym_that_is_spelt_out_in_two_ways_is_found(texts: tuple[str, ...], acronym: str, wrong: str) -> None:
    (found,) = findings(*texts)
    assert (found.message.template, found.term) == (EXPANSION, (acronym, wrong))


@pytest.mark.parametrize(
    "texts",
    [
        ("大規模言語モデル(LLM)です。", "最新大規模言語モデル(LLM)です。"),
        ("大規模言語モデル(LLM)です。", "Large Language Model(LLM)です。"),
        ("教師ありファインチューニング(SFT)です。", "監督されたファインチューニング(SFT)です。"),
    ],
)
def test_a_word_before_the_term_makes_no_second_way(texts: tuple[str, ...]) -> None:
    assert findings(*texts) == []


def test_a_language_in_latin_letters_has_only_spellings_to_judge() -> None:
    assert [f.suggestion for f in findings("Wir nutzen Pytorch.", source="We use PyTorch.", language="de")] == [
        "PyTorch"
    ]


# A week's papers

WEEK = (
    Paper("Thought Cloning: Learning to Think while Acting", abstract="Agents clone thoughts."),
    Paper("A Study", abstract="We train LayerSkip models; LayerSkip is fast."),
)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("ソートクローンは考えます。", ["ソートクローン"]),
        ("LAYERSKIPは速いです。", ["LAYERSKIP"]),
        ("Thought CloningとLayerSkipが目を引きます。", []),
        ("エージェントと言語モデルの一週間です。", []),
        ("GPT-4oやLlama 3もあります。", []),
    ],
)
def test_a_weeks_text_spells_names_as_any_of_its_papers_does(text: str, wrong: list[str]) -> None:
    found = Names().run(Subject("ja", (Passage("overview", text),), listed=WEEK))
    assert [text[one.start : one.end] for one in found] == wrong


# What the paper itself says


@pytest.mark.parametrize(
    ("texts", "title", "page", "source"),
    [
        (("トークンクラフトは速い。",), "TokenCraft: A Fast Tokenizer", "", "TokenCraft"),
        (("シルバー・フォックスは速い。",), "Silver Fox: A Tokenizer", "", "Silver Fox"),
        (("TOKENCRAFTは速い。",), "", "The TokenCraft\nmodels.", "TokenCraft"),
        (("LoRAは速い。LoRAは小さい。", "LORAを使います。"), "", "", ""),
        (("LoRAは速い。LoRAは小さい。", "LORAを使います。"), "", "We use FLoRA and XLoRAs.", ""),
        (("Lipschitz定数です。Lipschitz連続です。", "リプシッツ定数とは。"), "", "", ""),
        (("ヴァリデーションです。ヴァリデーションです。", "バリデーションとは。"), "A Title", "Validation.", ""),
    ],
)
def test_only_what_stands_in_the_paper_is_shown_as_its_words(
    texts: tuple[str, ...], title: str, page: str, source: str
) -> None:
    (found,) = findings(*texts, title=title, page=page)
    assert found.suggestion
    assert found.source == source


def test_a_name_over_a_lines_end_or_in_the_plural_is_the_papers() -> None:
    known = KnownNames.of(Subject("ja", pages=(PageText(1, "Silver\nFox and LLMs."),)))
    assert known.is_in_paper("Silver Fox")
    assert known.is_in_paper("LLM")


def test_an_authors_name_is_the_papers() -> None:
    assert KnownNames.of(Subject("ja", paper=Paper("A Title", authors=("Ada One",)))).is_in_paper("Ada One")


@pytest.mark.parametrize(
    ("texts", "title", "term"),
    [
        (("トークンクラフトは速い。",), "TokenCraft: A Tokenizer", Term("TokenCraft", "トークンクラフト")),
        (
            ("ヴァリデーションです。ヴァリデーションです。", "バリデーションとは。"),
            "",
            Term("validation", "バリデーション"),
        ),
    ],
)
def test_a_rendering_that_the_glossary_asks_for_is_right(texts: tuple[str, ...], title: str, term: Term) -> None:
    passages = tuple(Passage(f"text{n}", text) for n, text in enumerate(texts))
    subject = Subject("ja", passages, paper=Paper(title), terms=(term,))
    assert list(Names().run(subject)) == []
    assert len(findings(*texts, title=title)) == 1
