"""Takes the pictures in docs/screenshots/ anew: a demo site in a temporary folder, looked at with Chromium.

    .venv/bin/python docs/make_screenshots.py

Needs requirements-dev.txt and a Chromium on the path; nothing of the site in var/ is touched.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, ClassVar
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import Request, urlopen

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
SHOTS = ROOT / "docs" / "screenshots"
sys.path.insert(0, str(ROOT))

from digestsite.sample.server import serve_samples  # noqa: E402

LIST = ROOT / "digestsite" / "sample" / "reading_list.md"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
HOST = "digest.example"  # the name that the pictures show; Chromium is told where it really is
COLOURS = 256  # a third of the bytes; of text on plain ground no eye misses the others
SIZES = {1280: 800, 390: 780}
START_SECONDS = 60
SOUGHT = "検索"  # stands in titles, summaries and answers of the samples

ENGLISH_ADMIN = """
from django.contrib.auth import get_user_model
from wagtail.users.models import UserProfile
editor = get_user_model().objects.get(username="editor")
UserProfile.objects.update_or_create(user=editor, defaults={"preferred_language": "en", "theme": "light"})
"""


# What the pictures of the review desk show; see that file.
FAULTY_DRAFT = (ROOT / "docs" / "faulty_draft.py").read_text()
TERM_ON_ALL_PAGES = """
from papers.models import GlossaryTerm
from papers.rescanning import begin, scan_term
wrong = {"target": "パラメータ", "forbidden": "パラメーター"}
term, _created = GlossaryTerm.objects.get_or_create(source="parameter", language="ja", defaults=wrong)
print(scan_term(begin(term).pk).pk)
"""


@dataclass(frozen=True)
class Demo:
    """A running demo site, and what its command told: the editor's password and the drafted week's page."""

    port: int
    password: str
    week: int
    environment: Mapping[str, str]

    address: ClassVar[str] = f"http://{HOST}"

    def shell(self, code: str) -> str:
        """The last line that the code prints in the site's shell."""
        return manage(self.environment, "shell", "--verbosity", "0", "--command", code).splitlines()[-1]

    def item(self, kind: str) -> dict[str, Any]:
        """The first of the API's `weeks`, `papers`, `tags` or `corrections`."""
        url = f"http://127.0.0.1:{self.port}/api/v1/{kind}?limit=1"
        with urlopen(Request(url, headers={"Host": HOST})) as answer:
            return json.load(answer)["items"][0]

    def first(self, kind: str) -> str:
        """Its readers' address."""
        return self.item(kind)["url"]

    def corrected(self) -> str:
        """The readers' address of the paper that was corrected in public."""
        return self.item("corrections")["url"].split("#")[0]


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def manage(environment: Mapping[str, str], *arguments: str) -> str:
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    return subprocess.run(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout


@contextmanager
def running_demo(folder: str) -> Iterator[Demo]:
    """Migrate, run the demo's own command, and serve the site until the block ends."""
    port = free_port()
    own = {"DEBUG": "1", "VAR_DIR": folder, "SITE_URL": Demo.address, "ALLOWED_HOSTS": f"{HOST},127.0.0.1"}
    own |= {"DIGEST_LLM": "extractive", "DIGEST_LANGUAGE": "ja"}
    with serve_samples() as samples:
        # The import in the admin asks the samples' server as well.
        own |= {"ARXIV_API_URL": f"{samples}/api/query", "ARXIV_DELAY": "0", "FETCH_ALLOW_PRIVATE": "1"}
        environment = {**os.environ, **own}
        manage(environment, "migrate", "--verbosity", "0")
        told = manage(environment, "demo", "--no-serve")
        manage(environment, "shell", "--verbosity", "0", "--command", ENGLISH_ADMIN)
        with serving(port, environment):
            yield Demo(
                port, found(r"password: (\S+)", told), int(found(r"/admin/digest/weeks/(\d+)/", told)), environment
            )


def found(pattern: str, told: str) -> str:
    match = re.search(pattern, told)
    if match is None:
        raise SystemExit(f"The demo did not tell {pattern}")
    return match[1]


@contextmanager
def serving(port: int, environment: Mapping[str, str]) -> Iterator[None]:
    command = [sys.executable, "-m", "gunicorn", "digestsite.wsgi", "--bind", f"127.0.0.1:{port}", "--threads", "4"]
    with subprocess.Popen([*command, "--log-level", "warning"], env=environment, cwd=ROOT) as server:
        try:
            wait_until_it_answers(f"http://127.0.0.1:{port}/healthz")
            yield
        finally:
            server.terminate()


def wait_until_it_answers(url: str) -> None:
    end = time.monotonic() + START_SECONDS
    while True:
        try:
            urlopen(url).close()
            return
        except URLError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


def shoot(page: Page, name: str) -> None:
    """What the window shows, once nothing more is loaded and nothing moves."""
    page.wait_for_load_state("networkidle")
    picture = Image.open(BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    small = picture.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    small.save(SHOTS / f"{name}.png", optimize=True)


def shoot_readers(browser: Browser, demo: Demo) -> None:
    paper = demo.first("papers")
    pages = {
        "home": f"{demo.address}/",
        "week": demo.first("weeks"),
        "paper": paper,
        "questions": f"{paper}#questions",
        "tags": f"{demo.address}/tags/",
        "tag": demo.first("tags"),
        "search": f"{demo.address}/search/?q={quote(SOUGHT)}",
        "corrections": f"{demo.address}/corrections/",
        "comments": f"{demo.corrected()}#comments",
    }
    for width, height in SIZES.items():
        for scheme in ("light", "dark"):
            context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
            page = context.new_page()
            for name, url in pages.items():
                page.goto(url)
                shoot(page, f"{name}-{width}-{scheme}")
            page.goto(f"{paper}#abstract")
            page.evaluate("localStorage.digestTexts = 'both'")
            page.reload()
            shoot(page, f"both-{width}-{scheme}")
            context.close()


def shoot_admin(browser: Browser, demo: Demo) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, color_scheme="light", locale="en")
    page = context.new_page()
    log_in(page, demo)
    shoot_import(page, demo)
    desk = f"{demo.address}/admin/digest/weeks/{demo.week}/"
    page.goto(desk)
    shoot(page, "admin-desk")
    page.click(".digest-paper a")
    shoot(page, "admin-paper")
    page.evaluate("document.querySelector('[data-contentpath=qa]').scrollIntoView()")
    shoot(page, "admin-questions")
    page.goto(f"{desk}publish/")
    shoot(page, "admin-publish")
    shoot_review(page, demo)
    shoot_queue(page, demo)
    context.close()


def shoot_queue(page: Page, demo: Demo) -> None:
    """What readers said: the queue, one passage's desk, the comments."""
    page.goto(f"{demo.address}/admin/digest/readers/")
    shoot(page, "admin-readers")
    page.get_by_role("link", name="Begin with the first").click()
    shoot(page, "admin-passage")
    page.goto(f"{demo.address}/admin/digest/readers/comments/")
    shoot(page, "admin-comments")


def shoot_review(page: Page, demo: Demo) -> None:
    """A draft with faults: its findings, the evidence of a quote, what an editor changed, its week, a term's scan."""
    open_editor(page, demo, demo.shell(FAULTY_DRAFT))
    for _finding in range(2):
        page.keyboard.press("Alt+J")
    shoot(page, "admin-findings")
    page.get_by_role("button", name="Evidence for quote").nth(1).click()
    page.wait_for_selector(".digest-evidence__picture img")
    shoot(page, "admin-evidence")
    page.keyboard.press("Escape")
    page.locator("[name=summary]").focus()
    page.keyboard.press("Alt+W")
    page.locator("[data-region=changes] .digest-diff").first.scroll_into_view_if_needed()
    shoot(page, "admin-changes")
    page.goto(f"{demo.address}/admin/digest/weeks/{demo.week}/")
    page.evaluate("document.getElementById('board').parentElement.scrollIntoView({block: 'center'})")
    shoot(page, "admin-board")
    page.goto(f"{demo.address}/admin/digest/report/")
    shoot(page, "admin-report")
    page.goto(f"{demo.address}/admin/papers/glossary/scans/{demo.shell(TERM_ON_ALL_PAGES)}/")
    shoot(page, "admin-rescan")


def open_editor(page: Page, demo: Demo, paper: str) -> None:
    page.goto(f"{demo.address}/admin/pages/{paper}/edit/")
    page.wait_for_selector("[data-finding]")


def log_in(page: Page, demo: Demo) -> None:
    page.goto(f"{demo.address}/admin/login/")
    page.fill("input[name=username]", "editor")
    page.fill("input[name=password]", demo.password)
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")


def shoot_import(page: Page, demo: Demo) -> None:
    """The preview of a week in which one row leads to another row's paper, so that warnings show."""
    page.goto(f"{demo.address}/admin/digest/import/")
    page.check("input[name=way][value=text]")
    newest = LIST.read_text().split("\n---\n")[1].replace("0000.00007", "0000.00006")
    page.fill("textarea[name=text]", newest)
    shoot(page, "admin-import")
    page.click("main form button[type=submit]")
    page.wait_for_selector("text=Import as drafts")
    shoot(page, "admin-preview")


def main() -> None:
    chromium = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if chromium is None:
        raise SystemExit("No Chromium here: install one, or put it on the path.")
    SHOTS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, running_demo(folder) as demo, sync_playwright() as playwright:
        arguments = ["--no-sandbox", f"--host-resolver-rules=MAP {HOST} 127.0.0.1:{demo.port}"]
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        shoot_readers(browser, demo)
        shoot_admin(browser, demo)
        browser.close()


if __name__ == "__main__":
    main()
