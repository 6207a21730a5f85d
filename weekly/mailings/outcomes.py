"""What became of handing a letter to a mail server."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Verdict(Enum):
    SENT = "the server took it"
    LATER = "the server did not take it now, or not from us"
    FAILED = "this letter is never taken"
    REFUSED = "the address takes no mail"
    UNSURE = "no answer came: it may be under way"


@dataclass(frozen=True)
class Outcome:
    """`reason` is the server's own answer. `is_dead`: a refusal that says that there is no such address."""

    verdict: Verdict
    reason: str = ""
    is_dead: bool = False


SENT = Outcome(Verdict.SENT)
