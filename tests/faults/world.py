"""A live show with an audience, a host who pins and people who buy, against real server processes."""

import asyncio
import json
import os
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connections

from accounts.codes import new_public_id
from events.enums import EventState
from livechat.domain.snapshot import snapshot
from livechat.models import Pin, Room
from tests.factories.accounts import make_user
from tests.factories.catalog import make_stocked_variant
from tests.factories.events import make_event, make_event_host, make_host, make_lineup_item
from tests.factories.livechat import make_room
from tests.faults.viewers import Viewer, request
from tests.livechat.servers import Server, session_of

T = TypeVar("T")
# What a snapshot says of its own moment and of other people; no frame tells it.
OF_THE_MOMENT = ("now", "presence")
PRICE = 12_500
LAST_FRAMES = 8.0
CONTACT = {
    "email": "mina@test.example",
    "name": "Mina Bell",
    "street": "4 Rue du Fil",
    "city": "Paris",
    "country": "FR",
}


@dataclass
class Show:
    """A room on air. `host_session` is a signed-in host, `items` what may be pinned, `variants` be bought."""

    room: Room
    slug: str
    host_session: str
    items: list[str]
    variants: list[str]

    def audience(self, count: int, ports: Sequence[int], **options: Any) -> list[Viewer]:
        """Guests with names, each from an address of their own, spread over `ports`."""
        sessions = guest_sessions(count)
        return [
            Viewer(
                self.slug,
                session,
                ports[n % len(ports) :] + ports[: n % len(ports)],
                address_of(n),
                **options,
            )
            for n, session in enumerate(sessions)
        ]


def make_show(*, items: int = 5) -> Show:
    event = make_event(state=EventState.LIVE, now=datetime.now(UTC))
    user = make_user()
    make_event_host(event, host=make_host(user=user))
    variants = [make_stocked_variant(on_hand=1_000, price=PRICE) for _ in range(items)]
    found = [make_lineup_item(event, product=variant.product).public_id for variant in variants]
    room = make_room(event)
    return Show(room, event.slug, session_of(user), found, [one.public_id for one in variants])


def guest_sessions(count: int) -> list[str]:
    """The keys of `count` new sessions of guests with names."""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    rows = [
        Session(
            session_key=new_public_id().lower().ljust(32, "0")[:32],
            session_data=store.encode({"guest": new_public_id(), "guest_name": f"Guest {n}"}),
            expire_date=datetime.now(UTC) + timedelta(days=1),
        )
        for n in range(count)
    ]
    Session.objects.bulk_create(rows)
    return [row.session_key for row in rows]


def address_of(number: int) -> str:
    return f"81.2.{number // 250}.{number % 250 + 1}"


async def in_thread(work: Callable[..., T], *args: Any) -> T:
    """Database work beside a running loop; its connection is given back."""

    def run() -> T:
        try:
            return work(*args)
        finally:
            connections.close_all()

    return await asyncio.to_thread(run)


def fresh(show: Show) -> dict[str, Any]:
    """The room as the database has it now, without what belongs to the moment."""
    return timeless(snapshot(Room.objects.get(pk=show.room.pk), now=datetime.now(UTC)))


def timeless(state: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in state.items() if key not in OF_THE_MOMENT}


def head_of(show: Show) -> int:
    return Room.objects.values_list("head", flat=True).get(pk=show.room.pk)


async def caught_up(show: Show, viewers: Sequence[Viewer], *, within: float) -> float:
    """Wait until every viewer stands at the head of the log; the seconds it took."""
    started = time.monotonic()
    async with asyncio.timeout(within):
        head = await in_thread(head_of, show)
        while any(viewer.state.get("head", -1) < head for viewer in viewers):
            await asyncio.sleep(0.02)
            head = await in_thread(head_of, show)
    return time.monotonic() - started


