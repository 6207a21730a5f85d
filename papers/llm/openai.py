"""Any OpenAI-compatible server behind the LLM port; the only file that knows the openai package."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable
from itertools import count
from typing import Any
from urllib.parse import urlsplit

import openai
from openai.types.chat import ChatCompletion

from papers.errors import LLMError, LLMRejected, LLMStopped, LLMUnavailable, SettingsError
from papers.llm.abilities import OPENAI_ABILITIES, Abilities, Form, Memory, parameters
from papers.llm.base import Finish, Reply, Request, Usage
from papers.sources.http import retry_after

logger = logging.getLogger(__name__)

OPENAI_URL = "https://api.openai.com/v1"

# A longer pause than this is not sat out here: the error carries it, and the ledger tries again later.
LONGEST_WAIT = 60.0
LONGEST_CONNECT = 10.0
_FIRST_BACKOFF, _LONGEST_BACKOFF = 0.5, 8.0
_LONGEST_REASON = 300

# Codes of OpenAI's error bodies after which every other call would fail as well, whatever the status.
_STOPPING_CODES = {
    "account_deactivated",
    "billing_hard_limit_reached",
    "billing_not_active",
    "insufficient_quota",
    "invalid_api_key",
    "model_not_found",
}
_STOPPING_STATUSES = {401, 402, 403, 404}
_PASSING_STATUSES = {408, 409, 425, 429}
_LACKING_STATUSES = {400, 422, 500}
_FILTER_CODES = {"content_filter", "content_policy_violation"}

_FOUND_OUT: Memory = {}


class _Lacking(Exception):  # noqa: N818 - no failure: the same request goes out again, put another way
    """The server refused an ability by name; `left` is what remains to be tried."""

    def __init__(self, left: Abilities) -> None:
        self.left = left


class _Filtered(Exception):  # noqa: N818 - becomes a refused reply
    """The server's content filter refused the request."""


