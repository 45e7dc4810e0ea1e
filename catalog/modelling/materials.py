"""Materials that look alike in Cycles and in a glTF viewer: one shader, plain values, small images."""

from typing import Any

import bpy
from PIL import Image

from catalog.modelling import textures

INKS = {"maison": "#6b2023", "hanami": "#26375c", "sorrel": "#5e6b45"}


def linear(colour: str) -> tuple[float, float, float, float]:
    """An sRGB colour as Blender wants it."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return (red, green, blue, 1.0)


def plain(
    name: str, colour: str, *, metal: float = 0.0, rough: float = 0.5, size: float = 1.0, **inputs: Any
) -> Any:
    """A material of one colour; `inputs` are the shader's own names with underscores (Coat_Weight=0.5).

    size: centimetres that one repeat of its textures covers.
    """
    known = bpy.data.materials.get(name)
    if known:
        return known
    made = bpy.data.materials.new(name)
    made["tile"] = size
    shader = _shader(made)
    shader.inputs["Base Color"].default_value = linear(colour)
    shader.inputs["Metallic"].default_value = metal
    shader.inputs["Roughness"].default_value = rough
    for key, value in inputs.items():
        shader.inputs[key.replace("_", " ")].default_value = (
            linear(value) if isinstance(value, str) else value
        )
    return made


def _shader(material: Any) -> Any:
    material.use_nodes = True
    return material.node_tree.nodes["Principled BSDF"]


def _texture(material: Any, image: Any) -> Any:
    node = material.node_tree.nodes.new("ShaderNodeTexImage")
    node.image = image
    return node


def printed(material: Any, name: str, picture: Image.Image, quality: int = 82) -> Any:
    """Print a picture onto the material: its colour, and its transparency where it has some."""
    node = _texture(material, textures.image(name, picture, quality=quality))
    shader, links = _shader(material), material.node_tree.links
    links.new(node.outputs["Color"], shader.inputs["Base Color"])
    if picture.mode == "RGBA":
        links.new(node.outputs["Alpha"], shader.inputs["Alpha"])
    return material


def bumped(material: Any, name: str, height: Any, strength: float, quality: int = 75) -> Any:
    """Raise a grain of these heights out of the material."""
    picture = textures.normals(height, strength)
    node = _texture(material, textures.image(name, picture, colour=False, quality=quality))
    turn = material.node_tree.nodes.new("ShaderNodeNormalMap")
    links = material.node_tree.links
    links.new(node.outputs["Color"], turn.inputs["Color"])
    links.new(turn.outputs["Normal"], _shader(material).inputs["Normal"])
    return material


def _new(name: str) -> bool:
    return name not in bpy.data.materials


# --- Leather, cloth ---------------------------------------------------------------------


def leather(
    colour: str, *, grain: str = "calf", rough: float = 0.42, name: str = "", coat: float = 0.08
) -> Any:
    """grain: calf (fine), grained (pebbled), smooth."""
    name = name or f"leather-{grain}-{colour}"
    new = _new(name)
    made = plain(
        name, colour, rough=rough, size=3.2, Coat_Weight=coat, Coat_Roughness=0.3, Specular_IOR_Level=0.45
    )
    heights = {
        "calf": (textures.calf, 1.1),
        "grained": (textures.grained, 1.2),
        "smooth": (textures.smooth_hide, 0.8),
    }
    height, strength = heights[grain]
    return bumped(made, f"grain-{grain}", height(), strength) if new else made


def edge_paint(colour: str) -> Any:
    """The painted edge of cut leather."""
    return plain(f"edge-{colour}", colour, rough=0.35, Coat_Weight=0.3)


def suede(colour: str) -> Any:
    name = f"suede-{colour}"
    new = _new(name)
    made = plain(
        name, colour, rough=0.95, size=3.0, Sheen_Weight=0.4, Sheen_Roughness=0.4, Specular_IOR_Level=0.2
    )
    return bumped(made, "nap", textures.nap(), 0.5) if new else made


def thread(colour: str = "#e6d9bf") -> Any:
    return plain(f"thread-{colour}", colour, rough=0.7)


def silk(name: str, picture: Image.Image, *, rough: float = 0.36) -> Any:
    """Printed silk: lay it with printed=True."""
    new = _new(name)
    made = plain(
        name, "#ffffff", rough=rough, Sheen_Weight=0.25, Sheen_Roughness=0.3, Specular_IOR_Level=0.55
    )
    return printed(made, f"{name}-print", picture) if new else made


def cloth(name: str, height: Any, dark: str, light: str, *, size: float = 4.0, strength: float = 0.8) -> Any:
    """Woven cloth from heights 0 to 1: the threads' colours and their relief."""
    new = _new(name)
    made = plain(
        name, light, rough=0.85, size=size, Sheen_Weight=0.35, Sheen_Roughness=0.5, Specular_IOR_Level=0.25
    )
    if new:
        printed(made, f"{name}-colour", textures.tinted(height, dark, light))
        bumped(made, f"{name}-weave", height, strength)
    return made


