"""Where the first picture of a turn lies on the still: both show one view, the lens nearer or further."""

from dataclasses import dataclass
from itertools import product

from PIL import Image, ImageChops, ImageOps, ImageStat

SIZE = (96, 120)
SCALES = [0.6 + 0.04 * step for step in range(28)]
# Finer and finer about the best so far: steps of size, and pixels of SIZE.
STEPS = ((0.04, 4.0), (0.02, 2.0), (0.01, 1.0), (0.005, 0.5), (0.0025, 0.25))

Place = tuple[float, float, float]  # scale, and the middle's distance from the still's


@dataclass(frozen=True)
class Match:
    """The picture's corner and its width, as shares of the still's."""

    left: float
    top: float
    scale: float


def find(picture: Image.Image, still: Image.Image) -> Match:
    """The place where `picture` differs least from `still`; both upright."""
    seen, wanted = (ImageOps.fit(image.convert("L"), SIZE) for image in (picture, still))
    around = int(ImageStat.Stat(wanted.crop((0, 0, SIZE[0], 4))).mean[0])

    def missed(scale: float, x: float, y: float) -> float:
        left, top = SIZE[0] / 2 + x - SIZE[0] * scale / 2, SIZE[1] / 2 + y - SIZE[1] * scale / 2
        back = (1 / scale, 0, -left / scale, 0, 1 / scale, -top / scale)
        laid = seen.transform(SIZE, Image.Transform.AFFINE, back, Image.Resampling.BILINEAR, fillcolor=around)
        return ImageStat.Stat(ImageChops.difference(laid, wanted)).sum2[0]

    def best(places: list[Place]) -> Place:
        # Where nothing tells them apart, as on plain pictures, the plainest.
        return min(places, key=lambda at: (missed(*at), abs(at[0] - 1), abs(at[1]) + abs(at[2])))

    found = best([(scale, 0.0, y) for scale in SCALES for y in range(-24, 25, 3)])
    for size, pixels in STEPS:
        scale, x, y = found
        steps = product((-size, 0.0, size), (-pixels, 0.0, pixels), (-pixels, 0.0, pixels))
        found = best([(scale + larger, x + right, y + down) for larger, right, down in steps])
    scale, x, y = found
    return Match((1 - scale) / 2 + x / SIZE[0], (1 - scale) / 2 + y / SIZE[1], scale)
