"""Every page as its people see it: no script error, nothing wider than the screen, nothing axe objects to."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.e2e.conftest import DESK, PHONE, new_context, sign_in, watched
from tests.e2e.pages import PAGES, PATHS
from tests.e2e.stack import ROOT, Stack

pytestmark = pytest.mark.e2e

AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text()
SHOTS = ROOT / "var" / "screenshots"
# Passed and inapplicable rules are run all the same; only nobody spells out where.
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}


@pytest.fixture(scope="module")
def paths(stack: Stack) -> dict[str, str]:
    found = stack.rows(PATHS)
    assert isinstance(found, dict)
    return found


Window = Callable[[str, dict[str, int]], BrowserContext]


@pytest.fixture(scope="module")
def window(stack: Stack, browser: Browser) -> Iterator[Window]:
    """The browser of a person on their phone or at their desk; they sign in once and look at many pages."""
    windows: dict[tuple[str, int], BrowserContext] = {}

    def opened(email: str, size: dict[str, int]) -> BrowserContext:
        place = (email, size["width"])
        if place not in windows:
            windows[place] = new_context(browser, stack.url, size)
            if email:
                page = windows[place].new_page()
                sign_in(page, email)
                page.close()
        return windows[place]

    yield opened
    for context in windows.values():
        context.close()


@pytest.fixture
def look(window: Window) -> Iterator[Callable[[str, str, dict[str, int]], Page]]:
    """A tab of that browser at a page; a script error or a broken content policy fails the test."""
    with ExitStack() as tabs:
        problems: list[str] = []

        def looked(path: str, email: str, size: dict[str, int]) -> Page:
            page = watched(window(email, size).new_page(), problems)
            tabs.callback(page.close)
            page.goto(path)
            return page

        yield looked
    assert problems == []


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["390", "1440"])
@pytest.mark.parametrize(("name", "path", "email"), PAGES, ids=[page[0] for page in PAGES])
def test_a_page_is_whole_and_open_to_everybody(
    name: str,
    path: str,
    email: str,
    size: dict[str, int],
    look: Callable[[str, str, dict[str, int]], Page],
    paths: dict[str, str],
) -> None:
    page = look(path.format(**paths), email, size)
    page.wait_for_load_state("load")
    page.evaluate("document.fonts.ready")
    keep(page.screenshot(animations="disabled"), f"{name}-{size['width']}.png")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(document, rules)", RULES)
    assert [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found["violations"]] == []


def keep(shot: bytes, name: str) -> Path:
    """Leave what a person would see under `var/screenshots/`, to be looked at."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    (SHOTS / name).write_bytes(shot)
    return SHOTS / name
