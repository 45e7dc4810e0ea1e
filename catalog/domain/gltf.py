"""Judging a model in 3D: one glTF 2.0 file in binary form that holds everything it needs.

Nothing is built here and no geometry is read. What is judged is what a stranger's browser would do with the
file: load it whole from us, ask nobody else for a part of it, and find it no larger than it says. Format:
https://registry.khronos.org/glTF/specs/2.0/glTF-2.0.html, chapter 4.
"""

import json
import struct
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from PIL import Image, UnidentifiedImageError

from catalog.errors import BadModel

HEADER, CHUNK = struct.Struct("<4sII"), struct.Struct("<I4s")
VERSION = 2
JSON, BINARY = b"JSON", b"BIN\0"
MOST_JSON_BYTES = 1_048_576
# A list longer than this is a scene, not a piece.
MOST_ENTRIES = 2_000
# Entries of all accessors together: a file may claim any number of zeros without holding one.
MOST_ELEMENTS = 3_000_000
LARGEST_SIDE = 4_096  # pixels of a texture
TEXTURES = ("PNG", "JPEG", "WEBP", "AVIF")
# What the viewer reads by itself. Draco, meshopt and Basis want a decoder it would fetch from elsewhere.
EXTENSIONS = frozenset(
    {
        "EXT_texture_avif",
        "EXT_texture_webp",
        "KHR_lights_punctual",
        "KHR_materials_anisotropy",
        "KHR_materials_clearcoat",
        "KHR_materials_dispersion",
        "KHR_materials_emissive_strength",
        "KHR_materials_ior",
        "KHR_materials_iridescence",
        "KHR_materials_sheen",
        "KHR_materials_specular",
        "KHR_materials_transmission",
        "KHR_materials_unlit",
        "KHR_materials_variants",
        "KHR_materials_volume",
        "KHR_mesh_quantization",
        "KHR_texture_transform",
    }
)


def check_model(data: bytes) -> None:
    """BadModel says what is wrong with a file that is to be shown in 3D."""
    if len(data) > settings.MODEL_MAX_BYTES:
        raise BadModel(_("This model is larger than 8 MB. Make it smaller and try again."))
    about, binary = _chunks(data)
    _judge_parts(about)
    _judge_whole(about, binary)


def _chunks(data: bytes) -> tuple[dict[str, Any], bytes]:
    """The description and the bytes behind it."""
    if data[:4] != b"glTF" or len(data) < HEADER.size:
        raise BadModel
    _magic, version, length = HEADER.unpack_from(data)
    if version != VERSION:
        raise BadModel(_("This model is of another version of glTF. Export it as glTF 2.0."))
    if length != len(data):
        raise _damaged()
    chunks = list(_each_chunk(data))
    kinds = [kind for kind, _body in chunks]
    if kinds not in ([JSON], [JSON, BINARY]):
        raise _damaged()
    return _parsed(chunks[0][1]), chunks[1][1] if len(chunks) > 1 else b""


def _each_chunk(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = HEADER.size
    while at < len(data):
        if at + CHUNK.size > len(data):
            raise _damaged()
        length, kind = CHUNK.unpack_from(data, at)
        at += CHUNK.size
        if at + length > len(data):
            raise _damaged()
        yield kind, data[at : at + length]
        at += length


def _parsed(text: bytes) -> dict[str, Any]:
    if len(text) > MOST_JSON_BYTES:
        raise BadModel(_("This model has too many parts. Join them and try again."))
    try:
        about = json.loads(text)
    except (ValueError, RecursionError) as broken:
        raise _damaged() from broken
    version = _dict(_dict(about).get("asset")).get("version")
    if not isinstance(version, str) or not version.startswith("2."):
        raise BadModel(_("This model is of another version of glTF. Export it as glTF 2.0."))
    return _dict(about)


def _judge_parts(about: dict[str, Any]) -> None:
    """Whatever stands wherever: no address, no extension that wants more than the viewer has."""
    used = set(_strings(about.get("extensionsUsed"))) | set(_strings(about.get("extensionsRequired")))
    for found in _dictionaries(about):
        if "uri" in found:
            raise BadModel(_("This model keeps parts in other files. Export it with everything inside."))
        used.update(_dict(found.get("extensions", {})))
    if strange := sorted(used - EXTENSIONS):
        raise BadModel(
            _("This model uses %(extension)s, which we cannot show. Export it without.")
            % {"extension": strange[0][:60]}
        )


def _judge_whole(about: dict[str, Any], binary: bytes) -> None:
    """That it shows something, holds what it names, and is no larger than it looks."""
    lists = {name: value for name, value in about.items() if isinstance(value, list)}
    if not lists.get("meshes") or not lists.get("scenes"):
        raise BadModel(_("There is nothing to see in this model."))
    if any(len(value) > MOST_ENTRIES for value in lists.values()):
        raise BadModel(_("This model has too many parts. Join them and try again."))
    buffers = lists.get("buffers", [])
    if len(buffers) > 1 or any(_number(buffer, "byteLength") > len(binary) for buffer in buffers):
        raise _damaged()
    if sum(_number(accessor, "count") for accessor in lists.get("accessors", [])) > MOST_ELEMENTS:
        raise BadModel(_("This model is too fine for a page. Simplify it and try again."))
    for image in lists.get("images", []):
        _judge_texture(_view(lists.get("bufferViews", []), image, binary))


def _view(views: list[Any], image: Any, binary: bytes) -> bytes:
    number = _number(image, "bufferView")
    if number >= len(views):
        raise _damaged()
    begin, length = _number(views[number], "byteOffset", 0), _number(views[number], "byteLength")
    if begin + length > len(binary):
        raise _damaged()
    return binary[begin : begin + length]


def _judge_texture(data: bytes) -> None:
    """Its header says its size; no pixel is decoded."""
    try:
        with Image.open(BytesIO(data), formats=TEXTURES) as image:
            side = max(image.size)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as broken:
        raise BadModel(_("A picture in this model is damaged or of a kind we cannot show.")) from broken
    if side > LARGEST_SIDE:
        raise BadModel(_("A picture in this model is larger than 4,096 pixels. Make it smaller."))


def _dictionaries(value: Any) -> Iterator[dict[str, Any]]:
    """Every dictionary in what was parsed, without recursion."""
    left = [value]
    while left:
        one = left.pop()
        if isinstance(one, dict):
            yield one
            left.extend(one.values())
        elif isinstance(one, list):
            left.extend(one)


def _dict(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _damaged()
    return value


def _strings(value: Any) -> list[str]:
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise _damaged()
    return value


def _number(entry: Any, name: str, missing: int | None = None) -> int:
    """A whole number from zero up."""
    value = _dict(entry).get(name, missing)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise _damaged()
    return value


def _damaged() -> BadModel:
    return BadModel(_("This model is damaged. Export it again and try once more."))
