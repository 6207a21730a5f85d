"""The commands of the site's three processes."""

from __future__ import annotations

import sys

from django.conf import settings

THREADS = ["--workers", "2", "--threads", "4"]
LINE = ["--limit-request-line", "8190"]  # gunicorn's most: a Japanese letter of a search takes nine characters


def web(port: int) -> list[str]:
    """Threads, since pages wait for the database and not for the processor.

    No headers of the environment: any reader behind a proxy that hands on `SCRIPT_NAME` could have a page answered, and
    kept by a CDN, at the address of another.
    """
    bind = ["--bind", f"{'127.0.0.1' if settings.DEBUG else '0.0.0.0'}:{port}"]
    return [sys.executable, "-m", "gunicorn", "digestsite.wsgi", *bind, *THREADS, *LINE, "--forwarder-headers", ""]


def worker(threads: int) -> list[str]:
    """Threads, since drafting waits for arXiv and the model."""
    return [*_celery(), "worker", "--pool", "threads", "--concurrency", str(threads), "--loglevel", "WARNING"]


def beat() -> list[str]:
    """A process of its own: inside the worker it would outlive a killed one."""
    schedule = settings.VAR_DIR / "celerybeat-schedule"
    return [*_celery(), "beat", "--schedule", str(schedule), "--pidfile", "", "--loglevel", "WARNING"]


def _celery() -> list[str]:
    return [sys.executable, "-m", "celery", "--app", "digestsite", "--quiet"]
