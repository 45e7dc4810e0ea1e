"""The demo's picture, frame by frame: which piece is in sight, in which shot, beside which host."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from events.streaming.drawn.lettering import Card, lettering, with_clock
from events.streaming.drawn.planes import Overlay, Planes
from events.streaming.drawn.shots import Shot, Views, eased
from events.streaming.drawn.wings import ROLL, Cloth, Wings

RATE = 25
FADE_SECONDS = 1.6


@dataclass(frozen=True)
class Piece:
    """One product of the line-up, and what there is to see of it."""

    id: str
    views: Views


@dataclass
class _Take:
    """A shot on screen since `began` (seconds of show time)."""

    piece: Piece
    number: int
    began: float

    @property
    def shot(self) -> Shot:
        return self.piece.views.shots[self.number]

    def picture(self, at: float) -> Planes:
        return self.shot.at(at - self.began)


class Stage:
    """Ask it for one frame after the other; tell it whenever the pins change."""

    def __init__(self, pieces: Sequence[Piece], *, card: Card, cloth: Cloth) -> None:
        self._pieces = list(pieces)
        self._wings = Wings.of(cloth)
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
        picture = self._wings.at(at)
        picture.lay(self._roll(at), (ROLL[0], 0))
        return self._words(now).laid_on(picture).to_bytes()

    def _turn(self, at: float) -> None:
        """Change the shot when it is over, or at once when the host pinned something else."""
        take, wanted = self._take, self._pinned
        if wanted is not None and wanted is not take.piece:
            self._cut_to(wanted, 0, at)
        elif at - take.began >= take.shot.seconds:
            last = take.number + 1 == len(take.piece.views.shots)
            following = take.piece if wanted or not last else self._after(take.piece)
            self._cut_to(following, 0 if last else take.number + 1, at)

    def _after(self, piece: Piece) -> Piece:
        return self._pieces[(self._pieces.index(piece) + 1) % len(self._pieces)]

    def _cut_to(self, piece: Piece, number: int, at: float) -> None:
        self._before, self._take = self._take, _Take(piece, number, at)

    def _roll(self, at: float) -> Planes:
        """What goes fades into the bare paper, and what comes out of it: never two pieces at once."""
        share = (at - self._take.began) / FADE_SECONDS * 2  # 0 to 1 goes out, 1 to 2 comes in
        if self._before is None or share >= 2:  # noqa: PLR2004 - see above
            self._before = None
            return self._take.picture(at)
        paper = self._take.piece.views.paper
        if share < 1:
            return self._before.picture(at).mixed_with(paper, eased(share))
        return paper.mixed_with(self._take.picture(at), eased(share - 1))

    def _words(self, now: float) -> Overlay:
        """Set anew only when the second changes."""
        clock = datetime.fromtimestamp(now, UTC).strftime("%H:%M:%S UTC")
        if self._overlay is None or self._overlay[0] != clock:
            self._overlay = clock, Overlay.of(with_clock(self._card, clock))
        return self._overlay[1]
