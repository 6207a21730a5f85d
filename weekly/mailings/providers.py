"""What the errors of django-anymail mean, which hands letters to a provider over HTTP; it need not be installed."""

from __future__ import annotations

from requests import RequestException
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

from weekly.mailings.outcomes import Outcome, Verdict

try:
    from anymail.exceptions import AnymailAPIError, AnymailError, AnymailRecipientsRefused
except ImportError:
    PROVIDER_ERRORS: tuple[type[Exception], ...] = ()
else:
    PROVIDER_ERRORS = (AnymailError,)

_NOT_TAKEN = range(400, 500)  # the provider has read the request, and did not do it
_BUSY = 503
_NEVER_REACHED = (NewConnectionError, ConnectTimeoutError)


def provider_outcome(error: Exception) -> Outcome:
    """Of one of PROVIDER_ERRORS."""
    reason = str(error)
    if isinstance(error, AnymailRecipientsRefused):
        return Outcome(Verdict.REFUSED, reason)
    if not isinstance(error, AnymailAPIError):
        return Outcome(Verdict.FAILED, reason)  # raised before anything was sent
    status = getattr(error, "status_code", None)
    if status is None:
        return Outcome(Verdict.LATER if _never_arrived(error) else Verdict.UNSURE, reason)
    refused = status in _NOT_TAKEN or status == _BUSY
    return Outcome(Verdict.LATER if refused else Verdict.UNSURE, reason)


def _never_arrived(error: Exception) -> bool:
    """Whether no connection came about; urllib3 says so below what requests raises."""
    below = error.__cause__
    told = below.args[0] if isinstance(below, RequestException) and below.args else None
    return isinstance(getattr(told, "reason", told), _NEVER_REACHED)
