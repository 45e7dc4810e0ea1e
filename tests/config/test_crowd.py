"""The rehearsal crowd against a real server: it uses what people use, and what it does is marked."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import httpx
import pytest
import uvicorn
from asgiref.sync import sync_to_async
from django.conf import LazySettings
from django.core.management import CommandError, call_command

from catalog.models import Stock
from config.asgi import application
from config.crowd import LEAVES, PERSONAS, Pace, Visitor, live_room
from config.lines import ABOUT, SMALL_TALK
from livechat.domain.rehearsal import HEADER, rehearsal_header
from livechat.models import ChatMessage, PollVote, ReactionMinute, Room
from orders.models import Attribution, Order
from tests.factories.catalog import make_image, make_stocked_variant
from tests.factories.livechat import make_poll
from tests.factories.orders import make_shown

pytestmark = pytest.mark.django_db(transaction=True)
QUICK = Pace(**dict.fromkeys(("talk", "buy", "again", "react", "vote"), (0.01, 0.02)))
NEVER = (3600.0, 3600.0)


@pytest.fixture
def site(settings: LazySettings) -> Iterator[str]:
    """This very process as a server, in a thread."""
    settings.DEMO = True
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    config = uvicorn.Config(application, port=0, ws="websockets-sansio", log_level="critical", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        threading.Event().wait(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@pytest.fixture
def variant() -> object:
    """A piece on the stage of a live show."""
    variant = make_stocked_variant(on_hand=10)
    make_image(variant.product)
    make_shown(variant)
    return variant


async def attend_until(visitor: Visitor, happened: Callable[[], bool]) -> None:
    """Let somebody in and take them out as soon as it happened."""
    visit = asyncio.create_task(visitor.attend())
    async with asyncio.timeout(15):
        while not await sync_to_async(happened)():  # noqa: ASYNC110 - rows send no event
            await asyncio.sleep(0.02)
    visit.cancel()
    await asyncio.gather(visit, return_exceptions=True)


def visitor(site: str, **pace: tuple[float, float]) -> Visitor:
    never = dict.fromkeys(("talk", "buy", "react", "vote"), NEVER)
    chosen = Pace(**never | {"again": (0.01, 0.02)} | pace)
    return Visitor(PERSONAS[0], site, Random(1), chosen)


async def test_a_line_of_the_crowd_is_said_and_marked(site: str, variant: object) -> None:
    await attend_until(visitor(site, talk=QUICK.talk), ChatMessage.objects.exists)
    line = await ChatMessage.objects.afirst()
    assert line is not None
    assert (line.author_name, line.rehearsal) == (PERSONAS[0].name, True)


async def test_a_purchase_of_the_crowd_counts_for_the_show_and_is_marked(site: str, variant: object) -> None:
    def paid() -> bool:
        return Order.objects.filter(paid_at__isnull=False).exists()

    await attend_until(visitor(site, buy=QUICK.buy), paid)
    order = await Order.objects.aearliest("pk")
    assert order.rehearsal
    assert await Attribution.objects.filter(line__order=order, event__isnull=False).aexists()


async def test_the_crowds_vote_is_given_once_and_marked(site: str, variant: object) -> None:
    room = await Room.objects.aget()
    poll = await sync_to_async(make_poll)(room)
    await attend_until(visitor(site, vote=QUICK.vote), PollVote.objects.exists)
    given = await PollVote.objects.aget()
    assert (given.poll_id, given.rehearsal) == (poll.pk, True)


async def test_the_crowds_reactions_are_never_written_down(site: str, variant: object) -> None:
    someone = visitor(site, react=QUICK.react)
    heard: list[dict[str, Any]] = []
    listen = someone.hear

    def hear(frame: dict[str, Any]) -> None:
        listen(frame)
        heard.extend([frame] if frame["type"] == "reactions" else [])

    someone.hear = hear  # type: ignore[method-assign]  # an ear beside the visitor's own
    await attend_until(someone, lambda: bool(heard))
    assert (heard[0]["counts"], bool(heard[0]["rehearsal"])) == ({}, True)
    assert await ReactionMinute.objects.acount() == 0


async def test_the_crowd_leaves_the_last_pieces_to_people(site: str, variant: object) -> None:
    await Stock.objects.aupdate(on_hand=LEAVES)
    someone = visitor(site)
    headers = {HEADER: rehearsal_header()}
    async with httpx.AsyncClient(base_url=site, headers=headers) as http:
        slug = await live_room(http)
        assert slug is not None
        await http.get(f"/events/{slug}/")
        assert await someone.buy(http, slug, variant.product.public_id) is None


async def test_there_is_no_room_when_nothing_is_live(site: str) -> None:
    async with httpx.AsyncClient(base_url=site) as http:
        assert await live_room(http) is None


def test_the_stage_is_kept_as_frames_tell_it(site: str) -> None:
    someone = visitor(site)
    snapshot = {"pins": [{"id": "a", "product": "p"}], "products": {"p": {"name": "Scarf"}}}
    someone.hear({"type": "hello", "snapshot": snapshot})
    assert someone.topic() == {"name": "Scarf"}
    placed = {"type": "pin.placed", "id": "b", "product": "q"}
    changed = {"type": "lineup.changed", "products": {"q": {"name": "Belt"}}}
    someone.hear({"type": "batch", "frames": [placed, changed]})
    assert someone.topic() == {"name": "Belt"}
    someone.hear({"type": "poll.opened", "id": "p", "options": ["A", "B"]})
    assert someone.poll is not None
    someone.hear({"type": "poll.closed", "id": "p", "counts": [1, 0]})
    assert someone.poll is None
    someone.hear({"type": "pin.removed", "id": "b"})
    assert [pin["id"] for pin in someone.on_stage] == ["a"]


def test_everybody_of_the_crowd_has_something_to_say() -> None:
    assert {persona.language for persona in PERSONAS} == set(SMALL_TALK) == set(ABOUT)
    for lines in ABOUT.values():
        assert all("{product}" in text for text in lines)


def test_there_is_no_crowd_outside_the_demo(settings: LazySettings) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="in the demo only"):
        call_command("crowd")
