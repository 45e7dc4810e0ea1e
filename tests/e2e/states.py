"""States of pages: open sheets, an empty bag, a lost feed. A new state is a function and a line."""

from dataclasses import replace

from playwright.async_api import Page, expect

from tests.e2e.in_page import SETTLE
from tests.e2e.looking import PICTURED, TALLEST, Visit
from tests.e2e.pages import HOST, PRODUCER, VIEWER
from tests.e2e.states_of_orders import MONEY, ORDERS
from tests.e2e.states_of_rooms import ROOM, ROOMS, TALK
from tests.e2e.states_of_studio import PLANS, STUDIO
from tests.e2e.steps import buying, contact, held, on_air, piece, playing, press, refused

NEWCOMER = "newcomer@demo.example"

# Appended to the rows that find the pages. Everybody's language is the browser's, not their account's; the
# worker was there a moment ago; and seven coming shows are chosen for what is going to happen to them.
PLAIN = """
from accounts.domain import heartbeat
from accounts.models import User
User.objects.update(language="")
heartbeat.beat(now=now)
coming = Event.objects.upcoming(now).filter(segments=None).order_by("starts_at", "pk")[:7]
chosen = ("sold_out", "lost", "ended", "cancelled", "rehearsed", "asked", "replay")
out |= dict(zip(chosen, (event.slug for event in coming), strict=True))
"""

# What happens before the states are looked at: a show is sold out, one loses its picture, one has ended and
# is not open for looking back yet, one is, one is cancelled, one rehearses, one asks its room something;
# somebody has a shop of their own with nothing in it.
CHANGED = """
from django.db.models import F
from django.utils import timezone
from accounts.domain.demo import PASSWORD
from accounts.domain.users import confirm_address
from accounts.enums import Role
from accounts.models import User
from catalog.models import Brand, Membership, Stock
from events.domain.lifecycle import advance
from events.enums import EventState, StreamState
from events.models import Event, Stream
from livechat.domain.pins import place_pin
from livechat.domain.rooms import room_of
now = timezone.now()
sold_out, lost, ended, cancelled, rehearsed, asked, replay = (
    Event.objects.upcoming(now).filter(segments=None).order_by("starts_at", "pk")[:7]
)
def lay(event, item, at):
    host = event.event_hosts.select_related("host__user").order_by("pk").first().host
    by = host.user or User.objects.get(email="producer@demo.example")
    place_pin(room_of(event), item=item, by=by, host=host if host.user else None, now=at)

for event, *steps in (
    (sold_out, "rehearsal", "live"),
    (lost, "rehearsal", "live"),
    (ended, "rehearsal", "live", "ended"),
    (cancelled, "cancelled"),
    (rehearsed, "rehearsal"),
    (asked, "rehearsal", "live"),
    (replay, "rehearsal", "live"),
):
    Event.objects.filter(pk=event.pk).update(starts_at=now, ends_at=now + timezone.timedelta(hours=1))
    for step in steps:
        event.refresh_from_db()
        advance(event, EventState(step), by=None, now=now)
for event in (sold_out, lost, asked):
    for item in event.lineup.all()[:2]:
        lay(event, item, now)
then = now - timezone.timedelta(hours=1)
Event.objects.filter(pk=replay.pk).update(starts_at=then, ends_at=now, went_live_at=then)
replay.refresh_from_db()
for number, item in enumerate(replay.lineup.all()):
    lay(replay, item, then + timezone.timedelta(minutes=3 + 8 * number))
for step in ("ended", "replay"):
    advance(replay, EventState(step), by=None, now=now)
shown = Stock.objects.filter(variant__product__in=sold_out.lineup.values("product"))
shown.update(on_hand=F("held") + F("sold"))
Stream.objects.update_or_create(event=lost, defaults={"state": StreamState.LOST, "lost_at": now})
newcomer = User.objects.create_user("newcomer@demo.example", PASSWORD, display_name="Noor", created_at=now)
confirm_address(newcomer)
Membership.objects.create(
    user=newcomer, brand=Brand.objects.create(name="Atelier Nord", slug="atelier-nord"), role=Role.PRODUCER
)
out = {}
"""
CHANGED += MONEY + TALK + PLANS


