"""A real Chromium against a real SeeNow."""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.e2e.stack import Stack

# The one without windows works a third less for a page.
CHROMIUM = (
    os.environ.get("CHROMIUM_BIN")
    or shutil.which("chromium-headless-shell")
    or shutil.which("chromium")
    or "/usr/bin/chromium"
)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--enable-unsafe-swiftshader",  # WebGL, computed
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    "--disable-background-timer-throttling",
]
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}
PASSWORD = "see-now-demo-2026"

# A loaded machine of two cores is slow, not wrong.
PATIENCE_MS = 20_000
expect.set_options(timeout=PATIENCE_MS)

Visit = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that take the time go last, when nothing is done beside them any more."""
    items.sort(key=lambda item: item.get_closest_marker("timed") is not None)


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The demo, seeded and running; one for the whole session."""
    running = Stack(var=tmp_path_factory.mktemp("stack"))
    running.fill()
    try:
        running.start_web()
        running.start_media()
        running.start_sweep()
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def visit(stack: Stack, browser: Browser, tmp_path: Path) -> Iterator[Visit]:
    """Open a page as somebody: `visit("/studio/", email="…", size=DESK)`; fails on script errors."""
    contexts: list[BrowserContext] = []
    problems: list[str] = []

    def open_page(
        path: str, *, email: str = "", size: dict[str, int] = PHONE, init: str = "", script: bool = True
    ) -> Page:
        context = new_context(browser, stack.url, size, script=script)
        contexts.append(context)
        if init:
            context.add_init_script(init)
        page = watched(context.new_page(), problems)
        if email:
            sign_in(page, email)
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert problems == []


def new_context(
    browser: Browser, url: str, size: dict[str, int], *, script: bool = True, worker: bool = False
) -> BrowserContext:
    """A browser of its own at this address, a finger on the small screen; without the service worker,
    which would stand between a test and the network, unless it is asked for."""
    context = browser.new_context(
        base_url=url,
        viewport=size,
        permissions=["camera", "microphone"],
        has_touch=size == PHONE,
        java_script_enabled=script,
        service_workers="allow" if worker else "block",
    )
    context.set_default_timeout(PATIENCE_MS)
    return context


def watched(page: Page, problems: list[str]) -> Page:
    """The page, with its script errors and broken content policies written down."""
    page.on("pageerror", lambda error: problems.append(f"{page.url}: {error}"))
    page.on("console", lambda m: problems.append(m.text) if "Content Security Policy" in m.text else None)
    return page


def sign_in(page: Page, email: str) -> None:
    """Sign in through the form people use."""
    page.goto("/account/login/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form:has(input[name=password]) button[type=submit]").first.click()
    page.wait_for_url(lambda url: "/account/login" not in url)


def wait_until(page: Page, expression: str, arg: object = None, seconds: float = 20) -> None:
    """Poll from outside the page: its content security policy forbids evaluating strings inside."""
    limit = time.monotonic() + seconds
    while not page.evaluate(expression, arg):
        assert time.monotonic() < limit, f"{page.url}: never became true: {expression}"
        page.wait_for_timeout(50)
