"""Looking at a page once, at every width: pictures, what is wider than the screen, what axe objects to.

A page is loaded once per language and resized in place, as somebody does who turns the phone or moves the
window's edge. In English axe reads it, and what the server sent is kept for the validator.
"""

import asyncio
import base64
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.async_api import (
    Browser,
    BrowserContext,
    CDPSession,
    Page,
    Request,
    Response,
    async_playwright,
)

from tests.e2e.conftest import CHROMIUM, FLAGS, PASSWORD, PATIENCE_MS
from tests.e2e.in_page import (
    EVERY_FACE,
    HAS_SIZE,
    HIDE,
    HOLD_HEIGHT,
    READ,
    READABLE,
    SETTLE,
    SIZE,
    TWO_FRAMES,
)
from tests.e2e.stack import ROOT
from tests.e2e.still import MOMENT

AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text()
# Only violations are spelled out; nobody fetches the stylesheets a second time.
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],
    "preload": False,
    "selectors": False,
}
SHOTS = ROOT / "var" / "screenshots"
PICTURED = {390: 844, 768: 1024, 1440: 900}
# 320 is the narrowest screen, 720 a desk's at 200 % zoom.
WIDTHS = {320: 640, **PICTURED, 720: 450}
READ_BY_AXE = (390, 1440)
TALLEST = 1800
LANGUAGES = {"en": ("en-GB", "en", "Europe/Paris"), "zh": ("zh-CN", "zh-hans", "Asia/Shanghai")}
# What no two visits show alike: the moving picture and what stands in for it while a busy machine keeps it
# waiting, how far it is behind, how many are in the room, and codes that were drawn a moment ago.
CHANGING = (
    "[data-pictured] > :not(.player__controls, .player__video), video:not([data-pictured] > *), canvas, "
    "[data-viewers], [data-number=viewers], [data-spark], #audience-sheet dd, input[readonly], .facts code, "
    ".qr, .provider .price + p, .mail-text a, .entrance__code, .entrance__code + p code"
)
# Sentences, too: longer or shorter, they would push what stands beside them.
OF_ANY_LENGTH = (
    "[data-presence], [data-lag], [data-audience-line], [data-audience-moment], [data-audience-words]"
)
SHOWN = ("image", "font", "stylesheet", "script")
TOGETHER = 2
# A page that does not answer any more would keep all others waiting.
LONGEST_S = 90

Prepare = Callable[[Page], Awaitable[None]]


async def nothing(_page: Page) -> None:
    """A page that is looked at as it comes."""


@dataclass(frozen=True)
class Visit:
    """One page or one state of it, as one person sees it. Who is `fresh` has a browser nobody used before,
    and is told what a hand can do in a room; all others have heard it.

    Where one screen alone shows the state, `screen` is its width and height. What `takes` pieces from the
    shelf is looked at last.
    """

    name: str
    path: str
    email: str = ""
    prepare: Prepare = nothing
    fresh: bool = False
    screen: tuple[int, int] | None = None
    takes: bool = False

    @property
    def pictured(self) -> dict[int, int]:
        """The screens its pictures are taken on, width and height."""
        return dict([self.screen]) if self.screen else PICTURED

    def sizes(self, language: str) -> dict[int, int]:
        """The screens it is looked at on. English is the longer language: what fits nowhere, it shows."""
        return WIDTHS if language == "en" and not self.screen else self.pictured

    def read_by_axe(self, language: str) -> set[int]:
        return set(self.pictured if self.screen else READ_BY_AXE) if language == "en" else set()


@dataclass
class Seen:
    """What was found; `wider` holds the pixels a page is wider than a screen of that width."""

    problems: list[str] = field(default_factory=list)
    wider: dict[int, int] = field(default_factory=dict)
    violations: list[str] = field(default_factory=list)
    html: str = ""


