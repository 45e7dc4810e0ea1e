"""The layer over three real Redis: each room lies on one of them, and losing one leaves the rest alone."""

import asyncio
from collections import Counter
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest
import redis
from channels_redis.pubsub import RedisPubSubChannelLayer

from livechat.wire import announce, layer
from livechat.wire.hub import Hub
from livechat.wire.layer import Subscription
from tests import services
from tests.livechat.hub_doubles import MemoryLog, seated, until

pytestmark = [pytest.mark.services, pytest.mark.expects_errors]
ROOMS = range(1, 31)


@pytest.fixture
def three(tmp_path: Path):
    """The addresses of three Redis, and a way to end one of them."""
    stacks = {}
    for name in ("a", "b", "c"):
        folder = tmp_path / name
        folder.mkdir()
        stack = ExitStack()
        stacks[stack.enter_context(services.redis(folder))] = stack
    yield stacks
    for stack in stacks.values():
        stack.close()


@pytest.fixture
async def sharded(three, monkeypatch):
    found = RedisPubSubChannelLayer(hosts=list(three))
    monkeypatch.setattr(layer, "is_shared", lambda: True)
    monkeypatch.setattr(layer, "get_channel_layer", lambda: found)
    yield found
    await found.flush()


def subscribed(url: str) -> list[str]:
    """The rooms this Redis carries."""
    with redis.Redis.from_url(url, decode_responses=True) as client:
        return [name.rpartition("room.")[2] for name in client.pubsub_channels("*room.*")]


async def test_every_room_is_subscribed_on_exactly_one_redis_and_all_carry_some(three, sharded):
    ear = Subscription()
    for room in ROOMS:
        await ear.join(room)
    carried = [await asyncio.to_thread(subscribed, url) for url in three]
    assert Counter(name for names in carried for name in names) == Counter(str(room) for room in ROOMS)
    assert min(map(len, carried)) > 0
    assert len({id(sharded._get_layer()._get_shard(f"asgi__group__room.{room}")) for room in ROOMS}) == 3


async def test_what_is_published_for_a_room_is_heard_from_its_redis(sharded):
    ear = Subscription()
    for room in ROOMS:
        await ear.join(room)
    for room in ROOMS:
        await layer.publish(room, {"seq": room})
    heard = [await asyncio.wait_for(ear.receive(), 20) for _ in ROOMS]
    assert sorted((message["room"], message["seq"]) for message in heard) == [(n, n) for n in ROOMS]


async def test_a_redis_that_is_gone_takes_only_its_own_rooms_with_it(three, sharded):
    ear = Subscription()
    for room in ROOMS:
        await ear.join(room)
    url, stack = next(iter(three.items()))
    lost = {int(name) for name in await asyncio.to_thread(subscribed, url)}
    await asyncio.to_thread(stack.close)
    # Its own channel may be named onto the lost one; each new name is another draw.
    for _ in range(12):
        with suppress(redis.ConnectionError):
            await ear.rejoin()
        if ear._channel is not None:
            break
    kept = next(room for room in ROOMS if room not in lost)
    # A hint may be lost while the line is made anew; the next one is heard.
    hearing = asyncio.ensure_future(ear.receive())
    async with asyncio.timeout(20):
        while not hearing.done():
            await layer.publish(kept, {"seq": 1})
            await asyncio.wait([hearing], timeout=0.2)
    assert hearing.result()["room"] == kept


async def test_two_processes_hear_of_each_other_over_the_shards(sharded):
    record = MemoryLog()
    hubs = [Hub(record), Hub(record)]
    screens = [await seated(one, f"v{n}") for n, one in enumerate(hubs)]
    announce.announce(record.write())
    await until(lambda: all(screen.numbers() == [1] for screen in screens))
    for one in hubs:
        for task in one._tasks:
            task.cancel()
    announce.listen(None)
