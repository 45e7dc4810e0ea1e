"""What is seen of a piece on the roll: the whole of it, turning once between two rests, and a close look.

A turn has few pictures, far apart. Each is shown as it is, quickly: two of them laid over each other would
be two pieces.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageOps, ImageSequence

from events.streaming.drawn import matching
from events.streaming.drawn.matching import Match
from events.streaming.drawn.planes import HEIGHT, Box, Masks, Planes
from events.streaming.drawn.wings import ROLL

PANEL = (ROLL[1] - ROLL[0], HEIGHT)
ROOM = 1.12  # plates are this much larger than the roll, so that a move stays sharp
PLATE = (round(PANEL[0] * ROOM / 2) * 2, round(PANEL[1] * ROOM / 2) * 2)
STILL = (512, 640)  # of a piece on the roll, before the lens comes nearer
# A phone's picture fades at its foot: the piece stands a little above the middle.
AT = ((PANEL[0] - STILL[0]) / 2, -8.0)
FEATHER = 18
WIDEST = 1.1  # of the still: a turn any wider would leave the roll
NEARER, NEAREST = 1.05, 1.08
TOWARDS = (0.5, 0.45)
REST_SECONDS = 4.0
TURN_SECONDS = (
    16 / 7
)  # at full speed, twenty pictures a turn are twelve and a half a second, as many as are drawn
WHOLE_SECONDS = 10.5
CLOSE_SECONDS = 8.0
SMEAR = 2.5  # pixels of a turn's picture, at full speed


def eased(share: float) -> float:
    """From 0 to 1, slow at both ends; no further than that."""
    share = min(1.0, max(0.0, share))
    return share * share * (3 - 2 * share)


@dataclass(frozen=True)
class Close:
    """A move from one window of a plate to another."""

    plate: Planes
    begin: Box
    end: Box
    seconds: float = CLOSE_SECONDS

    def at(self, seconds: float) -> Planes:
        """The roll `seconds` after it came on."""
        share = eased(seconds / self.seconds)
        box = [a + (b - a) * share for a, b in zip(self.begin, self.end, strict=True)]
        return self.plate.window((box[0], box[1], box[2], box[3]), PANEL)


@dataclass(frozen=True)
class Turn:
    """The pictures of one whole turn, and where on the roll they stand when the lens has come nearer."""

    pictures: Sequence[Planes]
    paper: Planes
    at: tuple[int, int]
    masks: Masks

    def number(self, share: float) -> int:
        """Which picture is up when `share` (0 to 1) of the turn's time has passed; 0 is the still's view."""
        return round(_spun(share) * len(self.pictures)) % len(self.pictures)

    def at_share(self, share: float) -> Planes:
        """The picture that is up, on the bare paper."""
        speed = (_spun(share + 0.01) - _spun(share - 0.01)) / 0.02
        picture = self.pictures[self.number(share)].soft(SMEAR * min(1.0, speed))
        large = picture.window((0, 0, *picture.y.size), self.masks.whole.size)
        panel = self.paper.copy()
        panel.lay(large, self.at, self.masks)
        return panel


@dataclass(frozen=True)
class Whole:
    """The piece at rest while the lens comes nearer, one turn, and at rest again."""

    plate: Planes
    turn: Turn | None = None
    seconds: float = WHOLE_SECONDS

    def at(self, seconds: float) -> Planes:
        """The roll `seconds` after it came on."""
        share = (seconds - REST_SECONDS) / TURN_SECONDS
        if self.turn is not None and 0 < share < 1 and self.turn.number(share):
            return self.turn.at_share(share)
        return self.plate.window(_window(1 / self._nearness(seconds), *TOWARDS), PANEL)

    def _nearness(self, seconds: float) -> float:
        later = (seconds - REST_SECONDS - TURN_SECONDS) / (self.seconds - REST_SECONDS - TURN_SECONDS)
        return 1 + (NEARER - 1) * eased(seconds / REST_SECONDS) + (NEAREST - NEARER) * eased(later)


Shot = Whole | Close


@dataclass(frozen=True)
class Views:
    """One piece, from upright RGB stills of any size and a file of its turn, if it has one."""

    still: Image.Image
    close: Image.Image | None = None
    turn: Path | None = None

    @cached_property
    def paper(self) -> Planes:
        """The roll without the piece, as its still has it."""
        return Planes.of(_paper(self._upright, self._place, PANEL))

    @cached_property
    def shots(self) -> list[Shot]:
        """In the order in which they are seen."""
        whole = Whole(Planes.of(self._plate()), self._turned())
        close = Planes.of(ImageOps.fit(self.close or self._middle(), PLATE, Image.Resampling.LANCZOS))
        return [
            whole,
            Close(close, _window(1 / ROOM, 0.1, 0.0), _window(1 / ROOM, 0.9, 1.0)),
            whole,
            Close(close, _window(1 / ROOM, 0.5, 0.6), _window(1.0, 0.5, 0.5)),
        ]

    @cached_property
    def _upright(self) -> Image.Image:
        return ImageOps.fit(self.still, (STILL[0] * 2, STILL[1] * 2), Image.Resampling.LANCZOS)

    def _middle(self) -> Image.Image:
        """What stands for a close look where there is none."""
        width, height = self._upright.size
        return self._upright.crop((width // 5, height // 4, width * 4 // 5, height))

    @cached_property
    def _film(self) -> list[Image.Image]:
        return pictures_of(self.turn)

    @cached_property
    def _match(self) -> Match:
        """Where the turn's pictures lie on the still."""
        return matching.find(self._film[0], self._upright) if self._film else Match(0, 0, 1)

    @property
    def _place(self) -> Box:
        """Where the still stands on the roll: smaller when the piece grows much wider as it turns."""
        share = min(1.0, WIDEST / self._match.scale)
        width, height = STILL[0] * share, STILL[1] * share
        left, top = AT[0] + (STILL[0] - width) / 2, AT[1] + (STILL[1] - height) / 2
        return left, top, left + width, top + height

    def _plate(self) -> Image.Image:
        """The paper with the still on it."""
        plate = _paper(self._upright, self._place, PLATE)
        left, top, right, bottom = (round(edge * ROOM) for edge in self._place)
        size = right - left, bottom - top
        plate.paste(self._upright.resize(size, Image.Resampling.LANCZOS), (left, top), _feathered(size))
        return plate

    def _turned(self) -> Turn | None:
        if not self._film:
            return None
        left, top, right, bottom = self._place
        corner = left + self._match.left * (right - left), top + self._match.top * (bottom - top)
        off = [whole * (1 - 1 / NEARER) * towards for whole, towards in zip(PANEL, TOWARDS, strict=True)]
        near = [round((a - b) * NEARER / 2) * 2 for a, b in zip(corner, off, strict=True)]
        across = round((right - left) * self._match.scale * NEARER / 2) * 2
        size = across, round(across * self._film[0].height / self._film[0].width / 2) * 2
        # Its own ground, not the still's: a shade's difference would draw its frame.
        around = float(near[0]), float(near[1]), float(near[0] + size[0]), float(near[1] + size[1])
        paper = Planes.of(_paper(self._film[0], around, PANEL))
        pictures = [Planes.of(picture) for picture in self._film]
        return Turn(pictures, paper, (near[0], near[1]), Masks.of(_feathered(size)))


