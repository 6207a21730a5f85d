"""A stand-in for an OpenAI-compatible model server: sensible replies out of the prompt itself, and faults on demand.

    with ModelServer(lacks={"json_schema"}) as server:
        OpenAILLM("any", base_url=server.base_url)

By hand, or for a benchmark: python -m tests.servers.llm --port 8099 --latency 2
"""

from __future__ import annotations

import argparse
import json
import os
import re
import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from types import TracebackType
from typing import Any, Self

from tests.servers.base import Answer, Seen, Server

MODEL = "stand-in"
# Servers with prompt caching start at 1,024 tokens.
CACHED_FROM = 1_024

Said = dict[str, Any]
# Alters one good reply: gets it as an object, gives the text that is sent instead, or a whole answer.
Twist = Callable[[Said], "str | Answer"]


def completion(
    text: str | None, *, finish: str = "stop", refusal: str | None = None, usage: Mapping[str, Any] | None = None
) -> Answer:
    """A chat completion as the wire has it."""
    message = {"role": "assistant", "content": text, "refusal": refusal}
    choice = {"index": 0, "message": message, "finish_reason": finish, "logprobs": None}
    body = {"id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": MODEL, "choices": [choice]}
    return Answer.json(body | ({} if usage is None else {"usage": usage}))


def failure(status: int, message: str, *, code: str | None = None, param: str | None = None, **more: Any) -> Answer:
    """An error in OpenAI's form."""
    error = {"message": message, "type": "invalid_request_error", "param": param, "code": code}
    return Answer.json({"error": error}, status=status, **more)


def tokens(text: str) -> int:
    """Rough: 4.1 characters a token for ASCII, 1.46 for all else, as measured on English papers and Japanese drafts."""
    plain = sum(character.isascii() for character in text)
    return round(plain / 4.1 + (len(text) - plain) / 1.46)


class ModelServer(Server):
    """Answers the three calls of drafting. `latency` in seconds a call.

    `lacks` names what is refused: json_schema, object_schema, json_object, or a parameter of the request.
    """

    def __init__(
        self, port: int = 0, *, latency: float = 0, lacks: Iterable[str] = (), reports_usage: bool = True
    ) -> None:
        super().__init__(port)
        self.latency, self.lacks, self.reports_usage = latency, frozenset(lacks), reports_usage
        self._twists: list[Twist] = []
        self._prompts: list[str] = []
        self._guard = threading.Lock()

    @property
    def base_url(self) -> str:
        return f"{self.url}/v1"

    @property
    def prompts(self) -> list[str]:
        """All that was said in each request, in their order."""
        return ["\n".join(m["content"] for m in seen.json["messages"]) for seen in self.seen if seen.body]

    def twist(self, *twists: Twist) -> Self:
        """Alter the next good replies, one twist each; one that is left over fails the test."""
        self._twists += twists
        return self

    def answer(self, seen: Seen) -> Answer:
        if (seen.method, seen.path) == ("GET", "/v1/models"):
            return Answer.json({"object": "list", "data": [{"id": MODEL, "object": "model", "created": 1}]})
        if (seen.method, seen.path) != ("POST", "/v1/chat/completions"):
            return failure(404, f"no such address: {seen.path}")
        return replace(self._refused(seen.json) or self._completed(seen.json), delay=self.latency)

    def _refused(self, body: Mapping[str, Any]) -> Answer | None:
        form = body.get("response_format", {})
        if _form(form) in self.lacks:
            where = "[{'loc': ('body', 'response_format', 'type'), 'msg': \"Input should be 'text' or 'json_object'\"}]"
            return failure(500, where)
        for name in self.lacks & body.keys():
            return failure(400, f"Unrecognized request argument supplied: {name}", param=name)
        return None

    def _completed(self, body: Mapping[str, Any]) -> Answer:
        prompt = "\n".join(message["content"] for message in body["messages"])
        said = reply_to(prompt)
        with self._guard:
            twist = self._twists.pop(0) if self._twists else _as_it_is
            usage = self._count(prompt)
        text = twist(said)
        if isinstance(text, Answer):
            return text
        usage |= {"completion_tokens": tokens(text), "total_tokens": usage["prompt_tokens"] + tokens(text)}
        return completion(text, usage=usage if self.reports_usage else None)

    def _count(self, prompt: str) -> dict[str, Any]:
        """Prompt tokens; cached are those of the longest beginning that an earlier prompt had too."""
        common = max((tokens(os.path.commonprefix([prompt, other])) for other in self._prompts), default=0)
        self._prompts.append(prompt)
        cached = common if common >= CACHED_FROM else 0
        return {"prompt_tokens": tokens(prompt), "prompt_tokens_details": {"cached_tokens": cached}}

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.complaints += [f"unused twist: {twist}" for twist in self._twists]
        super().__exit__(kind, error, tb)


