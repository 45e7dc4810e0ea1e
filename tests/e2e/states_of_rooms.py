"""States of rooms and of those who work in them: sheets, the chat pulled up, a poll, a refused camera."""

from playwright.async_api import Page, expect

from tests.e2e.looking import Visit
from tests.e2e.pages import HOST, PRODUCER
from tests.e2e.steps import arrived, choosing, contact, hold, on_air, piece, playing, press

ROOM = "/events/the-silk-hour/"
PHONE, ON_ITS_SIDE = (390, 844), (844, 390)

# One show asks its room something, under an announcement.
TALK = """
from livechat.domain.notices import place_notice
from livechat.domain.polls import open_poll
from livechat.models import ChatMessage
producer = User.objects.get(email="producer@demo.example")
options = ["The ivory one", "The one in night blue", "Both, one after the other"]
question = "Which one shall we turn round next?"
open_poll(room_of(asked), question=question, options=options, by=producer, now=now)
place_notice(room_of(asked), text="Doors close at nine; what you hold stays held.", by=producer, now=now)
said = ChatMessage.objects.filter(room__event__slug="the-silk-hour", badge="", author=None).order_by("pk")
out |= {"person": said.first().author_tag}
"""


async def pulled_up(page: Page) -> None:
    await playing(page)
    await press(page, "[data-chat-grab]")
    await expect(page.locator("[data-room]")).to_have_attribute("data-talk-at", "half")


async def pulled_to_the_top(page: Page) -> None:
    await pulled_up(page)
    await press(page, "[data-chat-grab]")
    await expect(page.locator("[data-room]")).to_have_attribute("data-talk-at", "full")


async def piece_full(page: Page) -> None:
    await piece(page)
    await press(page, "#piece-sheet [data-grab]")
    await expect(page.locator("#piece-sheet")).to_have_attribute("data-height", "full")


async def piece_peeks(page: Page) -> None:
    await piece_full(page)
    await press(page, "#piece-sheet [data-grab]")
    await expect(page.locator("#piece-sheet")).to_have_attribute("data-height", "peek")


async def lineup(page: Page) -> None:
    await playing(page)
    await press(page, "[data-open=lineup-sheet]")
    await expect(page.locator("#lineup-sheet")).to_be_visible()


async def line_menu(page: Page) -> None:
    await playing(page)
    await page.locator("[data-line]:not(.line--host) [data-line-act]").last.dispatch_event("click")
    await expect(page.locator(".line-menu")).to_be_visible()


async def nameless(page: Page) -> None:
    """A guest wrote a line, and is asked who they are."""
    await playing(page)
    await page.fill("[data-composer] input", "Is the edge rolled by hand?")
    await press(page, "[data-composer] button")
    await expect(page.locator("[data-name-form] input")).to_be_visible()


async def asked(page: Page) -> None:
    await arrived(page)
    await expect(page.locator("[data-poll] button").first).to_be_visible()


async def paying(page: Page, scenario: str) -> None:
    """What the card of the sandbox is to do is chosen where testers choose it."""
    await arrived(page)
    await choosing(page)
    await hold(page)
    await contact(page, "#buy-sheet")
    await page.locator("#buy-sheet select[name=scenario]").select_option(scenario, force=True)
    await press(page, "#buy-sheet [data-buy=pay]")


async def declined(page: Page) -> None:
    await paying(page, "decline")
    await expect(page.locator("#buy-sheet [data-buy=message]")).to_be_visible()
    await expect(page.locator("#buy-sheet [data-buy=pay]")).to_be_enabled()
    await expect(page.locator("#buy-sheet [data-buy=pay]")).not_to_have_attribute("aria-busy", "true")


async def bought(page: Page) -> None:
    await paying(page, "approve")
    await expect(page.locator("#buy-sheet [data-step=done]")).to_be_visible()


async def saving(page: Page) -> None:
    """The device asks to save data: a smaller or later picture is offered."""
    await page.add_init_script(
        "Object.defineProperty(Navigator.prototype, 'connection', { get: () => ({ saveData: true }) })"
    )
    await page.reload()
    await playing(page)
    await expect(page.locator("[data-slow]")).to_be_visible()


async def camera_refused(page: Page) -> None:
    await on_air(page)
    await page.evaluate(
        """() => { navigator.mediaDevices.getUserMedia = () =>
          Promise.reject(new DOMException("told so", "NotAllowedError")) }"""
    )
    await press(page, "[data-camera-act=preview]")
    await expect(page.locator("[data-camera]")).to_have_attribute("data-refused", "")


async def poll_sheet(page: Page) -> None:
    await on_air(page)
    await press(page, "[data-open=poll-sheet]")
    await expect(page.locator("#poll-sheet")).to_be_visible()


async def audience_sheet(page: Page) -> None:
    await on_air(page)
    await press(page, "[data-open=audience-sheet]")
    await expect(page.locator("#audience-sheet")).to_be_visible()


async def blocklist(page: Page) -> None:
    """It is fetched once the desk is connected."""
    await expect(page.locator("[data-blocklist] summary").first).to_be_visible()


async def person(page: Page) -> None:
    await expect(page.locator("[data-person] h2")).to_be_visible()


ROOMS = [
    Visit("room-rehearsal", "/events/{rehearsed}/", PRODUCER),
    Visit("room-on-its-side", ROOM, prepare=playing, fresh=True, screen=ON_ITS_SIDE),
    Visit("room-first-visit", ROOM, prepare=on_air, fresh=True),
    Visit("room-slow", ROOM, prepare=saving, fresh=True, screen=PHONE),
    Visit("room-chat-half", ROOM, prepare=pulled_up, fresh=True, screen=PHONE),
    Visit("room-chat-full", ROOM, prepare=pulled_to_the_top, fresh=True, screen=PHONE),
    Visit("room-name", ROOM, prepare=nameless, fresh=True, screen=PHONE),
    Visit("room-piece-full", ROOM, prepare=piece_full, fresh=True, screen=PHONE),
    Visit("room-piece-peek", ROOM, prepare=piece_peeks, fresh=True, screen=PHONE),
    Visit("room-lineup", ROOM, prepare=lineup, fresh=True, screen=PHONE),
    Visit("room-line-menu", ROOM, PRODUCER, prepare=line_menu),
    Visit("room-asked", "/events/{asked}/", prepare=asked, fresh=True),
    Visit("console-refused", "/host/the-silk-hour/", HOST, prepare=camera_refused),
    Visit("console-poll", "/host/the-silk-hour/", HOST, prepare=poll_sheet),
    Visit("console-audience", "/host/the-silk-hour/", HOST, prepare=audience_sheet, screen=PHONE),
    Visit("moderator-rules", "/moderate/the-silk-hour/?view=rules", PRODUCER, prepare=blocklist),
    Visit("moderator-person", "/moderate/the-silk-hour/?person={person}", PRODUCER, prepare=person),
    Visit("room-declined", "/events/{asked}/", prepare=declined, fresh=True, takes=True),
    Visit("room-bought", "/events/{asked}/", prepare=bought, fresh=True, takes=True),
]
