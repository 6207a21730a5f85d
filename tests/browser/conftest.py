"""What the browser's tests share: Chromium, and the site as a real server on this machine."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

NAMES = ("chromium", "google-chrome", "chromium-browser")
WIDTHS = {"desktop": 1280, "phone": 390}

Open = Callable[..., Page]


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