async def asking(page: Page) -> None:
    await playing(page)
    await press(page, "#tab-questions")
    await expect(page.locator("#tab-questions")).to_have_attribute("aria-selected", "true")


async def bag_drawer(page: Page) -> None:
    await buying(page)
    await press(page, "#buy-sheet [data-buy=bag]")
    await page.keyboard.press("Escape")
    await press(page, "[data-bag-open]")
    await expect(page.locator("#bag-drawer")).to_be_visible()


async def offline(page: Page) -> None:
    """The line goes once every picture is there, those of other screens, too."""
    await playing(page)
    for width, height in sorted(PICTURED.items(), reverse=True):
        await page.set_viewport_size({"width": width, "height": height})
        await page.evaluate(SETTLE, TALLEST)
    await page.context.set_offline(True)
    await expect(page.locator("[data-banner]")).to_be_visible()


async def filled(page: Page) -> None:
    """A piece is put into the bag on its own page, and the bag opened."""
    await press(page, "form[data-buy] button:not([type=button])")
    await page.goto("/bag/")


async def checkout(page: Page) -> None:
    await filled(page)
    await press(page, ".parcel__foot a")
    await page.wait_for_url("**/checkout/**")


async def checkout_errors(page: Page) -> None:
    await checkout(page)
    await refused(page, "form.checkout")


async def ordered(page: Page) -> None:
    """Paid by a card of the sandbox that always pays."""
    await checkout(page)
    await contact(page, "form.checkout")
    await press(page, "form.checkout button[type=submit]:visible")
    await page.wait_for_url("**/orders/**")


async def wrong_password(page: Page) -> None:
    await page.fill("input[name=login]", VIEWER)
    await page.fill("input[name=password]", "not this one")
    await press(page, "form:has(input[name=password]) button[type=submit]")
    await expect(page.locator("input[name=password]")).to_have_value("")


STATES = [
    Visit("room-live", ROOM, prepare=playing),
    Visit("room-offline", ROOM, prepare=offline, fresh=True),
    Visit("room-buy", ROOM, prepare=buying, fresh=True),
    Visit("room-held", ROOM, prepare=held, fresh=True, takes=True),
    Visit("room-piece", ROOM, prepare=piece, fresh=True),
    Visit("room-questions", ROOM, prepare=asking, fresh=True),
    Visit("room-bag", ROOM, prepare=bag_drawer, fresh=True),
    Visit("room-sold-out", "/events/{sold_out}/"),
    Visit("room-feed-lost", "/events/{lost}/"),
    Visit("replay-soon", "/events/{ended}/"),
    Visit("replay", "/events/{replay}/"),
    Visit("cancelled", "/events/{cancelled}/"),
    Visit("product-in-bag", "{product}", prepare=filled, fresh=True, takes=True),
    Visit("checkout", "{product}", prepare=checkout, fresh=True, takes=True),
    Visit("checkout-errors", "{product}", prepare=checkout_errors, fresh=True, takes=True),
    Visit("ordered", "{product}", prepare=ordered, fresh=True, takes=True),
    Visit("wrong-password", "/account/login/", prepare=wrong_password, fresh=True),
    Visit("no-permission", "/studio/brand/", VIEWER),
    Visit("hosts-none-found", "/hosts/?q=nobody+of+that+name"),
    Visit("studio-products-none-found", "/studio/products/?q=nothing+of+that+name", PRODUCER),
    Visit("studio-first-use", "/studio/", NEWCOMER),
    Visit("studio-products-first-use", "/studio/products/", NEWCOMER),
    Visit("studio-orders-first-use", "/studio/orders/", NEWCOMER),
    Visit("studio-results-first-use", "/studio/results/", NEWCOMER),
    Visit("studio-editions-first-use", "/studio/editions/", NEWCOMER),
    Visit("my-orders-first-use", "/account/orders/", NEWCOMER),
    Visit("reminders-first-use", "/account/reminders/", NEWCOMER),
    Visit("console-live", "/host/the-silk-hour/", HOST, prepare=on_air),
]


STATES += ORDERS + ROOMS + STUDIO


def states(paths: dict[str, str]) -> list[Visit]:
    """All states, at their addresses."""
    return [replace(state, path=state.path.format(**paths)) for state in STATES]
