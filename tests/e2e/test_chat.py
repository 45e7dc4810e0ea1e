"""The chat in a browser: nothing typed is lost, the reader's place is kept, a busy room costs little."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import DESK, PHONE, Visit, wait_until

pytestmark = pytest.mark.e2e

ROOM = "/events/the-silk-hour/"
# The room's other end, in the page: the test says what the server says.
OTHER_END = (Path(__file__).parent / "flood.js").read_text()
LONG_TASK_MS = 50
SAY = "[data-composer] input"


def enter(visit: Visit, size: dict[str, int] = DESK) -> Page:
    """A viewer in the room, with the test at the other end of the line."""
    page = visit(ROOM, size=size, init=OTHER_END)
    wait_until(page, "document.querySelector('[data-room]').dataset.connection === 'live'")
    return page


def say(page: Page, text: str) -> dict[str, Any]:
    """Write a line and return the frame it was sent as."""
    page.evaluate("() => { theRoom.said = null; }")
    page.locator(SAY).fill(text)
    page.locator(SAY).press("Enter")
    said: dict[str, Any] = page.evaluate("theRoom.said")
    return said


def log(page: Page, fields: str) -> None:
    """The next row of the room's log, its own fields as script."""
    page.evaluate(f"theRoom.tell({{ epoch: theRoom.epoch, seq: ++theRoom.head, at: 1, {fields} }})")


def own(page: Page, text: str) -> int:
    return page.locator(".chat .line", has_text=text).count()


def test_ones_own_line_stands_at_once_and_settles_exactly_once(visit: Visit) -> None:
    page = enter(visit)
    said = say(page, "Is it lined?")
    expect(page.locator(".line--sending")).to_contain_text("sending")
    # The room's copy may be faster than the answer to its writer.
    page.evaluate(
        "theRoom.tell(theRoom.line({ id: 'x', text: 'Is it lined?', author: 'me', name: 'Margaux' }))"
    )
    assert own(page, "Is it lined?") == 1
    page.evaluate(
        "(ref) => theRoom.tell({ type: 'ack', ref, id: 'x', seq: theRoom.head, at: 1 })", said["id"]
    )
    expect(page.locator("[data-line=x]")).to_be_visible()
    assert own(page, "Is it lined?") == 1
    assert page.locator("[data-pending]").count() == 0


def test_what_was_never_answered_outlives_a_reload_and_goes_again_as_the_same_line(visit: Visit) -> None:
    page = enter(visit)
    said = say(page, "Lost in a tunnel")
    page.locator(SAY).fill("half a thou")
    page.reload()
    wait_until(page, "theRoom.said?.type === 'chat.send'")
    assert page.evaluate("theRoom.said") == said
    assert page.locator(SAY).input_value() == "half a thou"


def test_a_refused_line_keeps_its_words_and_says_why(visit: Visit) -> None:
    page = enter(visit)
    said = say(page, "see my-shop.example")
    page.evaluate("(ref) => theRoom.tell({ type: 'error', code: 'no_links', ref })", said["id"])
    line = page.locator(".line--failed")
    expect(line).to_contain_text("Links are for hosts and staff.")
    line.get_by_role("button", name="Edit").click()
    assert page.locator(SAY).input_value() == "see my-shop.example"
    assert page.locator(".line--failed").count() == 0


def test_what_a_moderator_refused_returns_without_touching_what_is_being_typed(visit: Visit) -> None:
    page = enter(visit)
    said = say(page, "first")
    page.evaluate("(ref) => theRoom.tell({ type: 'held', ref, id: 'h' })", said["id"])
    expect(page.locator(".line--held")).to_contain_text("waits for a moderator")
    page.locator(SAY).fill("second, half typed")
    page.evaluate("theRoom.tell({ type: 'refused', id: 'h' })")
    expect(page.locator(".line--failed")).to_contain_text("A moderator did not let it through.")
    assert page.locator(SAY).input_value() == "second, half typed"


def top_of(page: Page, line: str) -> float:
    return float(
        page.evaluate("(id) => document.querySelector(`[data-line=${id}]`).getBoundingClientRect().top", line)
    )


def fill(page: Page, lines: int) -> None:
    page.evaluate("(n) => { for (let i = 0; i < n; i++) theRoom.tell(theRoom.line()); }", lines)
    wait_until(page, "document.querySelector(`[data-line=line-${theRoom.posted}]`) !== null")


def test_a_reader_further_up_keeps_their_line_whatever_comes_and_goes(visit: Visit) -> None:
    page = enter(visit)
    fill(page, 150)
    page.evaluate("document.querySelector('[data-line=line-60]').scrollIntoView({ block: 'start' })")
    page.wait_for_timeout(200)
    before = top_of(page, "line-61")
    fill(page, 30)
    assert abs(top_of(page, "line-61") - before) < 1
    expect(page.locator("[data-chat-more]")).to_have_text("30 new")
    for line in (5, 20, 40, 59):
        log(page, f"type: 'chat.deleted', id: 'line-{line}'")
    wait_until(page, "document.querySelector('[data-line=line-59]').hidden")
    assert abs(top_of(page, "line-61") - before) < 1
    page.locator("[data-chat-more]").click()
    expect(page.locator("[data-chat-more]")).to_be_hidden()
    expect(page.locator("[data-line=line-180]")).to_be_in_viewport()


