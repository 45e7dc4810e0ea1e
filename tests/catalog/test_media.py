"""The demo's models and pictures are complete, small and what they say they are."""

import json
import struct
from pathlib import Path

import pytest
from PIL import Image

from catalog import demo
from catalog.demo import hanami, maison, sorrel

MEDIA = Path(demo.__file__).parent / "media"
GOODS = [good for brand in (maison, hanami, sorrel) for good in brand.GOODS]
SLUGS = sorted(good.slug for good in GOODS)
LARGEST_MODEL = 400_000  # bytes
LARGEST = {"": 90_000, "-close": 80_000, "-turn": 250_000}
SIZES = {"": (960, 1200), "-close": (800, 1000), "-turn": (360, 450)}
FRAMES = 20
SMALLEST, WIDEST = 0.01, 1.2  # metres


def chunks(data: bytes) -> dict[bytes, bytes]:
    found, at = {}, 12
    while at < len(data):
        length, kind = struct.unpack_from("<I4s", data, at)
        found[kind] = data[at + 8 : at + 8 + length]
        at += 8 + length
    return found


def described(slug: str) -> dict:
    return json.loads(chunks((MEDIA / f"{slug}.glb").read_bytes())[b"JSON"])


def boxes(model: dict) -> list[tuple[list[float], list[float]]]:
    accessors = (
        model["accessors"][primitive["attributes"]["POSITION"]]
        for mesh in model["meshes"]
        for primitive in mesh["primitives"]
    )
    return [(a["min"], a["max"]) for a in accessors]


def extent(model: dict) -> tuple[list[float], list[float]]:
    found = boxes(model)
    low = [min(box[0][axis] for box in found) for axis in range(3)]
    high = [max(box[1][axis] for box in found) for axis in range(3)]
    return low, high


def test_there_is_a_model_for_every_piece_and_no_other() -> None:
    assert sorted(path.stem for path in MEDIA.glob("*.glb")) == SLUGS


@pytest.mark.parametrize("slug", SLUGS)
def test_a_model_is_one_small_binary_gltf(slug: str) -> None:
    data = (MEDIA / f"{slug}.glb").read_bytes()
    magic, version, length = struct.unpack_from("<4sII", data)
    assert (magic, version, length) == (b"glTF", 2, len(data))
    assert len(data) < LARGEST_MODEL
    assert set(chunks(data)) == {b"JSON", b"BIN\0"}


@pytest.mark.parametrize("slug", SLUGS)
def test_a_model_asks_for_nothing_from_elsewhere(slug: str) -> None:
    model = described(slug)
    assert model["asset"]["version"] == "2.0"
    named = [entry for kind in ("buffers", "images") for entry in model.get(kind, []) if "uri" in entry]
    assert named == []
    assert model.get("extensionsRequired", []) == []


@pytest.mark.parametrize("slug", SLUGS)
def test_a_model_stands_centred_on_the_floor_in_metres(slug: str) -> None:
    model = described(slug)
    moved = [node for node in model["nodes"] if {"translation", "rotation", "scale", "matrix"} & set(node)]
    low, high = extent(model)
    assert moved == []
    assert low[1] == pytest.approx(0, abs=1e-4)
    assert [low[n] + high[n] for n in (0, 2)] == pytest.approx([0, 0], abs=1e-3)
    assert SMALLEST <= max(high[n] - low[n] for n in range(3)) <= WIDEST


@pytest.mark.parametrize("kind", sorted(SIZES))
@pytest.mark.parametrize("slug", SLUGS)
def test_a_picture_has_its_size_and_weighs_little(slug: str, kind: str) -> None:
    path = MEDIA / f"{slug}{kind}.avif"
    with Image.open(path) as picture:
        assert (picture.size, picture.n_frames) == (SIZES[kind], FRAMES if kind == "-turn" else 1)
    assert path.stat().st_size <= LARGEST[kind]


def test_all_of_it_is_small() -> None:
    assert sum(path.stat().st_size for path in MEDIA.iterdir()) <= 12_000_000