class OpenAILLM:
    """`timeout` is in seconds and holds for each wait for bytes; `max_retries` come on top of the first try.

    `memory` keeps what was found out about servers; by default it is one for the whole process.
    Raises SettingsError where `base_url` is no address.
    """

    backend = "openai"

    def __init__(
        self,
        model: str,
        *,
        api_key: str = "",
        base_url: str | None = None,
        timeout: float = 120,
        max_retries: int = 4,
        memory: Memory | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        url = _web_address(base_url or OPENAI_URL)
        self.model = model
        self._place = (url, model)
        self._secret = api_key
        self._max_retries = max_retries
        self._memory = _FOUND_OUT if memory is None else memory
        self._sleep = sleep
        # Local servers want no key, but the package insists on one. Its own retries would also retry missing abilities.
        patience = openai.Timeout(timeout, connect=min(timeout, LONGEST_CONNECT))
        client = openai.OpenAI(api_key=api_key or "none", base_url=url, timeout=patience, max_retries=0)
        self._completions = client.chat.completions  # loads lazily, half a second that no call should wait for

    def complete(self, request: Request) -> Reply:
        """Raises LLMUnavailable, LLMRejected or LLMStopped."""
        abilities, spent = self._known_abilities(), Usage()
        while True:
            try:
                reply = self._reply(request, abilities, spent)
            except _Lacking as lacking:
                logger.info("Model server lacks an ability", extra={"model": self.model, "left": lacking.left})
                abilities = lacking.left
                continue
            if abilities.form is Form.OBJECT and reply.text.strip() == "{}":
                # Seen with llama.cpp's server: a JSON object is what was asked for, and the shortest is empty.
                abilities, spent = Abilities(Form.TEXT, abilities.length_names, abilities.cache_key), reply.usage
                continue
            self._memory[self._place] = abilities
            return reply

    def _known_abilities(self) -> Abilities:
        ours = (urlsplit(self._place[0]).hostname or "").endswith(("openai.com", "openai.azure.com"))
        return self._memory.get(self._place, OPENAI_ABILITIES if ours else Abilities())

    def _reply(self, request: Request, abilities: Abilities, spent: Usage) -> Reply:
        try:
            completion = self._create(request, abilities)
        except _Filtered:
            return Reply("", Finish.REFUSED, spent + Usage(calls=1), self.model)
        text, finish = _said(completion)
        return Reply(text, finish, spent + _usage(completion), completion.model or self.model)

    def _create(self, request: Request, abilities: Abilities) -> ChatCompletion:
        body = parameters(request, abilities)
        for attempt in count():
            try:
                return self._send(body)
            except openai.APIError as error:
                failure = self._failure(error, abilities)
            except ValueError:  # the package hands on what json says of a broken body
                failure = LLMUnavailable(reason="its answer is no chat completion")
            wait = _backoff(attempt) if failure.retry_after is None else failure.retry_after
            if not failure.retryable or attempt >= self._max_retries or wait > LONGEST_WAIT:
                raise failure
            self._sleep(wait)
        raise AssertionError("the loop above ends by itself")

    def _send(self, body: dict[str, Any]) -> ChatCompletion:
        completion = self._completions.create(model=self.model, **body)
        if not isinstance(completion, ChatCompletion) or completion.choices is None:
            raise ValueError("no chat completion")
        return completion

    def _failure(self, error: openai.APIError, abilities: Abilities) -> LLMError:
        """The error in our own terms. Raises _Lacking or _Filtered where the vendor's error is no failure."""
        if isinstance(error, openai.APITimeoutError):
            return LLMUnavailable(reason="it did not answer in time")
        if not isinstance(error, openai.APIStatusError):
            return LLMUnavailable(reason=f"no connection to {self._place[0]}")
        _raise_if_no_failure(error, abilities)
        status, marks = error.status_code, {error.code, error.type}
        if status in _STOPPING_STATUSES or marks & _STOPPING_CODES:
            return LLMStopped(reason=self._reason(error))
        if status in _PASSING_STATUSES or status >= 500:
            return LLMUnavailable(reason=self._reason(error), retry_after=_asked_pause(error))
        return LLMRejected(reason=self._reason(error))

    def _reason(self, error: openai.APIError) -> str:
        """The server's own words, short, and without the key that some servers echo."""
        reason = " ".join(error.message.split())
        if self._secret:
            reason = reason.replace(self._secret, "…")
        return reason[:_LONGEST_REASON]


def _web_address(url: str) -> str:
    try:
        parts = urlsplit(url)
        good = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    if not good:
        raise SettingsError(name="OPENAI_BASE_URL", reason=f"“{url}” is no http or https address")
    return url.rstrip("/")


def _raise_if_no_failure(error: openai.APIStatusError, abilities: Abilities) -> None:
    if error.code in _FILTER_CODES:
        raise _Filtered
    if error.status_code in _LACKING_STATUSES:
        left = abilities.without(error.param or error.message)
        if left is not None:
            raise _Lacking(left)


def _backoff(attempt: int) -> float:
    return min(_FIRST_BACKOFF * 2**attempt, _LONGEST_BACKOFF) * random.uniform(0.75, 1)


def _asked_pause(error: openai.APIStatusError) -> float | None:
    return retry_after(error.response.headers.get("retry-after", ""))


def _said(completion: ChatCompletion) -> tuple[str, Finish]:
    if not completion.choices:
        return "", Finish.EMPTY
    choice = completion.choices[0]
    text = choice.message.content if isinstance(choice.message.content, str) else ""
    if choice.message.refusal or choice.finish_reason == "content_filter":
        return choice.message.refusal or text, Finish.REFUSED
    if choice.finish_reason == "length":
        return text, Finish.LENGTH
    return text, Finish.STOP if text.strip() else Finish.EMPTY


def _usage(completion: ChatCompletion) -> Usage:
    """Zero tokens where the server reports none; the call counts all the same."""
    usage = completion.usage
    if usage is None:
        return Usage(calls=1)
    details = usage.prompt_tokens_details
    cached = details.cached_tokens if details else None
    return Usage(usage.prompt_tokens or 0, cached or 0, usage.completion_tokens or 0, calls=1)
