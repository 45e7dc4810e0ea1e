"""The chart: one line per server on a logarithmic rule, drawn as SVG without a library. Ink on paper."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

PAPER, INK, SECOND, RULE, METAL = "#f6f2ea", "#17130f", "#5d574f", "#dcd7ce", "#785a2e"
SERIF = "Didot, 'Bodoni 72', 'Fraunces Variable', Georgia, serif"
SANS = "'Instrument Sans Variable', 'Helvetica Neue', Arial, sans-serif"
WIDTH, LEFT, RIGHT, TOP, STEP, BOTTOM = 960, 372, 96, 128, 44, 76


@dataclass(frozen=True, slots=True)
class Bar:
    """One server: its figure, the least and most of the rounds, and whether it is ours."""

    title: str
    value: float
    least: float
    most: float
    is_ours: bool


def draw(bars: Sequence[Bar], *, title: str, subtitle: str, unit: str) -> str:
    """The bars, sorted by figure, as one SVG document. `unit` stands under the rule."""
    ranked = sorted(bars, key=lambda bar: bar.value)
    height = TOP + STEP * len(ranked) + BOTTOM
    decades = _decades(ranked)
    box = f'viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(title)}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {box}>',
        f'<rect width="{WIDTH}" height="{height}" fill="{PAPER}"/>',
        _text(40, 58, title, size=30, family=SERIF),
        _text(40, 86, subtitle, size=13, fill=SECOND),
        *_rule(decades, height, unit),
        *(line for row, bar in enumerate(ranked) for line in _bar(row, bar, decades)),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _decades(bars: Sequence[Bar]) -> tuple[int, int]:
    values = [value for bar in bars for value in (bar.least, bar.most) if value > 0] or [1.0]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    return low, max(high, low + 1)


def _place(value: float, decades: tuple[int, int]) -> float:
    """Where a figure stands on the rule, in pixels."""
    low, high = decades
    share = (math.log10(max(value, 10.0**low)) - low) / (high - low)
    return LEFT + share * (WIDTH - LEFT - RIGHT)


def _text(
    x: float, y: float, text: str, *, size: int, fill: str = INK, family: str = SANS, anchor: str = ""
) -> str:
    place = f' text-anchor="{anchor}"' if anchor else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-family="{family}" font-size="{size}" fill="{fill}"{place}>'
        f"{escape(text)}</text>"
    )


def _rule(decades: tuple[int, int], height: int, unit: str) -> list[str]:
    found = []
    bottom = height - BOTTOM + 4
    for power in range(decades[0], decades[1] + 1):
        x = _place(10.0**power, decades)
        found.append(f'<path d="M{x:.1f} {TOP - 14}V{bottom}" stroke="{RULE}" stroke-width="1"/>')
        found.append(_text(x, bottom + 18, f"{10.0**power:g}", size=12, fill=SECOND, anchor="middle"))
    found.append(_text(LEFT, bottom + 42, unit, size=12, fill=SECOND))
    return found


def _bar(row: int, bar: Bar, decades: tuple[int, int]) -> list[str]:
    y = TOP + row * STEP + 8
    fill = METAL if bar.is_ours else INK
    low, x, high = (_place(value, decades) for value in (bar.least, bar.value, bar.most))
    return [
        _text(40, y + 5, bar.title, size=15, fill=fill, family=SERIF if bar.is_ours else SANS),
        f'<path d="M{LEFT} {y}H{x:.1f}" stroke="{fill}" stroke-width="{2 if bar.is_ours else 1}"/>',
        f'<path d="M{low:.1f} {y}H{high:.1f}" stroke="{fill}" stroke-width="5" stroke-opacity="0.25"/>',
        f'<circle cx="{x:.1f}" cy="{y}" r="{5 if bar.is_ours else 4}" fill="{fill}"/>',
        _text(max(x, high) + 12, y + 5, _short(bar.value), size=14, fill=fill),
    ]


def _short(value: float) -> str:
    return f"{value:.2f}" if value < 10 else f"{value:.1f}"  # noqa: PLR2004 - two digits that say something
