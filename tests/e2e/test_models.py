"""A piece in 3D in a real browser: drawn, nothing asked of anybody else, nothing our policy refuses."""

from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Locator, Request, expect

from tests.e2e.conftest import Visit
from tests.e2e.stack import Stack

pytestmark = pytest.mark.e2e

REFUSED = """
window.refused = [];
document.addEventListener("securitypolicyviolation", (found) => window.refused.push(found.violatedDirective));
"""

# Without graphics of its own the machine computes every pixel; shaders alone take some seconds.
DRAWN_WITHIN_MS = 120_000


def colours(seen: Locator) -> int:
    """How many different colours are seen, roughly; a blank canvas has one."""
    picture = Image.open(BytesIO(seen.screenshot())).convert("RGB").resize((60, 75))
    return len((picture.quantize(64).getcolors()) or [])


def test_a_piece_is_turned_on_its_page(visit: Visit, stack: Stack) -> None:
    page = visit("/products/sept-tote/", init=REFUSED)
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    page.on("request", note)
    button = page.get_by_role("button", name="Turn it")
    before = page.locator(".gallery__plate").first.bounding_box()
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".turn--on")).to_be_visible(timeout=DRAWN_WITHIN_MS)
    viewer = page.locator("model-viewer")
    assert viewer.get_attribute("alt") == "Sept, to be turned. Arrow keys turn it."
    assert colours(viewer) > 8
    assert page.locator(".gallery__plate").first.bounding_box() == before
    assert [url for url in asked if not url.startswith((stack.url, "blob:"))] == []
    assert page.evaluate("window.refused") == []
    page.get_by_role("button", name="Back to the picture").press("Enter")
    expect(viewer).to_have_count(0)
    expect(page.get_by_role("button", name="Turn it")).to_be_focused()


def test_without_javascript_there_is_the_picture_and_no_button(visit: Visit) -> None:
    page = visit("/products/sept-tote/", script=False)
    expect(page.locator(".gallery img").first).to_be_visible()
    expect(page.get_by_role("button", name="Turn it")).to_have_count(0)
