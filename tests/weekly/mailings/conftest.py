"""A real mail server, and a week that goes by mail."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.factories import make_mailing, make_paper, make_week
from tests.servers.mail import MailServer
from weekly.models import Mailing


@pytest.fixture
def mail_server(settings: Any) -> Iterator[MailServer]:
    with MailServer() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        yield server


@pytest.fixture
def closed_server(settings: Any) -> None:
    """A mail server that is away: nobody listens on the discard port."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9


@pytest.fixture
def mailing(db: None) -> Mailing:
    """A public week by mail, whose time has come."""
    return make_mailing(make_week(make_paper(live=True), live=True))
