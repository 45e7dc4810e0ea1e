"""Pictures as files: every format and width a browser may choose. Pure Pillow, fit for worker processes."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image

# A phone's width at the densities there are falls just under 750, 1080 or 1440; cards and pins take the rest.
WIDTHS = (160, 320, 480, 750, 1080, 1440)
# AVIF at speed 10 takes a third of the time of 9 for the same bytes. Below quality 75 it smooths the grain
# away and shows blocks in what should be a soft wall.
FORMATS: dict[str, dict[str, Any]] = {
    "avif": {"quality": 75, "speed": 10, "max_threads": 1},
    "webp": {"quality": 80, "method": 2},
    "jpeg": {"quality": 82, "optimize": True, "progressive": True},
}
# What phones fetch over slow lines: half the bytes for a few hundredths of a second more work. Their
# denser points hide what 75 keeps on a desk.
PHONE_WIDTH = 750
FOR_PHONES = FORMATS | {"avif": {"quality": 48, "speed": 8, "max_threads": 1}}


# What stands in the frame until the picture is there: so small that it travels inside the page.
BLUR = "blur"
BLUR_WIDTH = 16


@dataclass(frozen=True, slots=True)
class Encoded:
    """One file: its format, its size in pixels and its bytes."""

    format: str
    width: int
    height: int
    data: bytes


def encode(image: Image.Image) -> Iterator[Encoded]:
    """All renditions of an RGB image, widest first, never wider than the image itself."""
    current = image
    for width in _widths(image.width):
        height = max(1, round(image.height * width / image.width))
        # From the next larger one: halving in steps costs a fraction of starting over.
        current = (
            current.resize((width, height), Image.Resampling.LANCZOS) if width != current.width else current
        )
        for name, options in (FOR_PHONES if width <= PHONE_WIDTH else FORMATS).items():
            file = BytesIO()
            current.save(file, name, **options)
            yield Encoded(name, width, height, file.getvalue())
    yield _blur(current)


def _blur(image: Image.Image) -> Encoded:
    size = (BLUR_WIDTH, max(1, round(image.height * BLUR_WIDTH / image.width)))
    file = BytesIO()
    image.resize(size, Image.Resampling.BOX).save(file, "webp", quality=40, method=6)
    return Encoded(BLUR, *size, file.getvalue())


def dominant_colour(image: Image.Image) -> str:
    """The mean colour as `#RRGGBB`, to stand where the picture will be."""
    red, green, blue = image.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))  # type: ignore[misc]
    return f"#{red:02X}{green:02X}{blue:02X}"


def _widths(width: int) -> list[int]:
    fitting = [w for w in WIDTHS if w <= width]
    # A picture narrower than the next step keeps its own width as its largest.
    largest = min(width, WIDTHS[-1])
    return sorted({*fitting, largest}, reverse=True)
