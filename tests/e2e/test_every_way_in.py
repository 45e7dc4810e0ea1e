"""The shop without JavaScript, and the room with nothing but a keyboard."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import DESK, PHONE, Visit, wait_until

pytestmark = pytest.mark.e2e

CONTACT = {
    "email": "odile@post.example",
    "name": "Odile Faure",
    "street": "9 Place du Lin",
    "postcode": "69001",
    "city": "Lyon",
}
MOST_TABS = 80


def fill_contact(page: Page, scope: str) -> None:
    for name, value in CONTACT.items():
        page.locator(f"{scope} [name={name}]").fill(value)
    page.locator(f"{scope} [name=country]").select_option("FR")


def test_without_javascript_a_guest_goes_from_the_almanac_to_a_paid_order(visit: Visit) -> None:
    page = visit("/", size=PHONE, script=False)
    page.get_by_role("link", name="The Silk Hour").first.click()
    expect(page.get_by_role("heading", name="The Silk Hour")).to_be_visible()
    page.goto("/products/half-moon-bag/")
    page.get_by_role("button", name="Add to bag").click()
    page.goto("/bag/")
    page.get_by_role("link", name=re.compile("Check out with")).click()
    fill_contact(page, "form.checkout")
    page.get_by_role("button", name="Order and pay").click()
    expect(page).to_have_url(re.compile(r"/orders/\w{22}/"))
    expect(page.get_by_text("Odile Faure").first).to_be_visible()


def test_without_javascript_staff_end_a_rehearsal_they_started(visit: Visit) -> None:
    page = visit("/studio/", email="producer@demo.example", size=DESK, script=False)
    page.get_by_role("link", name="Frost and Clove").first.click()
    page.locator(".state__steps form:has([value=rehearsal]) button").click()
    expect(page.locator(".state .badge")).to_have_text("Rehearsal")
    page.locator(".state__steps form:has([value=scheduled]) button").click()
    expect(page.locator(".state .badge")).to_have_text("Scheduled")


def test_a_keyboard_alone_buys_in_the_room(visit: Visit) -> None:
    page = visit("/events/the-silk-hour/", size=DESK)
    wait_until(page, "document.querySelectorAll('article.pin').length > 0")
    tab_to(page, "article.pin [data-buy]")
    page.keyboard.press("Enter")
    expect(page.locator("#buy-sheet")).to_be_visible()
    tab_to(page, "#buy-sheet [data-buy=hold]")
    page.keyboard.press("Enter")
    for name, value in CONTACT.items():
        tab_to(page, f"#buy-sheet [name={name}]")
        page.keyboard.type(value)
    tab_to(page, "#buy-sheet [name=country]")
    page.keyboard.type("France")
    tab_to(page, "#buy-sheet [data-buy=pay]")
    page.keyboard.press("Enter")
    expect(page.locator("#buy-sheet [data-step=done]")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#buy-sheet")).to_be_hidden()


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the element has the focus, as somebody without a pointer does."""
    expect(page.locator(selector).first).to_be_visible()
    expect(page.locator(selector).first).to_be_enabled()
    for _ in range(MOST_TABS):
        if page.evaluate("css => document.activeElement?.matches(css) ?? false", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never reaches {selector}")
