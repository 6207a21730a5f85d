"""How far a text has come: written by a machine, changed by a person, approved by an editor.

No state is stored. It follows from hashes beside the text, so that every change of the text changes it by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from papers.blocks import qa_hash, text_hash


class State(StrEnum):
    """Only `MACHINE` waits for an editor; nothing is asked of an empty text."""

    EMPTY = "empty"
    MACHINE = "machine"
    EDITED = "edited"
    APPROVED = "approved"


def text_state(text: str, stamp: Mapping[str, Any]) -> State:
    """The state of a field; `stamp` is its provenance."""
    if not text.strip():
        return State.EMPTY
    return _state(text_hash(text), stamp)


def qa_state(value: Mapping[str, Any]) -> State:
    """The state of a Q&A; `value` is its block's value."""
    if not any((value[name] or "").strip() for name in ("question", "answer", "answer_original")):
        return State.EMPTY
    return _state(qa_hash(value), value["provenance"])


def _state(standing: str, stamp: Mapping[str, Any]) -> State:
    if stamp.get("approved") == standing:
        return State.APPROVED
    is_machine = stamp.get("backend") and stamp.get("hash") == standing
    return State.MACHINE if is_machine else State.EDITED
