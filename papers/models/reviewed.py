"""What review means for a page: its texts are checked with every revision, and each has a state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Revision

from papers.blocks import text_hash
from papers.checks import run_checks
from papers.checks.base import Finding as Found
from papers.checks.base import Severity, Subject
from papers.messages import translated
from papers.models.findings import Finding
from papers.models.machine import MachineText
from papers.states import State, text_state

OVERRIDE = "override"


class Reviewed:
    """A page mixin. The page says what its texts are in `subject()`, and names its drafted fields in `drafted`."""

    drafted: tuple[str, ...] = ()
    redraft_task = "papers.tasks.redraft"  # the Celery task that drafts one of them anew

    def subject(self) -> Subject:
        """The page as checks see it."""
        raise NotImplementedError

    def states(self) -> dict[str, State]:
        """The state of each place: `summary`, `qa.<block id>` and so on, in the page's order."""
        return {name: text_state(getattr(self, name), self.provenance.get(name, {})) for name in self.drafted}

    def save_revision(self, *args: Any, **kwargs: Any) -> Revision:
        self.renew_stamps()
        revision = super().save_revision(*args, **kwargs)  # type: ignore[misc]
        self.renew_findings()
        return revision

    def renew_stamps(self) -> None:
        """A text that a machine wrote for its place is known as one, also where an editor's form brought it."""
        texts = {name: text_hash(getattr(self, name)) for name in self.drafted if getattr(self, name).strip()}
        strays = {name: hash_ for name, hash_ in texts.items() if self.provenance.get(name, {}).get("hash") != hash_}
        if not strays or not self.pk:
            return
        written = MachineText.objects.filter(page_id=self.pk, place__in=strays, hash__in=strays.values())
        for row in written:
            if strays[row.place] == row.hash:
                stamp = {**self.provenance.get(row.place, {}), **row.stamp}
                self.provenance = {**self.provenance, row.place: stamp}

    def renew_findings(self) -> list[Found]:
        """Check the page as it stands on this instance and keep what was found."""
        found = run_checks(self.subject())
        Finding.objects.renew(self, found, self.machine_prompts())
        return found

    def machine_prompts(self) -> dict[tuple[str, str], str]:
        """(block, field) of all texts that stand as a machine wrote them, with the version of its prompt."""
        stamps = self.provenance
        machine = [name for name, state in self.states().items() if state == State.MACHINE and name in stamps]
        return {("", name): stamps[name].get("prompt", "") for name in machine}

    def standing_errors(self) -> list[Found]:
        """Errors in this instance's texts that no editor has dismissed; runs the checks."""
        errors = [one for one in run_checks(self.subject()) if one.severity == Severity.ERROR]
        return Finding.objects.undismissed(self, errors) if errors and self.pk else errors

    def approve(self, name: str) -> None:
        """Note that an editor approves a drafted field as it stands on this instance."""
        stamp = {**self.provenance.get(name, {}), "approved": text_hash(getattr(self, name))}
        self.provenance = {**self.provenance, name: stamp}

    def override(self, reason: str, user: Any) -> None:
        """Let this very text be published in spite of what blocks it; a later change makes that void."""
        note = {"reason": reason, "user": str(user), "hash": self.content_hash()}
        self.provenance = {**self.provenance, OVERRIDE: note}

    @property
    def override_reason(self) -> str:
        """Why the page may go out though something blocks it; empty where no override holds."""
        note: Mapping[str, str] = self.provenance.get(OVERRIDE, {})
        return note.get("reason", "") if note.get("hash") == self.content_hash() else ""

    def content_hash(self) -> str:
        """Changes with every text that is checked. It knows no block ids: a new block gets its id only when saved."""
        texts = [f"{passage.field}{passage.text}" for passage in self.passages()]
        return text_hash("\x1f".join(texts))

    def passages(self) -> Iterable[Any]:
        """The passages of `subject()`, without what is read for them from the database."""
        raise NotImplementedError

    def blockers(self, errors: Iterable[tuple[str, str]] | None = None) -> list[tuple[str, str]]:
        """What keeps the page from being published unless an editor overrides it, as (path, message).

        `errors` are those kept of the newest draft, where this instance is just that; else the checks run.
        """
        if errors is None:
            errors = [(path_of(one.block, one.field), translated(one.message)) for one in self.standing_errors()]
        return [*errors, *self._unapproved()]

    def _unapproved(self) -> Iterator[tuple[str, str]]:
        for path, state in self.states().items():
            if state == State.MACHINE:
                yield (
                    path,
                    _("%(place)s: written by a machine, and nobody has approved it.")
                    % {"place": self.place_name(path)},
                )

    def place_name(self, path: str) -> str:
        """A place in words."""
        return str(self._meta.get_field(path).verbose_name)


def path_of(block: str, field: str) -> str:
    """A finding's place as Wagtail's content paths name it."""
    return f"qa.{block}.{field}" if block else field
