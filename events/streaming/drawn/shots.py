"""Slow moves over still pictures of a piece: the whole of it on the stage, then two close looks."""

from dataclasses import dataclass

from PIL import Image, ImageFilter

from events.streaming.drawn.planes import HEIGHT, WIDTH, Box, Planes

STAGE = (14, 12, 11)
ROOM = 1.14  # plates are this much larger than the frame, so that a move stays sharp
PLATE = (round(WIDTH * ROOM / 2) * 2, round(HEIGHT * ROOM / 2) * 2)


@dataclass(frozen=True)
class Shot:
    """A move from one window of a plate to another."""

    plate: Planes
    begin: Box
    end: Box

    def at(self, progress: float) -> Planes:
        """The picture at `progress` 0 to 1; the move eases in and out."""
        eased = progress * progress * (3 - 2 * progress)
        box = [a + (b - a) * eased for a, b in zip(self.begin, self.end, strict=True)]
        return self.plate.window((box[0], box[1], box[2], box[3]))


def shots_of(still: Image.Image) -> list[Shot]:
    """The shots of one piece, from an upright RGB still of any size."""
    wide = Planes.of(_on_stage(still))
    upper, lower = Planes.of(_close(still, 0.06)), Planes.of(_close(still, 0.34))
    return [
        Shot(wide, _window(1.0, 0.5, 0.5), _window(1 / ROOM, 0.5, 0.46)),
        Shot(upper, _window(1 / ROOM, 0.2, 0.1), _window(1 / ROOM, 0.7, 0.9)),
        Shot(lower, _window(1 / ROOM, 0.75, 0.95), _window(1.0, 0.5, 0.5)),
    ]


def ground(colour: str) -> Image.Image:
    """A still for a piece without a picture: its own colour, falling into the dark."""
    light = Image.radial_gradient("L").resize((640, 800)).point(lambda value: 255 - value)
    return Image.composite(Image.new("RGB", (640, 800), colour), Image.new("RGB", (640, 800), STAGE), light)


def _window(share: float, across: float, down: float) -> Box:
    """A window of the frame's shape, `share` of the plate wide, `across` and `down` (0 to 1) in its play."""
    width, height = PLATE[0] * share, PLATE[1] * share
    left, top = (PLATE[0] - width) * across, (PLATE[1] - height) * down
    return left, top, left + width, top + height


def _on_stage(still: Image.Image) -> Image.Image:
    """The whole still upright in the middle, its own ground drawn out to both sides and dimmed there."""
    width = round(still.width * PLATE[1] / still.height)
    middle = still.resize((width, PLATE[1]), Image.Resampling.LANCZOS)
    ground_plate = _drawn_out(middle).filter(ImageFilter.GaussianBlur(18))
    dim = Image.blend(ground_plate, Image.new("RGB", PLATE, STAGE), 0.38)
    feather = Image.new("L", (width, PLATE[1]), 0)
    feather.paste(255, (26, 0, width - 26, PLATE[1]))
    left = (PLATE[0] - width) // 2
    dim.paste(middle, (left, 0), feather.filter(ImageFilter.GaussianBlur(12)))
    return dim


def _drawn_out(middle: Image.Image) -> Image.Image:
    side = (PLATE[0] - middle.width) // 2 + 1
    plate = Image.new("RGB", PLATE, STAGE)
    edges = (middle.crop((0, 0, 8, PLATE[1])), middle.crop((middle.width - 8, 0, middle.width, PLATE[1])))
    plate.paste(edges[0].resize((side, PLATE[1])), (0, 0))
    plate.paste(edges[1].resize((side, PLATE[1])), (PLATE[0] - side, 0))
    plate.paste(middle, (side - 1, 0))
    return plate


def _close(still: Image.Image, down: float) -> Image.Image:
    """A landscape cut out of the still, its top edge at `down` of the height."""
    height = min(still.width * PLATE[1] / PLATE[0], still.height)
    top = min(still.height * down, still.height - height)
    return still.resize(PLATE, Image.Resampling.LANCZOS, (0, top, still.width, top + height))
