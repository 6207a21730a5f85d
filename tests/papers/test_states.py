"""A text's state follows from hashes beside it."""

from __future__ import annotations

from typing import Any

import pytest

from papers.blocks import qa_hash, text_hash
from papers.states import State, qa_state, text_state

DRAFTED = {"backend": "openai", "hash": text_hash("要約です。")}
APPROVED = {**DRAFTED, "approved": text_hash("要約です。")}
PERSONS = {"approved": text_hash("人の要約です。")}


@pytest.mark.parametrize(
    ("text", "stamp", "state"),
    [
        ("", {}, State.EMPTY),
        (" \n", DRAFTED, State.EMPTY),
        ("要約です。", DRAFTED, State.MACHINE),
        ("要約です。", APPROVED, State.APPROVED),
        ("直した要約です。", DRAFTED, State.EDITED),
        ("直した要約です。", APPROVED, State.EDITED),
        ("人の要約です。", {}, State.EDITED),
        ("人の要約です。", PERSONS, State.APPROVED),
        ("要約です。", {"hash": text_hash("要約です。")}, State.EDITED),  # no machine is named: people wrote it
    ],
)
def test_a_fields_state(text: str, stamp: dict[str, str], state: State) -> None:
    assert text_state(text, stamp) == state


def qa(answer: str = "答え。", quote: str = "we did it", **provenance: str) -> dict[str, Any]:
    citations = [{"page": 1, "quote": quote, "verified": True}]
    stamp = {"backend": "openai", "hash": "", **provenance}
    value = {"question": "問い。", "answer": answer, "answer_original": "", "citations": citations}
    return {**value, "provenance": stamp}


def test_a_drafted_answer_waits_for_an_editor() -> None:
    assert qa_state(qa(hash=qa_hash(qa()))) == State.MACHINE


def test_an_approved_answer_is_approved() -> None:
    assert qa_state(qa(hash=qa_hash(qa()), approved=qa_hash(qa()))) == State.APPROVED


def test_a_changed_answer_loses_its_approval() -> None:
    assert qa_state(qa("別の答え。", hash=qa_hash(qa()), approved=qa_hash(qa()))) == State.EDITED


def test_a_changed_quote_loses_its_approval_too() -> None:
    assert qa_state(qa(quote="we did not", hash=qa_hash(qa()), approved=qa_hash(qa()))) == State.EDITED


def test_an_empty_question_has_nothing_to_approve() -> None:
    assert qa_state({**qa(""), "question": ""}) == State.EMPTY


@pytest.mark.parametrize("name", ["question", "answer", "answer_original"])
def test_a_text_that_was_stored_as_nothing_counts_as_empty(name: str) -> None:
    value = {**qa(), name: None}
    assert qa_hash(value) == qa_hash({**value, name: ""})
    assert qa_state(value) == State.EDITED