def test_two_hundred_lines_are_kept_and_the_end_is_followed(visit: Visit) -> None:
    page = enter(visit)
    fill(page, 450)
    assert page.locator(".chat [data-line]").count() == 200
    expect(page.locator("[data-line=line-450]")).to_be_in_viewport()


def test_whoever_stands_on_a_line_that_goes_stands_in_the_chat(visit: Visit) -> None:
    page = enter(visit)
    fill(page, 20)
    page.evaluate("document.querySelector('[data-line=line-20]').focus()")
    log(page, "type: 'chat.cleared', author: 'tag-20'")
    wait_until(page, "document.querySelector('[data-line=line-20]').hidden")
    assert page.evaluate("document.activeElement.hasAttribute('data-chat')") is True


def test_a_line_that_comes_back_stands_in_its_old_place(visit: Visit) -> None:
    page = enter(visit)
    fill(page, 9)
    log(page, "type: 'chat.deleted', id: 'line-5'")
    wait_until(page, "document.querySelector('[data-line=line-5]').hidden")
    words = "name: 'Wei', badge: '', text: 'back', author: 'tag-5', reply: '', mentions: [], lang: ''"
    log(page, f"type: 'chat.restored', id: 'line-5', {words}, links: false")
    wait_until(page, "!document.querySelector('[data-line=line-5]').hidden")
    order = page.evaluate(
        "[...document.querySelectorAll('.chat [data-line]')].slice(-5).map((e) => e.dataset.line)"
    )
    assert order == [f"line-{n}" for n in range(5, 10)]
    expect(page.locator("[data-line=line-5]")).to_contain_text("back")


def test_a_line_is_answered_and_found_again_by_keyboard_alone(visit: Visit) -> None:
    page = enter(visit)
    fill(page, 3)
    page.locator("[data-chat]").focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Reply").press("Enter")
    expect(page.locator("[data-replying]")).to_contain_text("Guest 2")
    said = say(page, "I second that")
    assert said["reply"] == "line-2"
    page.evaluate(
        "theRoom.tell(theRoom.line({ id: 'a', author: 'tag-9', reply: 'line-2', text: 'answered' }))"
    )
    quote = page.locator("[data-line=a] .line__quote")
    expect(quote).to_contain_text("Guest 2")
    quote.click()
    assert page.evaluate("document.activeElement.dataset.line") == "line-2"
    log(page, "type: 'chat.deleted', id: 'line-2'")
    expect(quote).to_have_text("an earlier line")


def test_a_name_is_completed_and_a_call_is_announced(visit: Visit) -> None:
    page = enter(visit)
    page.evaluate("theRoom.tell(theRoom.line({ id: 'e', name: 'Élise', author: 'tag-e' }))")
    expect(page.locator("[data-line=e]")).to_be_visible()
    page.locator(SAY).press_sequentially("thanks @el")
    expect(page.get_by_role("option", name="Élise")).to_be_visible()
    page.keyboard.press("Enter")
    assert page.locator(SAY).input_value() == "thanks @Élise "
    called = "id: 'f', name: 'Élise', author: 'tag-e', text: '@Margaux hello', mentions: ['me']"
    page.evaluate(f"theRoom.tell(theRoom.line({{ {called} }}))")
    expect(page.locator("[data-line=f] mark")).to_have_text("@Margaux")
    expect(page.locator("[data-announce]")).to_contain_text("Élise mentioned you")


def test_calm_is_a_switch_that_is_remembered_and_thins_the_chat(visit: Visit) -> None:
    page = enter(visit)
    switch = page.locator("[data-calm-switch]")
    expect(switch).to_have_attribute("aria-pressed", "false")
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "true")
    before = page.locator(".chat [data-line]").count()
    page.evaluate("for (let n = 0; n < 24; n++) theRoom.tell(theRoom.line({ badge: '' }))")
    page.evaluate("theRoom.tell(theRoom.line({ id: 'host', badge: 'host' }))")
    expect(page.locator("[data-line=host]")).to_be_visible()
    assert page.locator(".chat [data-line]").count() == before + 2
    page.reload()
    expect(page.locator("[data-calm-switch]")).to_have_attribute("aria-pressed", "true")


@pytest.mark.timed
def test_fifty_lines_a_second_are_drawn_without_a_long_task(visit: Visit, browser: Browser) -> None:
    """Measured in the page's own processor time, for a loaded machine makes every wall clock long."""
    page = enter(visit, size=PHONE)
    browser.start_tracing(page=page, categories=["toplevel", "devtools.timeline"])
    page.evaluate("theRoom.flood(50)")
    page.wait_for_timeout(6_000)
    events = json.loads(browser.stop_tracing())["traceEvents"]
    main = {
        (e["pid"], e["tid"])
        for e in events
        if e.get("name") == "thread_name" and e["args"]["name"] == "CrRendererMain"
    }
    tasks = [
        e["tdur"] / 1000
        for e in events
        if e.get("tdur") and "RunTask" in e["name"] and (e["pid"], e["tid"]) in main
    ]
    assert page.evaluate("theRoom.posted") > 100
    assert max(tasks) < LONG_TASK_MS
