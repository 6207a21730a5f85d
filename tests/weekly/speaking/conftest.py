"""What the tests of readers' voices on the pages share."""

from __future__ import annotations

import pytest

from papers.models import PaperPage
from tests.weekly.speaking.visiting import make_english


@pytest.fixture
def page() -> PaperPage:
    return make_english()
