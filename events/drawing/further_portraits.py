"""Four more hosts: pearls, porcelain, wool and paper. Drawn as the first six are."""

from events.drawing import face
from events.drawing.face import Tones
from events.drawing.pen import Pen, mirrored, path


def pearls() -> Pen:
    """Grey waves cut short, and three strings of pearls that grow towards the middle."""
    pen, tones = Pen("#2F4858"), Tones("#EFC9A8", "#D3A281", "#A9444A", "#7F7A76", eye="#2A2320")
    face.ground(pen, "#B7C4C9", sun=(450, 460), radius=400)
    hair, sheen = "#CFCBC4", "#EFECE6"
    pen.shape(mirrored(path("500,160 400,172 322,240 300,350 306,470 336,560 390,590")), hair)
    face.neck(pen, tones)
    face.bust(pen, "#1D2A33", "#141E25")
    pen.shape(path("396,752 500,806 604,752 660,812 500,960 340,812"), tones.skin)
    pen.shape([(512, 800), (604, 752), (660, 812), (520, 944)], tones.shade)
    face.head(pen, tones, ears=False)
    face.features(pen, tones)
    pen.shape(
        path(
            """
    500,186 430,196 352,266 330,400 352,430 388,366 440,318 500,300 580,262 640,356
    668,410 656,270 580,196
"""
        ),
        hair,
    )
    pen.line([(352, 330), (400, 250), (470, 212)], sheen, width=11)
    pen.line([(560, 206), (628, 262), (652, 350)], sheen, width=9)
    for row, drop in ((0, 0), (1, 58), (2, 116)):
        _string(pen, wide=120 + row * 26, top=772 + drop, deep=64 + row * 26, count=13 + row * 2)
    for x in (346, 654):
        pen.disc((x, 556), 17, "#F4EFE4")
    return pen


def _string(pen: Pen, *, wide: float, top: float, deep: float, count: int) -> None:
    half = count // 2
    for place in range(-half, half + 1):
        at = place / half
        x, y = 500 + wide * at, top + deep * (1 - at * at)
        size = 13 + 8 * (1 - abs(at))
        pen.disc((x, y), size, "#F4EFE4")
        pen.disc((x - size * 0.28, y - size * 0.28), size * 0.32, "#FFFDF8")


def porcelain() -> Pen:
    """A shaved head, round glasses, and a blue-and-white jar held before the chest."""
    pen, tones = Pen("#C7CFD6"), Tones("#E9C39C", "#C99A70", "#A35A4A", "#2A2220")
    face.ground(pen, "#EFE9DC", sun=(540, 470), radius=390)
    face.neck(pen, tones)
    face.bust(pen, "#33415C", "#263149")
    pen.shape(path("420,770 500,842 580,770 566,812 500,880 434,812"), "#1F2940")
    face.head(pen, tones)
    face.features(pen, tones)
    pen.shape(
        path(
            "352,380 360,300 402,238 470,206 540,206 606,240 644,304 650,380 610,300 540,262 460,262 392,300"
        ),
        "#B98E68",
    )
    for x in (430, 570):
        pen.ring((x, 462), 54, "#1B1B1E", width=8)
    pen.line([(484, 454), (500, 446), (516, 454)], "#1B1B1E", width=7)
    jar = path(
        """
    430,960 420,1000 340,1050 326,1150 380,1250 440,1270 560,1270 620,1250 674,1150
    660,1050 580,1000 570,960
"""
    )
    pen.shape(jar, "#F5F4EF")
    pen.shape(path("520,950 560,1100 520,1280 700,1280 720,1000"), "#DADDE0", within=jar)
    pen.line([(432, 966), (500, 974), (568, 966)], "#2C4F93", width=12)
    pen.line([(352, 1060), (430, 1082), (500, 1088), (570, 1082), (648, 1060)], "#2C4F93", width=9)
    for x, y in ((410, 1150), (500, 1168), (590, 1150)):
        for lean in (-26, 0, 26):
            pen.line([(x, y + 46), (x + lean, y - 6 + abs(lean) * 0.5)], "#2C4F93", width=9)
        pen.disc((x, y - 18), 15, "#2C4F93")
    pen.line([(380, 1236), (500, 1254), (620, 1236)], "#2C4F93", width=10)
    return pen


