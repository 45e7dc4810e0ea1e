"""Where things lie in the room: nothing over the face or the price, everything under the thumb."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import DESK, PHONE, Visit, wait_until
from tests.e2e.contrast import LAY, hard_to_read, on_white

pytestmark = pytest.mark.e2e

ROOM = "/events/the-silk-hour/"
# The upper part of the picture that is the face's.
SAFE = 0.55
SIDE = {"width": 844, "height": 390}
NARROW = {"width": 320, "height": 568}
DESKS = [(1024, 768), (1280, 800), (1440, 900), (1920, 1080), (2560, 1440)]

# Boxes of what shows, cut by what they scroll in.
BOXES = """
(selector) => [...document.querySelectorAll(selector)].flatMap((element) => {
  let {left, top, right, bottom} = element.getBoundingClientRect();
  for (let around = element.parentElement; around; around = around.parentElement) {
    if (getComputedStyle(around).overflow === "visible") continue;
    const cut = around.getBoundingClientRect();
    [left, top] = [Math.max(left, cut.left), Math.max(top, cut.top)];
    [right, bottom] = [Math.min(right, cut.right), Math.min(bottom, cut.bottom)];
  }
  return right - left > 1 && bottom - top > 1 ? [{left, top, right, bottom}] : [];
})
"""

Box = dict[str, float]


def boxes(page: Page, selector: str) -> list[Box]:
    found: list[Box] = page.evaluate(BOXES, selector)
    return found


def box(page: Page, selector: str) -> Box:
    """The first that shows."""
    wait_until(page, f"(s) => ({BOXES})(s).length > 0", selector)
    return boxes(page, selector)[0]


def overlap(one: Box, other: Box) -> bool:
    across = min(one["right"], other["right"]) - max(one["left"], other["left"])
    down = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
    return across > 1 and down > 1


def fill_the_chat(page: Page) -> None:
    """More and longer lines than the picture bears, as a busy room sends them."""
    page.evaluate(
        """() => {
          const list = document.querySelector("[data-chat]");
          for (let n = 0; n < 12; n += 1) {
            const line = document.createElement("div");
            line.className = "line";
            line.dataset.line = `l${n}`;
            line.textContent = "A long line about the hem, the sea and the ships on it. ".repeat(3);
            list.insertBefore(line, list.lastElementChild);
          }
          list.scrollTop = list.scrollHeight;
        }"""
    )


def test_on_a_phone_no_line_and_no_pin_covers_the_face_or_the_price(visit: Visit) -> None:
    page = visit(ROOM)
    box(page, "article.pin")
    page.locator("[data-hint] button").click()
    fill_the_chat(page)
    safe = {"left": 0, "top": 0, "right": PHONE["width"], "bottom": SAFE * PHONE["height"]}
    price = box(page, "article.pin [data-price]")
    lines, pins = boxes(page, "[data-chat] .line"), boxes(page, "article.pin")
    assert 3 <= len(lines) <= 6
    assert not [line for line in lines if overlap(line, safe) or overlap(line, price)]
    assert not [pin for pin in pins if overlap(pin, safe)]
    assert not [one for one in boxes(page, ".room__foot, .reactions .reaction") if overlap(one, safe)]
    # The guard itself: a line laid higher is noticed.
    assert overlap({"left": 16, "top": 440, "right": 300, "bottom": 480}, safe)


def test_the_picture_fills_the_phone_and_what_is_tapped_is_a_thumb_wide(visit: Visit) -> None:
    page = visit(ROOM)
    box(page, "article.pin")
    picture, room = box(page, "[data-player]"), box(page, "[data-room]")
    assert picture == room
    for small in boxes(
        page, ".room__way:not([hidden]), .pin__buy, .composer__send, .room__open-show, .reaction"
    ):
        assert min(small["right"] - small["left"], small["bottom"] - small["top"]) >= 43.5, small


def test_the_open_chat_leaves_the_price_in_sight_and_gives_the_focus_back(visit: Visit) -> None:
    page = visit(ROOM)
    box(page, "article.pin")
    grab = page.locator("[data-chat-grab]")
    for height in ("half", "full"):
        grab.click()
        expect(page.locator("[data-room]")).to_have_attribute("data-talk-at", height)
        settle(page)
        price, talk = box(page, "article.pin [data-price]"), box(page, ".room__talk")
        assert not overlap(price, talk)
        assert price["top"] > box(page, ".room__count")["bottom"]
    page.locator("[data-chat]").focus()
    page.keyboard.press("Escape")
    expect(page.locator("[data-room]")).to_have_attribute("data-talk-at", "lines")
    expect(grab).to_be_focused()


STILL = """() => document.getAnimations().every(
  (one) => one.effect?.getTiming().iterations === Infinity || one.playState !== "running"
)"""


def settle(page: Page) -> None:
    """Let running transitions come to their end."""
    wait_until(page, STILL)


def test_a_piece_is_seen_closer_while_the_show_goes_on_and_bought_in_place(visit: Visit) -> None:
    page = visit(ROOM)
    page.locator(".pin__open").first.click()
    sheet = page.locator("#piece-sheet")
    expect(page.locator("#piece-title")).to_be_focused()
    expect(sheet.locator(".closer__story")).not_to_be_empty()
    assert box(page, "#piece-sheet")["top"] > 0.3 * PHONE["height"]
    page.locator("#piece-sheet [data-grab]").click()
    expect(sheet).to_have_attribute("data-height", "full")
    settle(page)
    corner = box(page, "[data-player] video")
    assert corner["right"] - corner["left"] < 100
    assert not overlap(corner, box(page, "#piece-title"))
    sheet.locator("[data-buy]").click()
    expect(page.locator("#buy-sheet [data-buy=hold]")).to_be_enabled()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(page.locator(".pin__open").first).to_be_focused()


# A browser that has a window for the picture; the one these tests drive has none.
A_WINDOW = """
Object.defineProperty(Document.prototype, "pictureInPictureEnabled", { get: () => true });
HTMLVideoElement.prototype.requestPictureInPicture = function () {
  this.dispatchEvent(new Event("enterpictureinpicture"));
  return Promise.resolve();
};
"""


def test_who_leaves_while_the_picture_plays_takes_it_along(visit: Visit) -> None:
    page = visit(ROOM, init=A_WINDOW)
    expect(page.locator("[data-player]")).to_have_attribute("data-feed", "live")
    with page.context.expect_page() as opened:
        page.locator(".room__close").click()
    expect(opened.value.locator("main")).to_be_visible()
    assert opened.value.url.endswith("/")
    assert page.url.endswith(ROOM)
    expect(page.locator("[data-room]")).to_have_attribute("data-away", "")
    expect(page.locator(".room__close")).not_to_have_attribute("target", "_blank")


def test_without_a_window_for_it_one_leaves_as_from_any_page(visit: Visit) -> None:
    page = visit(ROOM, init=A_WINDOW.replace("=> true", "=> false"))
    expect(page.locator("[data-player]")).to_have_attribute("data-feed", "live")
    page.locator(".room__close").click()
    page.wait_for_url("**/")
    assert len(page.context.pages) == 1


def test_the_sheet_follows_the_finger_and_can_be_thrown_away(visit: Visit) -> None:
    page = visit(ROOM)
    page.locator(".pin__open").first.click()
    settle(page)
    drag(page, by=-300)
    expect(page.locator("#piece-sheet")).to_have_attribute("data-height", "full")
    settle(page)
    drag(page, by=740)
    expect(page.locator("#piece-sheet")).to_be_hidden()


def drag(page: Page, *, by: int) -> None:
    """Pull the sheet by its head, downwards positive, in px."""
    head = box(page, "#piece-sheet .piece-sheet__name")
    x, y = head["left"] + 20, (head["top"] + head["bottom"]) / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y + by / 2, steps=3)
    page.mouse.move(x, y + by, steps=3)
    page.mouse.up()


def test_the_bag_opens_in_the_room_and_counts(visit: Visit) -> None:
    page = visit(ROOM)
    page.locator(".pin__buy:not(:disabled)").first.click()
    page.locator("#buy-sheet [data-buy=bag]").click()
    expect(page.locator("[data-bag-count]")).to_have_text("1")
    page.locator("#buy-sheet [data-close]").first.click()
    page.locator("[data-bag-open]").click()
    drawer = page.locator("#bag-drawer")
    expect(drawer.locator(".bag__line")).to_have_count(1)
    expect(drawer.locator("a.button")).to_have_attribute(
        "href", "/checkout/?brand=maison-aurele&currency=EUR"
    )
    drawer.locator(".bag__out").click()
    expect(drawer.locator(".bag__nothing")).to_be_visible()
    expect(page.locator("#bag-title")).to_be_focused()
    expect(page.locator("[data-bag-count]")).to_have_text("")


@pytest.mark.parametrize("size", [SIDE, NARROW], ids=["on its side", "very narrow"])
def test_small_screens_keep_everything_apart(visit: Visit, size: dict[str, int]) -> None:
    page = visit(ROOM, size=size)
    box(page, "article.pin")
    parts = [box(page, one) for one in (".room__foot", ".room__pins", ".room__talk-head", ".room__who")]
    assert not [(a, b) for n, a in enumerate(parts) for b in parts[n + 1 :] if overlap(a, b)]
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    assert not [one for one in boxes(page, "[data-chat]") if overlap(one, parts[1])]


def test_a_desk_is_one_view_without_a_page_to_scroll(visit: Visit) -> None:
    page = visit(ROOM, size={"width": 1440, "height": 900})
    box(page, "article.pin")
    for width, height in DESKS:
        page.set_viewport_size({"width": width, "height": height})
        seen: dict[str, Any] = {
            name: box(page, f".room__{name}") for name in ("stage", "talk", "show", "pins", "foot")
        }
        assert not overlap(seen["stage"], seen["talk"]), (width, height)
        assert not overlap(seen["stage"], seen["show"]), (width, height)
        assert seen["foot"]["bottom"] <= height + 1
        assert seen["talk"]["right"] - seen["talk"]["left"] >= 359
        page_height = page.evaluate("document.documentElement.scrollHeight")
        assert page_height <= height, (width, height)


def test_open_questions_stay_open_when_the_screen_is_turned(visit: Visit) -> None:
    page = visit(ROOM, size=PHONE)
    expect(page.locator("[data-player]")).to_have_attribute("data-feed", "live")
    page.locator("#tab-questions").click()
    for size, in_the_sheet in ((DESK, False), (PHONE, True)):
        page.set_viewport_size({"width": size["width"], "height": size["height"]})
        expect(page.locator("[data-questions-sheet]")).to_be_visible(visible=in_the_sheet)
        expect(page.locator("#panel-questions")).to_be_visible()
        expect(page.locator("#tab-questions")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(page.locator("#tab-chat")).to_have_attribute("aria-selected", "true")


# What lies on the picture; the reactions of a phone on its side lie behind what was shown.
OVER_THE_PICTURE = ".room__top, .pin, .player__button, .room__talk-head .tab, .room__talk .line"


@pytest.mark.parametrize("size", [PHONE, NARROW, SIDE, DESK], ids=["390", "320", "on its side", "1440"])
def test_words_and_signs_stand_out_from_a_white_picture(visit: Visit, size: dict[str, int]) -> None:
    page = visit(ROOM, size=size)
    box(page, ".pin")
    page.locator("[data-hint] button").click()
    expect(page.locator("[data-presence]")).to_be_visible()
    on_white(page)
    assert hard_to_read(page, OVER_THE_PICTURE) == []


def test_twin_without_its_shade_the_name_of_the_show_is_lost(visit: Visit) -> None:
    page = visit(ROOM, size=PHONE)
    box(page, ".pin")
    on_white(page)
    page.evaluate(LAY, ".room__top::before { display: none !important }")
    assert [line.partition(":")[0] for line in hard_to_read(page, ".room__count .badge")] == ["Live"]
