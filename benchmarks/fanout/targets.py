"""What the room is to reach, each as one number that must not be passed, and whether it does. Pure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from benchmarks.fanout.figures import Figures, Table, ratio
from benchmarks.fanout.plan import HEALTHY, STALLED, STALLED_CONTENDER, N

JSON = dict[str, Any]
Take = Callable[[Figures], float]


@dataclass(frozen=True, slots=True)
class Target:
    """`limit` is the most that is allowed, or with `at_least` the least. `value`: None when not measured."""

    title: str
    limit: float
    shown: str
    value: Callable[[Table], float | None]
    at_least: bool = False
    unit: str = ""
    as_share: bool = False
    # What stands between us and the figure; printed only when it is not reached.
    limited_by: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A target beside the figure; `is_reached` is None when it was not measured."""

    target: Target
    value: float | None
    is_reached: bool | None


def judge(target: Target, table: Table) -> Verdict:
    value = target.value(table)
    if value is None:
        return Verdict(target, None, None)
    reached = value >= target.limit if target.at_least else value <= target.limit
    return Verdict(target, value, reached)


def _cpu(found: Figures) -> float:
    return found.cpu


def _per_second(found: Figures) -> float:
    return found.per_second


def _bytes(found: Figures) -> float:
    return found.bytes


Cell = tuple[str, str]


def _to(one: Cell, other: Cell, take: Take = _cpu) -> Callable[[Table], float | None]:
    """A figure of one server and cell to the same figure of another, at N viewers."""

    def value(table: Table) -> float | None:
        a, b = table.get(one[0], N, one[1]), table.get(other[0], N, other[1])
        return ratio(a and take(a), b and take(b))

    return value


def _of(cell: Cell, take: Take) -> Callable[[Table], float | None]:
    def value(table: Table) -> float | None:
        found = table.get(cell[0], N, cell[1])
        return take(found) if found else None

    return value


def _stalls(table: Table) -> list[JSON]:
    return table.cells(STALLED_CONTENDER, HEALTHY, "stalled", "stalled")


def _stalled_to_calm(table: Table) -> float | None:
    calm = table.get(STALLED_CONTENDER, HEALTHY, "calm", "stalled")
    stalled = table.get(STALLED_CONTENDER, HEALTHY, "stalled", "stalled")
    return ratio(stalled and stalled.p99, calm and calm.p99)


def _fewest(name: str) -> Callable[[Table], float | None]:
    """The fewest of the stalled viewers, over all rounds, of whom this is true."""

    def value(table: Table) -> float | None:
        found: Iterable[int] = [cell["stalled"][name] for cell in _stalls(table)]
        return min(found, default=None)

    return value


KERNEL = (
    "One write(2) per viewer and frame is the floor's own cost; what is above it is the event loop's and"
    " Python's call of the transport."
)
TARGETS = (
    Target(
        "CPU against plain Channels, both at 2 msg/s, tick off",
        1 / 25,
        "1/25",
        _to(("seenow-direct", "2"), ("plain", "2")),
        as_share=True,
        limited_by="At two lines a second the clock's own work (heartbeat, presence, polls) is a part"
        " of every delivery.",
    ),
    Target(
        "CPU with the tick at 50 msg/s against plain Channels at 2 msg/s",
        1 / 100,
        "1/100",
        _to(("seenow", "50"), ("plain", "2")),
        as_share=True,
        limited_by=KERNEL,
    ),
    Target(
        "CPU against Socket.IO with the Redis adapter, 50 msg/s, tick off",
        0.70,
        "0.70",
        _to(("seenow-direct", "50"), ("socketio", "50")),
        limited_by=KERNEL,
    ),
    Target(
        "CPU against Socket.IO with the Redis adapter, 50 msg/s, with the tick",
        1 / 4.5,
        "1/4.5",
        _to(("seenow", "50"), ("socketio", "50")),
        as_share=True,
        limited_by=KERNEL,
    ),
    Target(
        "CPU against nchan, 50 msg/s, with the tick",
        1 / 3,
        "1/3",
        _to(("seenow", "50"), ("nchan", "50")),
        as_share=True,
        limited_by=KERNEL,
    ),
    Target(
        "CPU against the C floor, 50 msg/s, tick off",
        1.8,
        "1.8",
        _to(("seenow-direct", "50"), ("floor", "50")),
        limited_by=KERNEL,
    ),
    Target(
        "Deliveries a second at saturation against plain Channels, tick off",
        50,
        "50",
        _to(("seenow-direct", "full"), ("plain", "full"), _per_second),
        at_least=True,
        unit="x",
        limited_by="Each line is a transaction of its own before it is sent; in a closed loop of four the"
        " writing of lines is in the way of their delivery.",
    ),
    Target(
        "Missing frames, 200 msg/s to 1,000 viewers",
        0,
        "0",
        _of(("seenow", "200"), lambda found: found.missing + found.gaps),
    ),
    Target(
        "Chat p99 at 200 msg/s to 1,000 viewers",
        125,
        "125 ms",
        _of(("seenow", "200"), lambda found: found.p99),
        unit=" ms",
        limited_by="The tick alone is 100 ms; the rest is the transaction of the line and the fan-out.",
    ),
    Target(
        "Prices, sold-outs and pins p99 beside 200 msg/s, from the commit",
        15,
        "15 ms",
        _of(("seenow", "200"), lambda found: found.urgent_p99),
        unit=" ms",
        limited_by="A frame waits for the slice of the fan-out that is under way.",
    ),
    Target(
        "The same from the tap, the shop's own transactions included",
        15,
        "15 ms",
        _of(("seenow", "200"), lambda found: found.tapped_p99),
        unit=" ms",
        limited_by="Several transactions of the shop come before the frame, and each waits for the chat line"
        " that is being written; writer, load client and Redis share one core here.",
    ),
    Target(
        "Bytes per delivery against plain Channels, 50 msg/s (plain: 2), realistic chat",
        1 / 6,
        "1/6",
        _to(("seenow", "50"), ("plain", "2"), _bytes),
        as_share=True,
        limited_by="Every line carries two random identifiers and new words; no compression shortens those.",
    ),
    Target(
        f"p99 of {HEALTHY} viewers beside {STALLED} who stopped reading, against none",
        1.10,
        "1.10",
        _stalled_to_calm,
    ),
    Target(
        f"Stalled viewers cut, of {STALLED}",
        STALLED,
        str(STALLED),
        _fewest("cut"),
        at_least=True,
    ),
    Target(
        f"Stalled viewers back in the room, of {STALLED}",
        STALLED,
        str(STALLED),
        _fewest("back"),
        at_least=True,
    ),
)
