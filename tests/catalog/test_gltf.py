"""Models in 3D: what is taken, what is refused and why."""

import json
import struct
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.storage import default_storage

from catalog.domain import models3d
from catalog.domain.gltf import EXTENSIONS, check_model
from catalog.errors import BadModel
from catalog.models import Product
from tests.factories.catalog import make_product
from tests.factories.gltf import glb, packed, texture, triangle

DAMAGED = "This model is damaged. Export it again and try once more."
KIND = "Use a model in one binary glTF file (.glb)."
VERSION = "This model is of another version of glTF. Export it as glTF 2.0."
ELSEWHERE = "This model keeps parts in other files. Export it with everything inside."
TEXTURE = "A picture in this model is damaged or of a kind we cannot show."
LARGE = "A picture in this model is larger than 4,096 pixels. Make it smaller."
EMPTY = "There is nothing to see in this model."
PARTS = "This model has too many parts. Join them and try again."
FINE = "This model is too fine for a page. Simplify it and try again."


@pytest.fixture(autouse=True)
def _scratch_media(tmp_path: Any, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def said(data: bytes) -> str:
    """What the guard says of a file; empty when it lets it in."""
    try:
        check_model(data)
    except BadModel as refusal:
        return str(refusal)
    return ""


def with_accessors(*counts: Any) -> bytes:
    return glb(accessors=[{"componentType": 5126, "count": count, "type": "VEC3"} for count in counts])


def deep(levels: int) -> bytes:
    return packed(b'{"asset":{"version":"2.0"},"extras":' + b"[" * levels + b"]" * levels + b"}")


def claiming(side: int) -> bytes:
    """A texture whose header says that it is `side` pixels square."""
    small, begin, end = texture(), 12, 29  # the first chunk of a PNG: its kind, what it says, its checksum
    header = small[begin : begin + 4] + struct.pack(">II", side, side) + small[begin + 12 : end]
    return small[:begin] + header + struct.pack(">I", zlib.crc32(header)) + small[end + 4 :]


def test_a_whole_model_is_taken() -> None:
    assert said(glb()) == ""
    assert said(glb(picture=texture(64, "JPEG"))) == ""
    assert said(glb(extensionsUsed=sorted(EXTENSIONS), extensionsRequired=["KHR_texture_transform"])) == ""


def test_a_model_without_a_picture_is_taken() -> None:
    about, binary = triangle()
    for name in ("images", "textures", "materials"):
        del about[name]
    assert said(packed(json.dumps(about).encode(), binary)) == ""


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", KIND),
        (b"glTF", KIND),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", KIND),
        (b'{"asset":{"version":"2.0"}}', KIND),
        (packed(b"{}", version=1), VERSION),
        (glb(asset={"version": "1.0"}), VERSION),
        (glb(asset={"version": 2}), VERSION),
        (packed(b"{}"), DAMAGED),
        (packed(b"[]"), DAMAGED),
        (packed(b"{"), DAMAGED),
        (packed(b"\xff\xfe"), DAMAGED),
        (packed(b'{"asset":' + b"9" * 5_000 + b"}"), DAMAGED),
        (packed(b"{}", longer=4), DAMAGED),
        (glb()[:-4], DAMAGED),
        (glb() + b"<script>alert(1)</script>", DAMAGED),
        (struct.pack("<4sII", b"glTF", 2, 12), DAMAGED),
        (struct.pack("<4sIII4s", b"glTF", 2, 20, 4_000_000_000, b"JSON"), DAMAGED),
        (struct.pack("<4sIII4s", b"glTF", 2, 20, 0, b"BIN\0"), DAMAGED),
        (deep(100_000), DAMAGED),
        (packed(b'{"extras":"' + b"x" * 1_048_576 + b'"}'), PARTS),
        (glb(nodes=[{}] * 2_001), PARTS),
        (glb(meshes=[]), EMPTY),
        (glb(scenes=None), EMPTY),
        (glb(buffers=[{"byteLength": 9_999}]), DAMAGED),
        (glb(buffers=[{"byteLength": 4}, {"byteLength": 4}]), DAMAGED),
        (glb(buffers=[{"byteLength": 4, "uri": "https://evil.example/a.bin"}]), ELSEWHERE),
        (glb(buffers=[{"byteLength": 4, "uri": "data:application/octet-stream;base64,AAAA"}]), ELSEWHERE),
        (glb(images=[{"uri": "../../secret.png"}]), ELSEWHERE),
        (glb(extras={"a": [{"uri": "//evil.example"}]}), ELSEWHERE),
        (glb(images=[{"bufferView": 9}]), DAMAGED),
        (glb(images=[{"bufferView": -1}]), DAMAGED),
        (glb(images=[{"bufferView": True}]), DAMAGED),
        (glb(images=[{}]), DAMAGED),
        (glb(images=["a.png"]), DAMAGED),
        (glb(picture=b"GIF89a" + bytes(40)), TEXTURE),
        (glb(picture=b"<svg/>"), TEXTURE),
        (glb(picture=claiming(4_097)), LARGE),
        (glb(picture=claiming(60_000)), TEXTURE),
        (with_accessors(3_000_001), FINE),
        (with_accessors(2_000_000, 2_000_000), FINE),
        (with_accessors(-1), DAMAGED),
        (with_accessors("many"), DAMAGED),
        (glb(extensionsUsed="KHR_draco_mesh_compression"), DAMAGED),
    ],
)  # fmt: skip
def test_what_is_no_whole_model_is_refused_with_a_reason(data: bytes, why: str) -> None:
    assert said(data) == why


