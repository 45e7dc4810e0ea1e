"""The burning candle of Sorrel & Vane."""

from typing import Any

import numpy as np
from PIL import Image

from catalog.modelling import glaze, kit, materials, turning
from catalog.modelling.lettering import SORREL, Label, sans, serif
from catalog.modelling.piece import Piece

BOWL = [
    (0, 0.3),
    (3.0, 0.3, 0.1),
    (3.2, 0.0, 0.08),
    (3.5, 0.0, 0.1),
    (4.15, 0.75, 0.5),
    (4.3, 4.0, 2),
    (4.3, 8.5, 0.12),
]
BOWL_IN = [(4.0, 8.5, 0.12), (3.98, 7.0, 0.1), (3.95, 5.0)]


def _stoneware() -> Any:
    profile = turning.rounding([*BOWL, *BOWL_IN])
    points, _ = turning.cells(profile, (512, 512))
    cloud = glaze.noise(points, 1.6, seed=111)
    flecks = glaze.specks(points, 0.26, 0.14, seed=112)
    colours = glaze.blend(glaze.rgb("#99a384"), glaze.rgb("#858f70"), 0.6 * glaze.smooth(-0.3, 1, cloud))
    colours = glaze.blend(colours, glaze.rgb("#3d3524"), flecks * 0.45)
    bare = 1 - glaze.smooth(0.55, 0.62, points[..., 2] + 0.04 * cloud)
    colours = glaze.blend(colours, glaze.rgb("#c2ab8b"), bare)
    raised = glaze.relief(0.004 * cloud + 0.0015 * glaze.noise(points, 0.12, seed=113), 26.0, 22.0)
    return profile, glaze.fired("stoneware", colours, rough=0.36 + 0.4 * bare, raised=raised, quality=92)


def _hedgerow() -> Image.Image:
    sheet = Label(400, 320, "#f3ecdd")
    sheet.frame(11, 1.3, "#9a8a6a")
    sheet.leaf(200, 72, 32, ink=SORREL, ground="#f3ecdd")
    sheet.write(200, 136, "SORREL & VANE", sans(17), spread=4)
    sheet.write(200, 196, "Hedgerow", serif(50, weight=350))
    sheet.write(200, 262, "HAWTHORN  NETTLE  SMOKE   220 G", sans(12), spread=2)
    return sheet.done()


def _flame() -> None:
    v = np.linspace(1, 0, 64)[:, None] * np.ones((1, 8))
    colours = glaze.ramp(
        v, [glaze.rgb(c) for c in ("#3a4a90", "#d98a30", "#ffcf78", "#ffe6ae", "#ffc668", "#f08a28")]
    )
    made = materials.plain("flame", "#000000", rough=1.0, Emission_Strength=5.0, Specular_IOR_Level=0.0)
    materials.printed(made, "flame-glow", glaze.picture(colours))
    shader = made.node_tree.nodes["Principled BSDF"]
    glow = shader.inputs["Base Color"].links[0]
    made.node_tree.links.new(glow.from_socket, shader.inputs["Emission Color"])
    made.node_tree.links.remove(glow)
    profile = kit.curve([(0.0, 7.75), (0.2, 7.95), (0.31, 8.4), (0.22, 9.1), (0.08, 9.8), (0.0, 10.25)], 20)
    profile[:, 0] = np.maximum(profile[:, 0], 0)
    turning.turn(profile, made, 20, wobble=lambda angle, level: 1 + 0.06 * np.sin(angle + level))


def candle() -> Piece:
    profile, clay = _stoneware()
    turning.turn(profile, clay, 64)
    wax = materials.wax("#f3e6c8")
    turning.turn(
        turning.rounding([(3.985, 7.15), (3.9, 7.0, 0.1), (2.75, 6.96, 0.2), (2.55, 6.88, 0.1), (0, 6.86)]),
        wax,
        56,
    )
    pool = materials.plain("melt", "#f5e2b4", rough=0.02, Coat_Weight=0.6)
    turning.turn(np.array([(2.62, 6.9), (0.0, 6.905)]), pool, 40)
    kit.tube(
        [(0, 0, 6.8), (0.02, 0, 7.4), (0.09, 0.02, 7.95)],
        0.085,
        materials.plain("wick", "#2a211a", rough=0.9),
        count=5,
    )
    _flame()
    turning.wrapped(4.312, 2.6, 6.2, 31, materials.label("hedgerow", _hedgerow()))
    return Piece(
        turn=12, rise=20, margin=1.34, close_at=(0, -0.3, 8.3), close_width=8.5, close_turn=12, close_rise=26
    )


PIECES = {"hedgerow-candle": candle}
