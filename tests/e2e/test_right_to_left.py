"""Pages in Arabic, which nobody has translated yet: the layout turns as a whole and nothing sticks out."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import DESK, PHONE, new_context, sign_in
from tests.e2e.stack import Stack
from tests.e2e.steps import CONTACT

pytestmark = pytest.mark.e2e

PRODUCER, HOST = "producer@demo.example", "host@demo.example"
ROOM = "the-silk-hour"
IN_STOCK = """
from catalog.models import Product, Variant
variants = Variant.objects.filter(product__in=Product.objects.on_sale().filter(available_from=None))
out = max(variants.select_related("stock", "product"), key=lambda one: one.stock.free).product.slug
"""
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Where the links of the header begin, in the order they are written.
PLACES = "[...document.querySelectorAll('.site-nav a')].map((link) => link.getBoundingClientRect().right)"


@pytest.fixture(scope="module")
def arabic(stack: Stack) -> Iterator[str]:
    """A second web process over the same world that offers Arabic: a setting, no code."""
    languages = {"SEENOW_LANGUAGES": "en,zh-hans,ar"}
    turned = Stack(var=stack.var, media_port=stack.media_port, more=languages)
    try:
        turned.start_web()
        yield turned.url
    finally:
        turned.stop()


def pages(stack: Stack) -> list[str]:
    found = stack.rows(
        "from events.models import Event\nfrom catalog.models import Product\n"
        "out = [Event.objects.live().first().slug, Event.objects.filter(state='scheduled').first().slug, "
        "Event.objects.past().first().slug, Product.objects.on_sale().first().slug]"
    )
    *shows, product = found
    return ["/", *(f"/events/{show}/" for show in shows), f"/products/{product}/", "/bag/", "/calendar/"]


def faults(page: Page, path: str) -> list[str]:
    page.goto(f"{path}?hl=ar")
    return faults_here(page, path)


def faults_here(page: Page, name: str) -> list[str]:
    wider = page.evaluate(WIDER)
    wrong = [] if page.locator("html").get_attribute("dir") == "rtl" else [f"{name} does not turn"]
    return wrong + ([f"{name} is {wider} px too wide"] if wider > 0 else [])


both_sizes = pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])


@both_sizes
def test_the_main_pages_turn_and_fit(
    arabic: str, stack: Stack, browser: Browser, size: dict[str, int]
) -> None:
    context = new_context(browser, arabic, size)
    page = context.new_page()
    found = [fault for path in pages(stack) for fault in faults(page, path)]
    page.goto("/calendar/?hl=ar")
    places = page.evaluate(PLACES)
    context.close()
    assert found == []
    assert places == sorted(places, reverse=True)


def test_the_planner_turns_and_fits(arabic: str, browser: Browser) -> None:
    context = new_context(browser, arabic, DESK)
    page = context.new_page()
    sign_in(page, PRODUCER)
    found = faults(page, "/studio/planner/")
    context.close()
    assert found == []


@both_sizes
def test_buying_turns_and_fits_from_the_bag_to_the_order(
    arabic: str, stack: Stack, browser: Browser, size: dict[str, int]
) -> None:
    context = new_context(browser, arabic, size)
    context.set_extra_http_headers({"Accept-Language": "ar"})
    page = context.new_page()
    product = stack.rows(IN_STOCK)
    page.goto(f"/products/{product}/")
    page.locator("form[data-buy] button:not([type=button])").first.click()
    page.goto("/bag/")
    found = faults_here(page, "the bag")
    page.locator(".parcel__foot a").first.click()
    page.wait_for_url("**/checkout/**")
    found += faults_here(page, "the checkout")
    form = page.locator("form.checkout")
    for name, value in CONTACT.items():
        form.locator(f"[name={name}]").fill(value)
    form.locator("[name=country]").select_option("FR")
    page.locator("form.checkout button[type=submit]:visible").first.click()
    page.wait_for_url("**/orders/**")
    found += faults_here(page, "the order")
    context.close()
    assert found == []


@both_sizes
def test_the_room_turns_and_fits_with_a_sheet_open(
    arabic: str, browser: Browser, size: dict[str, int]
) -> None:
    context = new_context(browser, arabic, size)
    page = context.new_page()
    found = faults(page, f"/events/{ROOM}/")
    # The scripts are there once the picture plays; before that a piece leads to its own page.
    expect(page.locator("[data-player]")).to_have_attribute("data-feed", "live")
    page.locator("[data-piece]").first.dispatch_event("click")
    sheet = page.locator("dialog[open]")
    expect(sheet).to_be_visible()
    box = sheet.bounding_box()
    found += faults_here(page, "the sheet")
    context.close()
    assert found == []
    assert box is not None
    assert (box["x"] >= 0, box["x"] + box["width"] <= size["width"]) == (True, True)


@both_sizes
def test_the_console_and_the_desk_turn_and_fit(arabic: str, browser: Browser, size: dict[str, int]) -> None:
    found = []
    for email, path in ((HOST, f"/host/{ROOM}/"), (PRODUCER, f"/moderate/{ROOM}/")):
        context = new_context(browser, arabic, size)
        page = context.new_page()
        sign_in(page, email)
        found += faults(page, path)
        context.close()
    assert found == []
