"""The demo's picture, frame by frame: which piece is in sight, in which shot, under which words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property

from PIL import Image

from events.streaming.drawn.lettering import Caption, lettering, with_clock
from events.streaming.drawn.planes import Overlay, Planes
from events.streaming.drawn.shots import Shot, shots_of

RATE = 25
SHOT_SECONDS = 7.0
DISSOLVE_SECONDS = 1.2


@dataclass(frozen=True)
class Piece:
    """One product of the line-up, with an upright RGB still."""

    id: str
    name: str
    subtitle: str
    still: Image.Image

    @cached_property
    def shots(self) -> list[Shot]:
        """Cut once, when it first comes on."""
        return shots_of(self.still)


@dataclass
class _Take:
    """A shot on screen since `began` (seconds of show time)."""

    piece: Piece
    number: int
    began: float

    def picture(self, at: float) -> Planes:
        length = SHOT_SECONDS + DISSOLVE_SECONDS
        return self.piece.shots[self.number].at(min(1.0, (at - self.began) / length))


class Stage:
    """Ask it for one frame after the other; tell it whenever the pins change.

    `house` holds the words that stay: brand, host, headline, portrait.
    """

    def __init__(self, pieces: Sequence[Piece], *, house: Caption) -> None:
        self._pieces = list(pieces)
        self._house = house
        self._pinned: Piece | None = None
        self._take = _Take(self._pieces[0], 0, 0.0)
        self._before: _Take | None = None
        self._title: tuple[tuple[str, bool], Image.Image] | None = None
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
        """Set anew only when a word or the second changes."""
        clock = datetime.fromtimestamp(now, UTC).strftime("%H:%M:%S UTC")
        piece = self._take.piece
        pinned = piece is self._pinned
        if self._title is None or self._title[0] != (piece.id, pinned):
            caption = replace(self._house, name=piece.name, subtitle=piece.subtitle, pinned=pinned)
            self._title = (piece.id, pinned), lettering(caption)
            self._overlay = None
        if self._overlay is None or self._overlay[0] != clock:
            self._overlay = clock, Overlay.of(with_clock(self._title[1], clock))
        return self._overlay[1]