async def assert_all_saw(show: Show, viewers: Sequence[Viewer], pins: Sequence[str]) -> None:
    """I7 and I8: nothing out of order, nothing lost, and each screen is the database."""
    assert [viewer.violations for viewer in viewers if viewer.violations] == []
    watched = [viewer for viewer in viewers if viewer.keeps_state]
    # Requests whose caller has left are still being finished, and their frames are on the way.
    deadline = time.monotonic() + LAST_FRAMES
    while True:
        now = await in_thread(fresh, show)
        others = [found for found in (timeless(viewer.state) for viewer in watched) if found != now]
        if not others:
            break
        assert time.monotonic() < deadline, (others[0], now)
        await asyncio.sleep(0.1)
    for viewer in viewers:
        # A pin that came and went inside a snapshot's gap was never due on this screen.
        if all(recovered for _seconds, recovered in viewer.returns):
            assert set(pins) - set(viewer.pins) == set()


@dataclass
class Host:
    """Pins one piece after the other through the API, as fast as `every` seconds allow."""

    show: Show
    ports: Sequence[int]
    every: float = 0.5
    # When each accepted pin was asked for, by its id; monotonic seconds.
    accepted: dict[str, float] = field(default_factory=dict)
    statuses: list[int] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    async def work(self) -> None:
        """Pin until cancelled; a process that does not answer is left for the next one."""
        turn = 0
        while True:
            started = time.monotonic()
            item = self.show.items[len(self.accepted) % len(self.show.items)]
            try:
                await self._pin(self.ports[turn % len(self.ports)], item, started)
            except (OSError, TimeoutError, EOFError, IndexError):
                turn += 1
                continue
            finally:
                self.seconds.append(time.monotonic() - started)
            await asyncio.sleep(max(0.0, self.every - (time.monotonic() - started)))

    async def pin(self, item: str) -> str:
        """Pin one piece now; its id."""
        await self._pin(self.ports[0], item, time.monotonic())
        return list(self.accepted)[-1]

    async def _pin(self, port: int, item: str, started: float) -> None:
        path = f"/api/v1/rooms/{self.show.slug}/pins/"
        status, body = await request(port, "POST", path, session=self.show.host_session, body={"item": item})
        self.statuses.append(status)
        if status == 201:
            self.accepted.setdefault(json.loads(body)["id"], started)


@dataclass
class Buyer:
    """Buys one piece after the other, each with a key of its own."""

    show: Show
    session: str
    port: int
    every: float = 0.5
    statuses: list[int] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    async def work(self) -> None:
        """Buy until cancelled."""
        while True:
            started = time.monotonic()
            with suppress(OSError, TimeoutError, EOFError):
                self.statuses.append(await self.buy())
            self.seconds.append(time.monotonic() - started)
            await asyncio.sleep(self.every)

    async def buy(self) -> int:
        """Place one order; the status of the answer."""
        number = len(self.statuses) % len(self.show.variants)
        body = {
            "pieces": [{"variant": self.show.variants[number], "quantity": 1, "touch": ""}],
            "contact": CONTACT,
            "delivery": "standard",
            "method": "card",
            "agreed": PRICE + 900,
        }
        status, _body = await request(
            self.port,
            "POST",
            "/api/v1/checkout/",
            session=self.session,
            body=body,
            headers={"Idempotency-Key": new_public_id()},
        )
        return status


def lag_of(viewers: Sequence[Viewer], accepted: dict[str, float]) -> list[float]:
    """Seconds from asking for a pin to seeing it, for every viewer that was in the room."""
    return [
        viewer.pins[pin] - asked
        for viewer in viewers
        for pin, asked in accepted.items()
        if pin in viewer.pins
    ]


def memory_of(server: Server) -> int:
    """Bytes of memory the process holds now."""
    assert server.process
    pages = int(Path(f"/proc/{server.process.pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def pins_in_database(show: Show) -> set[str]:
    return set(Pin.objects.filter(room=show.room).values_list("public_id", flat=True))
