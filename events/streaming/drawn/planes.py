"""Pictures as the encoder wants them: three planes of limited-range YCbCr, colour at half size.

Moving planes costs a third of moving RGB, and the encoder has nothing left to convert.
"""

from dataclasses import dataclass

from PIL import Image, ImageFilter

WIDTH, HEIGHT = 1280, 720
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

    def copy(self) -> "Planes":
        """The same once more, to be drawn over."""
        return Planes(self.y.copy(), self.u.copy(), self.v.copy())

    def soft(self, across: float) -> "Planes":
        """Smeared sideways by so many pixels, as what moves past a lens is."""
        return Planes(
            self.y.filter(ImageFilter.BoxBlur((across, 0))),
            self.u.filter(ImageFilter.BoxBlur((across / 2, 0))),
            self.v.filter(ImageFilter.BoxBlur((across / 2, 0))),
        )

    def lay(self, over: "Planes", at: tuple[int, int], masks: "Masks | None" = None) -> None:
        """Draw `over` into this one, its corner at `at` (even numbers)."""
        small = at[0] // 2, at[1] // 2
        whole, part = (masks.whole, masks.half) if masks else (None, None)
        self.y.paste(over.y, at, whole)
        self.u.paste(over.u, small, part)
        self.v.paste(over.v, small, part)

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
class Masks:
    """How much of a picture is seen where, for brightness and for colour."""

    whole: Image.Image
    half: Image.Image

    @classmethod
    def of(cls, mask: Image.Image) -> "Masks":
        """From one mask of the picture's size."""
        return cls(mask, mask.resize(half(mask.size), Image.Resampling.BOX))


@dataclass(frozen=True)
class Overlay:
    """Type and shade laid over every picture until they change: no more of it than there is."""

    planes: Planes
    masks: Masks
    at: tuple[int, int]

    @classmethod
    def of(cls, picture: Image.Image) -> "Overlay":
        """Convert an RGBA picture of the frame's size."""
        left, top, right, bottom = picture.getchannel("A").getbbox() or (0, 0, 2, 2)
        at = (left // 2 * 2, top // 2 * 2)
        part = picture.crop((*at, right + right % 2, bottom + bottom % 2))
        return cls(Planes.of(part.convert("RGB")), Masks.of(part.getchannel("A")), at)

    def laid_on(self, under: Planes) -> Planes:
        """`under` with this on top; `under` is used up."""
        under.lay(self.planes, self.at, self.masks)
        return under
