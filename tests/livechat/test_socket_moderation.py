"""What moderation says over the socket, to those it touches and to those at work."""

from datetime import UTC, datetime

import pytest

from events.enums import StaffRole
from events.models import Event
from livechat.consumers.threads import in_database
from livechat.domain.authors import person_of
from livechat.domain.review import decide
from livechat.domain.rooms import room_of
from livechat.domain.sanctions import impose
from livechat.models import ChatMessage, Room, SanctionKind
from tests.factories.accounts import make_user
from tests.factories.events import make_event_staff
from tests.livechat.conftest import Browser

pytestmark = pytest.mark.django_db(transaction=True)


def now() -> datetime:
    return datetime.now(UTC)


async def hello(browser: Browser):
    assert await browser.open()
    return await browser.next("hello")


async def test_who_is_timed_out_hears_of_it_at_once_and_may_not_write(arrive):
    browser = await arrive(guest_name="Eve")
    first = await hello(browser)
    await browser.send({"type": "chat.send", "id": "c1", "text": "First"})
    await browser.next("ack")

    def time_out():
        lead, room = make_user(), room_of(Event.objects.select_related("brand").get())
        make_event_staff(room.event, user=lead, role=StaffRole.LEAD)
        target = person_of(room, ChatMessage.objects.get().author_tag)
        impose(room, kind=SanctionKind.TIMEOUT, seconds=60, target=target, by=lead, now=now())

    await in_database(time_out)
    you = (await browser.next("you"))["you"]
    assert you["muted_until"] > now().timestamp() * 1000
    await browser.send({"type": "chat.send", "id": "c2", "text": "Second"})
    refusal = await browser.next("error")
    assert (refusal["code"], refusal["ref"]) == ("muted", "c2")
    await browser.send({"type": "since", "epoch": first["epoch"], "seq": 0})
    assert (await browser.next("hello"))["you"] == you


async def test_a_line_that_waits_is_answered_by_held_and_told_to_people_at_work(arrive):
    browser = await arrive(guest_name="Mina")
    user = await in_database(make_user)

    def prepare():
        Room.objects.update(review=True)
        make_event_staff(browser.room.event, user=user, role=StaffRole.MODERATOR)

    await in_database(prepare)
    moderator = await arrive(browser.room, user=user)
    await hello(browser)
    await hello(moderator)
    await browser.send({"type": "chat.send", "id": "c1", "text": "Is it lined?"})
    held, waiting = await browser.next("held"), await moderator.next("review.waiting")
    assert (held["ref"], held["id"], waiting["text"]) == ("c1", waiting["id"], "Is it lined?")
    line = await in_database(ChatMessage.objects.select_related("room__event__brand", "author").get)
    await in_database(decide, line, approve=True, by=user, now=now())
    assert (await browser.next("chat.posted"))["id"] == held["id"]
    assert (await moderator.next("review.settled"))["approved"] is True
