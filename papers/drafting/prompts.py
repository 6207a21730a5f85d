"""The prompt texts: read from prompts/*.md, put together, and known by their hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from string import Template

from papers.drafting.schema import AbstractReply, OverviewReply, Part, QAReply, json_schema
from papers.llm.base import Message, Request

SCOPES: Mapping[str, type[Part]] = {"abstract": AbstractReply, "qa": QAReply, "overview": OverviewReply}

# No call of its own: one of the others that ends with the phrases of redraft.md.
REDRAFT = "redraft"

_FOLDER = files("papers.drafting") / "prompts"
_VERSION_LENGTH = 12


@cache
def text(name: str) -> str:
    return (_FOLDER / f"{name}.md").read_text(encoding="utf-8").strip()


def request(scope: str, language: str, blocks: Iterable[str], max_tokens: int, cache_key: str = "") -> Request:
    """A scope's call: its system message, then the blocks that are not empty as the user's message."""
    user = "\n\n".join(block for block in blocks if block)
    messages = (Message("system", system(scope, language)), Message("user", user))
    return Request(messages, scope, json_schema(SCOPES[scope]), max_tokens, cache_key)


def system(scope: str, language: str) -> str:
    """What stands first in every call of a scope: the same for all papers, so that servers can cache it."""
    return "\n\n".join([text("rules"), text(scope), style(language)])


def style(language: str) -> str:
    """The style file of the language, else of its base language, else the one for all."""
    for tag in (language.lower(), language.lower().split("-")[0]):
        if (_FOLDER / f"style.{tag}.md").is_file():
            return text(f"style.{tag}")
    return Template(text("style")).substitute(language=language)


def phrase(name: str, **values: object) -> str:
    """A line that joins the parts of a user's message, from phrases.md or redraft.md: one `name: text` a line."""
    return Template(_phrases()[name]).substitute(values)


@cache
def _phrases() -> Mapping[str, str]:
    lines = [*text("phrases").splitlines(), *text(REDRAFT).splitlines()]
    return dict(line.split(": ", 1) for line in lines)


@cache
def version(scope: str) -> str:
    """The hash of all prompt text and the schema that a scope's calls may use, in any language."""
    if scope == REDRAFT:
        return _hash([*map(version, SCOPES), text(REDRAFT)])
    styles = sorted(file.name.removesuffix(".md") for file in _FOLDER.iterdir() if file.name.startswith("style"))
    said = [text(name) for name in ("rules", scope, "phrases", *styles)]
    said.append(json.dumps(json_schema(SCOPES[scope]), sort_keys=True))
    return _hash(said)


def _hash(said: Iterable[str]) -> str:
    return hashlib.sha256("\0".join(said).encode()).hexdigest()[:_VERSION_LENGTH]