def wool() -> Pen:
    """Red curls, freckles, and a cable-knit collar up to the chin."""
    pen, tones = Pen("#6E7F4F"), Tones("#F4D4BE", "#DDAB90", "#B5524E", "#8F4A2A", eye="#23402F")
    face.ground(pen, "#D8CFA6", sun=(520, 470), radius=395)
    hair, sheen = "#A9512B", "#CC7A45"
    for x, y, size in (
        (330, 300, 84), (300, 400, 78), (308, 510, 76), (330, 610, 70), (670, 300, 84), (700, 400, 78),
        (694, 510, 76), (670, 610, 70), (400, 216, 88), (500, 184, 94), (600, 216, 88),
    ):  # fmt: skip
        pen.disc((x, y), size, hair)
    face.neck(pen, tones)
    face.bust(pen, "#E7DFCB", "#CBC1A6")
    face.head(pen, tones, ears=False)
    face.features(pen, tones)
    for x, y in ((404, 520), (430, 506), (452, 528), (548, 528), (570, 506), (596, 520), (500, 500)):
        pen.disc((x, y), 5, "#C98B68")
    for x, y, size in (
        (400, 268, 58),
        (470, 240, 62),
        (548, 238, 62),
        (612, 274, 56),
        (356, 340, 44),
        (648, 342, 44),
    ):
        pen.disc((x, y), size, hair)
        pen.ring((x - 6, y - 6), size * 0.5, sheen, width=7)
    pen.shape(
        path("384,700 430,740 500,752 570,740 616,700 640,800 590,850 500,868 410,850 360,800"), "#F2EBD9"
    )
    for step in range(7):
        x = 392 + step * 36
        pen.line([(x, 742), (x + 10, 790), (x, 838)], "#CFC4A8", width=8)
    for column in (390, 500, 610):
        for step in range(5):
            y = 910 + step * 84
            pen.line([(column - 30, y), (column + 30, y + 42), (column - 30, y + 84)], "#D3C8AE", width=12)
            pen.line([(column + 30, y), (column - 30, y + 42), (column + 30, y + 84)], "#BFB497", width=12)
    return pen


def paper() -> Pen:
    """A straight fringe, an inky apron, and three folded letters fanned in the hand."""
    pen, tones = Pen("#B8553F"), Tones("#D9A67E", "#B78159", "#96404A", "#1C1416")
    face.ground(pen, "#F0CFB0", sun=(480, 470), radius=395)
    hair, sheen = "#191416", "#453A3E"
    pen.shape(mirrored(path("500,164 392,176 310,256 286,400 292,620 320,700 380,712")), hair)
    face.neck(pen, tones)
    face.bust(pen, "#EDE6D6", "#D2C8B2")
    face.head(pen, tones, ears=False)
    face.features(pen, tones, lids="low")
    pen.shape(path("340,394 336,300 400,214 500,196 600,214 664,300 660,394 580,380 500,376 420,380"), hair)
    pen.line([(372, 300), (440, 246), (540, 236)], sheen, width=10)
    pen.shape([(340, 940), (660, 940), (690, 1300), (310, 1300)], "#26323F", curved=False)
    for lean, colour, seal in (
        (-70, "#F7F2E4", "#B3342A"),
        (0, "#EADFC6", "#2C5A4A"),
        (70, "#FBF8EF", "#B3342A"),
    ):
        x = 500 + lean
        pen.shape(
            [(x - 96 + lean * 0.4, 1010), (x + 96 + lean * 0.4, 1010), (x + 84, 1150), (x - 84, 1150)],
            colour,
            curved=False,
        )
        pen.line(
            [(x - 92 + lean * 0.4, 1016), (x, 1084), (x + 92 + lean * 0.4, 1016)],
            "#C9BD9E",
            width=5,
            curved=False,
        )
        pen.disc((x + lean * 0.1, 1086), 17, seal)
    for side in (1, -1):
        skin = tones.skin if side > 0 else tones.shade
        pen.shape(
            [
                (500 - side * 60, 1140),
                (500 - side * 150, 1180),
                (500 - side * 190, 1300),
                (500 - side * 40, 1300),
            ],
            skin,
        )
    return pen
