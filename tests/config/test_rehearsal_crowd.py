"""The crowd that is sent into a rehearsal, against a real server: it comes, talks, buys nothing, and goes."""

import asyncio
from itertools import count

import pytest
from asgiref.sync import sync_to_async
from django.core.cache import caches

from config import crowd
from config.crowd import Pace, rehearse
from config.tasks import attend
from livechat.domain import rehearsal
from livechat.domain.rehearsal import KEY, Crowd
from livechat.models import Attendance, ChatMessage, RoomTicket
from orders.models import Order
from tests.config.test_crowd import site  # noqa: F401 - this very process as a server
from tests.factories.catalog import make_image, make_stocked_variant
from tests.factories.events import NOW, make_event
from tests.factories.orders import make_shown

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def event(settings, monkeypatch):
    """A show in rehearsal, with a piece on its stage and a crowd sent for it; not a demo."""
    settings.DEMO = False
    monkeypatch.setattr(
        crowd, "SENT", Pace(**dict.fromkeys(("talk", "react", "vote", "again"), (0.01, 0.02)))
    )
    monkeypatch.setattr(crowd, "LOOK_EVERY", 0.02)
    variant = make_stocked_variant(on_hand=10)
    make_image(variant.product)
    found = make_event(state="rehearsal", brand=variant.product.brand)
    make_shown(variant, event=found)
    return found


@pytest.fixture
def sent(event):
    """The crowd as it stands noted, with nobody on the way yet."""
    there = Crowd("run", event.slug, 2, NOW)
    caches["between_processes"].set(KEY, there, timeout=60)
    return there


async def test_it_talks_in_the_rehearsal_marked_and_buys_nothing(site, event, sent):  # noqa: F811
    async def silent():
        return not await sync_to_async(ChatMessage.objects.filter(rehearsal=True).exists)()

    await rehearse(site, event.slug, people=2, seconds=15, goes_on=silent)
    lines = [line async for line in ChatMessage.objects.all()]
    assert {line.rehearsal for line in lines} == {True}
    assert await Order.objects.acount() == await Attendance.objects.acount() == 0
    assert {ticket.rehearsal async for ticket in RoomTicket.objects.all()} == {True}


async def test_it_goes_when_its_time_is_over_and_when_it_is_called_back(site, event, sent):  # noqa: F811
    async def always():
        return True

    looks = count()

    async def twice():
        return next(looks) < 2

    async with asyncio.timeout(10):
        await rehearse(site, event.slug, people=1, seconds=0.1, goes_on=always)
        await rehearse(site, event.slug, people=1, seconds=60, goes_on=twice)
    assert next(looks) == 3


def test_after_the_visit_another_crowd_may_be_sent(event, sent):
    rehearsal.finished("another run")
    assert rehearsal.running() == sent
    attend(sent.run, event.slug, 0, 0, "http://127.0.0.1:1")
    assert rehearsal.running() is None
