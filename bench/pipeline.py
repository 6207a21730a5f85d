"""How near drafting comes to the model's own pace: a ten-paper week against a local model server with a fixed latency.

    ./run.sh bench pipeline [--papers 10] [--threads 4] [--latency 2]

The ideal is calls ÷ threads × latency. Printed beside it: calls and prompt tokens per paper against the main text's
tokens, the worker's peak memory with its children, and the queries of a week page and of a paper page.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from papers.drafting.main_text import main_text
from papers.paper import Paper
from papers.sources.pdf import extract_pages
from tests.servers import pdfs
from tests.servers.arxiv import ArxivServer, Listed
from tests.servers.llm import ModelServer, tokens
from tests.servers.site import Site

WARM_UP = 8  # seconds until a worker listens; a running site has one already
SUMMARY = "We study one thing. It improves the result by 5 percent. It needs no more memory than before."
WEEK = "2024-05-06"
PDF_PAGES = 10


@dataclass
class Peak:
    """The most memory, in megabytes, that a process and its children held together."""

    megabytes: float = 0


@contextmanager
def watched(pid: int) -> Iterator[Peak]:
    """Sample a process tree's memory every half second (proportional set size, so that shared pages count once)."""
    peak, ended = Peak(), threading.Event()

    def sample() -> None:
        while not ended.wait(0.5):
            peak.megabytes = max(peak.megabytes, tree_megabytes(pid))

    thread = threading.Thread(target=sample)
    thread.start()
    try:
        yield peak
    finally:
        ended.set()
        thread.join()


def tree_megabytes(pid: int) -> float:
    total = 0
    try:
        root = psutil.Process(pid)
        for process in [root, *root.children(recursive=True)]:
            total += process.memory_full_info().pss
    except psutil.NoSuchProcess:
        pass
    return total / 1e6


def week_seconds(site: Site) -> float:
    """From the moment in which the first run was queued to that in which the last one ended, as the ledger has it."""
    with site.database() as connection:
        query = "SELECT (julianday(MAX(finished_at)) - julianday(MIN(created_at))) * 86400 FROM papers_draftrun"
        return float(connection.execute(query).fetchone()[0])


def timeline(site: Site) -> None:
    """When each run began and ended, in seconds from the first request."""
    with site.database() as connection:
        first = "(SELECT MIN(julianday(created_at)) FROM papers_draftrun)"
        columns = ", ".join(f"(julianday({name}) - {first}) * 86400" for name in ("started_at", "finished_at"))
        for scope, started, finished in connection.execute(f"SELECT scope, {columns} FROM papers_draftrun ORDER BY 2"):
            print(f"  {scope:9} {started:6.2f} – {finished:6.2f}")


def main_text_tokens(pdf: bytes) -> int:
    """Tokens of what a paper's Q&A call has to send at least, by the stand-in's own rule."""
    text = main_text(Paper(title="", pages=extract_pages(pdf, max_pages=200)))
    return tokens("\n".join(page.text for page in text.pages))


def queries(site: Site) -> dict[str, int]:
    """SQL queries of the published week's page and of one of its papers' pages."""
    site.manage("publish_week", WEEK, "--override", "A measurement")
    return json.loads(site.manage("shell", "--verbosity", "0", "--command", COUNT_QUERIES).splitlines()[-1])


COUNT_QUERIES = """
import json
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from papers.models import PaperPage
found = {}
for name, path in (("week", "/weeks/2024-05-06/"), ("paper", PaperPage.objects.live().first().get_url())):
    Client(HTTP_HOST="localhost").get(path)
    with CaptureQueriesContext(connection) as captured:
        assert Client(HTTP_HOST="localhost").get(path).status_code == 200
    found[name] = len(captured)
print(json.dumps(found))
"""


def report(site: Site, answer: dict, peak: Peak, options: argparse.Namespace, pdf: bytes) -> None:
    calls = answer["totals"]["calls"]
    ideal = calls / options.threads * options.latency
    seconds = week_seconds(site)
    papers = [run for run in answer["runs"] if run["scope"] != "overview"]
    prompt = sum(run["prompt_tokens"] for run in papers) / options.papers
    print(f"week              {seconds:8.2f} s    ideal {ideal:.2f} s    ratio {seconds / ideal:.3f}  (at most 1.25)")
    print(f"calls a paper     {sum(run['calls'] for run in papers) / options.papers:8.2f}      (at most 2)")
    least = main_text_tokens(pdf)
    print(f"prompt tokens     {prompt:8.0f}      main text {least}    ratio {prompt / least:.3f}  (at most 1.15)")
    print(f"worker's memory   {peak.megabytes:8.0f} MB   (under 300)")
    for scope in ("abstract", "qa", "overview"):
        own = [run["seconds"] - options.latency for run in answer["runs"] if run["scope"] == scope]
        print(f"{'our own time, ' + scope:22} {sum(own) / len(own):.2f} s a run beside the model's")
    for name, number in queries(site).items():
        print(f"{name + ' page':17} {number:8d} queries   (at most 15)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--papers", type=int, default=10)
    parser.add_argument("--threads", type=int, default=4)
    parser.add_argument("--latency", type=float, default=2, help="seconds a model call takes")
    parser.add_argument("--timeline", action="store_true", help="print when each run began and ended")
    options = parser.parse_args()
    pdf = pdfs.paper(PDF_PAGES)
    papers = [
        Listed(f"2405.{n:05d}", title=f"Paper number {n}", summary=SUMMARY, pdf=pdf)
        for n in range(1, options.papers + 1)
    ]
    with (
        tempfile.TemporaryDirectory() as folder,
        ArxivServer(*papers) as arxiv,
        ModelServer(latency=options.latency) as model,
    ):
        sources = {"ARXIV_API_URL": arxiv.api_url, "ARXIV_PDF_URL": arxiv.pdf_url, "ARXIV_DELAY": "0"}
        llm = {"OPENAI_BASE_URL": model.base_url, "DIGEST_LLM_MODEL": "stand-in"}
        site = Site(Path(folder), FETCH_ALLOW_PRIVATE="1", **sources, **llm)
        site.import_papers(options.papers)
        with site.worker(options.threads) as worker, watched(worker.pid) as peak:
            time.sleep(WARM_UP)
            answer = site.json("draft_week", WEEK, "--wait")
        if options.timeline:
            timeline(site)
        report(site, answer, peak, options, pdf)


if __name__ == "__main__":
    main()