class Look:
    """A tab of somebody's at one page."""

    def __init__(self, page: Page, cdp: CDPSession, site: str) -> None:
        self.page, self.cdp, self.site = page, cdp, site
        self.seen = Seen()
        self.awaited: set[Request] = set()
        self.size = (0, 0)
        self.document: Response | None = None
        self.readable = ""
        page.on("pageerror", lambda error: self.seen.problems.append(f"script error: {error}"))
        page.on("console", self.hear)
        page.on("request", self.asked)
        page.on("requestfinished", self.answered)
        page.on("requestfailed", self.answered)
        page.on("response", self.sent)

    def hear(self, message: Any) -> None:
        if "Content Security Policy" in message.text:
            self.seen.problems.append(message.text)

    def asked(self, request: Request) -> None:
        """What the page shows is waited for, parts fetched later too; the moving picture is not."""
        own = request.url.startswith(f"{self.site}/")
        if request.resource_type in SHOWN or (own and request.resource_type == "fetch"):
            self.awaited.add(request)

    def answered(self, request: Request) -> None:
        self.awaited.discard(request)

    def sent(self, answer: Response) -> None:
        """Of the pages gone through, the one shown in the end is what the server is asked about."""
        request = answer.request
        if request.is_navigation_request() and request.frame == self.page.main_frame:
            self.document = None if answer.status in range(300, 400) else answer

    async def settle(self) -> None:
        """Until faces and pictures are there, for eight seconds at the most."""
        for _ in range(200):
            await self.page.evaluate(SETTLE, TALLEST)
            if not self.awaited:
                return
            await self.page.wait_for_timeout(40)

    async def at(self, screen: tuple[int, int], shot: Path | None, *, axe: bool) -> None:
        """Measure the page on this screen, and take its picture."""
        width, height = screen
        await self.resize(width, height)
        await self.page.evaluate(HOLD_HEIGHT, height)
        wider, _tall = await self.page.evaluate(SIZE)
        self.seen.wider[width] = max(0, wider)
        if shot:
            await self.settle()
            await self.unroll()
            await asyncio.to_thread(shot.write_bytes, await self.picture())
        if axe:
            await self.read(width)

    async def unroll(self) -> None:
        """The window as tall as the page. What stands in the lower part may come only now, and be taller."""
        width, shown = self.size
        while (tall := min((await self.page.evaluate(SIZE))[1], TALLEST)) > shown:
            await self.resize(width, shown := tall)
            await self.settle()

    async def read(self, width: int) -> None:
        """What axe says, unless it would read the same once more."""
        readable = await self.page.evaluate(READABLE)
        if readable and readable == self.readable:
            return
        self.readable = readable
        found = await self.page.evaluate(READ, RULES)
        self.seen.violations += [f"{width} {line}" for line in told(found)]

    async def resize(self, width: int, height: int) -> None:
        """The window of another size, and what follows it in its place."""
        self.size = (width, height)
        await self.page.set_viewport_size({"width": width, "height": height})
        await self.page.evaluate(HAS_SIZE, [width, height])

    async def picture(self) -> bytes:
        """What the window shows. A busy machine may still show it in its last size: then once more."""
        for _ in range(20):
            sent = await self.cdp.send("Page.captureScreenshot", {"format": "jpeg", "quality": 86})
            taken = base64.b64decode(sent["data"])
            if Image.open(BytesIO(taken)).size == self.size:
                return taken
            await self.page.evaluate(TWO_FRAMES)
        raise AssertionError(f"no picture of {self.size}")


def told(violations: Iterable[dict[str, Any]]) -> list[str]:
    """What axe objects to, one line per rule and element."""
    return [f"{v['id']}: {n['html'][:160]}" for v in violations for n in v["nodes"]]


