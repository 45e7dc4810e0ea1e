"""Forty viewers, a spam wave, a moderator who clears it where it is seen, and a question that is answered."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import DESK, PHONE, Visit, wait_until
from tests.e2e.guests import Crowd, Guest
from tests.e2e.looking import SHOTS
from tests.e2e.stack import Stack

pytestmark = [pytest.mark.e2e, pytest.mark.timed]

SLUG = "the-silk-hour"
MODERATOR, HOST = "moderator@demo.example", "host@demo.example"
PEOPLE = 40
SENDERS = 12
# More than thirty lines in a second are not shown to who could not read them.
READ_MS = 1_000
THINGS = ("hem", "twill", "green", "fold", "horse", "border", "knot", "weave")
WORDS = ("so fine", "like water", "my favourite", "new to me", "from Lyon")
# Short, as people talk: what a crowd says alike out of joy is no flood.
ORDINARY = [f"{thing} is {word}" for word in WORDS for thing in THINGS]
LOUD = [
    "Follow me for prizes",
    "My shop beats all of this",
    "Nobody here knows silk",
    "Winners are at my page",
]


@pytest.fixture(scope="module")
def crowd(stack: Stack) -> Iterator[Crowd]:
    """Forty people who came to look; they stay for both widths."""
    people = Crowd(stack.url, SLUG)
    people.enter([f"Guest {number:02}" for number in range(PEOPLE)])
    yield people
    people.close()


@pytest.mark.parametrize(("size", "turn"), [(PHONE, 0), (DESK, 1)], ids=["390", "1440"])
def test_a_crowd_stays_a_pleasant_place(
    size: dict[str, int], turn: int, stack: Stack, visit: Visit, crowd: Crowd
) -> None:
    viewer, moderator = (
        visit(f"/events/{SLUG}/", size=size),
        visit(f"/events/{SLUG}/", email=MODERATOR, size=size),
    )
    said = forty_people_chat(crowd, viewer, turn)

    one_loud_sender_is_cleared_from_the_line(crowd, moderator, viewer, size, turn)
    a_wave_of_strangers_is_cleared_from_the_console(crowd, moderator, viewer, size, turn)
    assert missing(viewer, said) == []

    a_question_is_asked_and_answered(stack, visit, viewer, size, turn)


def forty_people_chat(crowd: Crowd, viewer: Page, turn: int) -> list[str]:
    """Everybody says something of their own; a third person reads all of it."""
    lines = [f"{('That', 'This')[turn]} {words}" for words in ORDINARY]
    said = list(zip(crowd.guests[:PEOPLE], lines, strict=True))
    half = PEOPLE // 2
    answers = crowd.say(said[:half])
    viewer.wait_for_timeout(READ_MS)
    answers += crowd.say(said[half:])
    assert [answer["type"] for answer in answers] == ["ack"] * PEOPLE
    wait_until(viewer, "lines => lines.every((line) => document.body.textContent.includes(line))", lines)
    return lines


def missing(page: Page, lines: list[str]) -> list[str]:
    """Those of `lines` a reader of this page cannot find."""
    chat = page.locator("[data-chat]").inner_text()
    return [line for line in lines if line not in chat]


def shown(page: Page, words: str) -> Locator:
    """Lines with these words that are still in the chat of a room's page."""
    return page.locator("[data-chat] [data-line]:not([hidden])", has_text=words)


def one_loud_sender_is_cleared_from_the_line(
    crowd: Crowd, moderator: Page, viewer: Page, size: dict[str, int], turn: int
) -> None:
    """Two taps: the menu of a line, then everything of this person goes and they pause."""
    (loud,) = crowd.enter([f"Prize Giver {turn}"])
    for text in LOUD:
        assert crowd.say([(loud, text)])[0]["type"] == "ack"
    expect(shown(viewer, loud.name)).to_have_count(len(LOUD))
    open_menu(moderator, shown(moderator, loud.name).last, size)
    moderator.screenshot(path=SHOTS / f"crowd-menu-{size['width']}.png", animations="disabled")
    moderator.locator(".line-menu__wave").click()
    expect(shown(viewer, loud.name)).to_have_count(0)
    expect(shown(moderator, loud.name)).to_have_count(0)
    assert crowd.say([(loud, "I am still here")])[0] | {"ref": ""} == {
        "type": "error",
        "code": "muted",
        "ref": "",
    }
    told = loud.last("you")
    assert told is not None
    assert told["you"]["muted_until"] > 0
    undone_and_done_again(moderator, viewer, loud, size)


def undone_and_done_again(moderator: Page, viewer: Page, loud: Guest, size: dict[str, int]) -> None:
    """Undo brings every line back into its place; a second time it is as quick."""
    moderator.locator(".toast__act").last.click()
    expect(shown(viewer, loud.name)).to_have_count(len(LOUD))
    open_menu(moderator, shown(moderator, loud.name).last, size)
    moderator.locator(".line-menu__wave").click()
    expect(shown(viewer, loud.name)).to_have_count(0)


