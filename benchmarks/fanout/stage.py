"""The process beside SeeNow's server: it makes the room, hands out tickets and says what happens in it.

    python -m benchmarks.fanout.stage seed                 makes the database and one live room
    python -m benchmarks.fanout.stage serve <socket>       speaks; commands on stdin, lines on the socket

Everything goes through the product's own domain: sessions, `issue_ticket`, and one transaction per chat line
(`log.append`), price (`set_price`), sold-out (`hold`, `release`) and pin (`place_pin`). What commits is
announced through the Redis layer, as from a page process or a worker; the measured server only hears of it.
"""

import json
import os
import selectors
import socket
import sys
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.contrib.sessions.backends.db import SessionStore  # noqa: E402 - these need the apps
from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.codes import new_public_id  # noqa: E402
from accounts.domain.viewers import GUEST, GUEST_NAME, Viewer, guest_key  # noqa: E402
from accounts.models import User  # noqa: E402
from catalog.domain.pricing import set_price  # noqa: E402
from catalog.domain.stock import hold, release  # noqa: E402
from catalog.models import Hold, Stock, Variant  # noqa: E402
from events.models import Event  # noqa: E402
from livechat.domain import log  # noqa: E402
from livechat.domain.pins import place_pin  # noqa: E402
from livechat.domain.rooms import room_of  # noqa: E402
from livechat.domain.tickets import issue_ticket  # noqa: E402
from livechat.models import Room  # noqa: E402
from livechat.wire import announce  # noqa: E402
from livechat.wire.frames import ChatPosted  # noqa: E402
from tests.factories.accounts import make_superuser  # noqa: E402
from tests.factories.catalog import make_stocked_variant  # noqa: E402
from tests.factories.events import make_ready_event  # noqa: E402

PIECES = 6
# Lines that wait while another is written are written together, at most this many.
TOGETHER = 4
SLUG = "fanout"
PRICE = 10_000


def seed() -> None:
    """An empty database, one live show of six pieces, its room and somebody who may run it."""
    call_command("migrate", verbosity=0)
    make_superuser()
    event = make_ready_event(state="live", items=PIECES, now=timezone.now(), slug=SLUG)
    for item in event.lineup.all():
        make_stocked_variant(product=item.product, on_hand=40)
    room_of(event)


class Watch:
    """What a hub is to its process, here only to know the moment a commit is announced. Its own loop, too."""

    def __init__(self) -> None:
        self.loop: Any = self
        self.committed_at = 0

    def is_running(self) -> bool:
        """There is no loop to send by: the announcer uses its own."""
        return False

    def call_soon_threadsafe(self, heard: Callable[..., None], *words: object) -> None:
        heard(*words)

    def accept(self, _logged: announce.Logged) -> None:
        self.committed_at = time.monotonic_ns()

    def deliver(self, *_words: object) -> None: ...

    def burst(self, *_words: object) -> None: ...

    def revoke(self, _user_id: int) -> None: ...


