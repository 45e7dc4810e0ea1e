"""From stored cells to figures: medians over rounds, ratios, and what makes a cell doubtful. Pure."""

import statistics
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

JSON = dict[str, Any]
PER = 100_000
# Above this share of its core, or this late with its own lines, the client may be what is measured.
CLIENT_BUSY = 0.80
CORE_BUSY = 0.97
LATE_MS = 20.0


def doubts(cell: JSON) -> list[str]:
    """Why this cell should not be trusted; empty when nothing speaks against it."""
    seconds, cpu = cell["seconds"], cell["cpu"]
    client = cpu["client"] / seconds
    beside = sum(used for name, used in cpu.items() if name != "server") / seconds
    found = []
    if client > CLIENT_BUSY:
        found.append(f"client busy {client:.0%}")
    elif beside > CORE_BUSY:
        found.append(f"client's core busy {beside:.0%}")
    if cell["late"]["count"] and cell["late"]["p99_ms"] > LATE_MS:
        found.append(f"client late {cell['late']['p99_ms']:.0f} ms")
    return found


@dataclass(frozen=True, slots=True)
class Figures:
    """The medians of one server in one cell. Seconds of processor time are per 100,000 deliveries."""

    rounds: int
    doubtful: int
    cpu: float
    redis: float
    stage: float
    per_second: float
    p50: float
    p99: float
    urgent_p99: float
    tapped_p99: float
    bytes: float
    missing: float
    gaps: float
    utilisation: float
    client: float
    kib_per_viewer: float
    spread: tuple[float, float]


def figures(cells: Iterable[JSON]) -> Figures | None:
    """Medians of the cells that are beyond doubt, of all when none is; None without cells."""
    every = [cell for cell in cells if cell["deliveries"]]
    sound = [cell for cell in every if not cell["doubts"]]
    used = sound or every
    if not used:
        return None

    def median(of: Callable[[JSON], float]) -> float:
        return statistics.median(of(cell) for cell in used)

    per_cell = [_per_delivery(cell, "server") for cell in used]
    return Figures(
        rounds=len(used),
        doubtful=len(every) - len(sound),
        cpu=statistics.median(per_cell),
        redis=median(lambda cell: _per_delivery(cell, "redis")),
        stage=median(lambda cell: _per_delivery(cell, "stage")),
        per_second=median(lambda cell: cell["deliveries"] / cell["seconds"]),
        p50=median(lambda cell: cell["latency"]["p50_ms"]),
        p99=median(lambda cell: cell["latency"]["p99_ms"]),
        urgent_p99=median(lambda cell: cell["committed"]["p99_ms"]),
        tapped_p99=median(lambda cell: cell["urgent"]["p99_ms"]),
        bytes=median(lambda cell: cell["bytes"] / cell["deliveries"]),
        missing=max(_missing(cell) for cell in used),
        gaps=max(cell["gaps"] for cell in used),
        utilisation=median(lambda cell: cell["cpu"]["server"] / cell["seconds"]),
        client=median(lambda cell: cell["cpu"]["client"] / cell["seconds"]),
        kib_per_viewer=median(lambda cell: cell["memory"]["kib_per_viewer"]),
        spread=(min(per_cell), max(per_cell)),
    )


def _per_delivery(cell: JSON, group: str) -> float:
    return float(cell["cpu"].get(group, 0.0)) / cell["deliveries"] * PER


def _missing(cell: JSON) -> int:
    """Frames of the window that reached nobody in time; what was sampled out on purpose is not missing."""
    lines = cell["expected"] - cell["received"] - cell["sampled"]
    return int(lines + cell["urgent_expected"] - cell["urgent_received"])


class Table:
    """All cells of a run, asked by server, crowd and rate."""

    def __init__(self, cells: Iterable[JSON]) -> None:
        self._cells = list(cells)

    def all(self) -> list[JSON]:
        """Every cell, as stored."""
        return self._cells

    def cells(self, contender: str, viewers: int, name: str, kind: str = "crowd") -> list[JSON]:
        key = (contender, viewers, name, kind)
        return [c for c in self._cells if (c["contender"], c["viewers"], c["cell"], c["kind"]) == key]

    def get(self, contender: str, viewers: int, name: str, kind: str = "crowd") -> Figures | None:
        """The medians, or None when it was not measured."""
        return figures(self.cells(contender, viewers, name, kind))


def ratio(one: float | None, other: float | None) -> float | None:
    """`one` to `other`; None when one of them is unknown or there is nothing to divide by."""
    return one / other if one is not None and other else None
