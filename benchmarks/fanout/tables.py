"""The tables of the page, one function each, in Markdown."""

from collections.abc import Iterable

from benchmarks.fanout.contenders import CONTENDERS
from benchmarks.fanout.figures import Figures, Table, ratio
from benchmarks.fanout.plan import CROWDS, DELIVERIES, IN_CROWDS, ONCE, PLAIN_DELIVERIES, SIZES, N

Rows = list[list[str]]
CELLS = {"2": "2 msg/s", "50": "50 msg/s", "200": "200 msg/s", "full": "saturation"}
# Beyond these a digit less says as much.
WHOLE, TENTHS = 100, 10


def grid(head: list[str], rows: Iterable[list[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def number(value: float) -> str:
    """Three digits that say something, thousands apart."""
    if abs(value) >= WHOLE or value == round(value):
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= TENTHS else f"{value:.2f}"


HEAD = [
    "",
    "CPU-s per 100,000",
    "least – most",
    "against plain",
    "deliveries/s",
    "p50 / p99 ms",
    "bytes per delivery",
    "missing",
    "Redis CPU-s",
    "rounds",
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
        f"{number(found.p50)} / {number(found.p99)}" if found.p99 else "none arrived",
        number(found.bytes),
        number(found.missing),
        number(found.redis),
        f"{found.rounds}{f', {found.doubtful} left out' if found.doubtful else ''}",
    ]


def sizes_table(table: Table) -> str:
    """CPU for the same number of deliveries a second to crowds of other sizes."""
    rows = []
    for name in IN_CROWDS:
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
    head = [
        "round",
        "p99 ms without",
        "p99 ms beside them",
        "cut",
        "after at most s",
        "back",
        "of them by replay",
    ]
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
                f"{number(stage['urgent_p50_ms'])} / {number(stage['urgent_p99_ms'])}"
                if cell == "200"
                else "–",
                number(found.cpu + found.stage),
            ]
        )
    head = [
        "",
        "CPU-ms per line",
        "a line's transaction, p50 / p99 ms",
        "a price, sold-out or pin, p50 / p99 ms",
        "server and writer together, CPU-s per 100,000",
    ]
    return grid(head, rows)


def client_table(table: Table) -> str:
    """How busy the load client was, server by server, where it was busiest."""
    rows = []
    for name in CROWDS:
        busiest = max(
            (found for cell in CELLS if (found := table.get(name, N, cell))),
            key=lambda f: f.client,
            default=None,
        )
        if busiest:
            rows.append(
                [
                    CONTENDERS[name].title,
                    f"{busiest.client:.0%}",
                    f"{busiest.utilisation:.0%}",
                    number(busiest.kib_per_viewer),
                ]
            )
    return grid(["", "client's core at its busiest", "server's core then", "KiB per viewer (PSS)"], rows)
