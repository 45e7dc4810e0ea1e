"""What is measured, in which order and for how long. A visit starts one server and measures a few cells."""

from collections.abc import Iterator
from dataclasses import dataclass

WARM = 0.5


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One measurement: lines a second (open loop), or `flight` lines always under way (closed loop).

    `urgent`: prices, sold-outs and pins a second beside the chat. Times in seconds; `patience` is how long
    late frames are waited for after the last line.
    """

    name: str
    rate: float = 0
    urgent: float = 0
    flight: int = 0
    warm: float = WARM
    seconds: float = 4
    patience: float = 3


@dataclass(frozen=True, kw_only=True)
class Stop:
    """One visit of the plan."""

    contender: str
    viewers: int
    cells: tuple[Cell, ...]
    round: int
    kind: str = "crowd"


SLOW = Cell(name="2", rate=2, seconds=5)
STEADY = Cell(name="50", rate=50, seconds=3)
BUSY = Cell(name="200", rate=200, seconds=3)
BUSY_URGENT = Cell(name="200", rate=200, urgent=10, seconds=6)
FULL = Cell(name="full", flight=4, seconds=3)
COLLAPSE = Cell(name="50", rate=50, seconds=3)

N = 1000
SIZES = (500, 2000, 5000)
# The same number of deliveries a second whatever the crowd: what differs is then what the crowd costs.
DELIVERIES = 50_000
PLAIN_DELIVERIES = 2_500
CROWDS = {
    "seenow": (SLOW, STEADY, BUSY_URGENT),
    "seenow-direct": (SLOW, STEADY, BUSY, FULL),
    "plain": (SLOW, FULL),
    "plain-pubsub": (SLOW, FULL),
    "socketio": (SLOW, STEADY, BUSY, FULL),
    "ws": (SLOW, STEADY, BUSY, FULL),
    "nchan": (SLOW, STEADY, BUSY, FULL),
    "floor": (SLOW, STEADY, BUSY, FULL),
}
# At other sizes one layer of plain Channels stands for both.
IN_CROWDS = [name for name in CROWDS if name != "plain-pubsub"]
# Measured once: variants that no target rests on.
ONCE = {
    "seenow-raw": (STEADY,),
    "seenow-sampled": (BUSY,),
    "seenow-said": (STEADY,),
    "plain-deflate": (SLOW,),
    "plain": (COLLAPSE,),
}
HEALTHY, STALLED = 50, 5
# Without deflate, so that what is not read piles up as fast as it can.
STALLED_CONTENDER = "seenow-raw"
CALM = Cell(name="calm", rate=200)
STALLS = Cell(name="stalled", rate=200, seconds=6)
# A reader is cut after ten seconds at the latest; a little more shows one who is not.
CUT_SECONDS = 16.0


def full_plan(rounds: int) -> Iterator[Stop]:
    """All rounds; what is done once stands behind the first, so that a short run has it too."""
    for number in range(1, rounds + 1):
        yield from _round(number)
        if number == 1:
            yield from _once()
            yield from _sizes()


def quick_plan() -> Iterator[Stop]:
    """A smoke: every server once, a hundred viewers, a second each. Its figures mean nothing."""
    for contender in CROWDS:
        cells = (
            Cell(name="2", rate=10, urgent=5 * (contender == "seenow"), warm=0.2, seconds=1, patience=2),
            Cell(name="full", flight=4, warm=0.2, seconds=1),
        )
        yield Stop(contender=contender, viewers=100, cells=cells, round=1)
    yield Stop(contender=STALLED_CONTENDER, viewers=HEALTHY, cells=(CALM, STALLS), round=1, kind="stalled")


def _round(number: int) -> Iterator[Stop]:
    for contender, cells in CROWDS.items():
        yield Stop(contender=contender, viewers=N, cells=cells, round=number)
    yield Stop(
        contender=STALLED_CONTENDER, viewers=HEALTHY, cells=(CALM, STALLS), round=number, kind="stalled"
    )


def _once() -> Iterator[Stop]:
    for contender, cells in ONCE.items():
        yield Stop(contender=contender, viewers=N, cells=cells, round=1, kind="once")


def _sizes() -> Iterator[Stop]:
    for viewers in SIZES:
        for contender in IN_CROWDS:
            wanted = PLAIN_DELIVERIES if contender.startswith("plain") else DELIVERIES
            cell = Cell(name="crowd", rate=wanted / viewers, seconds=4 if wanted < DELIVERIES else 3)
            yield Stop(contender=contender, viewers=viewers, cells=(cell,), round=1, kind="size")
