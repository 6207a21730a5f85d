"""What monitors ask."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, NoReturn

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from papers.models import DraftRun, Status
from tests.factories import make_mailing, make_paper, make_run

pytestmark = pytest.mark.django_db


def test_a_quiet_site_is_well(client: Client) -> None:
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json() == {
        "status": "ok",
        "runs_waiting": 0,
        "oldest_waiting_seconds": None,
        "mailings_waiting": 0,
        "oldest_mailing_seconds": None,
    }


def test_it_tells_how_many_runs_wait_and_since_when(client: Client) -> None:
    page = make_paper()
    for scope in ("abstract", "qa"):
        make_run(page, scope)
    make_run(make_paper(), status=Status.RUNNING)
    DraftRun.objects.filter(scope="abstract").update(created_at=timezone.now() - timedelta(hours=2))
    answer = client.get("/healthz").json()
    assert answer["runs_waiting"] == 2
    assert 7200 <= answer["oldest_waiting_seconds"] < 7800


@pytest.mark.parametrize(
    "times", [{"due_at": 2}, {"status": "sending", "due_at": 50, "started_at": 2}], ids=["due", "sending"]
)
def test_it_tells_how_many_mailings_wait_and_since_when(client: Client, times: dict[str, Any]) -> None:
    hours = {name: timezone.now() - timedelta(hours=value) for name, value in times.items() if name != "status"}
    make_mailing(**times | hours)
    answer = client.get("/healthz").json()
    assert answer["mailings_waiting"] == 1
    assert 7200 <= answer["oldest_mailing_seconds"] < 7800


@pytest.mark.parametrize(("status", "hours"), [("due", 1), ("held", -1), ("sent", -1), ("skipped", -1)])
def test_mailings_that_nobody_has_to_send_now_are_none_of_them(client: Client, status: str, hours: int) -> None:
    make_mailing(status=status, due_at=timezone.now() + timedelta(hours=hours))
    assert client.get("/healthz").json()["mailings_waiting"] == 0


def test_no_cache_answers_for_the_site(client: Client) -> None:
    assert "no-store" in client.get("/healthz")["Cache-Control"]


def test_a_site_without_its_database_is_unwell(client: Client) -> None:
    def refuse(*args: Any) -> NoReturn:
        raise OperationalError("the disk is gone")

    with connection.execute_wrapper(refuse):
        response = client.get("/healthz")
    assert (response.status_code, response.json()) == (503, {"status": "unavailable"})
