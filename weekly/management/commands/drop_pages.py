"""Drop everything that is kept for readers."""

from __future__ import annotations

from typing import Any

from papers import showing
from papers.management.base import DigestCommand, Result
from weekly.caching.shelf import drop


class Command(DigestCommand):
    help = "Drop all pages that are kept, here and at CDNs: after a deploy, or a change that nobody was told of."

    def work(self, **options: Any) -> Result:
        drop(showing.SITE)
        return Result({"dropped": True}, "All pages are made anew.")
