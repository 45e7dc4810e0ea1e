"""The demo's picture, frame by frame: which piece is in sight, in which shot, beside which host."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from PIL import Image

from events.streaming.drawn.lettering import Card, lettering, with_clock
from events.streaming.drawn.planes import Overlay, Planes
from events.streaming.drawn.shots import DISSOLVE_SECONDS, SHOT_SECONDS, Shot, shots_of
from events.streaming.drawn.wings import Cloth

RATE = 25


@dataclass(frozen=True)
class Piece:
    """One product of the line-up, with upright RGB stills and the file of its turn, on the show's cloth."""

    id: str
    still: Image.Image
    close: Image.Image | None = None
    turn: Path | None = None
    cloth: Cloth = field(default_factory=Cloth)

    @cached_property
    def shots(self) -> list[Shot]:
        """Cut once, when it first comes on."""
        return shots_of(self.still, close=self.close, turn=self.turn, cloth=self.cloth)


@dataclass
class _Take:
    """A shot on screen since `began` (seconds of show time)."""

    piece: Piece
    number: int
    began: float

    def picture(self, at: float) -> Planes:
        return self.piece.shots[self.number].at(at - self.began)


class Stage:
    """Ask it for one frame after the other; tell it whenever the pins change."""

    def __init__(self, pieces: Sequence[Piece], *, card: Card) -> None:
        self._pieces = list(pieces)
        self._card = lettering(card)
        self._pinned: Piece | None = None
        self._take = _Take(self._pieces[0], 0, 0.0)
        self._before: _Take | None = None
        self._overlay: tuple[str, Overlay] | None = None

    def pin(self, piece_id: str | None) -> None:
        """The piece the host laid on the stage last, or None when the stage is empty."""
        self._pinned = next((piece for piece in self._pieces if piece.id == piece_id), None)

    def frame(self, at: float, *, now: float) -> bytes:
        """The frame at `at` seconds of show time, with the clock of `now` (Unix seconds) in it."""
        self._turn(at)
        picture = self._picture(at)
        return self._words(now).laid_on(picture).to_bytes()

    def _turn(self, at: float) -> None:
        """Change the shot when it is over, or at once when the host pinned something else."""
        take, wanted = self._take, self._pinned
        if wanted is not None and wanted is not take.piece:
            self._cut_to(wanted, 0, at)
        elif at - take.began >= SHOT_SECONDS:
            last = take.number + 1 == len(take.piece.shots)
            following = take.piece if wanted or not last else self._after(take.piece)
            self._cut_to(following, 0 if last else take.number + 1, at)

    def _after(self, piece: Piece) -> Piece:
        return self._pieces[(self._pieces.index(piece) + 1) % len(self._pieces)]

    def _cut_to(self, piece: Piece, number: int, at: float) -> None:
        self._before, self._take = self._take, _Take(piece, number, at)

    def _picture(self, at: float) -> Planes:
        share = (at - self._take.began) / DISSOLVE_SECONDS
        if self._before is None or share >= 1:
            self._before = None
            return self._take.picture(at)
        return self._before.picture(at).mixed_with(self._take.picture(at), share)

    def _words(self, now: float) -> Overlay:
        """Set anew only when the second changes."""
        clock = datetime.fromtimestamp(now, UTC).strftime("%H:%M:%S UTC")
        if self._overlay is None or self._overlay[0] != clock:
            self._overlay = clock, Overlay.of(with_clock(self._card, clock))
        return self._overlay[1]
