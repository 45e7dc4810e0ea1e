"""The pictures of README and docs: `make brochure` takes them anew at the moment the screenshots show.

Unlike the screenshots that tests compare, these keep the moving picture, so no two are alike to the point.
"""

import asyncio
import sys
import tempfile
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.async_api import Page, async_playwright

from tests.e2e.conftest import CHROMIUM, FLAGS
from tests.e2e.in_page import EVERY_FACE, SETTLE
from tests.e2e.looking import Prepare, Viewers, Visit
from tests.e2e.pages import HOST, PATHS, PRODUCER
from tests.e2e.stack import ROOT, Stack
from tests.e2e.states import PLAIN, asking
from tests.e2e.states_of_rooms import ROOM
from tests.e2e.steps import held, piece, playing

DESK, PHONE = (1440, 900), (390, 844)
FOLDER = ROOT / "docs" / "img"
QUALITY = 78
# The drawn picture fades in.
IN_PICTURE = "() => document.querySelector('[data-player] video').currentTime > 4"


async def moving(page: Page) -> None:
    await playing(page)
    await in_picture(page)


async def in_picture(page: Page) -> None:
    for _ in range(300):
        if await page.evaluate(IN_PICTURE):
            return
        await page.wait_for_timeout(100)
    raise AssertionError("no picture within half a minute")


def after(prepare: Prepare) -> Prepare:
    """That state, with the picture moving behind it."""

    async def both(page: Page) -> None:
        await prepare(page)
        await in_picture(page)

    return both


async def moderating(page: Page) -> None:
    await moving(page)
    await page.locator("[data-chat] [data-line-act]").last.click()


PICTURES = [
    (Visit("home", "/"), DESK),
    (Visit("room", ROOM, prepare=moving), DESK),
    (Visit("room-phone", ROOM, prepare=moving), PHONE),
    (Visit("buy-phone", ROOM, prepare=after(held), fresh=True), PHONE),
    (Visit("piece-phone", ROOM, prepare=after(piece)), PHONE),
    (Visit("questions-phone", ROOM, prepare=after(asking)), PHONE),
    (Visit("moderation-phone", ROOM, PRODUCER, prepare=moderating), PHONE),
    (Visit("console-phone", "/host/the-silk-hour/", HOST, prepare=in_picture), PHONE),
    (Visit("show", "{after}"), DESK),
    (Visit("piece", "{product}"), DESK),
    (Visit("calendar", "/calendar/"), DESK),
    (Visit("planner", "/studio/planner/", PRODUCER), DESK),
    (Visit("look", "/studio/events/the-silk-hour/?part=look", PRODUCER), DESK),
]


async def take(url: str, paths: dict[str, str], wanted: Iterable[str]) -> None:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        viewers = Viewers(browser, url, {})
        for visit, (width, height) in PICTURES:
            if wanted and visit.name not in wanted:
                continue
            async with viewers.tab(visit, "en") as page:
                await page.set_viewport_size({"width": width, "height": height})
                await page.goto(visit.path.format(**paths))
                await visit.prepare(page)
                await page.evaluate(EVERY_FACE)
                await page.evaluate(SETTLE, height)
                kept = FOLDER / f"{visit.name}.webp"
                Image.open(BytesIO(await page.screenshot())).save(kept, quality=QUALITY, method=6)
                sys.stdout.write(f"{kept.relative_to(ROOT)} {kept.stat().st_size // 1000} kB\n")
        await browser.close()


def main(wanted: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        stack = Stack(var=Path(folder), still=True)
        stack.fill()
        paths = stack.rows(PATHS + PLAIN)
        assert isinstance(paths, dict)
        try:
            stack.start_web()
            stack.start_media()
            asyncio.run(take(stack.url, paths, wanted))
        finally:
            stack.stop()


if __name__ == "__main__":
    main(sys.argv[1:])
