"""The forms of the replies, as pydantic models: a strict JSON schema for the server, a lenient reading for us.

Evidence stands before the answer, so that a model has quoted before it writes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import from_json

_THOUGHT = re.compile(r"\s*<think>.*?</think>", re.DOTALL | re.IGNORECASE)
_FENCE = re.compile(r"\s*```(?:json)?\s*(.*?)\s*(?:```\s*)?", re.DOTALL | re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f]")

PartT = TypeVar("PartT", bound="Part")


def _strict(schema: dict[str, Any]) -> None:
    """What OpenAI's strict mode asks for; without titles, which only cost tokens."""
    schema.pop("title", None)
    schema["additionalProperties"] = False
    for field in schema["properties"].values():
        field.pop("title", None)


class Part(BaseModel):
    """Every field is required, as strict schemas want it; what a weaker server adds is passed over."""

    model_config = ConfigDict(extra="ignore", json_schema_extra=_strict)


class Sentence(Part):
    number: int
    text: str


class AbstractReply(Part):
    sentences: list[Sentence]
    title: str
    summary: str
    tags: list[str]


class Evidence(Part):
    quote: str
    page: int


class Answer(Part):
    number: int
    evidence: list[Evidence]
    not_in_paper: bool
    answer: str


class QAReply(Part):
    items: list[Answer]


class Statement(Part):
    entries: list[int]
    text: str


class Paragraph(Part):
    statements: list[Statement]


class OverviewReply(Part):
    paragraphs: list[Paragraph]
    theme: Statement


def json_schema(model: type[Part]) -> dict[str, Any]:
    return model.model_json_schema()


def read_object(text: str) -> Mapping[str, Any] | None:
    """The JSON object in a reply: after <think>, inside a code fence, with raw control characters, or cut off.

    Of a reply that was cut off, what had been closed is kept; None where there is no object at all.
    """
    text = _THOUGHT.sub("", text, count=1) if text.lstrip().lower().startswith("<think>") else text
    fenced = _FENCE.fullmatch(text)
    text = fenced[1] if fenced else text[max(0, text.find("{")) :]
    for read in (_whole, _up_to_the_last_brace, _what_was_closed):
        value = read(text)
        if isinstance(value, dict):
            return value
    return None


def parts(value: object, model: type[PartT]) -> list[PartT]:
    """Those items of a list that have the right form; each is judged alone, so that one fault costs one item."""
    found = (part(item, model) for item in value) if isinstance(value, list) else ()
    return [item for item in found if item is not None]


def part(value: object, model: type[PartT]) -> PartT | None:
    try:
        return model.model_validate(value)
    except ValidationError:
        return None


def string(value: object) -> str:
    return value if isinstance(value, str) else ""


def _whole(text: str) -> object:
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):  # too deep to be one of our forms
        return None


def _up_to_the_last_brace(text: str) -> object:
    return _whole(text[: text.rfind("}") + 1])


def _what_was_closed(text: str) -> object:
    try:
        return from_json(_CONTROL.sub(" ", text), allow_partial=True)
    except ValueError:
        return None
