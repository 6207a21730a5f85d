"""A first look: two sample weeks, one published and one drafted live by the real worker, then the whole site."""

from __future__ import annotations

import os
import secrets
from argparse import ArgumentParser
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, call_command
from django.urls import reverse

from digestsite import processes
from digestsite.address import apply_site_url
from digestsite.sample.load import import_samples, publish_first_week
from digestsite.sample.server import serve_samples
from digestsite.supervisor import Supervisor
from papers import conf
from papers.ledger import summary
from papers.models import Status
from weekly.actions import request_week
from weekly.models import WeekPage
from weekly.waiting import wait_with_bar

THREADS = 2


class Command(BaseCommand):
    help = "Load the sample weeks, draft one of them, and serve the site."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-serve", action="store_true", help="end after drafting")
        parser.add_argument("--port", type=int, default=int(os.environ.get("DEMO_PORT", "8000")))

    def handle(self, *args: Any, no_serve: bool, port: int, **options: Any) -> None:
        password = self._make_editor()
        with serve_samples() as address:
            environment = sample_sources(address)
            self.stdout.write("Importing two sample weeks …")
            first, second = import_samples()
            publish_first_week(first, get_user_model().objects.get(username="editor"))
            self._draft(second, environment)
        apply_site_url()
        self._explain(port, password, first, second)
        if not no_serve:
            call_command("up", port=port, workers=THREADS)

    def _make_editor(self) -> str:
        """The demo's editor with a new password at every start, so that no fixed one is ever known."""
        users = get_user_model()
        editor, _created = users.objects.get_or_create(
            username="editor",
            defaults={"is_staff": True, "is_superuser": True, "first_name": "Demo", "last_name": "Editor"},
        )
        password = secrets.token_urlsafe(9)
        editor.set_password(password)
        editor.save()
        return password

    def _draft(self, week: WeekPage, environment: Mapping[str, str]) -> None:
        self.stdout.write(f"Drafting the second week with the {conf.backend()} backend …")
        commands = {"worker": processes.worker(THREADS)}
        with Supervisor(commands, {**os.environ, **environment}):
            request_week(week)
            runs = wait_with_bar(week.run_group)
        failed = [run for run in runs if run.status == Status.FAILED]
        totals = summary(runs)
        self.stdout.write(f"{len(runs) - len(failed)} of {len(runs)} runs done, {totals['calls']} model calls.")

    def _explain(self, port: int, password: str, first: WeekPage, second: WeekPage) -> None:
        site = f"http://localhost:{port}"
        desk = reverse("weekly_admin:desk", args=[second.pk])
        lines = [
            "",
            f"Readers:   {site}/            the newest week and the archive",
            f"           {site}{first.get_url()}   a published week",
            f"           {site}/tags/       all tags",
            f"Scripts:   {site}/api/v1/docs  the JSON API",
            f"Editors:   {site}/admin/      name: editor   password: {password}",
            f"           {site}{desk}   the week that was just drafted",
            "",
        ]
        self.stdout.write("\n".join(lines))
        self.stdout.flush()  # into a pipe too, before the site takes over


def sample_sources(address: str) -> dict[str, str]:
    """Point this process at the samples' server, and tell what a worker needs to do so too."""
    environment = {
        "ARXIV_API_URL": f"{address}/api/query",
        "ARXIV_PDF_URL": f"{address}/pdf/{{id}}",
        "ARXIV_DELAY": "0",
        "FETCH_ALLOW_PRIVATE": "1",
    }
    settings.DIGEST |= {**environment, "ARXIV_DELAY": 0, "FETCH_ALLOW_PRIVATE": True}
    return environment