def ground(colour: str) -> Image.Image:
    """A still for a piece without a picture: its own colour, paler towards the light."""
    light = Image.radial_gradient("L").resize((640, 800)).point(lambda value: 255 - value // 2)
    return Image.composite(
        Image.new("RGB", (640, 800), colour), Image.new("RGB", (640, 800), "#1c1613"), light
    )


def pictures_of(turn: Path | None) -> list[Image.Image]:
    """Every picture of a turn; none when the file is not there or is no picture."""
    if turn is None:
        return []
    try:
        with Image.open(turn) as film:
            return [picture.convert("RGB") for picture in ImageSequence.Iterator(film)]
    except OSError:
        return []


def _spun(share: float) -> float:
    """How far the table has turned: it gathers speed, keeps it and comes to rest."""
    share = min(1.0, max(0.0, share))
    ramp = 0.3
    whole = 1 - ramp
    if share < ramp:
        return share * share / (2 * ramp * whole)
    if share > 1 - ramp:
        return 1 - (1 - share) * (1 - share) / (2 * ramp * whole)
    return (share - ramp / 2) / whole


def _paper(still: Image.Image, place: Box, size: tuple[int, int]) -> Image.Image:
    """The ground of a still at `place` without the piece: its two edges, drawn together across `size`."""
    edges = Image.new("RGB", (2, still.height))
    for side, left in enumerate((0, still.width - 8)):
        edges.paste(still.crop((left, 0, left + 8, still.height)).resize((1, still.height)), (side, 0))
    edges = edges.filter(ImageFilter.BoxBlur((0, still.height // 32)))
    scale = size[0] / PANEL[0]
    top, height = round(place[1] * scale), round((place[3] - place[1]) * scale)
    column = Image.new("RGB", (2, size[1]))
    column.paste(edges.crop((0, 0, 2, 8)).resize((2, size[1])))
    column.paste(
        edges.crop((0, still.height - 8, 2, still.height)).resize((2, size[1])), (0, top + height // 2)
    )
    column.paste(edges.resize((2, height), Image.Resampling.LANCZOS), (0, top))
    return column.resize(size, Image.Resampling.BILINEAR)


def _feathered(size: tuple[int, int]) -> Image.Image:
    mask = Image.new("L", size, 0)
    ImageDraw.Draw(mask).rectangle((FEATHER, FEATHER, size[0] - FEATHER, size[1] - FEATHER), fill=255)
    return mask.filter(ImageFilter.GaussianBlur(FEATHER / 2))


def _window(share: float, across: float, down: float) -> Box:
    """A window of the roll's shape, `share` of the plate wide, `across` and `down` (0 to 1) in its play."""
    width, height = PLATE[0] * share, PLATE[1] * share
    left, top = (PLATE[0] - width) * across, (PLATE[1] - height) * down
    return left, top, left + width, top + height
