"""Meshes from points: what every shape ends in. Lengths are centimetres, Z is up, the front looks to -Y."""

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import bmesh
import bpy
import numpy as np

Point = Sequence[float]
Surface = Callable[[float, float], Point]

LEAN, FINE = 1.0, 2.2
_fineness = [FINE]


@contextmanager
def fineness(factor: float) -> Iterator[None]:
    """Build with so many times the points of the lean model: LEAN for files, FINE for pictures."""
    before, _fineness[0] = _fineness[0], factor
    try:
        yield
    finally:
        _fineness[0] = before


def steps(count: int, least: int = 3) -> int:
    """`count` segments of the lean model, at today's fineness."""
    return max(least, round(count * _fineness[0]))


def is_fine() -> bool:
    return _fineness[0] > LEAN


def clear() -> None:
    """Begin with an empty scene."""
    bpy.ops.wm.read_factory_settings(use_empty=True)


def mesh(points: Any, faces: Any, material: Any, *, uv: Any = None, sharp: float = 40.0) -> Any:
    """An object of these points and faces, one pair of `uv` per point; edges over `sharp` degrees stay."""
    data = bpy.data.meshes.new("piece")
    data.from_pydata([tuple(map(float, p)) for p in points], [], [tuple(map(int, f)) for f in faces])
    data.materials.append(material)
    if uv is not None:
        _lay(data, np.asarray(uv, dtype=np.float32))
    obj = bpy.data.objects.new("piece", data)
    bpy.context.scene.collection.objects.link(obj)
    finish(obj, sharp)
    if uv is None:
        project(obj)
    return obj


def _lay(data: Any, uv: Any) -> None:
    layer = data.uv_layers.new(name="uv")
    corners = np.empty(len(data.loops), dtype=np.int32)
    data.loops.foreach_get("vertex_index", corners)
    layer.data.foreach_set("uv", uv[corners].ravel())


def finish(obj: Any, sharp: float = 40.0) -> None:
    """Turn all faces outward and shade them smooth, but for edges over `sharp` degrees."""
    work = bmesh.new()
    work.from_mesh(obj.data)
    bmesh.ops.remove_doubles(work, verts=work.verts, dist=1e-5)
    bmesh.ops.recalc_face_normals(work, faces=work.faces)
    work.to_mesh(obj.data)
    work.free()
    obj.data.shade_smooth()
    obj.data.set_sharp_from_angle(angle=math.radians(sharp))


def tile(material: Any) -> float:
    """How many centimetres one repeat of the material's texture covers."""
    return float(material.get("tile", 1.0))


def project(obj: Any) -> None:
    """Lay the texture onto every face from the axis that it looks along."""
    data, size = obj.data, tile(obj.data.materials[0])
    layer = data.uv_layers.get("uv") or data.uv_layers.new(name="uv")
    for face in data.polygons:
        axis = max(range(3), key=lambda n: abs(face.normal[n]))
        across, up = [(1, 2), (0, 2), (0, 1)][axis]
        for corner in face.loop_indices:
            point = data.vertices[data.loops[corner].vertex_index].co
            layer.data[corner].uv = (point[across] / size, point[up] / size)


def change(obj: Any, kind: str, **settings: Any) -> Any:
    """Apply one of Blender's modifiers for good; returns the object."""
    modifier = obj.modifiers.new(kind, kind)
    for name, value in settings.items():
        setattr(modifier, name, value)
    graph = bpy.context.evaluated_depsgraph_get()
    made = bpy.data.meshes.new_from_object(obj.evaluated_get(graph), depsgraph=graph)
    obj.modifiers.clear()
    obj.data = made
    return obj


def thicken(obj: Any, thickness: float, offset: float = -1.0) -> Any:
    """Give a surface thickness: inwards at -1, to both sides at 0, outwards at 1."""
    return change(obj, "SOLIDIFY", thickness=thickness, offset=offset)


def bevel(obj: Any, width: float, segments: int = 2, angle: float = 30.0) -> Any:
    """Round the edges over `angle` degrees."""
    change(
        obj, "BEVEL", width=width, segments=segments, limit_method="ANGLE", angle_limit=math.radians(angle)
    )
    finish(obj, 50)
    return obj


def place(obj: Any, at: Point = (0, 0, 0), turn: Point = (0, 0, 0), size: float = 1.0) -> Any:
    """Move to `at`, turned by degrees around X, Y and Z; the mesh itself is changed."""
    matrix = mathutils_matrix(at, turn, size)
    obj.data.transform(matrix)
    obj.data.update()
    return obj


def mathutils_matrix(at: Point, turn: Point, size: float) -> Any:
    """The matrix of a place, a turn in degrees and a size."""
    obj = bpy.data.objects.new("pose", None)
    obj.location, obj.scale = at, (size, size, size)
    obj.rotation_euler = [math.radians(a) for a in turn]
    matrix = obj.matrix_basis.copy()
    bpy.data.objects.remove(obj)
    return matrix


def copy(obj: Any, at: Point = (0, 0, 0), turn: Point = (0, 0, 0), size: float = 1.0) -> Any:
    """Another one, elsewhere."""
    other = obj.copy()
    other.data = obj.data.copy()
    bpy.context.scene.collection.objects.link(other)
    return place(other, at, turn, size)


def mirror(obj: Any, axis: int = 0) -> Any:
    """Another one, on the other side of the plane through the origin across `axis`."""
    other = copy(obj)
    points = np.empty(len(other.data.vertices) * 3, dtype=np.float32)
    other.data.vertices.foreach_get("co", points)
    points[axis::3] *= -1
    other.data.vertices.foreach_set("co", points)
    other.data.flip_normals()
    return other


def pose(objects: Sequence[Any], at: Point = (0, 0, 0), turn: Point = (0, 0, 0)) -> None:
    """Move several together."""
    for obj in objects:
        place(obj, at, turn)


def everything() -> list[Any]:
    """All meshes of the scene."""
    return [obj for obj in bpy.context.scene.objects if obj.type == "MESH"]
