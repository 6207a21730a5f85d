"""A language model whose replies are stored before anything else happens, and whose cost is watched.

A reply that was paid for is not paid for again: not after a worker was killed, and not for an unchanged input.
"""

from __future__ import annotations

from decimal import Decimal

from django.db import transaction

from papers import conf
from papers.errors import BudgetExceeded, SettingsError
from papers.llm.base import LLM, Finish, Reply, Request, Usage
from papers.models import DraftRun, ModelCall

# Characters a token, measured on English papers (4.1) and Japanese drafts (1.46); the lower one errs to the dear side.
CHARS_PER_TOKEN = 3


def cost_of(usage: Usage, model: str) -> Decimal | None:
    """Money for a call, or None where the model's price is not known."""
    price = conf.prices(model)
    if price is None:
        return None
    fresh = (usage.prompt - usage.cached) * price["input"]
    return fresh + usage.cached * price["cached"] + usage.completion * price["output"]


class RecordedLLM:
    """Wraps the configured model for one run."""

    def __init__(self, llm: LLM, run: DraftRun) -> None:
        self.llm, self.run = llm, run
        self.backend, self.model = llm.backend, llm.model

    def complete(self, request: Request) -> Reply:
        """The stored reply to the same request, or a new one. Raises BudgetExceeded, and what the model raises."""
        stored = ModelCall.objects.usable(request.fingerprint(self.model), self.run)
        if stored is not None:
            return Reply(stored.text, Finish(stored.finish), Usage(), stored.model)
        self._check_budget(request)
        reply = self.llm.complete(request)
        self._store(request, reply)
        return reply

    def judge(self, request: Request, reply: Reply, usable: bool) -> None:
        """Remember whether drafting could use a reply; only a usable one is ever replayed for another run."""
        calls = ModelCall.objects.filter(run=self.run, fingerprint=request.fingerprint(self.model), usable=None)
        calls.update(usable=usable)

    def _store(self, request: Request, reply: Reply) -> None:
        ModelCall.objects.create(
            run=self.run,
            fingerprint=request.fingerprint(self.model),
            text=reply.text,
            finish=reply.finish,
            model=reply.model or self.model,
        )
        self.run.add_usage(reply.usage, cost_of(reply.usage, self.model))

    def _check_budget(self, request: Request) -> None:
        budget = conf.budget()
        if budget is None:
            return
        price = conf.prices(self.model)
        if price is None:
            raise SettingsError(name="DIGEST_LLM_PRICES", reason=f"a budget is set, but no price for {self.model}")
        said = sum(len(message.content) for message in request.messages)
        most = said / CHARS_PER_TOKEN * float(price["input"]) + request.max_tokens * float(price["output"])
        self._reserve(Decimal(f"{most:.6f}"), budget)

    @transaction.atomic
    def _reserve(self, most: Decimal, budget: Decimal) -> None:
        """Set the call's highest cost aside, one run of the group at a time, so that two cannot share what is left."""
        runs = DraftRun.objects.filter(group=self.run.group)
        list(runs.select_for_update().order_by("pk").values_list("pk"))
        left = budget - runs.spent(self.run.group)
        if most > left:
            raise BudgetExceeded(cost=f"{most:.2f}", left=f"{left:.2f}", budget=f"{budget:.2f}")
        runs.filter(pk=self.run.pk).update(reserved=most)
