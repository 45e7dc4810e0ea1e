"""The one studio: a warm paper sweep, a big soft key from the upper left, a fill, a rim, a long lens."""

import math
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import bpy
import numpy as np
from mathutils import Matrix, Vector
from PIL import Image

from catalog.modelling.materials import linear, plain
from catalog.modelling.mesh import everything, mesh
from catalog.modelling.piece import Piece

PAPER = "#edebe6"
FRAMES = 20
FIELD = math.radians(18)  # of view, upright


def _area(name: str, at: Any, target: Any, size: float, power: float, colour: str) -> None:
    data = bpy.data.lights.new(name, "AREA")
    data.shape, data.size, data.energy = "DISK", size, power
    data.color = linear(colour)[:3]
    lamp = bpy.data.objects.new(name, data)
    lamp.location = at
    lamp.rotation_euler = (Vector(target) - Vector(at)).to_track_quat("-Z", "Y").to_euler()
    bpy.context.scene.collection.objects.link(lamp)


def _lights(reach: float, middle: Any) -> None:
    """Sizes and strengths follow the piece, so that a ring is lit like a bag."""
    power = reach * reach
    target = (0, 0, middle[2])
    _area("key", (-4.2 * reach, -3.2 * reach, 5.6 * reach), target, 4.6 * reach, 820 * power, "#fffbf6")
    _area("fill", (5.5 * reach, -4.0 * reach, 2.6 * reach), target, 5.0 * reach, 230 * power, "#f4f1ee")
    _area("rim", (3.2 * reach, 4.6 * reach, 4.8 * reach), target, 2.2 * reach, 300 * power, "#fff8ee")


def _sweep(reach: float) -> None:
    """A floor that rises behind into a wall without an edge."""
    bend, back, high, wide, front = 4 * reach, 5 * reach, 26 * reach, 30 * reach, -30 * reach
    turns = np.linspace(0, math.pi / 2, 24)
    line = [(front, 0.0), *[(back + bend * math.sin(a), bend * (1 - math.cos(a))) for a in turns]]
    line.append((back + bend, high))
    points = [(x, y, z) for y, z in line for x in (-wide, wide)]
    faces = [(2 * n, 2 * n + 1, 2 * n + 3, 2 * n + 2) for n in range(len(line) - 1)]
    mesh(
        points, faces, plain("paper-sweep", PAPER, rough=0.95, Specular_IOR_Level=0.1), sharp=180
    ).name = "sweep"


def _world() -> None:
    """What bright metal sees outside the sweep: warm above, dimmer at the sides."""
    world = bpy.data.worlds.new("room")
    bpy.context.scene.world = world
    world.use_nodes = True
    nodes, links = world.node_tree.nodes, world.node_tree.links
    where, part, ramp = (nodes.new(f"ShaderNode{n}") for n in ("TexCoord", "SeparateXYZ", "ValToRGB"))
    ramp.color_ramp.elements[0].color, ramp.color_ramp.elements[0].position = linear("#54504a"), 0.0
    ramp.color_ramp.elements[1].color, ramp.color_ramp.elements[1].position = linear("#fbf9f5"), 0.75
    links.new(where.outputs["Generated"], part.inputs[0])
    links.new(part.outputs["Z"], ramp.inputs[0])
    links.new(ramp.outputs[0], nodes["Background"].inputs[0])
    nodes["Background"].inputs[1].default_value = 0.55


def _clear_shadows() -> None:
    """Let light through glass onto the paper instead of the black shadow that a path tracer throws."""
    for material in [m for m in bpy.data.materials if m.get("glass")]:
        nodes, links = material.node_tree.nodes, material.node_tree.links
        path, clear, mix = (
            nodes.new(f"ShaderNode{n}") for n in ("LightPath", "BsdfTransparent", "MixShader")
        )
        clear.inputs[0].default_value = nodes["Principled BSDF"].inputs["Base Color"].default_value
        links.new(path.outputs["Is Shadow Ray"], mix.inputs[0])
        links.new(nodes["Principled BSDF"].outputs[0], mix.inputs[1])
        links.new(clear.outputs[0], mix.inputs[2])
        links.new(mix.outputs[0], nodes["Material Output"].inputs[0])


def _points(objects: Iterable[Any]) -> Any:
    """All points of the objects, as they stand now."""
    found = []
    for obj in objects:
        flat = np.empty(len(obj.data.vertices) * 3, dtype=np.float32)
        obj.data.vertices.foreach_get("co", flat)
        found.append(
            flat.reshape(-1, 3) @ np.array(obj.matrix_world.to_3x3()).T + obj.matrix_world.translation
        )
    return np.vstack(found)


