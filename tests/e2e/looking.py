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
from playwright.async_api import Browser, BrowserContext, CDPSession, Page, Request, async_playwright

from tests.e2e.conftest import CHROMIUM, FLAGS, PASSWORD, PATIENCE_MS
from tests.e2e.stack import ROOT
from tests.e2e.still import MOMENT

AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text()
# Only violations are spelled out; nobody fetches the stylesheets a second time.
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],
    "preload": False,
}
SHOTS = ROOT / "var" / "screenshots"
PICTURED = {390: 844, 768: 1024, 1440: 900}
# 320 is the narrowest screen, 720 a desk's at 200 % zoom.
WIDTHS = {320: 640, **PICTURED, 720: 450}
READ_BY_AXE = (390, 1440)
TALLEST = 1800
LANGUAGES = {"en": ("en-GB", "en", "Europe/Paris"), "zh": ("zh-CN", "zh-hans", "Asia/Shanghai")}
# What no two visits show alike: the moving picture and what stands in for it while a busy machine keeps it
# waiting, how far it is behind, how many are in the room, and the code of an order just placed.
CHANGING = (
    "[data-pictured] > :not(.player__controls), video, canvas, [data-presence], [data-viewers], "
    "[data-number=viewers], [data-lag], [data-spark], [data-audience-line], input[readonly], .facts code"
)
TOGETHER = 2

Prepare = Callable[[Page], Awaitable[None]]


async def nothing(_page: Page) -> None:
    """A page that is looked at as it comes."""


@dataclass(frozen=True)
class Visit:
    """One page or one state of it, as one person sees it. Who is `fresh` has a browser nobody used before."""

    name: str
    path: str
    email: str = ""
    prepare: Prepare = nothing
    fresh: bool = False


@dataclass
class Seen:
    """What was found; `wider` holds the pixels a page is wider than a screen of that width."""

    problems: list[str] = field(default_factory=list)
    wider: dict[int, int] = field(default_factory=dict)
    violations: list[str] = field(default_factory=list)
    html: str = ""


SETTLE = """
async (tall) => {
  await document.fonts.ready;
  const seen = (one) => one.getClientRects().length && one.getBoundingClientRect().top < tall;
  const near = [...document.images].filter(seen);
  near.forEach((one) => Object.assign(one, { loading: "eager", decoding: "sync" }));
  await Promise.all(near.map((one) => one.decode().catch(() => null)));
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}
"""
# A face that was not there at once is given up for as long as its page stands; here every page shows it.
EVERY_FACE = r"""
() => {
  const there = new CSSStyleSheet();
  const from = (sheet) => (_, url) => `url("${new URL(url, sheet.href)}")`;
  const absolute = (sheet, text) => text.replace(/url\("([^"]+)"\)/g, from(sheet));
  const faces = (sheet) => [...sheet.cssRules].flatMap((rule) => {
    if (rule.styleSheet) return faces(rule.styleSheet);
    return rule.cssText.includes("@font-face") ? [absolute(sheet, rule.cssText)] : [];
  });
  const all = [...document.styleSheets].flatMap(faces).join("\n");
  there.replaceSync(all.replaceAll("font-display: optional", "font-display: block"));
  document.adoptedStyleSheets.push(there);
}
"""
TWO_FRAMES = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
HIDE = """
(changing) => {
  const hiding = new CSSStyleSheet();
  // Reduced motion leaves transitions of no length: what is measured at once would be what was before.
  hiding.replaceSync(`:is(${changing}) { visibility: hidden !important }
    *, ::before, ::after { transition: none !important }
    .later, .night { content-visibility: visible !important }`);
  document.adoptedStyleSheets.push(hiding);
}
"""
# A picture taller than the screen makes the screen taller, and what is as high as the screen with it; so
# lengths that follow the height are held as they are.
HOLD_HEIGHT = r"""
(height) => {
  window.heightsHeld ??= [];
  for (const [style, name, value, weight] of window.heightsHeld) style.setProperty(name, value, weight);
  window.heightsHeld = [];
  const inPixels = (value) => value.replace(/(-?[\d.]+)[dsl]?vh\b/g, (_, n) => `${(n * height) / 100}px`);
  const walk = (rules) => {
    for (const rule of rules) {
      if (rule.styleSheet) walk(rule.styleSheet.cssRules);
      if (rule.style && /[\d.][dsl]?vh\b/.test(rule.cssText)) {
        for (const name of rule.style) {
          const [value, weight] = [rule.style.getPropertyValue(name), rule.style.getPropertyPriority(name)];
          if (inPixels(value) === value) continue;
          window.heightsHeld.push([rule.style, name, value, weight]);
        }
      }
      if (rule.cssRules) walk(rule.cssRules);
    }
  };
  for (const sheet of [...document.styleSheets, ...document.adoptedStyleSheets]) walk(sheet.cssRules);
  for (const [style, name, value, weight] of window.heightsHeld)
    style.setProperty(name, inPixels(value), weight);
}
"""
HAS_SIZE = "([width, height]) => innerWidth === width && innerHeight === height"
SIZE = "[document.documentElement.scrollWidth - innerWidth, document.documentElement.scrollHeight]"


