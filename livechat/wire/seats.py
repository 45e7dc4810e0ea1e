"""Who sits in a room of this process, and how to find the seats of one person."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from time import time
from typing import Any

from livechat.wire.announce import STAFF
from livechat.wire.outbox import Outbox


@dataclass(frozen=True, slots=True)
class Pass:
    """What a socket's right to be here rests on: a browser session, and an account with its password."""

    session_key: str
    user_id: int | None
    auth_hash: str


@dataclass(eq=False, slots=True)
class Seat:
    """One socket in a room. `crowd` marks the rehearsal crowd, `audience` is False for people at work.

    `place` is the keyed hash of its address, empty when the address says nothing. `again` opens the door
    once more when the line is lost. `asked` and `spoke`: a ping or a line came. `lag` is how far behind the
    picture was at `lag_at`, in milliseconds, None without one. `counted` is False for people at work and for
    everybody else of the brand: they are no viewers.
    """

    outbox: Outbox
    viewer_key: str
    right: Pass
    you: dict[str, Any]
    crowd: bool = False
    audience: bool = True
    since: float = field(default_factory=time)
    counted: bool = True
    place: str = ""
    again: str = ""
    asked: bool = False
    spoke: bool = False
    lag: int | None = None
    lag_at: float = 0.0


class Seats:
    """The seats of one room, by person."""

    def __init__(self) -> None:
        self._all: set[Seat] = set()
        self._of: dict[str, tuple[Seat, ...]] = {}

    def __len__(self) -> int:
        return len(self._all)

    def __iter__(self) -> Iterator[Seat]:
        """Over those seated at this moment: who comes or goes meanwhile changes nothing."""
        return iter(list(self._all))

    def __contains__(self, seat: Seat) -> bool:
        return seat in self._all

    def add(self, seat: Seat) -> None:
        """Seat somebody; nothing when they sit already."""
        if seat not in self._all:
            self._all.add(seat)
            self._of[seat.viewer_key] = (*self._of.get(seat.viewer_key, ()), seat)

    def discard(self, seat: Seat) -> None:
        """Free a seat; nothing when it is free."""
        if seat not in self._all:
            return
        self._all.discard(seat)
        rest = tuple(other for other in self._of[seat.viewer_key] if other is not seat)
        if rest:
            self._of[seat.viewer_key] = rest
        else:
            del self._of[seat.viewer_key]

    def clear(self) -> None:
        """Free all seats."""
        self._all, self._of = set(), {}

    def of(self, viewer_key: str) -> tuple[Seat, ...]:
        """The sockets of one person."""
        return self._of.get(viewer_key, ())

    def addressed(self, to: str) -> Iterable[Seat]:
        """Whom `announce.tell` means: one person, or everybody at work here."""
        return [seat for seat in self._all if not seat.audience] if to == STAFF else self.of(to)

    def counts(self) -> tuple[int, int]:
        """(people, rehearsal crowd), each counted once however many windows they have open."""
        people = {seat.viewer_key for seat in self._all if seat.audience and not seat.crowd}
        return len(people), len({seat.viewer_key for seat in self._all if seat.crowd})
