"""The site's question set: what is asked of every paper, in the readers' language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from papers.errors import gettext_noop

# The kinds over which a paper's questions are spread, with labels for editors.
KINDS: Mapping[str, str] = {
    "problem": gettext_noop("Problem"),
    "method": gettext_noop("Method"),
    "data": gettext_noop("Data"),
    "result": gettext_noop("Result"),
    "comparison": gettext_noop("Comparison"),
    "limitation": gettext_noop("Limitation"),
    "use": gettext_noop("Use"),
}

# A question that an editor asks of one paper.
OWN = "own"
LABELS: Mapping[str, str] = {**KINDS, OWN: gettext_noop("Own question")}

# Words by which papers speak of each kind; a question's own words seldom occur in its answer.
CUES: Mapping[str, str] = {
    "problem": "problem challenge existing however lack fail difficult hard limited missing remains need",
    "method": "propose introduce present approach method idea consists framework algorithm formula rule steps uses",
    "data": "dataset data corpus collected trained training benchmark examples samples",
    "result": "results show achieves improves accuracy outperforms score percent gain",
    "comparison": "compared comparison baseline outperforms prior previous versus against better worse higher lower",
    "limitation": "limitation limit however future cannot restricted leave only fails remains",
    "use": "application used practice enable release available code users should helps",
}


@dataclass(frozen=True, slots=True)
class Question:
    """`text` maps a language to the question; English is always there and serves retrieval."""

    kind: str
    text: Mapping[str, str] = field(default_factory=dict)

    def in_language(self, language: str) -> str:
        """The question in this language or its base language, else in English."""
        return self.text.get(language) or self.text.get(language.split("-")[0]) or self.text["en"]

    @property
    def query(self) -> str:
        """What to search an English paper for."""
        return f"{self.text['en']} {CUES.get(self.kind, '')}"


# Asked of every paper where a site has no question set of its own.
QUESTIONS: tuple[Question, ...] = (
    Question(
        "problem",
        {
            "en": "Which problem does the paper set out to solve?",
            "ja": "解こうとしている課題は何ですか？",
            "ko": "어떤 문제를 해결하려고 하나요?",
        },
    ),
    Question(
        "problem",
        {
            "en": "What do existing approaches lack?",
            "ja": "既存の手法には何が足りませんか？",
            "ko": "기존 방법에는 무엇이 부족한가요?",
        },
    ),
    Question(
        "method",
        {
            "en": "What is the core idea of the proposed method?",
            "ja": "提案手法の核となる考え方は何ですか？",
            "ko": "제안하는 방법의 핵심 아이디어는 무엇인가요?",
        },
    ),
    Question(
        "method",
        {
            "en": "How is the method built and trained, step by step?",
            "ja": "手法の構成と手順はどうなっていますか？",
            "ko": "방법은 어떤 구성과 절차로 이루어져 있나요?",
        },
    ),
    Question(
        "data",
        {
            "en": "Which data sets and models do the experiments use?",
            "ja": "実験で使うデータセットとモデルは何ですか？",
            "ko": "실험에는 어떤 데이터셋과 모델을 사용하나요?",
        },
    ),
    Question(
        "result",
        {
            "en": "What are the main results, in figures?",
            "ja": "主な結果は数値でどう表されますか？",
            "ko": "주요 결과를 수치로 보면 어떤가요?",
        },
    ),
    Question(
        "comparison",
        {
            "en": "How does it compare with the baselines?",
            "ja": "比較対象の手法とはどれほど差がありますか？",
            "ko": "비교 대상 방법과는 어떤 차이가 있나요?",
        },
    ),
    Question(
        "result",
        {
            "en": "Which parts of the method matter most, according to ablations or analysis?",
            "ja": "手法のどの部分が特に効いていますか？",
            "ko": "분석에 따르면 방법의 어느 부분이 가장 중요한가요?",
        },
    ),
    Question(
        "limitation",
        {
            "en": "Which limitations or open questions do the authors name?",
            "ja": "著者が挙げる限界や今後の課題は何ですか？",
            "ko": "저자는 어떤 한계와 남은 과제를 언급하나요?",
        },
    ),
    Question(
        "use",
        {
            "en": "What can practitioners use it for, and is code or data released?",
            "ja": "実務での用途と、コードやデータの公開状況はどうですか？",
            "ko": "실무에서는 어디에 쓸 수 있고, 코드나 데이터는 공개되어 있나요?",
        },
    ),
)
