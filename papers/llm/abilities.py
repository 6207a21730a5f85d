"""What an OpenAI-compatible server can do, and how a request is put so that it can do it.

Servers differ: some know strict JSON schemas, some only a JSON object (with or without a schema), some neither;
some call the bound on a reply's length by its old name; some refuse parameters that they do not know.
"""

from __future__ import annotations

import json
from collections.abc import MutableMapping
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any

from papers.llm.base import Request

# max_completion_tokens counts hidden reasoning too, so the visible reply's bound needs room for it on top.
# The sum stays under 16,384, the most that OpenAI's smaller models accept.
REASONING_ROOM = 8_000
MOST_COMPLETION_TOKENS = 16_000

_FORM_NAMES = ("response_format", "json_schema", "json_object")


class Form(IntEnum):
    """The rungs of the ladder, best first: how the server is told the form of the reply."""

    JSON_SCHEMA = 0
    OBJECT_WITH_SCHEMA = 1
    OBJECT = 2
    TEXT = 3


@dataclass(frozen=True, slots=True)
class Abilities:
    """`length_names` are the names still to be tried for the bound on the reply's length, the first in use."""

    form: Form = Form.JSON_SCHEMA
    length_names: tuple[str, ...] = ("max_tokens", "max_completion_tokens")
    cache_key: bool = True

    def without(self, refused: str) -> Abilities | None:
        """What is left after an answer that refuses what it names; None where it names nothing that can be left out."""
        if self.cache_key and "prompt_cache_key" in refused:
            return replace(self, cache_key=False)
        if len(self.length_names) > 1 and self.length_names[0] in refused:
            return replace(self, length_names=self.length_names[1:])
        if self.form < Form.TEXT and any(name in refused for name in _FORM_NAMES):
            return replace(self, form=Form(self.form + 1))
        return None


# What was found out, by (base URL, model). Any mapping will do: a caller may hand in one that it filled itself.
Memory = MutableMapping[tuple[str, str], Abilities]

OPENAI_ABILITIES = Abilities(length_names=("max_completion_tokens", "max_tokens"))


def parameters(request: Request, abilities: Abilities) -> dict[str, Any]:
    """The request as arguments of `chat.completions.create`, except for the model.

    No temperature: reasoning models refuse it.
    """
    name = abilities.length_names[0]
    body: dict[str, Any] = {"messages": _messages(request, abilities.form), name: _bound(request.max_tokens, name)}
    if abilities.form is not Form.TEXT:
        body["response_format"] = _response_format(request, abilities.form)
    if abilities.cache_key and request.cache_key:
        body["prompt_cache_key"] = request.cache_key
    return body


def _bound(max_tokens: int, name: str) -> int:
    if name == "max_tokens":
        return max_tokens
    return max(max_tokens, min(max_tokens + REASONING_ROOM, MOST_COMPLETION_TOKENS))


def _messages(request: Request, form: Form) -> list[dict[str, str]]:
    """Below strict schemas the schema is told in words as well, last, so that the prefix stays the same."""
    messages = [{"role": message.role, "content": message.content} for message in request.messages]
    if form is not Form.JSON_SCHEMA:
        schema = json.dumps(request.schema, ensure_ascii=False)
        messages[-1]["content"] += f"\n\nReply with one JSON object and nothing else. Its JSON schema:\n{schema}"
    return messages


def _response_format(request: Request, form: Form) -> dict[str, Any]:
    if form is Form.JSON_SCHEMA:
        named = {"name": request.schema_name, "schema": request.schema, "strict": True}
        return {"type": "json_schema", "json_schema": named}
    if form is Form.OBJECT_WITH_SCHEMA:
        return {"type": "json_object", "schema": request.schema}
    return {"type": "json_object"}
