"""What the tests of the digest share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client


@pytest.fixture
def get(client: Client) -> Callable[..., Any]:
    """The JSON at an address below /api/v1/, after a look at its status."""

    def read(path: str, status: int = 200, **params: Any) -> Any:
        response = client.get(f"/api/v1/{path}", params)
        assert response.status_code == status, response.content
        return response.json()

    return read
