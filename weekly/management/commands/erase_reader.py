"""Erase a reader who asks for it: the mail address everywhere, and with --texts all that they wrote."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from papers.management.base import DigestCommand, Result
from weekly.erasing import Erased, erase_reader


class Command(DigestCommand):
    help = "Erase a reader's mail address, and with --texts name and words as well."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("email", type=str.strip, help="the address that they gave")
        parser.add_argument("--texts", action="store_true", help="erase their names, comments and reports as well")

    def work(self, *, email: str, texts: bool, **options: Any) -> Result:
        erased = erase_reader(email, texts=texts)
        return Result(erased.as_json(), erased_text(erased))


def erased_text(erased: Erased) -> str:
    """What was erased, as a line for a terminal."""
    if not any(erased.as_json().values()):
        return "Nothing here is from this address."
    return (
        f"Erased from {erased.comments} comments, {erased.reports} reports, {erased.letters} letters,"
        f" {erased.corrections} corrections and {erased.subscriptions} subscriptions."
    )
