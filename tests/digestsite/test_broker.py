"""The file-system broker: whole messages in their order."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from kombu import Connection

from digestsite import broker


@pytest.fixture
def queue(tmp_path: Path) -> Iterator[Any]:
    broker.register()
    folders = {name: str(tmp_path / "in") for name in ("data_folder_in", "data_folder_out")}
    options = {**folders, "control_folder": str(tmp_path / "control"), "polling_interval": 0.01}
    name = uuid.uuid4().hex  # kombu remembers bindings per process
    with Connection("safe-filesystem://localhost", transport_options=options) as connection:
        yield connection.SimpleQueue(name)


def test_messages_arrive_in_the_order_in_which_they_were_sent(queue: Any) -> None:
    for number in range(20):
        queue.put(number)
    assert [queue.get(timeout=60).payload for _ in range(20)] == list(range(20))


def test_it_makes_its_folders(queue: Any, tmp_path: Path) -> None:
    queue.put("x")
    assert len(list((tmp_path / "in").glob("*.msg"))) == 1


def test_a_half_written_message_is_not_taken(queue: Any, tmp_path: Path) -> None:
    queue.put("whole")
    (tmp_path / "in" / f"0_half.{queue.queue.name}.msg.partial").write_bytes(b'{"body": "ha')
    assert queue.get(timeout=60).payload == "whole"
    with pytest.raises(queue.Empty):
        queue.get(block=False)


def test_a_binding_that_stands_is_not_written_again(queue: Any, tmp_path: Path) -> None:
    queue.put("x")
    (table,) = (tmp_path / "control").iterdir()
    before = table.stat().st_mtime_ns
    queue.channel._queue_bind(queue.queue.name, queue.queue.name, "", queue.queue.name)
    assert table.stat().st_mtime_ns == before
