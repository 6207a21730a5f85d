"""What all commands share: human text or one JSON object, exit statuses, dates as arguments."""

from __future__ import annotations

import json
import os
import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.core.management import BaseCommand, CommandError, CommandParser
from django.utils.translation import get_supported_language_variant, override
from django.utils.translation import gettext as _

from papers.errors import DigestError
from papers.messages import translated


@dataclass(frozen=True)
class Result:
    """What a command has to say: `data` with --json, else `text`. `complete` is False where parts failed."""

    data: Mapping[str, Any]
    text: str
    complete: bool = True


class DigestCommand(BaseCommand):
    """A command that does its work in `work` and prints nothing itself to standard output.

    Exit status 0: done; 1: done in part; 2: bad usage or input, with one line on standard error.
    """

    requires_system_checks: ClassVar[list[str]] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", dest="as_json", help="print one JSON object")

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Bad usage is one line as well; --help has the rest."""
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.print_usage = lambda file=None: None
        return parser

    def work(self, **options: Any) -> Result:
        """Do the command's work; a DigestError becomes exit status 2."""
        raise NotImplementedError

    def handle(self, *args: Any, as_json: bool, **options: Any) -> None:
        with override(terminal_language()):
            try:
                result = self.work(**options)
            except DigestError as error:
                raise CommandError(" ".join(translated(error.notice).split()), returncode=2) from error
        self.stdout.write(json.dumps(result.data, ensure_ascii=False) if as_json else result.text)
        if not result.complete:
            sys.exit(1)


def terminal_language() -> str:
    """The language of whoever runs the command, as the environment tells it: English where it tells none of ours.

    Not the site's: that is its readers' language, which its operators may not read.
    """
    told = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    try:
        return get_supported_language_variant(told.partition(".")[0].replace("_", "-").lower())
    except LookupError:
        return "en"


def iso_date(text: str) -> date:
    """A command's date argument, YYYY-MM-DD."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        with override(terminal_language()):
            message = _("“%(text)s” is not a date such as 2024-05-06.") % {"text": text}
        raise ArgumentTypeError(message) from error
