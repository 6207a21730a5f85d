"""What all commands share: human text or one JSON object, exit statuses, dates as arguments."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, ClassVar

from django.core.management import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext as _

from papers.errors import DigestError
from papers.messages import translated


def iso_date(text: str) -> date:
    """A command's date argument, YYYY-MM-DD."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(_("“%(text)s” is not a date such as 2024-05-06.") % {"text": text}) from error


class DigestCommand(BaseCommand):
    """A command whose `work` returns its exit status: 0 done, 1 done in part.

    A DigestError ends it with status 2 and one line on standard error, as bad usage does. With --json, standard
    output gets the one object given to `answer` and nothing else.
    """

    requires_system_checks: ClassVar[list[str]] = []
    as_json = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", dest="as_json", help="print one JSON object")

    def work(self, **options: Any) -> int:
        """Do the work and call `answer` once. Raises DigestError."""
        raise NotImplementedError

    def answer(self, data: Mapping[str, Any], tell: Callable[[], None]) -> None:
        """Print `data` as JSON if that was asked for, else let `tell` print text."""
        if self.as_json:
            self.stdout.write(json.dumps(data, ensure_ascii=False))
        else:
            tell()

    def handle(self, *args: Any, as_json: bool, **options: Any) -> None:
        self.as_json = as_json
        try:
            status = self.work(**options)
        except DigestError as error:
            raise CommandError(" ".join(translated(error.notice).split()), returncode=2) from error
        if status:
            sys.exit(status)


def iso_date(text: str) -> date:
    """A command's date argument, YYYY-MM-DD."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(_("“%(text)s” is not a date such as 2024-05-06.") % {"text": text}) from error
