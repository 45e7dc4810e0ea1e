"""Models in 3D for tests: one red triangle with a picture on it, and whatever is wrong with it."""

import json
import struct
from copy import deepcopy
from io import BytesIO
from typing import Any

from PIL import Image


def texture(side: int = 2, kind: str = "PNG") -> bytes:
    file = BytesIO()
    Image.new("RGB", (side, side), "red").save(file, kind)
    return file.getvalue()


def triangle(picture: bytes | None = None) -> tuple[dict[str, Any], bytes]:
    """The description and the bytes of a triangle a metre wide."""
    points = struct.pack("<9f", -0.5, 0, 0, 0.5, 0, 0, 0, 1, 0)
    places = struct.pack("<6f", 0, 0, 1, 0, 0.5, 1)
    seen = picture if picture is not None else texture()
    binary = points + places + seen
    views = [(0, len(points)), (len(points), len(places)), (len(points) + len(places), len(seen))]
    about = {
        "asset": {"version": "2.0"},
        "scene": 0,
        "scenes": [{"nodes": [0]}],
        "nodes": [{"mesh": 0}],
        "meshes": [{"primitives": [{"attributes": {"POSITION": 0, "TEXCOORD_0": 1}, "material": 0}]}],
        "materials": [{"doubleSided": True, "pbrMetallicRoughness": {"baseColorTexture": {"index": 0}}}],
        "textures": [{"source": 0}],
        "images": [{"bufferView": 2, "mimeType": "image/png"}],
        "buffers": [{"byteLength": len(binary)}],
        "bufferViews": [{"buffer": 0, "byteOffset": begin, "byteLength": length} for begin, length in views],
        "accessors": [
            {
                "bufferView": 0,
                "componentType": 5126,
                "count": 3,
                "type": "VEC3",
                "min": [-0.5, 0, 0],
                "max": [0.5, 1, 0],
            },
            {"bufferView": 1, "componentType": 5126, "count": 3, "type": "VEC2"},
        ],
    }
    return about, binary


def glb(*, picture: bytes | None = None, **over: Any) -> bytes:
    """The triangle as a file; `over` replaces parts of its description."""
    about, binary = triangle(picture)
    return packed(json.dumps({**deepcopy(about), **over}).encode(), binary)


def packed(about: bytes, binary: bytes | None = b"", *, version: int = 2, longer: int = 0) -> bytes:
    """A file of these two parts; `longer` is added to the length it claims."""
    chunks = _chunk(b"JSON", about, b" ") + (_chunk(b"BIN\0", binary, b"\0") if binary else b"")
    return struct.pack("<4sII", b"glTF", version, 12 + len(chunks) + longer) + chunks


def _chunk(kind: bytes, body: bytes, filler: bytes) -> bytes:
    whole = body + filler * (-len(body) % 4)
    return struct.pack("<I4s", len(whole), kind) + whole
