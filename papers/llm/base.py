"""The port to a language model: a request goes in, a reply with its usage comes out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol


class Finish(StrEnum):
    """Why the model stopped. Only STOP can be a whole reply."""

    STOP = "stop"
    LENGTH = "length"
    REFUSED = "refused"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Message:
    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens as the server reports them; `cached` is the part of `prompt` that it read from its cache."""

    prompt: int = 0
    cached: int = 0
    completion: int = 0
    calls: int = 0

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            self.prompt + other.prompt,
            self.cached + other.cached,
            self.completion + other.completion,
            self.calls + other.calls,
        )


@dataclass(frozen=True, slots=True)
class Request:
    """One call: messages, the JSON schema that the reply must follow, and a bound on its length in tokens.

    `cache_key` groups requests that share a prefix, for servers that cache prompts.
    """

    messages: tuple[Message, ...]
    schema_name: str
    schema: Mapping[str, Any]
    max_tokens: int
    cache_key: str = ""

    def fingerprint(self, model: str) -> str:
        """SHA-256 over all that can change the reply: an equal fingerprint needs no second call."""
        said = [[m.role, m.content] for m in self.messages]
        parts = [model, said, self.schema_name, self.schema, self.max_tokens]
        return hashlib.sha256(json.dumps(parts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Reply:
    """What the model said, unjudged: `text` may be cut off, refused or no JSON at all."""

    text: str
    finish: Finish = Finish.STOP
    usage: Usage = field(default_factory=Usage)
    model: str = ""


class LLM(Protocol):
    """A language model behind any vendor. Vendor exceptions never leave an implementation."""

    backend: str
    model: str

    def complete(self, request: Request) -> Reply:
        """Raises LLMUnavailable, LLMRejected or LLMStopped."""
        ...
