"""Every piece of the demo, by its slug."""

from collections.abc import Callable

from catalog.modelling.piece import Piece
from catalog.modelling.pieces import (
    bags,
    beauty,
    eyewear,
    half_moon,
    loafers,
    porcelain,
    scent,
    silk,
    small_leather,
    tea,
)

PIECES: dict[str, Callable[[], Piece]] = {
    **bags.PIECES,
    **half_moon.PIECES,
    **eyewear.PIECES,
    **silk.PIECES,
    **loafers.PIECES,
    **small_leather.PIECES,
    **tea.PIECES,
    **porcelain.PIECES,
    **scent.PIECES,
    **beauty.PIECES,
}