def reply_to(prompt: str) -> Said:
    """The reply to one of our prompts, as an object. Quotes are real sentences of the pages in the prompt."""
    if "<entry n=" in prompt:
        return _overview(prompt)
    return _abstract(prompt) if "<paper>" in prompt else _qa(prompt)


def _overview(prompt: str) -> Said:
    ranks = [int(rank) for rank in re.findall(r'<entry n="(\d+)">', prompt)]
    statements = [{"entries": [rank], "text": f"{rank}番の論文は今週の流れを示しています。"} for rank in ranks]
    half = (len(statements) + 1) // 2
    halves = [part for part in (statements[:half], statements[half:]) if part]
    theme = {"entries": ranks, "text": "言語モデル, 評価, データ, 効率化"}
    return {"paragraphs": [{"statements": part} for part in halves], "theme": theme}


def _abstract(prompt: str) -> Said:
    shown = dict(re.findall(r"^(\d+): (.+)$", _between(prompt, "<paper>", "</paper>"), re.MULTILINE))
    wanted = re.search(r"^Wanted: sentences ([\d, ]+)", prompt, re.MULTILINE)
    numbers = wanted[1].replace(",", " ").split() if wanted else []
    sentences = [{"number": int(n), "text": f"「{_opening(shown[n])}」に始まる文の訳です。"} for n in numbers]
    name = _opening(_between(prompt, "Title: ", "\n"))
    summary = f"「{name}」は新しい手法を提案し、有効性を示しています。"
    return {"sentences": sentences, "title": f"{name}：翻訳された題名", "summary": summary, "tags": ["評価"]}


def _qa(prompt: str) -> Said:
    pages = {int(n): text for n, text in re.findall(r'<page n="(\d+)">\n(.*?)\n</page>', prompt, re.DOTALL)}
    pages = pages or {0: _between(prompt, "<abstract>", "</abstract>")}
    quotes = [(quote, number) for number, text in pages.items() for quote in _quotable(text)]
    asked = re.findall(r"^(\d+): ", prompt.rpartition("Questions:\n")[2], re.MULTILINE)
    return {"items": [_answer(int(number), quotes) for number in asked]}


def _answer(number: int, quotes: list[tuple[str, int]]) -> Said:
    if not quotes:
        return {"number": number, "evidence": [], "not_in_paper": True, "answer": ""}
    quote, page = quotes[(number * 7) % len(quotes)]
    answer = f"論文は「{_opening(quote)}」と述べ、その理由を説明しています。"
    return {"number": number, "evidence": [{"quote": quote, "page": page}], "not_in_paper": False, "answer": answer}


def _quotable(text: str) -> list[str]:
    sentences = re.split(r"(?<=[.!?])\s+", " ".join(text.split()))
    return [sentence for sentence in sentences if 8 <= len(sentence.split()) <= 40] or [" ".join(text.split()[:20])]


def _opening(text: str) -> str:
    return " ".join(text.split()[:4])


def _between(text: str, start: str, end: str) -> str:
    return text.partition(start)[2].partition(end)[0]


def _form(response_format: Mapping[str, Any]) -> str:
    return "object_schema" if "schema" in response_format else response_format.get("type", "text")


def _as_it_is(said: Said) -> str:
    return json.dumps(said, ensure_ascii=False)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=8099)
    parser.add_argument("--latency", type=float, default=0, help="seconds a call")
    options = parser.parse_args()
    with ModelServer(options.port, latency=options.latency) as server:
        print(f"OPENAI_BASE_URL={server.base_url}", flush=True)  # noqa: T201 - what the caller waits for
        with suppress(KeyboardInterrupt):
            threading.Event().wait()


if __name__ == "__main__":
    main()
