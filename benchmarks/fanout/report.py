"""The page, the chart and the table on the terminal, all from one stored run. No figure is typed by hand."""

import re
from collections.abc import Iterable

from benchmarks.fanout import record
from benchmarks.fanout.chart import Bar, draw
from benchmarks.fanout.contenders import CONTENDERS
from benchmarks.fanout.figures import Figures, Table, ratio
from benchmarks.fanout.plan import CROWDS, DELIVERIES, ONCE, PLAIN_DELIVERIES, SIZES, N
from benchmarks.fanout.rig import ROOT
from benchmarks.fanout.targets import TARGETS, Verdict, judge

PAGE = ROOT / "docs" / "performance.md"
CHART = ROOT / "docs" / "img" / "fanout.svg"
Rows = list[list[str]]
CELLS = {"2": "2 msg/s", "50": "50 msg/s", "200": "200 msg/s", "full": "saturation"}


def write() -> int:
    """Fill docs/performance.md and the chart from the newest stored run, and print its tables."""
    run = record.newest()
    if run is None:
        print("Nothing is stored yet: python -m benchmarks.fanout")  # noqa: T201
        return 1
    CHART.write_text(chart(run), encoding="utf-8")
    PAGE.write_text(fill(PAGE.read_text(encoding="utf-8"), blocks(run)), encoding="utf-8")
    return show(run)


def show(run: record.Run) -> int:
    """Print the tables."""
    for name, text in blocks(run).items():
        print(f"\n{name}\n{text}")  # noqa: T201
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
        "crowd": crowd_table(table),
        "once": once_table(table),
        "sizes": sizes_table(table),
        "stalled": stalled_table(table),
        "writing": writing_table(table),
        "client": client_table(table),
    }