class Speaker:
    """What happens in the room, said one fact after the other. Durations are nanoseconds."""

    def __init__(self) -> None:
        self.room: Room = room_of(Event.objects.select_related("brand").get(slug=SLUG))
        self.host = User.objects.get(is_superuser=True)
        self.items = list(self.room.event.lineup.select_related("product"))
        self.variant: Variant = self.items[0].product.variants.get()
        self.held: Hold | None = None
        self.took: dict[str, list[int]] = {"line": [], "urgent": []}
        self.watch = Watch()
        announce.listen(self.watch)

    def say(self, texts: list[str]) -> None:
        """Chat lines: rows of the log, those that came together in one transaction."""
        start = time.monotonic_ns()
        with transaction.atomic():
            for text in texts:
                line = json.loads(text)
                body = {
                    "id": new_public_id(),
                    **{name: line[name] for name in ("name", "badge", "text", "author", "lang")},
                    "rehearsal": False,
                    "reply": "",
                    "mentions": [],
                    "links": False,
                }
                log.append(self.room, ChatPosted.TYPE, body, now=timezone.now())
        self.took["line"].append(time.monotonic_ns() - start)

    def act(self, number: int) -> int:
        """A price, a sold-out (and later its end) or a pin, in turn; when it was committed."""
        start = time.monotonic_ns()
        (self._price, self._stock, self._pin)[number % 3](number)
        self.took["urgent"].append(time.monotonic_ns() - start)
        return self.watch.committed_at

    def _price(self, number: int) -> None:
        set_price(self.variant, amount=PRICE + number, currency=self.room.event.currency, now=timezone.now())

    def _stock(self, _number: int) -> None:
        now = timezone.now()
        if self.held is None:
            free = Stock.objects.get(variant=self.variant).free
            self.held = hold(self.variant, holder="guest:fanout", quantity=free, now=now)
        else:
            release(self.held, now=now)
            self.held = None

    def _pin(self, number: int) -> None:
        item = self.items[number // 3 % PIECES]
        place_pin(self.room, item=item, by=self.host, host=None, now=timezone.now())

    def summary(self) -> dict[str, float]:
        """Median and 99th percentile of what was said since the last time, in milliseconds."""
        found: dict[str, float] = {}
        for name, took in self.took.items():
            ranked = sorted(took) or [0]
            found[f"{name}_p50_ms"] = ranked[len(ranked) // 2] / 1e6
            found[f"{name}_p99_ms"] = ranked[int(len(ranked) * 0.99)] / 1e6
            took.clear()
        return found


@transaction.atomic
def write_targets(
    room: Room, path: Path, *, count: int, receive_buffer: int, positions: list[str]
) -> dict[str, int]:
    """`count` sessions with a ticket each, one line per socket as the load client reads them.

    `positions`: `epoch seq` of viewers who come back.
    """
    lines = []
    for number in range(count):
        guest = new_public_id()
        session = SessionStore()
        session[GUEST], session[GUEST_NAME] = guest, f"Guest {number}"
        session.create()
        key = session.session_key or ""
        ticket = issue_ticket(
            room,
            viewer=Viewer(guest_key(guest), None, f"Guest {number}"),
            session_key=key,
            rehearsal=False,
            now=timezone.now(),
        )
        since = "&epoch={}&since={}".format(*positions[number].split(":")) if positions else ""
        lines.append(f"/ws/rooms/{SLUG}/?ticket={ticket}{since}\tsessionid={key}\t{receive_buffer}\n")
    path.write_text("".join(lines))
    return {"targets": count}


class Desk:
    """The loop: commands of the driver, lines of the load client; urgent ones first."""

    def __init__(self, place: str) -> None:
        self.speaker = Speaker()
        self.selector = selectors.DefaultSelector()
        self.urgent: deque[int] = deque()
        self.lines: deque[str] = deque()
        self.rest = b""
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(place)
        listener.listen()
        self.selector.register(listener, selectors.EVENT_READ, self._accept)
        self.selector.register(sys.stdin, selectors.EVENT_READ, self._command)

    def work(self) -> None:
        """Until the driver hangs up."""
        while True:
            idle = not (self.urgent or self.lines)
            for key, _mask in self.selector.select(None if idle else 0):
                if not key.data(key.fileobj):
                    return
            if self.urgent:
                committed_at = self.speaker.act(self.urgent.popleft())
                self.peer.sendall(b"%d\n" % committed_at)
            elif self.lines:
                self.speaker.say([self.lines.popleft() for _ in range(min(TOGETHER, len(self.lines)))])

    def _accept(self, listener: socket.socket) -> bool:
        self.peer, _address = listener.accept()
        self.selector.register(self.peer, selectors.EVENT_READ, self._hear)
        return True

    def _hear(self, peer: socket.socket) -> bool:
        got = peer.recv(1 << 16)
        if not got:
            self.selector.unregister(peer)
            return True
        *whole, self.rest = (self.rest + got).split(b"\n")
        for line in whole:
            if line.startswith(b"!"):
                self.urgent.append(int(line[1:]))
            else:
                self.lines.append(line.decode())
        return True

    def _command(self, _stdin: object) -> bool:
        words = sys.stdin.readline().split()
        if not words:
            return False
        if words[0] == "summary":
            answer: object = self.speaker.summary()
        else:
            path, count, receive_buffer, *positions = words[1:]
            answer = write_targets(
                self.speaker.room,
                Path(path),
                count=int(count),
                receive_buffer=int(receive_buffer),
                positions=positions,
            )
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()
        return True


if __name__ == "__main__":
    if sys.argv[1] == "seed":
        seed()
    else:
        Desk(sys.argv[2]).work()
