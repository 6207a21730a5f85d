"""One small paper, one language, and a real local model server for all tests of drafting."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from papers.drafting.base import Context, WeekInput, WeekItem
from papers.drafting.draft import ModelDrafter
from papers.glossary import Term
from papers.llm.base import Reply, Request
from papers.llm.openai import OpenAILLM
from papers.paper import PageText, Paper
from tests.servers.llm import ModelServer

PAGES = (
    PageText(
        1,
        "Granite Models for Code\nAda Doe, Bob Roe\nada@example.org\nAbstract\n"
        "Training code models remains a difficult problem for existing methods. "
        "We propose a simple method that filters 34 billion tokens by their provenance [1].\n"
        "1 Introduction\nHowever, existing approaches lack any record of where a file came from. "
        "The core idea of our method is to keep that record next to every single token.",
    ),
    PageText(
        2,
        "2 Experiments\nWe train on the public StarCoder data set with 3 to 34 billion parameters [2, 3]. "
        "On HumanEval the filtered model achieves 48.2% accuracy, which improves results by 5 points. "
        "Compared with the unfiltered baseline, the training cost is not higher at all.",
    ),
    PageText(
        3,
        "3 Limitations\nOur study is limited to Python files, and we leave other languages to future work. "
        "Practitioners can use the released code and models in commercial applications.\n"
        "References\n[1] Someone. A paper that nobody should quote in any answer at all.\n[2] Other.\n[3] Third.",
    ),
)


@pytest.fixture
def paper() -> Paper:
    abstract = (
        "Training code models is hard. We filter 34 billion tokens, e.g. by provenance. HumanEval rises to 48.2%."
    )
    return Paper("Granite Models for Code", abstract, pages=PAGES)


@pytest.fixture
def context() -> Context:
    terms = (
        Term("training cost", "学習コスト", forbidden=("訓練費",)),
        Term("code model", "コードモデル"),
        Term("StarCoder"),
        Term("diffusion", "拡散"),
    )
    return Context("ja", terms=terms, tags=("評価", "HumanEval", "データ"))


@pytest.fixture
def week() -> WeekInput:
    items = (
        WeekItem(1, "Granite Models for Code", "コードモデルを提案しています。"),
        WeekItem(2, "RAT: Retrieval Augmented Thoughts", "", note="rat synergizes chain of thought with rag"),
        WeekItem(3, "xLSTM", "LSTMを拡張しています。"),
    )
    return WeekInput(date(2024, 5, 6), date(2024, 5, 12), items)


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer() as server:
        yield server


Heard = list[tuple[Request, Reply, bool]]


@pytest.fixture
def heard() -> Heard:
    """What the drafter told its judge."""
    return []


@pytest.fixture
def drafter(server: ModelServer, heard: Heard) -> ModelDrafter:
    llm = OpenAILLM("any", base_url=server.base_url, memory={}, max_retries=0, timeout=60)
    judge: Callable[[Request, Reply, bool], None] = lambda *told: heard.append(told)  # noqa: E731
    return ModelDrafter(llm, judge)