def grid(head: list[str], rows: Iterable[list[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def conditions(run: record.Run) -> str:
    """When, on what and with which versions."""
    machine = run.about["machine"]
    versions = ", ".join(f"{name} {number}" for name, number in run.about["versions"].items() if number)
    state = "" if run.about["complete"] else " The run is not complete."
    return (
        f"Measured {run.about['started'][:10]} at commit `{run.about['commit']}` on {machine['cores']} cores"
        f" ({machine['processor'] or 'processor not told'}, Linux {machine['kernel']}).{state} {versions}.\n"
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
    missed = [v for v in (judge(target, table) for target in TARGETS) if v.is_reached is False]
    if not missed:
        return "Every target that was measured is reached.\n"
    lines = [f"- {v.target.title}: {shown(v)}, not {v.target.shown}. {v.target.limited_by}".rstrip() for v in missed]
    return "\n".join(lines) + "\n"


# --- Tables -----------------------------------------------------------------------------------------------
def number(value: float) -> str:
    """Three digits that say something, thousands apart."""
    if abs(value) >= 100 or value == round(value):  # noqa: PLR2004
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"  # noqa: PLR2004


HEAD = [
    "", "CPU-s per 100,000", "least – most", "against plain", "deliveries/s", "p50 / p99 ms",
    "bytes per delivery", "missing", "Redis CPU-s", "rounds",
]


def crowd_table(table: Table) -> str:
    """Every server at N viewers, one part per rate."""
    base = table.get("plain", N, "2")
    parts = []
    for cell, title in CELLS.items():
        rows = [
            _crowd_row(CONTENDERS[name].title, found, base)
            for name in CROWDS
            if (found := table.get(name, N, cell))
        ]
        parts.append(f"**{title}**\n\n{grid(HEAD, rows)}")
    return "\n".join(parts)


def once_table(table: Table) -> str:
    """Variants and the collapse, measured in one round."""
    base = table.get("plain", N, "2")
    rows = [
        _crowd_row(f"{CONTENDERS[name].title}, {CELLS[cell.name]}", found, base)
        for name, cells in ONCE.items()
        for cell in cells
        if (found := table.get(name, N, cell.name, "once"))
    ]
    return grid(HEAD, rows)


def _crowd_row(title: str, found: Figures, base: Figures | None) -> list[str]:
    share = ratio(found.cpu, base and base.cpu)
    return [
        title,
        number(found.cpu),
        f"{number(found.spread[0])} – {number(found.spread[1])}",
        "–" if share is None else f"1/{1 / share:.1f}" if share < 1 else number(share),
        number(round(found.per_second)),
        f"{number(found.p50)} / {number(found.p99)}",
        number(found.bytes),
        number(found.missing),
        number(found.redis),
        f"{found.rounds}{f', {found.doubtful} left out' if found.doubtful else ''}",
    ]


def sizes_table(table: Table) -> str:
    """CPU for the same number of deliveries a second to crowds of other sizes."""
    rows = []
    for name in CROWDS:
        found = {size: table.get(name, size, "crowd", "size") for size in SIZES}
        steady = table.get(name, N, "2" if name.startswith("plain") else "50")
        cells = {SIZES[0]: found[SIZES[0]], N: steady, **{size: found[size] for size in SIZES[1:]}}
        rows.append([CONTENDERS[name].title, *(_size_cell(cells[size]) for size in sorted(cells))])
    note = f"{DELIVERIES:,} deliveries a second, plain Channels {PLAIN_DELIVERIES:,} (2,000 at {N:,}).\n\n"
    sizes = [f"{size:,} viewers" for size in sorted((*SIZES, N))]
    return note + grid(["CPU-s per 100,000 · p99 · KiB per viewer", *sizes], rows)


def _size_cell(found: Figures | None) -> str:
    if found is None:
        return "–"
    lost = f", {number(found.missing)} missing" if found.missing else ""
    return f"{number(found.cpu)} · {number(found.p99)} ms · {number(found.kib_per_viewer)}{lost}"


def stalled_table(table: Table) -> str:
    """Round by round: the others' latency without and with the stalled, and what became of these."""
    cells = [cell for cell in table.all() if cell["kind"] == "stalled"]
    calm = {(cell["contender"], cell["round"]): cell for cell in cells if cell["cell"] == "calm"}
    rows = [
        [
            str(cell["round"]),
            number(calm[cell["contender"], cell["round"]]["latency"]["p99_ms"]),
            number(cell["latency"]["p99_ms"]),
            number(cell["stalled"]["cut"]),
            number(cell["stalled"]["seconds_until_cut"] + cell["seconds"]),
            number(cell["stalled"]["back"]),
            number(cell["stalled"]["recovered"]),
        ]
        for cell in cells
        if "stalled" in cell and (cell["contender"], cell["round"]) in calm
    ]
    head = ["round", "p99 ms without", "p99 ms beside them", "cut", "after at most s", "back", "of them by replay"]
    return grid(head, rows)


def writing_table(table: Table) -> str:
    """What the process that writes the lines needs: counted apart, and told."""
    rows = []
    for name, cell in (("seenow", "2"), ("seenow", "50"), ("seenow", "200"), ("seenow-direct", "50")):
        cells = table.cells(name, N, cell)
        found = table.get(name, N, cell)
        if found is None or not cells:
            continue
        stage = cells[-1]["stage"]
        rows.append(
            [
                f"{CONTENDERS[name].title}, {CELLS[cell]}",
                number(found.stage * N / 1000),
                f"{number(stage['line_p50_ms'])} / {number(stage['line_p99_ms'])}",
                f"{number(stage['urgent_p50_ms'])} / {number(stage['urgent_p99_ms'])}" if cell == "200" else "–",
                number(found.cpu + found.stage),
            ]
        )
    head = [
        "", "CPU-ms per line", "a line's transaction, p50 / p99 ms", "a price, sold-out or pin, p50 / p99 ms",
        "server and writer together, CPU-s per 100,000",
    ]
    return grid(head, rows)


def client_table(table: Table) -> str:
    """How busy the load client was, server by server, where it was busiest."""
    rows = []
    for name in CROWDS:
        busiest = max(
            (found for cell in CELLS if (found := table.get(name, N, cell))), key=lambda f: f.client, default=None
        )
        if busiest:
            rows.append(
                [CONTENDERS[name].title, f"{busiest.client:.0%}", f"{busiest.utilisation:.0%}", number(busiest.kib_per_viewer)]
            )
    return grid(["", "client's core at its busiest", "server's core then", "KiB per viewer (PSS)"], rows)


# --- Chart ------------------------------------------------------------------------------------------------
def chart(run: record.Run) -> str:
    """CPU per delivery at a steady rate, every server at N viewers."""
    table = Table(run.cells)
    bars = [
        Bar(CONTENDERS[name].title.split(":")[0], found.cpu, *found.spread, is_ours=CONTENDERS[name].is_ours)
        for name in CROWDS
        if (found := table.get(name, N, "2" if name.startswith("plain") else "50"))
    ]
    return draw(
        bars,
        title="What a delivered line costs",
        subtitle=f"{N:,} viewers, 50 lines a second (plain Channels: 2, it cannot do more). Median and span of the rounds.",
        unit="CPU seconds of the server per 100,000 deliveries, logarithmic",
    )

