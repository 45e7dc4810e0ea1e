"""What is seen of a piece: turning on the set, then a slow move over a close look."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageSequence

from events.streaming.drawn.planes import HEIGHT, WIDTH, Box, Planes
from events.streaming.drawn.wings import Cloth, dressed

ROOM = 1.14  # plates are this much larger than the frame, so that a move stays sharp
PLATE = (round(WIDTH * ROOM / 2) * 2, round(HEIGHT * ROOM / 2) * 2)
# A picture of a turn stands in the middle of the paper, on even pixels, for colour has half as many.
TURN = (360, 450)
AT = (246, 16)
FEATHER = 14
TURN_SECONDS = 7.2
LIGHT_SECONDS = 36.0
SHOT_SECONDS = 7.0
DISSOLVE_SECONDS = 1.2


@dataclass(frozen=True)
class Move:
    """A move from one window of a plate to another."""

    plate: Planes
    begin: Box
    end: Box

    def at(self, seconds: float) -> Planes:
        """The picture `seconds` after it came on; the move eases in and out."""
        progress = min(1.0, seconds / (SHOT_SECONDS + DISSOLVE_SECONDS))
        eased = progress * progress * (3 - 2 * progress)
        box = [a + (b - a) * eased for a, b in zip(self.begin, self.end, strict=True)]
        return self.plate.window((box[0], box[1], box[2], box[3]))


@dataclass(frozen=True)
class Turn:
    """A piece turning on its set, while the light wanders over the wings. `pictures` are one whole turn."""

    evening: Planes
    morning: Planes
    pictures: Sequence[Planes]
    mask: Image.Image
    small_mask: Image.Image

    def at(self, seconds: float) -> Planes:
        """The picture `seconds` after it came on."""
        wandered = abs((seconds / LIGHT_SECONDS * 2) % 2 - 1)
        frame = self.evening.mixed_with(self.morning, wandered)
        place = seconds / TURN_SECONDS * len(self.pictures)
        number = int(place)
        one, other = (self.pictures[at % len(self.pictures)] for at in (number, number + 1))
        piece = one.mixed_with(other, place - number) if len(self.pictures) > 1 else one
        frame.y.paste(piece.y, AT, self.mask)
        for plane, part in ((frame.u, piece.u), (frame.v, piece.v)):
            plane.paste(part, (AT[0] // 2, AT[1] // 2), self.small_mask)
        return frame


Shot = Move | Turn


def shots_of(
    still: Image.Image, *, close: Image.Image | None = None, turn: Path | None = None, cloth: Cloth
) -> list[Shot]:
    """The shots of one piece, from upright RGB stills of any size and a file of its turn, if it has one."""
    whole = _turn(still, turn, cloth)
    near = Planes.of(_cut(close or still, 0.3 if close else 0.34))
    return [
        whole,
        Move(near, _window(1 / ROOM, 0.2, 0.1), _window(1 / ROOM, 0.7, 0.9)),
        whole,
        Move(near, _window(1 / ROOM, 0.75, 0.95), _window(1.0, 0.5, 0.5)),
    ]


def ground(colour: str) -> Image.Image:
    """A still for a piece without a picture: its own colour, paler towards the light."""
    light = Image.radial_gradient("L").resize((640, 800)).point(lambda value: 255 - value // 2)
    return Image.composite(
        Image.new("RGB", (640, 800), colour), Image.new("RGB", (640, 800), "#1c1613"), light
    )


def _turn(still: Image.Image, turn: Path | None, cloth: Cloth) -> Turn:
    pictures = pictures_of(turn) or [still.resize(TURN, Image.Resampling.LANCZOS)]
    paper = _drawn_out(pictures[0])
    evening, morning = (Planes.of(dressed(paper, cloth, lit=lit)) for lit in (0.0, 1.0))
    mask = Image.new("L", TURN, 0)
    ImageDraw.Draw(mask).rectangle((FEATHER, FEATHER, TURN[0] - FEATHER, TURN[1] - FEATHER), fill=255)
    mask = mask.filter(ImageFilter.GaussianBlur(FEATHER / 2))
    small = mask.resize((TURN[0] // 2, TURN[1] // 2), Image.Resampling.BOX)
    return Turn(evening, morning, [Planes.of(picture) for picture in pictures], mask, small)


def pictures_of(turn: Path | None) -> list[Image.Image]:
    """Every picture of a turn, in its size; none when the file is not there or is no picture."""
    if turn is None:
        return []
    try:
        with Image.open(turn) as film:
            return [
                picture.convert("RGB").resize(TURN, Image.Resampling.LANCZOS)
                for picture in ImageSequence.Iterator(film)
            ]
    except OSError:
        return []


def _drawn_out(picture: Image.Image) -> Image.Image:
    """The frame filled with a picture's own ground: its rim drawn out to all sides, the piece left out."""
    rim = Image.new("RGB", (WIDTH, HEIGHT))
    for top, height in ((0, AT[1]), (AT[1], TURN[1]), (AT[1] + TURN[1], HEIGHT - AT[1] - TURN[1])):
        middle = {0: (0, 0, TURN[0], 4), AT[1]: (0, 0, *TURN)}.get(top, (0, TURN[1] - 4, *TURN))
        band = picture.crop(middle).resize((TURN[0], height))
        rim.paste(band.crop((0, 0, 4, height)).resize((AT[0], height)), (0, top))
        rim.paste(band, (AT[0], top))
        side = WIDTH - AT[0] - TURN[0]
        rim.paste(band.crop((TURN[0] - 4, 0, TURN[0], height)).resize((side, height)), (AT[0] + TURN[0], top))
    soft = rim.filter(ImageFilter.GaussianBlur(10))
    soft.paste(picture, AT)
    return soft


def _window(share: float, across: float, down: float) -> Box:
    """A window of the frame's shape, `share` of the plate wide, `across` and `down` (0 to 1) in its play."""
    width, height = PLATE[0] * share, PLATE[1] * share
    left, top = (PLATE[0] - width) * across, (PLATE[1] - height) * down
    return left, top, left + width, top + height


def _cut(still: Image.Image, down: float) -> Image.Image:
    """A landscape cut out of the still, its top edge at `down` of the height."""
    height = min(still.width * PLATE[1] / PLATE[0], still.height)
    top = min(still.height * down, still.height - height)
    return still.resize(PLATE, Image.Resampling.LANCZOS, (0, top, still.width, top + height))
