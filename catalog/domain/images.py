"""Uploads become pictures: decoded, judged, turned upright, stripped, and encoded anew under random names.

Nothing of the upload itself is ever stored or served, so what hides in its metadata, its tail or its name
ends here. Formats are told by their bytes, never by name or declared type.
"""

from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from accounts.codes import new_public_id
from catalog.domain.renditions import BLUR, Encoded, dominant_colour, encode
from catalog.errors import BadImage
from catalog.models import Product, ProductImage
from catalog.queries import Rendition, files_of

ACCEPTED = ("JPEG", "PNG", "WEBP", "AVIF")
SRGB = ImageCms.createProfile("sRGB")
# What Pillow raises on broken or hostile bytes, depending on the decoder.
BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    MemoryError,
    OverflowError,
    Image.DecompressionBombError,
)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A stored picture: upright size in pixels, mean colour, and where its files are."""

    width: int
    height: int
    colour: str
    renditions: list[Rendition]


def render_image(data: bytes) -> Rendered:
    """Store every rendition of an uploaded picture. BadImage says what is wrong with it."""
    image = _clean(_open(data))
    renditions = store_renditions(encode(image))
    return Rendered(image.width, image.height, dominant_colour(image), renditions)


def add_product_image(product: Product, *, data: bytes, alt: str, position: int = 0) -> ProductImage:
    """Store a picture of `product`. BadImage as in `render_image`; `alt` says what is seen."""
    return attach(product, render_image(data), alt=alt, position=position)


def attach(product: Product, rendered: Rendered, *, alt: str, position: int = 0) -> ProductImage:
    """Make a stored picture one of `product`."""
    return ProductImage.objects.create(
        product=product,
        alt=alt,
        position=position,
        width=rendered.width,
        height=rendered.height,
        colour=rendered.colour,
        renditions=rendered.renditions,
    )


@transaction.atomic
def put_first(image: ProductImage) -> None:
    """Make a picture the one that stands for its product."""
    others = image.product.images.exclude(pk=image.pk)
    for position, other in enumerate([image, *others]):
        ProductImage.objects.filter(pk=other.pk).update(position=position)


def remove_image(image: ProductImage) -> None:
    """Delete a picture and its files."""
    renditions = image.renditions
    image.delete()
    delete_renditions(renditions)


def delete_renditions(renditions: Iterable[Rendition]) -> None:
    """Delete the files of a picture no row names any more."""
    for rendition in files_of(renditions):
        default_storage.delete(rendition["path"])


def store_renditions(files: Iterable[Encoded]) -> list[Rendition]:
    """Write encoded files to the default storage under one new random name."""
    name = new_public_id()
    return [_store(file, f"pictures/{name[:2].lower()}/{name}-{file.width}.{file.format}") for file in files]


def _store(file: Encoded, path: str) -> Rendition:
    about = {"format": file.format, "width": file.width, "height": file.height}
    if file.format == BLUR:
        return about | {"data": b64encode(file.data).decode()}
    stored = default_storage.save(path, ContentFile(file.data))
    return about | {"path": stored}


def _open(data: bytes) -> Image.Image:
    """Read the header and judge it before a single pixel is decoded."""
    if len(data) > settings.IMAGE_MAX_BYTES:
        raise BadImage(_("This picture is larger than 20 MB. Make it smaller and try again."))
    try:
        image = Image.open(BytesIO(data), formats=ACCEPTED)
    except UnidentifiedImageError:
        raise BadImage from None
    except BROKEN as broken:
        raise BadImage(_("This picture is damaged. Export it again and try once more.")) from broken
    _judge(image)
    return image


def _judge(image: Image.Image) -> None:
    if image.width * image.height > settings.IMAGE_MAX_PIXELS:
        raise BadImage(_("This picture has more than 25 megapixels. Make it smaller and try again."))
    # Phones hide a depth map or a second exposure behind a still JPEG (MPO); the first frame is the picture.
    if image.format != "MPO" and getattr(image, "n_frames", 1) > 1:
        raise BadImage(_("This picture moves. Use a still one."))


def _clean(image: Image.Image) -> Image.Image:
    """Upright sRGB pixels on white, with nothing else attached."""
    try:
        profile = image.info.get("icc_profile")
        upright = ImageOps.exif_transpose(image)
        pixels = _opaque(_in_srgb(_eight_bit(upright), profile))
    except BROKEN as broken:
        raise BadImage(_("This picture is damaged. Export it again and try once more.")) from broken
    return Image.frombytes("RGB", pixels.size, pixels.tobytes())


def _eight_bit(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value / 256).convert("L")
    if image.mode in {"P", "PA", "LA", "La", "1"}:
        return image.convert("RGBA" if image.has_transparency_data else "RGB")
    return image


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    if not profile:
        return image
    mode = "RGBA" if "A" in image.getbands() else "RGB"
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        turned = ImageCms.profileToProfile(image, source, SRGB, outputMode=mode)
    except (ImageCms.PyCMSError, OSError):
        # A profile that is broken or does not fit its picture is ignored, as browsers do.
        return image
    return turned or image


def _opaque(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image.convert("RGB")
    with_alpha = image.convert("RGBA")
    ground = Image.new("RGBA", with_alpha.size, "white")
    return Image.alpha_composite(ground, with_alpha).convert("RGB")
