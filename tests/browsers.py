"""Chromium, driven by Playwright, for the tests marked `browser`."""

import asyncio
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser as PlaywrightBrowser
from playwright.sync_api import Error, Page, expect, sync_playwright

from tests import programs

__all__ = ["Browser", "Error", "Page", "chromium", "faults_of_axe", "found", "program", "running"]
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Tests never leave the machine.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]
expect.set_options(timeout=20_000)  # how long a page may take on a busy machine, in milliseconds
HOW_TO_GET_IT = "browser tests need Chromium: apt-get install chromium (or name another in CHROMIUM)"


@dataclass(frozen=True)
class Browser:
    """A running Chromium, and the event loop by which Playwright talks to it."""

    playwright: PlaywrightBrowser
    loop: asyncio.AbstractEventLoop

    @contextmanager
    def page(self, base_url: str) -> Iterator[Page]:
        """A page in a profile of its own; errors that its JavaScript left uncaught fail the test."""
        errors: list[str] = []
        with running(self.loop):
            context: Any = self.playwright.new_context(base_url=base_url)
            page = context.new_page()
            page.on("pageerror", lambda error: errors.append(str(error)))
            try:
                yield page
            finally:
                context.close()
        assert not errors, f"JavaScript of the page failed: {errors}"


def faults_of_axe(page: Page, tags: list[str] | None = None, **options: Any) -> list[dict[str, Any]]:
    """What axe finds wrong on the page once its styles are there, by its rules with one of these tags or by all.

    A page that a click opened can be read before its style sheets have come, and axe then measures it without them.
    Only what is wrong is told in full: on the map, telling where all that is right stands took two thirds of the time.
    """
    page.wait_for_load_state()
    chosen = {"runOnly": tags} if tags else {}
    answer = Axe().run(page, options=options | chosen | {"resultTypes": ["violations"]})
    found: list[dict[str, Any]] = answer.response["violations"]
    return found


@contextmanager
def running(loop: asyncio.AbstractEventLoop) -> Iterator[None]:
    """Show Playwright's loop as this thread's running one only while a page is in use.

    It would otherwise seem to run until the last test, and Django would refuse every query of the tests between.
    """
    asyncio._set_running_loop(loop)
    try:
        yield
    finally:
        asyncio._set_running_loop(None)


def found() -> str | None:
    """Where Chromium is, if it is there."""
    return shutil.which(os.environ.get("CHROMIUM", "/usr/bin/chromium"))


def program() -> str:
    """Where Chromium is; where it is not, the test is skipped, or fails under REQUIRE_BROWSER=1."""
    return programs.found(os.environ.get("CHROMIUM", "/usr/bin/chromium"), HOW_TO_GET_IT)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium for as long as the block lasts."""
    executable = program()
    manager = sync_playwright().start()
    loop = asyncio.get_running_loop()
    playwright = manager.chromium.launch(executable_path=executable, args=ARGUMENTS)
    asyncio._set_running_loop(None)
    try:
        yield Browser(playwright, loop)
    finally:
        with running(loop):
            playwright.close()
            manager.stop()
