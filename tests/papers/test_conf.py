"""One dictionary of settings, with defaults and clear errors."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from papers import conf
from papers.drafting.draft import ModelDrafter
from papers.drafting.extractive import ExtractiveDrafter
from papers.errors import BadLanguage, SettingsError

Digest = Callable[..., None]


def test_a_host_without_settings_gets_the_defaults(settings: object) -> None:
    settings.DIGEST = {}
    assert (conf.get("LANGUAGE"), conf.get("ARXIV_DELAY"), conf.backend()) == ("ja", 3, "extractive")


@pytest.mark.parametrize("tag", ["ja", "ko", "pt-BR", "zh-Hant", "es-419"])
def test_a_language_tag_is_taken(tag: str) -> None:
    assert conf.language(tag) == tag.lower()


@pytest.mark.parametrize("tag", ["japanese!", "ja_JP", "x", "ja-", "12"])
def test_a_tag_that_is_none_is_refused(tag: str) -> None:
    with pytest.raises(BadLanguage):
        conf.language(tag)


def test_a_key_or_an_address_means_a_model(digest: Digest) -> None:
    assert isinstance(conf.get_drafter(), ExtractiveDrafter)
    digest(OPENAI_API_KEY="k")
    assert isinstance(conf.get_drafter(), ModelDrafter)


def test_extractive_can_be_asked_for_although_there_is_a_key(digest: Digest) -> None:
    digest(OPENAI_API_KEY="k", LLM="extractive")
    assert isinstance(conf.get_drafter(), ExtractiveDrafter)


def test_an_unknown_backend_is_refused(digest: Digest) -> None:
    digest(LLM="magic")
    with pytest.raises(SettingsError, match="magic"):
        conf.backend()


def test_prices_are_per_million_tokens(digest: Digest) -> None:
    digest(LLM_PRICES={"m": {"input": 2, "cached": 0.5, "output": 8}})
    assert conf.prices("m") == {"input": Decimal("0.000002"), "cached": Decimal("5E-7"), "output": Decimal("0.000008")}
    assert conf.prices("other") is None


@pytest.mark.parametrize("prices", [{"m": {"input": "cheap", "output": 1}}, {"m": {"input": 1}}, {"m": 5}])
def test_a_price_that_is_none_is_refused(prices: object, digest: Digest) -> None:
    digest(LLM_PRICES=prices)
    with pytest.raises(SettingsError):
        conf.prices("m")


def test_a_budget_that_is_no_amount_is_refused(digest: Digest) -> None:
    digest(BUDGET_PER_WEEK="much")
    with pytest.raises(SettingsError):
        conf.budget()
