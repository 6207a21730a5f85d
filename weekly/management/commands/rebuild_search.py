"""Index all public papers anew."""

from __future__ import annotations

from typing import Any

from tqdm import tqdm

from papers.errors import SettingsError
from papers.management.base import DigestCommand, Result
from papers.models import PaperPage
from weekly.search.index import get_index
from weekly.search.indexing import rebuild


class Command(DigestCommand):
    help = "Make the search's index anew from all public papers. The site may go on meanwhile."

    def work(self, **options: Any) -> Result:
        index = get_index()
        if index is None:
            raise SettingsError(name="DATABASE_URL", reason="the search needs SQLite with FTS5, or PostgreSQL")
        total, done = PaperPage.objects.live().filter(listed=True).count(), 0
        with tqdm(total=total, unit=" papers", disable=None) as bar:
            for batch in rebuild(index):
                bar.update(batch)
                done += batch
        return Result({"papers": done}, f"{done} papers can be found.")
