"""What the browser's tests share: Chromium, and the site as a real server on this machine."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from typing import Any, TypeVar

import pytest
from django.db import connection
from django.urls import reverse
from playwright.sync_api import Browser, Page, sync_playwright

from tests.editing import in_english
from tests.factories import make_editor, make_home

NAMES = ("chromium", "google-chrome", "chromium-browser")
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


def launch(stack: ExitStack, path: str) -> Browser:
    playwright = stack.enter_context(sync_playwright())
    return stack.enter_context(playwright.chromium.launch(executable_path=path, args=["--no-sandbox"]))


@pytest.fixture
def open_page(chromium_path: str, live_server: Any, django_db_serialized_rollback: None) -> Iterator[Open]:
    """Open an address of the site in a new window: `width` desktop or phone, `scheme` light or dark.

    The browser starts with the first call and ends with the test: while it runs, an event loop runs in this thread,
    where Django has other connections and refuses to use them. So make the data first.
    """
    with ExitStack() as stack:
        browser: Browser | None = None

        def open_address(address: str, width: str = "desktop", scheme: str = "light", **options: Any) -> Page:
            nonlocal browser
            browser = browser or launch(stack, chromium_path)
            viewport = {"width": WIDTHS[width], "height": 844}
            context = browser.new_context(viewport=viewport, color_scheme=scheme, base_url=live_server.url, **options)
            page = context.new_page()
            page.goto(address)
            return page

        yield open_address


@pytest.fixture
def log_in(open_page: Open) -> Open:
    """Open an address as an editor who has just logged in."""
    make_home()
    in_english(make_editor())

    def open_address(address: str, **options: Any) -> Page:
        page = open_page(f"{reverse('wagtailadmin_login')}?next={address}", **options)
        page.locator("input[name=username]").fill("alice")
        page.locator("input[name=password]").fill("secret-of-alice")
        page.locator("button[type=submit]").click()
        page.wait_for_url(f"**{address.split('#')[0]}*")
        return page

    return open_address


def apart(work: Callable[[], Result]) -> Result:
    """Use the database while the browser runs: in a thread of its own."""

    def run() -> Result:
        with closing(connection):
            return work()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result()
