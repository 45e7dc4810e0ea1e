"""Run by hand: a fake camera in one Chromium window, a viewer in another, measured by the picture itself.

    .venv/bin/python -m tests.events.streaming.try_camera

Prints decoded frames, glass-to-glass delay and the error of the player's clock, then takes the host away and
brings them back, to see the slate come and go without a reload. Screenshots go to the folder it names.
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tests.e2e.clock import CAMERA_WITH_CLOCK, VIEWER_READS_CLOCK
from tests.e2e.conftest import CHROMIUM, DESK, FLAGS, PHONE, sign_in
from tests.e2e.stack import Stack

SHOW = "the-silk-hour"
ENOUGH_FRAMES = 30
SAMPLES = """
window.samples = [];
document.addEventListener("seenow:playing-date", (event) => {
  const picture = window.pictureClock();
  if (picture) window.samples.push({ now: Date.now(), date: event.detail.ms, picture });
});
window.feeds = [];
document.addEventListener("seenow:feed", (event) => window.feeds.push(event.detail.state));
"""


def open_page(browser: Browser, stack: Stack, path: str, *, init: str, email: str = "") -> Page:
    context = browser.new_context(
        base_url=stack.url, viewport=PHONE, permissions=["camera", "microphone"], device_scale_factor=2
    )
    context.set_default_timeout(20_000)
    context.add_init_script(init)
    page = context.new_page()
    page.on("pageerror", lambda error: say(f"script error on {page.url}: {error}"))
    if email:
        sign_in(page, email)
    page.goto(path)
    return page


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def go_on_air(host: Page) -> None:
    host.click('[data-camera-act="preview"]')
    host.click('[data-camera-act="air"]')
    host.wait_for_selector('[data-camera="air"]')


def frames(page: Page) -> int:
    return int(
        page.evaluate("document.querySelector('.player video').getVideoPlaybackQuality().totalVideoFrames")
    )


def measure(viewer: Page, seconds: float) -> None:
    before, began = frames(viewer), time.monotonic()
    viewer.evaluate("window.samples = []")
    time.sleep(seconds)
    decoded, rate = frames(viewer) - before, (frames(viewer) - before) / (time.monotonic() - began)
    samples: list[dict[str, Any]] = viewer.evaluate("window.samples")
    if not samples:
        say(f"decoded {decoded}; the barcode could not be read")
        return
    delay = sorted(sample["now"] - sample["picture"] for sample in samples)
    error = sorted(sample["date"] - sample["picture"] for sample in samples)
    say(
        f"decoded {decoded} frames ({rate:.1f}/s), {len(samples)} samples; "
        f"glass to glass p50 {statistics.median(delay):.0f} ms, p95 {delay[int(len(delay) * 0.95)]} ms; "
        f"clock error p50 {statistics.median(error):+.0f} ms, worst {max(error, key=abs):+.0f} ms"
    )
    assert decoded > ENOUGH_FRAMES


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="seenow-camera-"))
    stack = Stack(var=folder)
    try:
        stack.fill()
        stack.start_web()
        stack.start_media()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            watch(browser, stack, folder)
            browser.close()
    finally:
        stack.stop()
    say(f"screenshots and logs: {folder}")


def watch(browser: Browser, stack: Stack, folder: Path) -> None:
    viewer = open_page(browser, stack, f"/events/{SHOW}/", init=VIEWER_READS_CLOCK + SAMPLES)
    viewer.wait_for_selector('[data-player][data-feed="live"]')
    say("the drawn picture:")
    measure(viewer, 5)
    viewer.screenshot(path=folder / "viewer-drawn.png")
    host = open_page(browser, stack, f"/host/{SHOW}/", init=CAMERA_WITH_CLOCK, email="host@demo.example")
    host.screenshot(path=folder / "console.png")
    go_on_air(host)
    while viewer.evaluate("window.pictureClock()") is None:
        time.sleep(0.1)
    time.sleep(4)
    say("the camera:")
    measure(viewer, 15)
    viewer.screenshot(path=folder / "viewer-camera.png")
    host.screenshot(path=folder / "console-air.png")
    host.click('[data-camera-act="air"]')
    viewer.wait_for_selector('[data-player][data-feed="lost"]')
    viewer.screenshot(path=folder / "viewer-slate.png")
    went, host_back = time.monotonic(), host
    host_back.click('[data-camera-act="air"]')
    viewer.wait_for_selector('[data-player][data-feed="live"]')
    say(f"back {time.monotonic() - went:.1f} s after going on air again, without a reload:")
    time.sleep(3)
    measure(viewer, 10)
    say(f"feed as the page was told: {viewer.evaluate('window.feeds')}")
    host.set_viewport_size(DESK)
    viewer.set_viewport_size(DESK)
    time.sleep(1)
    host.screenshot(path=folder / "console-desk.png")
    viewer.screenshot(path=folder / "viewer-desk.png")


if __name__ == "__main__":
    main()
