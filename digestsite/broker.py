"""Celery's file-system broker with whole messages: one machine needs no message server.

Kombu writes a message file in place, so that a reader can take a half-written one; here a message is written under
another name and renamed. It remains a doorbell only: papers.ledger holds the truth.
"""

from __future__ import annotations

import time
import uuid
from pathlib import Path
from typing import Any

from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.encoding import str_to_bytes
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    """Puts messages atomically, in the order in which they were sent, and makes its folders itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for folder in (self.data_folder_in, self.data_folder_out, self.control_folder):
            Path(folder).mkdir(parents=True, exist_ok=True)

    def _put(self, queue: str, payload: Any, **kwargs: Any) -> None:
        folder = Path(self.data_folder_out)
        # Kombu names files by milliseconds of unpadded digits; padded nanoseconds keep the order of one burst.
        name = f"{time.monotonic_ns():020d}_{uuid.uuid4()}.{queue}.msg"
        partial = folder / f"{name}.partial"
        partial.write_bytes(str_to_bytes(dumps(payload)))
        partial.replace(folder / name)

    def _queue_bind(self, exchange: str, routing_key: str, pattern: str, queue: str) -> None:
        # Kombu rewrites the table in place too; a binding that stands needs no writing.
        bound = {(entry.routing_key, entry.pattern, entry.queue) for entry in self.get_table(exchange)}
        if (routing_key or "", pattern or "", queue or "") not in bound:
            super()._queue_bind(exchange, routing_key, pattern, queue)


class Transport(filesystem.Transport):
    Channel = Channel


def register() -> None:
    """Make `safe-filesystem://` a broker address."""
    TRANSPORT_ALIASES["safe-filesystem"] = "digestsite.broker:Transport"
