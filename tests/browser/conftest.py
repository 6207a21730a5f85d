"""What the browser's tests share: Chromium, and the site as a real server on this machine."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

import pytest
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.editing import in_english
from tests.factories import make_editor, make_home

NAMES = ("chromium", "google-chrome", "chromium-browser")
PATIENCE = 60_000  # milliseconds for what comes in a moment, on a machine that is busy with other tests
LOOKS_FOR_CHANGES = "window.wagtail?.app?.queryController('w-unsaved')?.initialFormData"
WIDTHS = {"desktop": 1280, "phone": 390}

Open = Callable[..., Page]
Result = TypeVar("Result")


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The machine's Chromium. Without one the test is left out, or fails where nothing may be left out."""
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        give_up = pytest.fail if os.environ.get("DIGEST_TEST_ALL") else pytest.skip
        give_up("Chromium is not here")
    return path


@dataclass(frozen=True)
class Chromium:
    """One browser for all these tests. While it is awake, Playwright's event loop counts as running in this thread,
    where Django has other connections then and refuses to use them: so it sleeps until a test opens a window."""

    browser: Browser
    loop: asyncio.AbstractEventLoop

    def wake(self) -> None:
        asyncio._set_running_loop(self.loop)

    def sleep(self) -> None:
        asyncio._set_running_loop(None)


@pytest.fixture(scope="package")
def chromium(chromium_path: str) -> Iterator[Chromium]:
    with sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE)
        browser = playwright.chromium.launch(executable_path=chromium_path, args=["--no-sandbox"])
        shared = Chromium(browser, asyncio.get_running_loop())
        shared.sleep()
        yield shared
        shared.wake()
        browser.close()


@pytest.fixture
def open_page(chromium: Chromium, live_server: Any, django_db_serialized_rollback: None) -> Iterator[Open]:
    """Open an address of the site in a new window: `width` desktop or phone, `scheme` light or dark.

    Each window has cookies, storage and cache of its own. From the first one on Django refuses to use the database
    in this thread: so make the data first.
    """
    with ExitStack() as stack:
        stack.callback(chromium.sleep)

        def open_address(address: str, width: str = "desktop", scheme: str = "light", **options: Any) -> Page:
            chromium.wake()
            options |= {"viewport": {"width": WIDTHS[width], "height": 844}, "color_scheme": scheme}
            context = stack.enter_context(chromium.browser.new_context(base_url=live_server.url, **options))
            page = context.new_page()
            page.goto(address)
            return page

        yield open_address


def session_of(user: Any) -> dict[str, Any]:
    """The option of `open_page` that makes the window that of a user who has just logged in."""
    client = Client()
    client.force_login(user)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "domain": "localhost", "path": "/"}
    return {"storage_state": {"cookies": [cookie]}}


@pytest.fixture
def log_in(open_page: Open) -> Open:
    """Open an address as an editor who has just logged in."""
    make_home()
    return partial(open_page, **session_of(in_english(make_editor())))


def rest(page: Page) -> None:
    """Wait until Wagtail looks for changes. It takes what is changed before for the page as it came."""
    page.wait_for_function(LOOKS_FOR_CHANGES, timeout=PATIENCE)
    page.wait_for_timeout(1000)  # it may look at the page anew right after


def apart(work: Callable[[], Result]) -> Result:
    """Use the database while the browser runs: in a thread of its own."""

    def run() -> Result:
        with closing(connection):
            return work()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result()
