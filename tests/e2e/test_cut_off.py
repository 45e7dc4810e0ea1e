"""A viewer whose line is cut ends with exactly the room's state, in the browser's own code."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit, wait_until
from tests.e2e.stack import Stack

pytestmark = pytest.mark.e2e

AWAY_MS = 10_000
SAY = """
from django.utils import timezone
from accounts.domain.viewers import Viewer
from events.models import Event
from livechat.domain.messages import post_message
from livechat.domain.rooms import room_of
room = room_of(Event.objects.get(slug="the-silk-hour"))
for n in range({count}):
    viewer = Viewer(key=f"guest:cut-{prefix}-{{n}}", user=None, name=f"Reader {{n}}")
    post_message(room, viewer=viewer, text=f"{prefix} line {{n}}", client_id=f"{prefix}-{{n}}", badge="",
                 now=timezone.now())
out = True
"""
CHANGE_PINS = """
from django.utils import timezone
from events.models import Event
from livechat.domain.pins import place_pin, remove_pin
from livechat.domain.rooms import room_of
from livechat.models import Pin
event = Event.objects.get(slug="the-silk-hour")
room = room_of(event)
host = event.hosts.first()
shown = list(Pin.objects.showing().filter(room=room))
for pin in shown:
    remove_pin(pin, by=host.user, now=timezone.now())
item = event.lineup.exclude(product__in=[pin.product_id for pin in shown]).first()
place_pin(room, item=item, by=host.user, host=host, now=timezone.now())
out = item.product.public_id
"""
RESTART = """
from events.models import Event
from livechat.domain.log import restart
from livechat.domain.rooms import room_of
restart(room_of(Event.objects.get(slug="the-silk-hour")))
out = True
"""


def pinned(page: Page) -> list[str]:
    return page.evaluate("[...document.querySelectorAll('article.pin')].map((pin) => pin.dataset.product)")


def tail(page: Page, prefix: str) -> list[str]:
    texts: list[str] = page.evaluate(
        "[...document.querySelectorAll('[data-line] .line__text')].map((line) => line.textContent)"
    )
    return [text for text in texts if text.startswith(prefix)]


def room(page: Page) -> dict[str, Any]:
    found = page.evaluate("fetch('/api/v1/rooms/the-silk-hour/').then((answer) => answer.json())")
    assert isinstance(found, dict)
    return found


def cut(page: Page, during: Any) -> None:
    """Ten seconds without a network, while the show goes on."""
    page.context.set_offline(True)
    during()
    page.wait_for_timeout(AWAY_MS)
    page.context.set_offline(False)


def same_as_the_room(page: Page, prefix: str, lines: int, product: str) -> None:
    expect(page.get_by_text(f"{prefix} line {lines - 1}", exact=True)).to_be_visible()
    wait_until(page, "id => Boolean(document.querySelector(`article.pin[data-product='${id}']`))", product)
    truth = room(page)
    assert pinned(page) == [pin["product"] for pin in reversed(truth["pins"])] == [product]
    assert tail(page, prefix) == [line["text"] for line in truth["chat"] if line["text"].startswith(prefix)]


def test_a_viewer_cut_off_for_ten_seconds_ends_with_the_rooms_state(stack: Stack, visit: Visit) -> None:
    page = visit("/events/the-silk-hour/")
    wait_until(page, "document.querySelectorAll('article.pin').length > 0")
    products: list[object] = []
    cut(
        page,
        lambda: (stack.rows(SAY.format(count=5, prefix="short")), products.append(stack.rows(CHANGE_PINS))),
    )
    same_as_the_room(page, "short", 5, str(products[0]))


def test_a_viewer_cut_off_beyond_the_logs_window_ends_with_the_rooms_state(
    stack: Stack, visit: Visit
) -> None:
    page = visit("/events/the-silk-hour/")
    wait_until(page, "document.querySelectorAll('article.pin').length > 0")
    products: list[object] = []

    def lose_the_log() -> None:
        stack.rows(SAY.format(count=5, prefix="long"))
        products.append(stack.rows(CHANGE_PINS))
        stack.rows(RESTART)

    cut(page, lose_the_log)
    same_as_the_room(page, "long", 5, str(products[0]))
