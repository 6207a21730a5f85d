"""The checks of words on pages whose faults were labelled by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from papers.checks.base import Finding, Kind, Passage, Severity, Subject
from papers.checks.left_over import LeftOver
from papers.checks.names import Names
from papers.checks.short_abstract import ShortAbstract
from papers.checks.style import Style

CHECKS = (Names(), LeftOver(), Style(), ShortAbstract())


def rows(folder: Path, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "checks" / name).read_text().splitlines()]


def findings(text: str, source: str, kind: Kind = Kind.PROSE) -> list[Finding]:
    subject = Subject("ja", texts=(Passage("text", text, kind, source=source, translates=bool(source)),))
    told = [finding for check in CHECKS for finding in check.run(subject)]
    return [finding for finding in told if finding.severity != Severity.INFO]


def test_translations_without_a_fault_are_let_be(shared_data: Path) -> None:
    right = [row for row in rows(shared_data, "pairs.jsonl") if row["ok"]]
    assert [row["id"] for row in right if findings(row["ja"], row["en"])] == []


def test_right_sentences_are_let_be_but_for_their_markup(shared_data: Path) -> None:
    right = rows(shared_data, "negatives.jsonl")
    assert [row["id"] for row in right if findings(row["text"], row["en"]) and "\\small" not in row["text"]] == []


@pytest.mark.parametrize("kind", ["language-mix"])
def test_every_labelled_sentence_with_left_over_words_is_found(shared_data: Path, kind: str) -> None:
    quotes = [row["quote"] for row in rows(shared_data, "errors.jsonl") if row["type"] == kind]
    assert [quote for quote in quotes if not findings(f"{quote}。結果です。", "")] == []
