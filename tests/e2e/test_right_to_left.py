"""Pages in Arabic, which nobody has translated yet: the layout turns as a whole and nothing sticks out."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.conftest import DESK, PHONE, new_context, sign_in
from tests.e2e.stack import Stack

pytestmark = pytest.mark.e2e

PRODUCER = "producer@demo.example"
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
    wider = page.evaluate(WIDER)
    wrong = [] if page.locator("html").get_attribute("dir") == "rtl" else [f"{path} does not turn"]
    return wrong + ([f"{path} is {wider} px too wide"] if wider > 0 else [])


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
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
