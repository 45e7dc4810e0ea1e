"""Pictures as the encoder wants them: three planes of limited-range YCbCr, colour at half size.

Moving planes costs a third of moving RGB, and the encoder has nothing left to convert.
"""

from dataclasses import dataclass

from PIL import Image

WIDTH, HEIGHT = 854, 480
BLACK, SPAN, CHROMA_SPAN, NEUTRAL = 16, 219, 224, 128
_LUMA = [BLACK + round(value * SPAN / 255) for value in range(256)]
_CHROMA = [NEUTRAL + round((value - NEUTRAL) * CHROMA_SPAN / 255) for value in range(256)]

Box = tuple[float, float, float, float]


def half(size: tuple[int, int]) -> tuple[int, int]:
    """The size of the colour planes."""
    return (size[0] + 1) // 2, (size[1] + 1) // 2


@dataclass(frozen=True)
class Planes:
    """One picture; `u` and `v` are half as wide and half as high as `y`."""

    y: Image.Image
    u: Image.Image
    v: Image.Image

    @classmethod
    def of(cls, picture: Image.Image) -> "Planes":
        """Convert an RGB picture (BT.601)."""
        luma, blue, red = picture.convert("YCbCr").split()
        small = half(picture.size)
        return cls(
            luma.point(_LUMA),
            blue.resize(small, Image.Resampling.BOX).point(_CHROMA),
            red.resize(small, Image.Resampling.BOX).point(_CHROMA),
        )

    def window(self, box: Box, size: tuple[int, int] = (WIDTH, HEIGHT)) -> "Planes":
        """What `box` (pixels, fractions allowed) shows, scaled to `size`."""
        small = (box[0] / 2, box[1] / 2, box[2] / 2, box[3] / 2)
        linear = Image.Resampling.BILINEAR
        return Planes(
            self.y.resize(size, linear, box),
            self.u.resize(half(size), linear, small),
            self.v.resize(half(size), linear, small),
        )

    def mixed_with(self, other: "Planes", share: float) -> "Planes":
        """A dissolve: `share` of `other`, 0 to 1."""
        return Planes(
            Image.blend(self.y, other.y, share),
            Image.blend(self.u, other.u, share),
            Image.blend(self.v, other.v, share),
        )

    def to_bytes(self) -> bytes:
        """As `-f rawvideo -pix_fmt yuv420p` reads it."""
        return self.y.tobytes() + self.u.tobytes() + self.v.tobytes()


@dataclass(frozen=True)
class Overlay:
    """Type and shade laid over every picture until they change."""

    planes: Planes
    mask: Image.Image
    small_mask: Image.Image

    @classmethod
    def of(cls, picture: Image.Image) -> "Overlay":
        """Convert an RGBA picture of the frame's size."""
        mask = picture.getchannel("A")
        small = mask.resize(half(picture.size), Image.Resampling.BOX)
        return cls(Planes.of(picture.convert("RGB")), mask, small)

    def laid_on(self, under: Planes) -> Planes:
        """`under` with this on top; `under` is used up."""
        under.y.paste(self.planes.y, (0, 0), self.mask)
        under.u.paste(self.planes.u, (0, 0), self.small_mask)
        under.v.paste(self.planes.v, (0, 0), self.small_mask)
        return under
