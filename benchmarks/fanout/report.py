"""The page, the chart and the table on the terminal, all from one stored run. No figure is typed by hand."""

import re

from benchmarks.fanout import record, tables
from benchmarks.fanout.chart import Bar, draw
from benchmarks.fanout.contenders import CONTENDERS
from benchmarks.fanout.figures import Table
from benchmarks.fanout.plan import CROWDS, N
from benchmarks.fanout.rig import ROOT
from benchmarks.fanout.tables import Rows, grid, number
from benchmarks.fanout.targets import TARGETS, Verdict, judge

PAGE = ROOT / "docs" / "performance.md"
CHART = ROOT / "docs" / "img" / "fanout.svg"


def write() -> int:
    """Fill docs/performance.md and the chart from the newest stored run, and print its tables."""
    run = record.newest()
    if run is None:
        print("Nothing is stored yet: python -m benchmarks.fanout")
        return 1
    CHART.write_text(chart(run), encoding="utf-8")
    PAGE.write_text(fill(PAGE.read_text(encoding="utf-8"), blocks(run)), encoding="utf-8")
    return show(run)


def show(run: record.Run) -> int:
    """Print the tables."""
    for name, text in blocks(run).items():
        print(f"\n{name}\n{text}")
    return 0


def fill(page: str, texts: dict[str, str]) -> str:
    """Put each text between its markers. Raises ValueError when the page lacks one."""
    for name, text in texts.items():
        pattern = re.compile(f"(<!-- fanout:{name} -->\n).*?(<!-- /fanout:{name} -->)", re.DOTALL)
        page, count = pattern.subn(lambda found, text=text: found[1] + text + found[2], page)
        if count != 1:
            raise ValueError(f"the page has {count} places for {name}")
    return page


def blocks(run: record.Run) -> dict[str, str]:
    """What stands on the page, by the name of its place."""
    table = Table(run.cells)
    return {
        "conditions": conditions(run),
        "targets": grid(["Target", "To reach", "Reached", ""], target_rows(table)),
        "limits": limits(table),
        "crowd": tables.crowd_table(table),
        "once": tables.once_table(table),
        "sizes": tables.sizes_table(table),
        "stalled": tables.stalled_table(table),
        "writing": tables.writing_table(table),
        "client": tables.client_table(table),
    }


def conditions(run: record.Run) -> str:
    """When, on what and with which versions."""
    if not run.cells:
        return "Nothing was measured yet: `make bench-fanout`.\n"
    machine = run.about["machine"]
    versions = ", ".join(f"{name} {number}" for name, number in run.about["versions"].items() if number)
    failures = run.about.get("failures", {})
    lost = "".join(f" Not measurable: {stop} (`{why}`)." for stop, why in failures.items())
    state = "" if run.about["complete"] else " The run is not complete."
    return (
        f"Measured {run.about['started'][:10]} at commit `{run.about['commit']}` on {machine['cores']} cores"
        f" ({machine['processor'] or 'processor not told'}, Linux {machine['kernel']}).{state}"
        f" {versions}.{lost}\n"
    )


# --- Targets ----------------------------------------------------------------------------------------------
def target_rows(table: Table) -> Rows:
    return [_target_row(judge(target, table)) for target in TARGETS]


def _target_row(verdict: Verdict) -> list[str]:
    words = {True: "reached", False: "**not reached**", None: "not measured"}
    bound = "at least" if verdict.target.at_least else "at most"
    return [
        verdict.target.title,
        f"{bound} {verdict.target.shown}",
        shown(verdict),
        words[verdict.is_reached],
    ]


def shown(verdict: Verdict) -> str:
    """The figure as people read it: a share as 1/n, else a number with its unit."""
    value, target = verdict.value, verdict.target
    if value is None:
        return "–"
    if target.as_share and value:
        return f"1/{1 / value:.1f}"
    return f"{number(value)}{target.unit}"


def limits(table: Table) -> str:
    """What stands between us and each figure that is not reached."""
    verdicts = [judge(target, table) for target in TARGETS]
    missed = [verdict for verdict in verdicts if verdict.is_reached is False]
    if all(verdict.is_reached is None for verdict in verdicts):
        return "Nothing was measured yet.\n"
    if not missed:
        return "Every target that was measured is reached.\n"
    lines = [
        f"- {v.target.title}: {shown(v)}, not {v.target.shown}. {v.target.limited_by}".rstrip()
        for v in missed
    ]
    return "\n".join(lines) + "\n"


# --- Chart ------------------------------------------------------------------------------------------------
def chart(run: record.Run) -> str:
    """CPU per delivery at a steady rate, every server at N viewers."""
    table = Table(run.cells)
    bars = [
        Bar(CONTENDERS[name].short_title, found.cpu, *found.spread, is_ours=CONTENDERS[name].is_ours)
        for name in CROWDS
        if (found := table.get(name, N, "2" if name.startswith("plain") else "50"))
    ]
    return draw(
        bars,
        title="What a delivered line costs",
        subtitle=f"{N:,} viewers, 50 lines a second (plain Channels: 2, it cannot do more)."
        " Median and span of the rounds.",
        unit="CPU seconds of the server per 100,000 deliveries, logarithmic",
    )
