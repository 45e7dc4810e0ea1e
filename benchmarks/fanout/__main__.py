"""Measure the fan-out of SeeNow's room beside six others and write docs/performance.md.

python -m benchmarks.fanout             all rounds, at most a quarter of an hour; goes on where it stopped
python -m benchmarks.fanout --quick     every server once, small: does it all work?
python -m benchmarks.fanout --report    only the tables, the chart and the page, from the newest stored run
"""

import argparse
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from benchmarks.fanout import record, report, rig
from benchmarks.fanout.contenders import CONTENDERS
from benchmarks.fanout.measuring import measure
from benchmarks.fanout.plan import Stop, full_plan, quick_plan
from benchmarks.fanout.visit import Workshop
from benchmarks.fanout.workshop import Missing, open_workshop

QUICK_RESULTS = rig.ROOT / "var" / "benchmarks"
MINUTES = 15.0
QUICK_MINUTES = 2.0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fanout", description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a smoke of two minutes; stored under var/")
    parser.add_argument("--rounds", type=int, default=3, help="how often everything is measured (3)")
    parser.add_argument("--only", nargs="+", choices=list(CONTENDERS), metavar="NAME", help="these servers")
    parser.add_argument(
        "--kind", nargs="+", choices=["crowd", "once", "size", "stalled"], help="these visits"
    )
    parser.add_argument("--fresh", action="store_true", help="begin anew even if a run is unfinished")
    parser.add_argument("--minutes", type=float, help="begin no visit after this long (15; quick 2)")
    parser.add_argument("--report", action="store_true", help="measure nothing; write page, chart and table")
    return parser.parse_args()


def wanted(options: argparse.Namespace) -> list[Stop]:
    """The visits asked for, in order."""
    plan = quick_plan() if options.quick else full_plan(options.rounds)
    return [
        stop
        for stop in plan
        if (not options.only or stop.contender in options.only)
        and (not options.kind or stop.kind in options.kind)
    ]


def current_run(options: argparse.Namespace) -> record.Run:
    """The run to go on with, or a new one."""
    folder = QUICK_RESULTS if options.quick else record.RESULTS
    plan = f"{'quick' if options.quick else 'full'} rounds={options.rounds}"
    now = record.now_utc()
    found = record.newest(folder)
    if not options.fresh and found is not None and record.can_go_on(found, plan=plan, now=now):
        print(f"Going on with {found.path.name}: {len(found.cells)} cells are there")
        return found
    return record.begin(folder, plan=plan, now=now)


def visit_all(stops: Iterable[Stop], run: record.Run, workshop: Workshop, *, minutes: float) -> bool:
    """Every visit that is not stored yet; False when a server failed or time ran out before the last."""
    works = True
    deadline = time.monotonic() + minutes * 60
    for stop in stops:
        if time.monotonic() > deadline:
            print("Time is up; the same command goes on from here")
            return False
        works &= measure(stop, run, workshop)
    return works


def main() -> int:
    options = arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    if options.report:
        return report.write()
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    run = current_run(options)
    stops = wanted(options)
    seeded = any(CONTENDERS[stop.contender].is_ours for stop in stops)
    minutes = options.minutes or (QUICK_MINUTES if options.quick else MINUTES)
    try:
        with (
            tempfile.TemporaryDirectory(prefix="seenow-fanout-") as folder,
            open_workshop(Path(folder), seeded=seeded) as workshop,
        ):
            complete = visit_all(stops, run, workshop, minutes=minutes)
    except Missing as missing:
        sys.exit(str(missing))
    run.about["complete"] = complete and not options.only and not options.kind
    run.save()
    if not options.quick:
        report.write()
    return 0 if complete else 1


if __name__ == "__main__":
    sys.exit(main())
