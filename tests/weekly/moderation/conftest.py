"""The cast of decisions: Alice and Carol edit, Bob reads."""

from __future__ import annotations

from typing import Any

import pytest

from tests.factories import make_editor


@pytest.fixture
def alice(db: None) -> Any:
    return make_editor()


@pytest.fixture
def carol(db: None) -> Any:
    return make_editor("carol")