class Look:
    """A tab of somebody's at one page."""

    def __init__(self, page: Page, cdp: CDPSession) -> None:
        self.page, self.cdp = page, cdp
        self.seen = Seen()
        self.awaited: set[Request] = set()
        self.size = (0, 0)
        page.on("pageerror", lambda error: self.seen.problems.append(f"script error: {error}"))
        page.on("console", self.hear)
        page.on("request", self.asked)
        page.on("requestfinished", self.answered)
        page.on("requestfailed", self.answered)

    def hear(self, message: Any) -> None:
        if "Content Security Policy" in message.text:
            self.seen.problems.append(message.text)

    def asked(self, request: Request) -> None:
        if request.resource_type in ("image", "font", "stylesheet", "script"):
            self.awaited.add(request)

    def answered(self, request: Request) -> None:
        self.awaited.discard(request)

    async def settle(self) -> None:
        """Until faces and pictures are there, for eight seconds at the most."""
        for _ in range(200):
            await self.page.evaluate(SETTLE, TALLEST)
            if not self.awaited:
                return
            await self.page.wait_for_timeout(40)

    async def at(self, width: int, shot: Path | None, *, axe: bool) -> None:
        """Measure the page at this width, and take its picture."""
        height = WIDTHS[width]
        await self.resize(width, height)
        await self.page.evaluate(HOLD_HEIGHT, height)
        wider, tall = await self.page.evaluate(SIZE)
        self.seen.wider[width] = max(0, wider)
        if shot:
            await self.resize(width, min(max(tall, height), TALLEST))
            await self.settle()
            await asyncio.to_thread(shot.write_bytes, await self.picture())
        if axe:
            await self.page.evaluate(AXE)
            found = await self.page.evaluate("rules => axe.run(document, rules)", RULES)
            self.seen.violations += [f"{width} {line}" for line in told(found["violations"])]

    async def resize(self, width: int, height: int) -> None:
        """The window of another size, and what follows it in its place."""
        self.size = (width, height)
        await self.page.set_viewport_size({"width": width, "height": height})
        # The page hears of it later, on a busy machine much later; till then it is as tall as before.
        await self.page.wait_for_function(HAS_SIZE, arg=[width, height])
        await self.page.evaluate(TWO_FRAMES)

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

    def __init__(self, browser: Browser, url: str) -> None:
        self.browser, self.url = browser, url
        self.known: dict[tuple[str, str], BrowserContext] = {}
        self.signed_in: dict[str, Any] = {}

    async def of(self, email: str, language: str) -> BrowserContext:
        if (email, language) not in self.known:
            self.known[email, language] = await self.new(email, language)
        return self.known[email, language]

    async def new(self, email: str, language: str) -> BrowserContext:
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
        await context.add_cookies([{"name": k, "value": v, "url": self.url} for k, v in said.items()])
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
        context = await (self.new if visit.fresh else self.of)(visit.email, language)
        page = await context.new_page()
        try:
            yield page
        finally:
            await (context if visit.fresh else page).close()


async def look(viewers: Viewers, visit: Visit, language: str) -> Seen:
    """Load it, bring it into its state, and measure it at every width."""
    async with viewers.tab(visit, language) as page:
        one = Look(page, await page.context.new_cdp_session(page))
        await one.resize(390, WIDTHS[390])
        answer = await page.goto(visit.path)
        if answer and language == "en":
            one.seen.html = await answer.text()
        await visit.prepare(page)
        await page.evaluate(EVERY_FACE)
        await page.evaluate(HIDE, CHANGING)
        # English is the longer language: what fits nowhere, it shows.
        for width in sorted(WIDTHS if language == "en" else PICTURED):
            shot = SHOTS / language / f"{visit.name}-{width}.jpg" if width in PICTURED else None
            await one.at(width, shot, axe=language == "en" and width in READ_BY_AXE)
    return one.seen


async def look_at(url: str, visits: Iterable[tuple[Visit, str]]) -> dict[tuple[str, str], Seen]:
    """All of them, in two browsers; what could not be looked at says why among its problems.

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
            viewers = Viewers(browser, url)
            while left:
                visit, language = left.pop()
                try:
                    found[visit.name, language] = await look(viewers, visit, language)
                except Exception as error:  # noqa: BLE001 - told by the page's own test
                    found[visit.name, language] = Seen(problems=[f"{type(error).__name__}: {error}"])
            await browser.close()

        await asyncio.gather(*(walk() for _ in range(TOGETHER)))
    return found
