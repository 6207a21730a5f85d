"""The only reader of settings: one dictionary `DIGEST` with defaults, turned into ready-made parts."""

from __future__ import annotations

import re
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from papers.drafting.base import Drafter, Judge
from papers.drafting.draft import ModelDrafter
from papers.drafting.extractive import ExtractiveDrafter
from papers.errors import BadLanguage, DigestError, SettingsError
from papers.llm.base import LLM
from papers.pace import DatabasePacer
from papers.sources.http import HttpClient, HttpOptions

DEFAULTS: dict[str, Any] = {
    "LANGUAGE": "ja",
    "LLM": "auto",
    "OPENAI_API_KEY": "",
    "OPENAI_BASE_URL": "",
    "LLM_MODEL": "gpt-5-mini",
    "LLM_TIMEOUT": 120,
    "LLM_MAX_RETRIES": 4,
    "LLM_PRICES": {},
    "BUDGET_PER_WEEK": None,
    "ARXIV_API_URL": "https://export.arxiv.org/api/query",
    "ARXIV_PDF_URL": "https://arxiv.org/pdf/{id}",
    "ARXIV_DELAY": 3,
    "MAX_PDF_BYTES": 50_000_000,
    "MAX_PDF_PAGES": 200,
    "FETCH_ALLOW_PRIVATE": False,
    "BASE_TEMPLATE": "base.html",
    "PROXIES": 0,
    "SHARE_FONT": "",
    "CACHE_COOKIES": (),
    "CDN_SECONDS": 0,
    "MAIL_HOUR": 8,
}

# The form of a language tag that RFC 5646 gives; whether Wagtail has a locale for it is another question.
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|\d{3}))?", re.I)


def get(name: str) -> Any:
    """A value of `DIGEST`, or its default. Raises KeyError for a name that is none."""
    return {**DEFAULTS, **getattr(settings, "DIGEST", {})}[name]


def language(tag: str | None = None) -> str:
    """A language tag in Django's spelling, the configured one by default. Raises BadLanguage."""
    tag = tag or get("LANGUAGE")
    if not _LANGUAGE.fullmatch(tag):
        raise BadLanguage(language=tag)
    return tag.lower()


def get_http() -> HttpClient:
    """The polite client for lists and papers."""
    return HttpClient(HttpOptions(allow_private=get("FETCH_ALLOW_PRIVATE")))


def get_hasty_http() -> HttpClient:
    """For work that a person waits for: one try, a short wait."""
    return HttpClient(HttpOptions(read_timeout=15, retries=0, allow_private=get("FETCH_ALLOW_PRIVATE")))


def get_pacer() -> DatabasePacer:
    """arXiv's pause, shared by its API and its PDFs and by all processes of the site."""
    return DatabasePacer("arxiv", get("ARXIV_DELAY"))


def backend() -> str:
    """`openai` or `extractive`. Raises SettingsError for anything else."""
    chosen = get("LLM")
    if chosen == "auto":
        return "openai" if get("OPENAI_API_KEY") or get("OPENAI_BASE_URL") else "extractive"
    if chosen not in {"openai", "extractive"}:
        raise SettingsError(name="DIGEST_LLM", reason=f"“{chosen}” is none of auto, openai, extractive")
    return chosen


@cache
def _llm(api_key: str, base_url: str, model: str, timeout: float, max_retries: int) -> LLM:
    """One client per process: it remembers what its server can do and keeps connections open."""
    from papers.llm.openai import OpenAILLM  # takes most of a second to import, and most processes never call a model

    return OpenAILLM(model, api_key=api_key, base_url=base_url or None, timeout=timeout, max_retries=max_retries)


def get_llm() -> LLM:
    """The configured model server."""
    names = ("OPENAI_API_KEY", "OPENAI_BASE_URL", "LLM_MODEL", "LLM_TIMEOUT", "LLM_MAX_RETRIES")
    return _llm(*(get(name) for name in names))


def warm_up() -> None:
    """Load the model's client, which takes about a second; a wrong setting is told by the runs that it stops."""
    with suppress(DigestError):
        if backend() == "openai":
            get_llm()


def get_drafter(llm: LLM | None = None, judge: Judge | None = None) -> Drafter:
    """The configured drafter; `llm` may wrap the configured model, such as to record its replies."""
    if backend() == "extractive":
        return ExtractiveDrafter()
    return ModelDrafter(llm or get_llm(), judge=judge)


def prices(model: str) -> dict[str, Decimal] | None:
    """Money per token by `input`, `cached` and `output`, or None where the model's price is not known.

    Raises SettingsError where a price is no number.
    """
    entry = get("LLM_PRICES").get(model)
    if entry is None:
        return None
    try:
        million = Decimal(1_000_000)
        full = Decimal(str(entry["input"])) / million
        cached = Decimal(str(entry.get("cached", entry["input"]))) / million
        return {"input": full, "cached": cached, "output": Decimal(str(entry["output"])) / million}
    except (KeyError, InvalidOperation, AttributeError, TypeError) as error:
        raise SettingsError(name="DIGEST_LLM_PRICES", reason=f"no usable price for {model}") from error


def budget() -> Decimal | None:
    """Money that one week may cost, or None. Raises SettingsError where it is no number."""
    amount = get("BUDGET_PER_WEEK")
    try:
        return None if amount in (None, "") else Decimal(str(amount))
    except InvalidOperation as error:
        raise SettingsError(name="DIGEST_BUDGET_PER_WEEK", reason=f"“{amount}” is no amount of money") from error


def pdf_url(ref: str) -> str:
    """The address of a paper's PDF; `ref` carries the version where it is known."""
    return get("ARXIV_PDF_URL").replace("{id}", ref)


def host(url: str) -> str:
    return urlsplit(url).hostname or url