def open_menu(page: Page, line: Locator, size: dict[str, int]) -> None:
    """A finger takes the line, a mouse its button."""
    line.scroll_into_view_if_needed()
    if size == PHONE:
        line.tap()
    else:
        line.hover()
        line.locator("[data-line-act]").click()
    expect(page.locator(".line-menu")).to_be_visible()


def a_wave_of_strangers_is_cleared_from_the_console(
    crowd: Crowd, moderator: Page, viewer: Page, size: dict[str, int], turn: int
) -> None:
    """Fresh guests say nearly the same; what the room did not hold by itself goes person by person."""
    strangers = crowd.enter([f"Lucky {turn}{number:02}" for number in range(SENDERS)])
    crowd.say(
        [(guest, f"Free giveaway scarf for you {number}, hurry") for number, guest in enumerate(strangers)]
    )
    moderator.goto(f"/moderate/{SLUG}/")
    expect(moderator.locator("[data-desk]")).to_have_attribute("data-connection", "live")
    refuse_what_waits(moderator, size)
    clear_what_was_said(moderator, size)
    moderator.screenshot(path=SHOTS / f"crowd-console-{size['width']}.png", animations="disabled")
    expect(shown(viewer, "Free giveaway")).to_have_count(0)
    viewer.screenshot(path=SHOTS / f"crowd-room-{size['width']}.png", animations="disabled")


def turn_to(page: Page, view: str, size: dict[str, int]) -> None:
    if size == PHONE or view not in {"chat", "waiting"}:
        page.locator(f"a[data-view={view}]").click()


def refuse_what_waits(console: Page, size: dict[str, int]) -> None:
    """The room held most of the wave: a key refuses one line, one button the rest."""
    turn_to(console, "waiting", size)
    expect(console.locator(".wave")).to_be_visible()
    console.screenshot(path=SHOTS / f"crowd-waiting-{size['width']}.png", animations="disabled")
    waiting = console.locator("[data-queue] [data-item]")
    held = waiting.count()
    console.keyboard.press("r")
    expect(waiting).to_have_count(held - 1)
    console.locator(".wave button").first.click()
    expect(waiting).to_have_count(0)


def clear_what_was_said(console: Page, size: dict[str, int]) -> None:
    """Through the menu of the lines in the console's own chat."""
    turn_to(console, "chat", size)
    lines = console.locator("[data-lines] [data-line]:not(.line--gone)", has_text="Free giveaway")
    while left := lines.count():
        open_menu(console, lines.last, size)
        console.locator(".line-menu__wave").click()
        expect(lines).not_to_have_count(left)


def a_question_is_asked_and_answered(
    stack: Stack, visit: Visit, viewer: Page, size: dict[str, int], turn: int
) -> None:
    """Asked about the piece on the stage, answered from the host's console, read under the piece."""
    question, answer = (
        f"How do I wash this one, number {turn}?",
        f"By hand, in cool water, {turn} times a year.",
    )
    piece = viewer.locator("article.pin").first.get_attribute("data-product")
    viewer.locator('[data-tab="questions"]').click()
    viewer.locator("[data-about]").select_option(piece)
    if viewer.locator("#ask-name").is_visible():
        viewer.locator("#ask-name").fill(f"Curious {turn}")
    viewer.locator("#ask-text").fill(question)
    viewer.locator("[data-ask-form] [type=submit]").click()
    asked = viewer.locator("[data-question]", has_text=question)
    expect(asked).to_be_visible()

    answer_from_the_console(visit, question, answer, size)
    expect(asked.locator(".question__answer")).to_contain_text(answer)
    viewer.screenshot(path=SHOTS / f"crowd-answer-{size['width']}.png", animations="disabled")
    if size == PHONE:
        viewer.locator("[data-questions-sheet] [data-close]").click()
    viewer.locator("article.pin [data-buy]").first.click()
    expect(viewer.locator("#buy-sheet [data-questions-of]")).to_contain_text(answer)


def answer_from_the_console(visit: Visit, question: str, answer: str, size: dict[str, int]) -> None:
    host = visit(f"/host/{SLUG}/", email=HOST, size=size)
    host.locator('[data-show="questions"]').click()
    card = host.locator("[data-question]", has_text=question)
    card.locator('[data-act="answer"]').click()
    card.locator("textarea").fill(answer)
    card.locator("[data-answering] [type=submit]").click()
    expect(card.locator(".question__answer")).to_contain_text(answer)
    host.screenshot(path=SHOTS / f"crowd-host-{size['width']}.png", animations="disabled")
