"""Readers who tell whether their answer was made for them or had been kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from wagtail.models import Page


class Reader:
    """A stranger. An answer that was kept asks the database nothing."""

    def __init__(self, client: Client) -> None:
        self.client, self.asked = client, 0

    def get(self, address: Page | str, **headers: Any) -> HttpResponse:
        path = address if isinstance(address, str) else address.get_url()
        self.asked = 0
        with connection.execute_wrapper(self._count):
            response = self.client.get(path, headers=headers)
        response.was_kept = self.asked == 0
        return response

    def _count(self, execute: Callable[..., Any], *query: Any) -> Any:
        self.asked += 1
        return execute(*query)

    def has(self, *addresses: Page | str) -> list[bool]:
        """For each address whether its answer had been kept."""
        return [self.get(address).was_kept for address in addresses]

    def fill(self, *addresses: Page | str) -> None:
        """Read all, after which all are kept."""
        for address in addresses:
            self.get(address)
        missing = [address for address in addresses if not self.get(address).was_kept]
        assert missing == []
