"""Handing letters to the mail server, and what its answers mean: only an answer says that a letter did not go out."""

from __future__ import annotations

import logging
import re
import smtplib
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

from django.core.mail import EmailMessage, get_connection

from weekly.mailings.outcomes import SENT, Outcome, Verdict
from weekly.mailings.providers import PROVIDER_ERRORS, provider_outcome

logger = logging.getLogger(__name__)

_PERMANENT = 500
_POLICY = re.compile(r"\b5\.7\.\d+\b")  # RFC 3463: about who sends, and not about the address
_NO_ADDRESS = re.compile(r"\b5\.1\.(?:1|2|3|6|10)\b")


class Postman:
    """One connection to the mail server for many letters, whatever EMAIL_BACKEND is."""

    def __init__(self) -> None:
        self._connection: Any = get_connection()
        self.reason = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def is_ready(self) -> bool:
        """Whether the server can be spoken to; else `reason` says why not. Asked before each letter: a connection that
        was closed meanwhile would be noticed only when nobody can tell any more whether the letter has arrived."""
        try:
            self._drop_if_dead()
            self._connection.open()
        except OSError as error:  # SMTPException is one
            self.reason = f"{type(error).__name__}: {error}"
            logger.warning("The mail server cannot be reached", exc_info=True)
            self._close()
            return False
        return True

    def hand(self, message: EmailMessage) -> Outcome:
        """Hand one letter over."""
        message.connection = self._connection
        try:
            message.send()
        except PROVIDER_ERRORS as error:
            return provider_outcome(error)
        except (OSError, ValueError) as error:  # ValueError: an address or a header that cannot be written
            return outcome_of(error)
        return SENT

    def _drop_if_dead(self) -> None:
        smtp = getattr(self._connection, "connection", None)
        if isinstance(smtp, smtplib.SMTP) and not _answers(smtp):
            self._close()

    def _close(self) -> None:
        with suppress(OSError):
            self._connection.close()


def _answers(smtp: smtplib.SMTP) -> bool:
    try:
        return smtp.noop()[0] == 250
    except OSError:
        return False


def outcome_of(error: Exception) -> Outcome:
    """What an error of smtplib or of the socket below it means."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, answer = next(iter(error.recipients.values()))
        return _of_address(code, _text(code, answer))
    if isinstance(error, smtplib.SMTPDataError):
        verdict = Verdict.FAILED if error.smtp_code >= _PERMANENT else Verdict.LATER
        return Outcome(verdict, _text(error.smtp_code, error.smtp_error))
    if isinstance(error, smtplib.SMTPResponseException):  # of the sender or of the whole connection
        return Outcome(Verdict.LATER, _text(error.smtp_code, error.smtp_error))
    if isinstance(error, ValueError | smtplib.SMTPNotSupportedError):
        return Outcome(Verdict.FAILED, f"{type(error).__name__}: {error}")
    return Outcome(Verdict.UNSURE, f"{type(error).__name__}: {error}")


def _of_address(code: int, answer: str) -> Outcome:
    """A refusal that is not about the address, such as of a relay that does not know us, is no bounce."""
    if code < _PERMANENT or _POLICY.search(answer):
        return Outcome(Verdict.LATER, answer)
    return Outcome(Verdict.REFUSED, answer, is_dead=bool(_NO_ADDRESS.search(answer)))


def _text(code: int, answer: bytes | str) -> str:
    said = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return f"{code} {said}"
