"""Every piece of the demo, by its slug."""

from collections.abc import Callable

from catalog.modelling.piece import Piece
from catalog.modelling.pieces import bags

PIECES: dict[str, Callable[[], Piece]] = {**bags.PIECES}
