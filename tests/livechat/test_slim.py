"""What stands in for asyncio's queue and event in every socket does what those do."""

import asyncio

import pytest

from livechat.wire.slim import Gate, Inbox
from tests.livechat.hub_doubles import settle


async def test_items_come_in_their_order():
    inbox = Inbox()
    assert inbox.empty()
    for number in range(3):
        inbox.put_nowait(number)
    assert [await inbox.get() for _ in range(3)] == [0, 1, 2]
    assert inbox.empty()


async def test_a_reader_waits_for_an_item():
    inbox = Inbox()
    reading = asyncio.create_task(inbox.get())
    await settle()
    inbox.put_nowait("a")
    inbox.put_nowait("b")
    assert [await reading, await inbox.get()] == ["a", "b"]


async def test_a_reader_who_gives_up_takes_nothing():
    inbox = Inbox()
    reading = asyncio.create_task(inbox.get())
    await settle()
    reading.cancel()
    await settle()
    inbox.put_nowait("a")
    assert await inbox.get() == "a"


async def test_a_gate_lets_everybody_through_when_it_opens():
    gate = Gate()
    waiting = [asyncio.create_task(gate.wait()) for _ in range(3)]
    await settle()
    assert [task.done() for task in waiting] == [False] * 3
    waiting[0].cancel()
    gate.set()
    await settle()
    assert [task.cancelled() for task in waiting] == [True, False, False]
    assert [await task for task in waiting[1:]] == [True, True]


async def test_an_open_gate_holds_nobody_until_it_is_shut():
    gate = Gate()
    gate.set()
    assert (gate.is_set(), await gate.wait()) == (True, True)
    gate.clear()
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(gate.wait(), 0.01)
