"""What all tests share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real lists and recorded answers, where they lie beside the checkout; else the test is left out."""
    folder = Path(__file__).resolve().parents[2] / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the real data is not here")
    return folder


@pytest.fixture
def digest(settings: Any) -> Callable[..., None]:
    """Change values of the plugin's settings for one test."""

    def change(**values: Any) -> None:
        settings.DIGEST = {**settings.DIGEST, **values}

    return change