class Studio:
    """The scene's meshes on the table; build the piece first."""

    def __init__(self, *, samples: int = 32) -> None:
        self.objects = everything()
        points = _points(self.objects)
        low, high = points.min(axis=0), points.max(axis=0)
        self.middle = (low + high) / 2
        self.shift = Matrix.Translation((-self.middle[0], -self.middle[1], -low[2]))
        for obj in self.objects:
            obj.matrix_world = self.shift
        self.reach = float(np.linalg.norm(high - low) / 2)
        _lights(self.reach, (0, 0, (high[2] - low[2]) / 2))
        _sweep(self.reach)
        _world()
        _clear_shadows()
        self.camera = self._camera()
        self._engine(samples)

    def _camera(self) -> Any:
        data = bpy.data.cameras.new("camera")
        data.sensor_fit, data.angle_y = "VERTICAL", FIELD
        data.clip_start, data.clip_end = self.reach / 50, self.reach * 200
        camera = bpy.data.objects.new("camera", data)
        bpy.context.scene.collection.objects.link(camera)
        bpy.context.scene.camera = camera
        return camera

    def _engine(self, samples: int) -> None:
        scene = bpy.context.scene
        scene.render.engine = "CYCLES"
        scene.cycles.device, scene.cycles.samples, scene.cycles.seed = "CPU", samples, 7
        scene.cycles.use_denoising, scene.cycles.use_adaptive_sampling = True, True
        scene.cycles.adaptive_threshold, scene.cycles.adaptive_min_samples = 0.04, 4
        scene.cycles.max_bounces, scene.cycles.transparent_max_bounces = 8, 8
        scene.cycles.diffuse_bounces, scene.cycles.caustics_reflective = 3, False
        scene.cycles.sample_clamp_indirect = 4.0
        scene.render.use_persistent_data = True
        scene.view_settings.view_transform, scene.view_settings.exposure = "Khronos PBR Neutral", 0.0
        scene.render.image_settings.file_format = "PNG"

    def samples(self, count: int) -> None:
        """Rays per point from now on."""
        bpy.context.scene.cycles.samples = count

    def turn_to(self, degrees: float) -> None:
        """Turn the piece on the table."""
        for obj in self.objects:
            obj.matrix_world = Matrix.Rotation(math.radians(degrees), 4, "Z") @ self.shift

    def look(self, target: Any, rise: float, distance: float) -> None:
        """Set the camera in front, `rise` degrees above, looking at the target."""
        angle = math.radians(rise)
        away = Vector((0, -math.cos(angle), math.sin(angle)))
        self.camera.location = Vector(target) + away * distance
        self.camera.rotation_euler = (-away).to_track_quat("-Z", "Y").to_euler()

    def frame(self, points: Any, rise: float, margin: float, shape: float = 0.8) -> None:
        """Stand where these points fill the picture but for the margin, a little below its middle."""
        angle = math.radians(rise)
        up = np.array([0, math.sin(angle), math.cos(angle)])
        heights, widths = points @ up, points[:, 0]
        middle_up = (heights.max() + heights.min()) / 2
        half = max((heights.max() - heights.min()) / 2, np.abs(widths).max() / shape) * margin
        target = np.array([(widths.max() + widths.min()) / 2, 0, 0]) + up * (middle_up + 0.05 * half)
        self.look(target, rise, half / math.tan(FIELD / 2) + self.reach * 0.6)

    def shoot(self, width: int, height: int) -> Image.Image:
        """One picture."""
        scene = bpy.context.scene
        scene.render.resolution_x, scene.render.resolution_y = width, height
        with tempfile.TemporaryDirectory() as folder:
            scene.render.filepath = str(Path(folder) / "picture.png")
            bpy.ops.render.render(write_still=True)
            return Image.open(scene.render.filepath).convert("RGB")

    def still(self, piece: Piece, width: int = 960, height: int = 1200) -> Image.Image:
        self.turn_to(piece.turn)
        self.frame(_points(self.objects), piece.rise, piece.margin)
        return self.shoot(width, height)

    def close(self, piece: Piece, width: int = 800, height: int = 1000) -> Image.Image:
        self.turn_to(piece.close_turn)
        turned = Matrix.Rotation(math.radians(piece.close_turn), 4, "Z") @ self.shift @ Vector(piece.close_at)
        self.look(turned, piece.close_rise, piece.close_width / (2 * math.tan(FIELD / 2)) * height / width)
        return self.shoot(width, height)

    def turntable(self, piece: Piece, width: int = 360, height: int = 450) -> list[Image.Image]:
        """One whole turn, beginning with the still's view; the camera does not move."""
        points = _points(self.objects)
        self.turn_to(0)
        far = np.hypot(points[:, 0], points[:, 1])
        spun = np.vstack(
            [np.column_stack([s * far, c * far, points[:, 2]]) for s, c in ((1, 0), (-1, 0), (0, 1), (0, -1))]
        )
        self.frame(spun, piece.rise, 1.12)
        pictures = []
        for number in range(FRAMES):
            self.turn_to(piece.turn + number * 360 / FRAMES)
            pictures.append(self.shoot(width, height))
        return pictures
