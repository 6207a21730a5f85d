"""A glossary rescan in a real worker: its time, and the worker's peak memory.

    ./run.sh bench rescan [--papers 10000] [--broken 10]

Each paper has an abstract, five answers and ten pages of text; half of the papers hold the term, `--broken` percent
break it, and every fifth one has a draft beside its published version.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.pipeline import WARM_UP, Peak, watched
from tests.servers.site import ROOT, Site

BATCH = 250
ANSWERS = 5
TERM = {"source": "attention head", "target": "注意ヘッド", "forbidden": "注意の頭", "language": "ja"}
PLAIN = "We study one thing on the whole set. It improves the result by 5 percent. " * 6
TEXT = "この手法は全体の集合で結果を改善します。記憶の量は以前と変わりません。" * 6
PAGE = "The method runs over all layers and keeps what it needs. " * 40


def fill(papers: int, broken: int) -> None:
    """Write papers straight into the tables: saving ten thousand pages one by one takes longer than the scan."""
    from django.contrib.contenttypes.models import ContentType
    from django.db import transaction
    from wagtail.models import Locale, Page

    from papers.models import GlossaryTerm, PaperIndexPage, PaperPage
    from weekly.homes import child_of, open_home

    index = child_of(open_home(Locale.objects.get_or_create(language_code="ja")[0]), PaperIndexPage)
    kind = ContentType.objects.get_for_model(PaperPage)
    for start in range(1, papers + 1, BATCH):
        rows = [_page(index, kind, number) for number in range(start, min(start + BATCH, papers + 1))]
        with transaction.atomic():
            Page.objects.bulk_create(rows)
            for number, row in enumerate(rows, start=start):
                _write_paper(row, number, broken)
    Page.objects.filter(pk=index.pk).update(numchild=papers)
    GlossaryTerm.objects.create(**TERM)


def _page(index: Any, kind: Any, number: int) -> Any:
    from wagtail.models import Page

    names = {"title": f"Paper {number}", "draft_title": f"Paper {number}", "slug": f"paper-{number}"}
    path = Page._get_path(index.path, index.depth + 1, number)
    place = {"path": path, "depth": index.depth + 1, "url_path": f"{index.url_path}paper-{number}/"}
    return Page(content_type=kind, locale=index.locale, live=True, **names, **place)


def _write_paper(row: Any, number: int, broken: int) -> None:
    from papers.models import PaperPage, PaperSource

    fields = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    page = PaperPage(page_ptr_id=row.pk, arxiv_id=f"2405.{number:05d}", arxiv_version=1, language="ja", **fields)
    is_broken, has_term = number % 100 < broken, number % 2 == 0 or number % 100 < broken
    page.abstract = ("We look at one attention head. " if has_term else "") + PLAIN
    page.abstract_translated = ("注意の頭です。" if is_broken else "注意ヘッドです。") + TEXT
    page.summary = TEXT[:40]
    page.qa = [_answer(number, n, is_broken) for n in range(ANSWERS)]
    page.save_base(raw=True)
    PaperSource.objects.create(key=page.source_key, pages=[[n, PAGE] for n in range(1, 11)])
    if number % 5 == 0:
        _write_draft(page)


def _answer(number: int, n: int, is_broken: bool) -> dict[str, Any]:
    answer = ("注意の頭を見ます。" if is_broken and n == 0 else "") + TEXT
    originals = {"question_original": "", "answer_original": ""}
    value = {"kind": "result", "question": f"質問{n}は何ですか。", "answer": answer, **originals}
    return {"type": "qa", "id": f"{number:08d}-{n:04d}-4000-8000-000000000000", "value": value}


def _write_draft(page: Any) -> None:
    from wagtail.models import Page, Revision

    page.summary = f"新しい{page.summary}"
    revision = Revision.objects.create(
        content_object=page, base_content_type=page.get_base_content_type(), content=page.serializable_data()
    )
    Page.objects.filter(pk=page.pk).update(latest_revision=revision, has_unpublished_changes=True)


def begin() -> None:
    """Count how far the term reaches and queue its scan, as saving it in the admin does."""
    from papers import rescanning
    from papers.models import GlossaryTerm
    from papers.reach import reach_of

    started = time.monotonic()
    reach = reach_of(GlossaryTerm.objects.get())
    print(f"reach          {time.monotonic() - started:8.2f} s    {reach.papers} of {reach.looked} papers")
    rescanning.begin(GlossaryTerm.objects.get())


def child(site: Site, *arguments: str) -> None:
    """This module in a process of the site's."""
    command = [sys.executable, "-m", "bench.rescan", *arguments]
    subprocess.run(command, env=site.environment, cwd=ROOT, check=True)


def progress(site: Site) -> Iterator[tuple[int, int, bool]]:
    """(pages read, places found, whether it has ended) twice a second."""
    while True:
        with site.database() as connection:
            done, ended = connection.execute("SELECT done, finished_at FROM papers_termscan").fetchone()
            found = connection.execute("SELECT COUNT(*) FROM papers_proposedchange").fetchone()[0]
        yield done, found, bool(ended)
        time.sleep(0.5)


def measure(site: Site) -> tuple[float, Peak, int, int]:
    """Seconds of the scan, the worker's peak, pages read, places found."""
    with site.worker(1) as worker, watched(worker.pid) as peak:
        time.sleep(WARM_UP)
        child(site, "--begin")
        started = time.monotonic()
        for done, found, ended in progress(site):
            print(f"\r{done} pages, {found} places", end="", file=sys.stderr, flush=True)
            if ended:
                break
        print(file=sys.stderr)
    return time.monotonic() - started, peak, done, found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--papers", type=int, default=10_000)
    parser.add_argument("--broken", type=int, default=10, help="percent of the papers")
    parser.add_argument("--fill", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--begin", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.fill or options.begin:
        import django

        django.setup()
        begin() if options.begin else fill(options.papers, options.broken)
        return
    with tempfile.TemporaryDirectory() as folder:
        site = Site(Path(folder))
        child(site, "--fill", "--papers", str(options.papers), "--broken", str(options.broken))
        seconds, peak, done, found = measure(site)
    print(f"rescan         {seconds:8.1f} s    {done} pages, {1000 * seconds / max(done, 1):.1f} ms each")
    print(f"broken places  {found:8d}")
    print(f"worker memory  {peak.megabytes:8.0f} MB   (under 300)")


if __name__ == "__main__":
    main()
