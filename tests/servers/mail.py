"""A mail server on 127.0.0.1 that speaks real SMTP and keeps what it took.

    with MailServer() as server:
        server.refuse("bob@example.org", "550 5.1.1 no such user")
        ...
        assert server.letters == {"carol@example.org": 1}

`hold` lets a letter arrive and leaves its sender without an answer, until `let_go`.
"""

from __future__ import annotations

import asyncio
import email
import email.policy
import threading
import time
from collections import Counter
from email.message import EmailMessage
from types import TracebackType
from typing import Any, Self

from aiosmtpd.smtp import SMTP, Envelope, Session


class MailServer:
    """`delay`: seconds that each letter takes. `close_after_each`: the server hangs up after a letter, as an idle one
    does. `connections` counts those that were opened."""

    def __init__(self, delay: float = 0) -> None:
        self.delay, self.close_after_each, self.connections = delay, False, 0
        self.messages: list[tuple[str, EmailMessage]] = []
        self._refused: dict[str, str] = {}
        self._answers: list[str] = []
        self._held = threading.Event()
        self._held.set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        listening = self._loop.create_server(lambda: SMTP(self, loop=self._loop), "127.0.0.1", 0)
        self._server = asyncio.run_coroutine_threadsafe(listening, self._loop).result(60)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.let_go()
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(60)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(60)
        self._loop.close()

    async def _stop(self) -> None:
        self._server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    @property
    def port(self) -> int:
        return self._server.sockets[0].getsockname()[1]

    @property
    def letters(self) -> Counter[str]:
        """How many letters each address got."""
        return Counter(address for address, _message in list(self.messages))

    def refuse(self, address: str, answer: str) -> None:
        """Refuse an address with an answer such as `550 5.1.1 no such user`."""
        self._refused[address] = answer

    def refuse_none(self) -> None:
        """From now on every address is known."""
        self._refused.clear()

    def answer(self, *answers: str) -> None:
        """What is said to the next letters instead of `250 OK`; `drop` hangs up."""
        self._answers.extend(answers)

    def hold(self) -> None:
        """From now on letters arrive, and no answer comes."""
        self._held.clear()

    def let_go(self) -> None:
        self._held.set()

    def wait_for(self, letters: int, seconds: float = 120) -> None:
        """Until so many letters have arrived. Raises TimeoutError."""
        end = time.monotonic() + seconds
        while len(self.messages) < letters:
            if time.monotonic() > end:
                raise TimeoutError(len(self.messages))
            time.sleep(0.02)

    async def handle_EHLO(  # noqa: N802 - the names that aiosmtpd calls
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if answer := self._refused.get(address.lower()):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = self._answers.pop(0) if self._answers else "250 OK"
        if answer == "drop":
            server.transport.abort()
        if answer in ("250 OK", "drop"):
            self._keep(envelope)
        await asyncio.sleep(self.delay)
        while not self._held.is_set():
            await asyncio.sleep(0.02)
        if self.close_after_each:
            asyncio.get_running_loop().call_soon(server.transport.close)
        return answer

    def _keep(self, envelope: Envelope) -> None:
        content: Any = envelope.content
        message = email.message_from_bytes(content, policy=email.policy.default)
        self.messages.extend((address, message) for address in envelope.rcpt_tos)
