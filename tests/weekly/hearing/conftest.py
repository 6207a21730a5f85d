"""What the tests of readers' forms share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils.translation import override

from papers.models import PaperPage
from tests.factories import make_paper


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Messages are compared in the language that they were written in."""
    with override("en"):
        yield


@pytest.fixture
def page() -> PaperPage:
    return make_paper(live=True, qas=2)
