"""What a page may cost, and the verdict on what Lighthouse found."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any

LEAST_SCORE = 95
# 1,500, and one round trip of the simulated line more: what other work on the machine may cost.
LARGEST_MS = 1_500 + 150
# Fifty on a machine with nothing else to do; machines differ by twice, busy ones by twice again.
# A page that asks for every row of a list costs more than that.
SERVER_MS = 4 * 50
# "Zero": a line that is re-set in a face of the same width may move by a fraction of a pixel.
MOST_SHIFT = 0.001
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")


@dataclass(frozen=True, slots=True)
class Weight:
    """One page as Lighthouse found it; times in milliseconds. `server` is what the web process took for it,
    `slowdown` how many times slower than this machine the phone was."""

    name: str
    scores: dict[str, int]
    first: float
    largest: float
    shift: float
    blocked: float
    bytes: float
    server: float
    slowdown: float
    lost: tuple[str, ...]


def weight(found: dict[str, Any]) -> Weight:
    """A line of weigh.mjs."""
    names = ("name", "scores", "first", "largest", "shift", "blocked", "bytes", "server", "slowdown")
    return Weight(**{name: found[name] for name in names}, lost=tuple(found["lost"]))


def misses(page: Weight) -> Iterator[str]:
    """Each bound the page misses, in words; nothing when it keeps all."""
    for category in CATEGORIES:
        if page.scores[category] < LEAST_SCORE:
            yield f"{category} {page.scores[category]}, not {LEAST_SCORE}"
    if page.largest >= LARGEST_MS:
        yield f"largest paint {page.largest / 1000:.2f} s, not under {LARGEST_MS / 1000:.2f} s"
    if page.shift > MOST_SHIFT:
        yield f"layout shift {page.shift:.3f}, not 0"
    if page.server >= SERVER_MS:
        yield f"{page.server:.0f} ms of server time, not under {SERVER_MS}"


def middle(turns: Iterable[Weight]) -> Weight:
    """The middle of every figure: one slow turn of a busy machine is not the page."""
    rows = list(turns)
    last = rows[-1]
    return Weight(
        name=last.name,
        scores={name: round(median(row.scores[name] for row in rows)) for name in CATEGORIES},
        first=median(row.first for row in rows),
        largest=median(row.largest for row in rows),
        shift=median(row.shift for row in rows),
        blocked=median(row.blocked for row in rows),
        bytes=median(row.bytes for row in rows),
        server=median(row.server for row in rows),
        slowdown=median(row.slowdown for row in rows),
        lost=last.lost,
    )


def table(pages: Iterable[Weight]) -> str:
    """Markdown, one line per page."""
    head = (
        "| Page | Performance | Accessibility | Best practices | SEO | First paint | Largest paint "
        "| Shift | Blocked | Bytes | Server | Slowed |\n"
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n"
    )
    return head + "\n".join(_row(page) for page in pages)


def _row(page: Weight) -> str:
    cells = [page.name, *(str(page.scores[name]) for name in CATEGORIES)]
    cells += [f"{page.first / 1000:.2f} s", f"{page.largest / 1000:.2f} s", f"{page.shift:.3f}"]
    cells += [f"{page.blocked:.0f} ms", f"{page.bytes / 1000:.0f} kB"]
    cells += [f"{page.server:.0f} ms", f"{page.slowdown:.1f} times"]
    return "| " + " | ".join(cells) + " |"