class Viewers:
    """Everybody's browsers: each person signs in once and has one per language."""

    def __init__(self, browser: Browser, url: str, signed_in: dict[str, Any]) -> None:
        self.browser, self.url, self.signed_in = browser, url, signed_in
        self.known: dict[tuple[str, str], BrowserContext] = {}

    async def of(self, email: str, language: str) -> BrowserContext:
        if (email, language) not in self.known:
            self.known[email, language] = await self.fresh(email, language)
            await self.known[email, language].add_cookies([self.cookie("seenow_room_known", "1")])
        return self.known[email, language]

    def cookie(self, name: str, value: str) -> Any:
        return {"name": name, "value": value, "url": self.url}

    async def fresh(self, email: str, language: str) -> BrowserContext:
        locale, code, zone = LANGUAGES[language]
        context = await self.browser.new_context(
            base_url=self.url,
            locale=locale,
            timezone_id=zone,
            reduced_motion="reduce",
            permissions=["camera", "microphone"],
            storage_state=await self.session(email) if email else None,
        )
        context.set_default_timeout(PATIENCE_MS)
        await context.clock.set_fixed_time(MOMENT)
        said = {"seenow_zone": zone, "django_language": code}
        await context.add_cookies([self.cookie(name, value) for name, value in said.items()])
        return context

    async def session(self, email: str) -> Any:
        if email not in self.signed_in:
            context = await self.browser.new_context(base_url=self.url)
            page = await context.new_page()
            await page.goto("/account/login/")
            await page.fill("input[name=login]", email)
            await page.fill("input[name=password]", PASSWORD)
            await page.locator("form:has(input[name=password]) button[type=submit]").first.click()
            await page.wait_for_url(lambda url: "/account/login" not in url)
            self.signed_in[email] = await context.storage_state()
            await context.close()
        return self.signed_in[email]

    @asynccontextmanager
    async def tab(self, visit: Visit, language: str) -> AsyncIterator[Page]:
        """A tab of that person's; closed afterwards, and so is the browser of who is fresh."""
        context = await (self.fresh if visit.fresh else self.of)(visit.email, language)
        page = await context.new_page()
        try:
            yield page
        finally:
            await (context if visit.fresh else page).close()


async def look(viewers: Viewers, visit: Visit, language: str) -> Seen:
    """Load it, bring it into its state, and measure it at every width."""
    async with viewers.tab(visit, language) as page:
        one = Look(page, await page.context.new_cdp_session(page), viewers.url)
        await one.resize(*(visit.screen or (390, WIDTHS[390])))
        await page.goto(visit.path)
        await visit.prepare(page)
        if language == "en":
            # What was put into an empty page no server sent.
            if one.document and page.url != "about:blank":
                one.seen.html = await one.document.text()
            await page.evaluate(AXE)
        # What a mouse rests on says more than what no mouse is near.
        await page.mouse.move(0, 0)
        await page.evaluate(EVERY_FACE)
        await page.evaluate(HIDE, [f"{CHANGING}, {OF_ANY_LENGTH}", OF_ANY_LENGTH])
        for width, height in sorted(visit.sizes(language).items()):
            shot = SHOTS / language / f"{visit.name}-{width}.jpg" if width in visit.pictured else None
            await one.at((width, height), shot, axe=width in visit.read_by_axe(language))
    return one.seen


async def look_at(
    url: str, visits: Iterable[tuple[Visit, str]], signed_in: dict[str, Any]
) -> dict[tuple[str, str], Seen]:
    """All of them, in two browsers; what could not be looked at says why among its problems.

    `signed_in` holds the sessions of who signed in, and is added to.

    Two tabs of one browser would do with less, but their pictures come out in each other's size.
    """
    found: dict[tuple[str, str], Seen] = {}
    if not (left := list(visits)[::-1]):
        return found
    for language in LANGUAGES:
        (SHOTS / language).mkdir(parents=True, exist_ok=True)
    async with async_playwright() as playwright:

        async def walk() -> None:
            browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            viewers = Viewers(browser, url, signed_in)
            while left:
                visit, language = left.pop()
                try:
                    async with asyncio.timeout(LONGEST_S):
                        found[visit.name, language] = await look(viewers, visit, language)
                except Exception as error:  # noqa: BLE001 - told by the page's own test
                    found[visit.name, language] = Seen(problems=[f"{type(error).__name__}: {error}"])
            await browser.close()

        await asyncio.gather(*(walk() for _ in range(TOGETHER)))
    return found
