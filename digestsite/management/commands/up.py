"""Web, worker and beat as one supervised command."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, call_command

from digestsite import processes
from digestsite.address import apply_site_url
from digestsite.supervisor import Supervisor
from weekly.homes import locale_for, open_home


class Command(BaseCommand):
    help = "Serve the site and draft in the background until Ctrl-C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2, help="drafts that are worked on at the same time")

    def handle(self, *args: Any, port: int, workers: int, **options: Any) -> None:
        if not settings.DEBUG:
            call_command("collectstatic", interactive=False, verbosity=0)
        open_home(locale_for())
        apply_site_url()
        commands = {"web": processes.web(port), "worker": processes.worker(workers), "beat": processes.beat()}
        self.stdout.write(f"Serving http://localhost:{port}/ with {workers} drafting threads; Ctrl-C ends it.")
        self.stdout.flush()
        with Supervisor(commands) as supervisor:
            supervisor.run()
