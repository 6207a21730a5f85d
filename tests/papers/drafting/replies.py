"""What tests of drafting do to replies, and how they look at requests."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from tests.servers.llm import ModelServer, Said


def asked(server: ModelServer, call: int) -> str:
    """The user's message of the server's call of that number."""
    return server.seen[call].json["messages"][1]["content"]


def changed(**fields: Any) -> Callable[[Said], str]:
    """Put other values into the reply itself."""
    return lambda said: json.dumps(said | fields)


def every(**fields: Any) -> Callable[[Said], str]:
    """Put other values into every answer."""
    return lambda said: json.dumps({"items": [item | fields for item in said["items"]]})


def without(*numbers: int) -> Callable[[Said], str]:
    """Leave answers out."""
    return lambda said: json.dumps({"items": [item for item in said["items"] if item["number"] not in numbers]})


def and_then(**fields: Any) -> Callable[[Said], str]:
    """Repeat the first answer at the end, with other values."""
    return lambda said: json.dumps({"items": [*said["items"], said["items"][0] | fields]})
