"""The GLB: one mesh per material, metres, Y up, standing centred on the floor, under 400 kB."""

from pathlib import Path
from typing import Any

import bpy
import numpy as np
from mathutils import Matrix

from catalog.modelling.mesh import change, everything

LIMIT = 400_000  # bytes
METRE = 0.01  # of a centimetre


def _join() -> None:
    """One object per material."""
    groups: dict[str, list[Any]] = {}
    for obj in everything():
        groups.setdefault(obj.data.materials[0].name, []).append(obj)
    for name, objects in groups.items():
        bpy.ops.object.select_all(action="DESELECT")
        for obj in objects:
            obj.select_set(True)
        bpy.context.view_layer.objects.active = objects[0]
        bpy.ops.object.join()
        objects[0].name = objects[0].data.name = name


def _stand(size: float) -> None:
    """Centre on the floor, this many times as large."""
    corners = []
    for obj in everything():
        flat = np.empty(len(obj.data.vertices) * 3, dtype=np.float32)
        obj.data.vertices.foreach_get("co", flat)
        corners += [flat.reshape(-1, 3).min(axis=0), flat.reshape(-1, 3).max(axis=0)]
    low, high = np.min(corners, axis=0), np.max(corners, axis=0)
    middle = ((low + high) / 2)[:2]
    matrix = Matrix.Scale(size, 4) @ Matrix.Translation((-middle[0], -middle[1], -low[2]))
    for obj in everything():
        obj.data.transform(matrix)


def _write(path: Path) -> int:
    bpy.ops.export_scene.gltf(
        filepath=str(path),
        export_format="GLB",
        export_image_format="AUTO",
        export_animations=False,
        export_skins=False,
        export_morph=False,
        export_extras=False,
        export_vertex_color="NONE",
        export_yup=True,
    )
    return path.stat().st_size


def glb(path: Path) -> int:
    """Write the scene as a GLB and say how many bytes it has; thins the meshes out while it is too big."""
    _join()
    _stand(METRE)
    size = _write(path)
    for _ in range(5):
        if size < LIMIT:
            break
        for obj in everything():
            if len(obj.data.vertices) > 200:
                change(obj, "DECIMATE", ratio=0.8)
        _stand(1.0)
        size = _write(path)
    return size
