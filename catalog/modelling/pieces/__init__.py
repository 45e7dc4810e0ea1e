"""Every piece of the demo, by its slug."""

from collections.abc import Callable

from catalog.modelling.piece import Piece
from catalog.modelling.pieces import (
    bags,
    beauty,
    candle,
    cream,
    eyewear,
    fine,
    half_moon,
    loafers,
    porcelain,
    scent,
    silk,
    small_leather,
    stole,
    tea,
)

PIECES: dict[str, Callable[[], Piece]] = {
    **bags.PIECES,
    **half_moon.PIECES,
    **eyewear.PIECES,
    **fine.PIECES,
    **silk.PIECES,
    **loafers.PIECES,
    **small_leather.PIECES,
    **stole.PIECES,
    **tea.PIECES,
    **porcelain.PIECES,
    **scent.PIECES,
    **beauty.PIECES,
    **candle.PIECES,
    **cream.PIECES,
}
