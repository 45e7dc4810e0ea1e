"""Uploads: what is taken, what is refused, and what is left of it."""

import struct
import zlib
from base64 import b64decode, b64encode
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import override_settings
from PIL import Image, ImageCms, PngImagePlugin

from catalog.blur import blurred
from catalog.domain.images import add_product_image, put_first, remove_image, render_image
from catalog.domain.renditions import BLUR, FORMATS, dominant_colour, encode
from catalog.errors import BadImage
from catalog.queries import files_of, sources
from tests.factories.catalog import make_image, make_product

ORIENTATION, GPS = 0x0112, 0x8825


@pytest.fixture(autouse=True)
def _scratch_media(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def two_halves(width: int = 200, height: int = 100) -> Image.Image:
    """Red on the left, blue on the right."""
    image = Image.new("RGB", (width, height), "red")
    image.paste((0, 0, 255), (width // 2, 0, width, height))
    return image


def stored(path: str) -> Image.Image:
    with default_storage.open(path) as file:
        image = Image.open(BytesIO(file.read()))
        image.load()
    return image


def widest(renditions: list[dict[str, Any]], kind: str = "jpeg") -> Image.Image:
    path = max((r for r in renditions if r["format"] == kind), key=lambda r: r["width"])["path"]
    return stored(path)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_four_formats_are_taken_and_become_three(kind: str) -> None:
    rendered = render_image(saved(two_halves(700, 350), kind))
    files = files_of(rendered.renditions)
    made = {(r["format"], r["width"], r["height"]) for r in files}
    assert (rendered.width, rendered.height) == (700, 350)
    assert made == {
        (name, w, h) for name in FORMATS for w, h in ((160, 80), (320, 160), (480, 240), (700, 350))
    }
    assert {stored(r["path"]).size for r in files} == {(w, h) for _, w, h in made}


def test_a_blurred_first_frame_travels_with_the_row() -> None:
    (blur,) = (r for r in render_image(saved(two_halves(700, 350), "JPEG")).renditions if r["format"] == BLUR)
    image = Image.open(BytesIO(b64decode(blur["data"])))
    assert image.size == (blur["width"], blur["height"]) == (16, 8)
    assert len(blur["data"]) < 200
    assert sources([blur]).blur == blurred(blur["data"])
    assert sources([blur])["src"] == ""


def test_a_blurred_first_frame_is_drawn_in_the_colours_of_the_picture() -> None:
    file = BytesIO()
    Image.new("RGB", (6, 2), "#336699").save(file, "webp", lossless=True)
    drawn = blurred(b64encode(file.getvalue()).decode())
    assert drawn == (
        '<svg class="blur" viewBox="0 0 3 1" preserveAspectRatio="xMidYMid slice" aria-hidden="true"><g>'
        '<path fill="#336699" d="M-2 -2H5V3H-2z"/>'
        '<path fill="#336699" d="M1 -2H5V3H1z"/>'
        '<path fill="#336699" d="M2 -2H5V3H2z"/></g></svg>'
    )


def test_nothing_is_enlarged_and_nothing_is_wider_than_a_screen_needs() -> None:
    assert {file.width for file in encode(two_halves(120, 60)) if file.format != BLUR} == {120}
    assert max(file.width for file in encode(two_halves(3000, 60))) == 1440


def test_files_have_random_names_that_owe_nothing_to_the_upload() -> None:
    first = render_image(saved(two_halves(), "PNG"))
    second = render_image(saved(two_halves(), "PNG"))
    names = {r["path"] for r in files_of(first.renditions + second.renditions)}
    assert len(names) == len(files_of(first.renditions)) * 2
    assert all(name.startswith("pictures/") for name in names)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "Use a JPEG, PNG, WebP or AVIF picture."),
        (
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
            "Use a JPEG, PNG, WebP or AVIF picture.",
        ),
        (saved(two_halves(), "GIF") + b"<script>alert(1)</script>", "Use a JPEG, PNG, WebP or AVIF picture."),
        (saved(two_halves(), "BMP"), "Use a JPEG, PNG, WebP or AVIF picture."),
        (saved(two_halves(), "TIFF"), "Use a JPEG, PNG, WebP or AVIF picture."),
        (saved(two_halves(), "JPEG")[:300], "This picture is damaged. Export it again and try once more."),
        (saved(two_halves(), "PNG")[:60], "This picture is damaged. Export it again and try once more."),
        (saved(two_halves(), "WEBP")[:60], "This picture is damaged. Export it again and try once more."),
    ],
    ids=["nothing", "svg", "gif polyglot", "bmp", "tiff", "cut jpeg", "cut png", "cut webp"],
)
def test_what_is_no_whole_picture_is_refused_and_leaves_no_file(
    data: bytes, why: str, tmp_path: Path
) -> None:
    with pytest.raises(BadImage) as refusal:
        render_image(data)
    assert str(refusal.value) == why
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def bomb_header(side: int) -> bytes:
    """A PNG that says it is `side` pixels square and holds a few bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 99))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("side", [5_001, 50_000])
@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_a_pixel_bomb_is_told_by_its_header(side: int) -> None:
    with pytest.raises(BadImage):
        render_image(bomb_header(side))


def test_exactly_the_most_pixels_are_taken() -> None:
    with override_settings(IMAGE_MAX_PIXELS=200 * 100):
        render_image(saved(two_halves(200, 100), "PNG"))
        with pytest.raises(BadImage, match="megapixels"):
            render_image(saved(two_halves(201, 100), "PNG"))


def test_exactly_the_most_bytes_are_taken() -> None:
    data = saved(two_halves(), "PNG")
    with override_settings(IMAGE_MAX_BYTES=len(data)):
        render_image(data)
        with pytest.raises(BadImage, match="20 MB"):
            render_image(data + b"\0")


def test_moving_pictures_are_refused() -> None:
    frames = [two_halves(), two_halves().transpose(Image.Transpose.ROTATE_180)]
    moving = saved(frames[0], "WEBP", save_all=True, append_images=frames[1:])
    with pytest.raises(BadImage, match="moves"):
        render_image(moving)


def test_a_phone_s_second_exposure_is_not_a_moving_picture() -> None:
    double = saved(two_halves(), "MPO", save_all=True, append_images=[two_halves()])
    assert render_image(double).width == 200


def test_where_it_was_taken_stays_with_who_took_it() -> None:
    exif = Image.Exif()
    exif[GPS] = {1: "N", 2: (48.0, 51.0, 24.0)}
    exif[0x010F] = "SecretCam"
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", "SecretComment")
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for data in (
        saved(two_halves(), "JPEG", exif=exif, icc_profile=profile, comment=b"SecretComment"),
        saved(two_halves(), "WEBP", exif=exif, xmp=b"SecretXmp"),
        saved(two_halves(), "PNG", exif=exif, pnginfo=info),
    ):
        for rendition in files_of(render_image(data).renditions):
            image = stored(rendition["path"])
            assert dict(image.getexif()) == {}
            assert {"icc_profile", "xmp", "comment", "Comment"} & set(image.info) == set()
            with default_storage.open(rendition["path"]) as file:
                assert b"Secret" not in file.read()


def test_pictures_are_turned_upright() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6  # the camera was held upright: turn a quarter clockwise
    rendered = render_image(saved(two_halves(200, 100), "JPEG", exif=exif, quality=95))
    red, _, blue = widest(rendered.renditions).getpixel((50, 20))  # type: ignore[misc]
    assert (rendered.width, rendered.height) == (100, 200)
    assert red > 200 > blue


@pytest.mark.parametrize("mode", ["L", "LA", "P", "RGBA", "CMYK", "I;16", "1"])
def test_every_kind_of_pixel_ends_as_colour_on_white(mode: str) -> None:
    image = (
        two_halves().convert("L").convert("I").point(lambda v: v * 256).convert("I;16")
        if mode == "I;16"
        else two_halves().convert(mode)
    )
    kind = "JPEG" if mode == "CMYK" else "PNG"
    assert widest(render_image(saved(image, kind)).renditions).mode == "RGB"


def test_what_is_transparent_becomes_white() -> None:
    clear = Image.new("RGBA", (200, 100), (0, 0, 0, 0))
    rendered = render_image(saved(clear, "PNG"))
    assert widest(rendered.renditions, "webp").getpixel((9, 9)) == (255, 255, 255)
    assert rendered.colour == "#FFFFFF"


def test_colours_of_another_space_are_converted_not_relabelled() -> None:
    lab = ImageCms.createProfile("XYZ")
    with_profile = saved(two_halves(), "JPEG", icc_profile=ImageCms.ImageCmsProfile(lab).tobytes())
    assert widest(render_image(with_profile).renditions).mode == "RGB"


def test_a_profile_that_is_none_is_ignored() -> None:
    rendered = render_image(saved(two_halves(), "JPEG", icc_profile=b"not a profile", quality=95))
    assert widest(rendered.renditions).getpixel((10, 50))[0] > 200  # type: ignore[index]


def test_the_colour_shown_while_loading_is_the_mean() -> None:
    assert dominant_colour(two_halves()) in {"#800080", "#7F007F", "#80007F", "#7F0080"}


@pytest.mark.django_db
def test_a_picture_of_a_product_comes_and_goes_with_its_files(tmp_path: Path) -> None:
    product = make_product()
    image = add_product_image(product, data=saved(two_halves(), "PNG"), alt="Two halves", position=2)
    assert (image.alt, image.position, image.width, image.height) == ("Two halves", 2, 200, 100)
    assert len([p for p in tmp_path.rglob("*") if p.is_file()]) == len(files_of(image.renditions))
    remove_image(image)
    assert ([p for p in tmp_path.rglob("*") if p.is_file()], product.images.count()) == ([], 0)


@pytest.mark.django_db
def test_a_picture_can_be_put_first() -> None:
    product = make_product()
    first, second, third = (make_image(product, position=n) for n in range(3))
    put_first(third)
    assert list(product.images.all()) == [third, first, second]
