"""One stop of the plan: the visit, its cells, what is stored of them, a line of progress each."""

import time
from typing import Any

from benchmarks.fanout.contenders import CONTENDERS
from benchmarks.fanout.figures import doubts
from benchmarks.fanout.plan import CUT_SECONDS, STALLED, STALLS, Cell, Stop
from benchmarks.fanout.record import Run
from benchmarks.fanout.rig import NotStarted
from benchmarks.fanout.visit import Refused, Visit, Workshop, visiting

JSON = dict[str, Any]


def key_of(stop: Stop, cell: Cell) -> JSON:
    """What tells one cell from all others."""
    return {
        "contender": stop.contender,
        "viewers": stop.viewers,
        "cell": cell.name,
        "round": stop.round,
        "kind": stop.kind,
    }


def _name(stop: Stop) -> str:
    return f"{stop.contender} at {stop.viewers}, round {stop.round}, {stop.kind}"


def measure(stop: Stop, run: Run, workshop: Workshop) -> bool:
    """Visit and store what is not stored yet. False when our own server did not work.

    Another one that cannot carry the crowd is a result: it is noted and not tried again.
    """
    missing = [cell for cell in stop.cells if not run.has(**key_of(stop, cell))]
    if not missing or run.has_failed(_name(stop)):
        return True
    start = time.monotonic()
    try:
        with visiting(CONTENDERS[stop.contender], workshop) as visit:
            visit.fill(stop.viewers)
            for cell in missing:
                _measure_cell(stop, cell, visit, run)
    except (NotStarted, Refused, OSError) as failure:
        print(f"  {stop.contender} at {stop.viewers}: not measured\n{failure}")
        if CONTENDERS[stop.contender].is_ours:
            return False
        run.fail(_name(stop), str(failure).strip().splitlines()[-1])
    print(f"  ({stop.contender}: {time.monotonic() - start:.0f} s)", flush=True)
    return True


def _measure_cell(stop: Stop, cell: Cell, visit: Visit, run: Run) -> None:
    if cell is STALLS:
        visit.stall(STALLED)
    found = visit.measure(cell)
    if cell is STALLS:
        found["stalled"] = visit.until_cut(STALLED, patience=CUT_SECONDS) | visit.come_back(STALLED)
    stored = key_of(stop, cell) | {"rate": cell.rate, "flight": cell.flight} | found
    stored["doubts"] = doubts(stored)
    run.add(stored)
    _say(stored)


def _say(cell: JSON) -> None:
    used = cell["cpu"]["server"] / max(1, cell["deliveries"]) * 100_000
    print(
        f"  round {cell['round']}  {cell['contender']:14} {cell['viewers']:>5} x {cell['cell']:>7}"
        f"  {cell['deliveries'] / cell['seconds']:>9,.0f}/s  {used:7.3f} s/100k"
        f"  p99 {cell['latency']['p99_ms']:8.1f} ms  {'; '.join(cell['doubts'])}",
        flush=True,
    )