# --- Metal ------------------------------------------------------------------------------


def brass(rough: float = 0.22) -> Any:
    return plain(f"brass-{rough}", "#d2a75c", metal=1.0, rough=rough)


def gold(rough: float = 0.2) -> Any:
    return plain(f"gold-{rough}", "#e6b966", metal=1.0, rough=rough)


def steel(rough: float = 0.2) -> Any:
    return plain(f"steel-{rough}", "#c9cbcd", metal=1.0, rough=rough)


def silver(rough: float = 0.15) -> Any:
    return plain(f"silver-{rough}", "#e9e6e0", metal=1.0, rough=rough)


def copper(rough: float = 0.2) -> Any:
    return plain(f"copper-{rough}", "#e0916a", metal=1.0, rough=rough)


# --- Clear, glazed, earthen -------------------------------------------------------------


def glass(colour: str = "#ffffff", *, rough: float = 0.0, ior: float = 1.5) -> Any:
    """Clear or coloured glass (KHR_materials_transmission); it lets light through onto the paper."""
    made = plain(f"glass-{colour}-{rough}", colour, rough=rough, Transmission_Weight=1.0, IOR=ior)
    made["glass"] = True
    return made


def liquid(colour: str, *, ior: float = 1.36) -> Any:
    """Scent, oil, tea: fill it a hair inside its glass."""
    made = plain(f"liquid-{colour}", colour, rough=0.0, Transmission_Weight=1.0, IOR=ior)
    made["glass"] = True
    return made


def porcelain(colour: str = "#f7f5ef", *, rough: float = 0.12) -> Any:
    return plain(f"porcelain-{colour}", colour, rough=rough, Coat_Weight=0.6, Coat_Roughness=0.06)


def clay(colour: str, *, rough: float = 0.8) -> Any:
    name = f"clay-{colour}"
    new = _new(name)
    made = plain(name, colour, rough=rough, size=5.0, Specular_IOR_Level=0.35)
    return bumped(made, "clay", textures.clay(), 0.35) if new else made


def enamel(colour: str, *, rough: float = 0.2) -> Any:
    """Lacquer, acetate, moulded resin."""
    return plain(f"enamel-{colour}-{rough}", colour, rough=rough, Coat_Weight=0.5, Coat_Roughness=0.08)


def wax(colour: str) -> Any:
    return plain(
        f"wax-{colour}", colour, rough=0.45, Subsurface_Weight=0.25, Subsurface_Radius=(0.5, 0.3, 0.2)
    )


# --- Paper, wood, cork ------------------------------------------------------------------


def paper(colour: str = "#f1e9d8") -> Any:
    return plain(f"paper-{colour}", colour, rough=0.9, Specular_IOR_Level=0.2)


def label(name: str, picture: Image.Image) -> Any:
    """Printed paper: lay it with printed=True (or give the mesh UVs from 0 to 1)."""
    new = _new(name)
    made = plain(name, "#ffffff", rough=0.85, Specular_IOR_Level=0.25)
    return printed(made, f"{name}-print", picture, quality=88) if new else made


def wood(dark: str = "#3a2a1e", light: str = "#6d4f37", *, rough: float = 0.5) -> Any:
    name = f"wood-{dark}-{light}"
    new = _new(name)
    made = plain(name, light, rough=rough, size=9.0)
    return printed(made, f"{name}-grain", textures.tinted(textures.rings(), dark, light)) if new else made


def cork() -> Any:
    new = _new("cork")
    made = plain("cork", "#b98d5f", rough=0.9, size=3.0)
    return (
        printed(made, "cork-grain", textures.tinted(textures.crumbs(), "#7d5636", "#cfa678")) if new else made
    )