@pytest.mark.parametrize(
    "name",
    ["KHR_draco_mesh_compression", "EXT_meshopt_compression", "KHR_texture_basisu", "MSFT_texture_dds"],
)
@pytest.mark.parametrize(
    "with_it",
    [
        lambda name: glb(extensionsUsed=[name]),
        lambda name: glb(extensionsRequired=[name]),
        # Some are acted on wherever they stand, announced or not.
        lambda name: glb(meshes=[{"primitives": [{"attributes": {}, "extensions": {name: {}}}]}]),
    ],
    ids=["used", "required", "unannounced"],
)
def test_an_extension_that_wants_a_decoder_is_refused_by_name(
    name: str, with_it: Callable[[str], bytes]
) -> None:
    assert said(with_it(name)) == f"This model uses {name}, which we cannot show. Export it without."


def test_a_model_too_heavy_is_refused_before_it_is_read(settings: Any) -> None:
    settings.MODEL_MAX_BYTES = 100
    assert said(b"x" * 101) == "This model is larger than 8 MB. Make it smaller and try again."


def kept_files(product: Product) -> list[bytes]:
    product.refresh_from_db()
    if not product.model:
        return []
    with default_storage.open(product.model) as file:
        return [file.read()]


@pytest.mark.django_db
def test_a_model_is_kept_whole_replaced_and_taken_down(tmp_path: Any) -> None:
    product, first, second = make_product(), glb(), glb(extras={"second": 2})
    models3d.set_model(product, data=first)
    assert (kept_files(product), product.model[:7], product.model[-4:]) == ([first], "models/", ".glb")
    models3d.set_model(product, data=second)
    assert kept_files(product) == [second]
    assert len(list(tmp_path.rglob("*.glb"))) == 1
    models3d.remove_model(product)
    assert (kept_files(product), list(tmp_path.rglob("*.glb"))) == ([], [])


@pytest.mark.django_db
def test_a_refused_model_leaves_the_one_before() -> None:
    product = make_product()
    models3d.set_model(product, data=glb())
    with pytest.raises(BadModel):
        models3d.set_model(product, data=b"no model")
    assert kept_files(product) == [glb()]


@pytest.mark.django_db
def test_twin_without_the_guard_a_model_that_calls_elsewhere_would_be_served(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calling = glb(images=[{"uri": "https://evil.example/who-looks.png"}])
    monkeypatch.setattr(models3d, "check_model", lambda data: None)
    product = make_product()
    models3d.set_model(product, data=calling)
    assert kept_files(product) == [calling]
