"""How a scope's work is carried out: one call, one repair call at most, then an honest account of what is missing."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any

from papers.drafting.base import Judge
from papers.drafting.schema import read_object
from papers.errors import InvalidReply, LLMError, LLMStopped, gettext_noop
from papers.llm.base import LLM, Finish, Request

CUT_OFF = gettext_noop("The model's reply was cut off.")
REFUSED = gettext_noop("The model refused to answer.")
EMPTY = gettext_noop("The model gave an empty reply.")
UNREADABLE = gettext_noop("The model's reply was not in the form that was asked for.")
LEFT_OUT = gettext_noop("The model left this out, or gave it in a form that cannot be used.")

_REASONS: Mapping[Finish, str] = {
    Finish.LENGTH: CUT_OFF,
    Finish.REFUSED: REFUSED,
    Finish.EMPTY: EMPTY,
}


class Work(ABC):
    """One scope of one paper or week: what to ask, what of a reply can be used, what is still missing."""

    @abstractmethod
    def request(self) -> Request: ...

    @abstractmethod
    def repair(self, reason: str) -> Request:
        """A request for what is missing, and only that."""

    @abstractmethod
    def take(self, reply: Mapping[str, Any]) -> bool:
        """Keep what can be used; False where nothing can."""

    @property
    @abstractmethod
    def is_whole(self) -> bool: ...


def carry_out(work: Work, llm: LLM, judge: Judge | None) -> str:
    """The reason for what is missing in the end, or nothing.

    Raises InvalidReply where neither reply could be used at all, and what the model raises; but what the first reply
    gave is kept where only the repair fails, unless all work has to stop.
    """
    first, reason = _call(work, work.request(), llm, judge)
    if first and work.is_whole:
        return ""
    try:
        second, reason = _call(work, work.repair(reason), llm, judge, last=True)
    except LLMStopped:
        raise
    except LLMError as error:
        if not first:
            raise
        return str(error.notice)
    if not first and not second:
        raise InvalidReply(reason=reason)
    return "" if work.is_whole else reason


def _call(work: Work, request: Request, llm: LLM, judge: Judge | None, *, last: bool = False) -> tuple[bool, str]:
    """Whether anything of the reply could be used, and what is wrong with it if not all could.

    A repair that left something open is not judged usable: replayed, it would leave the same open in every retry.
    """
    reply = llm.complete(request)
    said = read_object(reply.text) if reply.finish in {Finish.STOP, Finish.LENGTH} else None
    usable = said is not None and work.take(said)
    if judge is not None:
        judge(request, reply, usable and (work.is_whole or not last))
    return usable, _REASONS.get(reply.finish) or (UNREADABLE if said is None else LEFT_OUT)
