"""Tokens of forms: who sends a form has opened it before, for this page, not a moment ago, and sends it once."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass

from django.core import signing
from django.utils.translation import gettext_lazy as _

from weekly.hearing import counters

MIN_AGE = 3  # seconds
MAX_AGE = 24 * 3600  # seconds
_SALT = "weekly.hearing.form"
_LONGEST = 300  # characters; ours have about a hundred

MESSAGES = {
    "missing": _("This form is not complete. It is offered anew; please send it again."),
    "forged": _("This form does not belong to this page. It is offered anew; please send it again."),
    "early": _("That was very quick. Please wait for a moment, then send it again."),
    "expired": _("This form was open for more than a day. It is offered anew; please send it again."),
    "replayed": _("This form was sent already, and what you wrote has arrived."),
}


class TokenProblem(Exception):
    """`code` is a key of MESSAGES."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)

    @property
    def message(self) -> str:
        return str(MESSAGES[self.code])


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    page_id: int
    nonce: str
    issued_at: float

    @property
    def mark(self) -> str:
        return f"weekly.hearing.spent.{self.nonce}"


def issue(kind: str, page_id: int, age: float = 0) -> str:
    """A token for a form, `comment` or `report`, on a page. It counts as `age` seconds old from the start."""
    fields = [kind, page_id, secrets.token_urlsafe(12), time.time() - age]
    return signing.Signer(salt=_SALT).sign_object(fields)


def check(token: str, kind: str, page_id: int) -> None:
    """Raises TokenProblem for any token that cannot be used now for this form on this page."""
    read = _genuine(token, kind, page_id)
    age = time.time() - read.issued_at
    if age > MAX_AGE:
        raise TokenProblem("expired")
    if counters.is_marked(read.mark):
        raise TokenProblem("replayed")
    if age < MIN_AGE:
        raise TokenProblem("early")


def is_genuine(token: str, kind: str, page_id: int) -> bool:
    """Whether this form was once given to somebody, however long ago."""
    try:
        _genuine(token, kind, page_id)
    except TokenProblem:
        return False
    return True


def spend(token: str) -> None:
    """Use a token up that `check` found good. Raises TokenProblem where somebody else was quicker."""
    if not counters.mark(_read(token).mark, MAX_AGE):
        raise TokenProblem("replayed")


def renewed(token: str, kind: str, page_id: int) -> str:
    """The token that a refused form is offered with: the same one as long as it can be used.

    For one that is too old a new one that can be used at once; who had that form open has waited.
    """
    try:
        check(token, kind, page_id)
    except TokenProblem as problem:
        if problem.code == "early":
            return token
        return issue(kind, page_id, age=MIN_AGE if problem.code == "expired" else 0)
    return token


def _genuine(token: str, kind: str, page_id: int) -> _Token:
    if not token:
        raise TokenProblem("missing")
    read = _read(token)
    if (read.kind, read.page_id) != (kind, page_id):
        raise TokenProblem("forged")
    return read


def _read(token: str) -> _Token:
    try:
        if len(token) > _LONGEST:
            raise signing.BadSignature
        return _Token(*signing.Signer(salt=_SALT).unsign_object(token))
    except (signing.BadSignature, UnicodeError) as error:
        raise TokenProblem("forged") from error
