"""The picture drops and comes back: chat and shop go on meanwhile, and nobody reloads."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Visit, wait_until
from tests.e2e.stack import Stack

pytestmark = pytest.mark.e2e

FRAMES = "document.querySelector('video').getVideoPlaybackQuality().totalVideoFrames"


def test_the_shop_outlives_the_stream(stack: Stack, visit: Visit) -> None:
    page = visit("/events/the-silk-hour/", email="viewer@demo.example")
    page.evaluate("window.never_reloaded = true")
    wait_until(page, f"{FRAMES} > 30", seconds=60)
    stack.kill("media")
    slate = page.locator(".player__slate")
    expect(slate).to_be_visible()

    page.locator("[data-composer] input").fill("Still here.")
    page.locator("[data-composer] button").click()
    expect(page.get_by_text("Still here.")).to_be_visible()
    page.locator("article.pin [data-buy]").first.click()
    page.locator("#buy-sheet [data-buy=hold]").click()
    expect(page.locator("#buy-sheet [data-buy=timer]")).to_be_visible()
    page.keyboard.press("Escape")

    stack.start_media()
    expect(slate).to_be_hidden(timeout=60_000)
    before = page.evaluate(FRAMES)
    wait_until(page, f"{FRAMES} > {before + 30}", seconds=30)
    assert page.evaluate("window.never_reloaded") is True
