"""A real worker as a real process, on the embedded broker and on Redis: killed in the middle, nothing is lost."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from tests.servers import pdfs
from tests.servers.arxiv import ArxivServer, Listed
from tests.servers.llm import ModelServer
from tests.servers.site import Site

pytestmark = pytest.mark.slow
PAPERS = 4
REDIS = "redis://127.0.0.1:6379/9"


@pytest.fixture(scope="module")
def arxiv() -> Iterator[ArxivServer]:
    papers = [Listed(f"2405.{n:05d}", title=f"Paper number {n}", pdf=pdfs.paper(3)) for n in range(1, PAPERS + 1)]
    with ArxivServer(*papers) as server:
        yield server


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return Site(tmp_path_factory.mktemp("migrated"))


@pytest.fixture
def model() -> Iterator[ModelServer]:
    with ModelServer(latency=0.4) as server:
        yield server


def make_site(folder: Path, like: Site, arxiv: ArxivServer, model: ModelServer, **environment: str) -> Site:
    sources = {"ARXIV_API_URL": arxiv.api_url, "ARXIV_PDF_URL": arxiv.pdf_url, "ARXIV_DELAY": "0"}
    llm = {"OPENAI_BASE_URL": model.base_url, "DIGEST_LLM_MODEL": "stand-in"}
    site = Site(folder, like=like, FETCH_ALLOW_PRIVATE="1", **sources, **llm, **environment)
    site.import_papers(PAPERS)
    return site


def redis_or_skip() -> str:
    try:
        redis.Redis.from_url(REDIS).ping()
    except redis.ConnectionError:
        if os.environ.get("DIGEST_TEST_ALL"):
            raise
        pytest.skip("no Redis here")
    return REDIS


def test_a_killed_workers_week_is_finished_and_no_reply_is_paid_for_twice(
    tmp_path: Path, migrated: Site, arxiv: ArxivServer, model: ModelServer
) -> None:
    site = make_site(tmp_path, migrated, arxiv, model)
    site.manage("draft_week", "2024-05-06")
    with site.worker(threads=2):
        site.wait_for(3, "done")  # leaving the block kills the worker in the middle of the next ones
    stored = len(model.prompts)
    with site.worker(threads=2):
        site.wait_for(2 * PAPERS + 1, "done")
    # What was under way when the worker died, at most one call a thread, may be asked again.
    assert stored < 2 * PAPERS + 1 <= len(model.prompts) <= 2 * PAPERS + 1 + 2


def test_without_any_worker_the_waiting_command_works_itself(
    tmp_path: Path, migrated: Site, arxiv: ArxivServer, model: ModelServer
) -> None:
    site = make_site(tmp_path, migrated, arxiv, model)
    answer = site.json("draft_week", "2024-05-06", "--wait")
    assert {run["status"] for run in answer["runs"]} == {"done"}
    assert answer["totals"]["calls"] == 2 * PAPERS + 1


def test_the_same_week_drafts_over_redis(
    tmp_path: Path, migrated: Site, arxiv: ArxivServer, model: ModelServer
) -> None:
    queue = f"digest-{uuid.uuid4().hex}"
    site = make_site(
        tmp_path, migrated, arxiv, model, CELERY_BROKER_URL=redis_or_skip(), CELERY_TASK_DEFAULT_QUEUE=queue
    )
    with site.worker():
        answer = site.json("draft_week", "2024-05-06", "--wait")
    assert {run["status"] for run in answer["runs"]} == {"done"}
