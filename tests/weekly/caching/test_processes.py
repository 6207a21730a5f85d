"""What another process changes is new here at once: a command, a worker, another web process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from papers.models import PaperPage
from tests.factories import make_paper, make_week
from tests.weekly.caching.reading import Reader

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("store")]
ROOT = Path(__file__).resolve().parents[3]
EDIT = """
from papers.models import PaperPage
paper = PaperPage.objects.get(slug="one")
paper.summary = "別の所から。"
paper.save_revision().publish()
"""


def run_beside(settings: Any, *arguments: str) -> None:
    """A command in a process of its own, with the test's database and cache."""
    told = {
        "DJANGO_SETTINGS_MODULE": "tests.weekly.caching.beside",
        "BESIDE_DATABASE": str(connection.settings_dict["NAME"]),
        "BESIDE_CACHE": json.dumps(settings.CACHES["digest"], default=str),
    }
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    done = subprocess.run(command, env=os.environ | told, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture
def paper(store: str) -> PaperPage:
    paper = make_paper(live=True, slug="one")
    make_week(paper, live=True)
    return paper


@pytest.fixture
def reader(paper: PaperPage) -> Reader:
    reader = Reader(Client())
    reader.fill("/papers/one/", "/papers/", "/corrections/")
    return reader


def test_a_page_that_another_process_publishes_is_new_here(settings: Any, reader: Reader) -> None:
    run_beside(settings, "shell", "--no-imports", "-c", EDIT)
    assert "別の所から。" in reader.get("/papers/one/").content.decode()
    assert reader.get("/corrections/").was_kept


def test_a_page_whose_time_is_over_is_gone_here(settings: Any, reader: Reader, paper: PaperPage) -> None:
    PaperPage.objects.filter(pk=paper.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    run_beside(settings, "publish_scheduled")
    assert reader.get("/papers/one/").status_code == 404
    assert b"/papers/one/" not in reader.get("/papers/").content
