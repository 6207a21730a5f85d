"""A client of the stand-in server that never really waits."""

from __future__ import annotations

from typing import Any

import pytest

from papers.errors import DigestError
from papers.llm.base import Message, Request
from papers.llm.openai import OpenAILLM
from tests.servers.llm import ModelServer

REQUEST = Request(
    messages=(Message("system", "Be brief."), Message("user", "Questions:\n1: Why?")),
    schema_name="qa",
    schema={"type": "object", "properties": {"items": {"type": "array"}}},
    max_tokens=500,
    cache_key="abc",
)


class Pauses(list[float]):
    """Sleeps nowhere; remembers for how long it should have."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


def client(server: ModelServer, **options: Any) -> OpenAILLM:
    options = {"memory": {}, "sleep": Pauses(), "timeout": 60, "max_retries": 2} | options
    return OpenAILLM("any", base_url=server.base_url, **options)


def error_of(server: ModelServer, **options: Any) -> DigestError:
    with pytest.raises(DigestError) as caught:
        client(server, **options).complete(REQUEST)
    return caught.value


def bodies(server: ModelServer) -> list[dict[str, Any]]:
    return [seen.json for seen in server.seen]
