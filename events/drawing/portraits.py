"""Six hosts, each with what they know in view: drawn flat, in the colours of their trade."""

from collections.abc import Callable

from events.drawing import face
from events.drawing.face import Tones
from events.drawing.pen import Pen, Point, mirrored


def silk() -> Pen:
    """A bob as smooth as the cloth, and a printed square at the neck."""
    pen, tones = Pen("#B9473A"), Tones("#F0CFB4", "#D9A98A", "#B23A36", "#2A1D1C")
    face.ground(pen, "#E8A06B", sun=(560, 470), radius=400)
    hair, sheen = "#3B1F1A", "#6B3D31"
    pen.shape(
        mirrored(
            [(500, 168), (400, 178), (316, 250), (282, 380), (274, 540), (286, 668), (330, 700), (420, 690)]
        ),
        hair,
    )
    face.neck(pen, tones)
    face.bust(pen, "#1F3A4A", "#16303E")
    face.head(pen, tones, ears=False)
    face.features(pen, tones)
    pen.shape(
        [
            (500, 196),
            (430, 204),
            (362, 262),
            (338, 372),
            (352, 392),
            (420, 378),
            (520, 330),
            (600, 296),
            (648, 372),
            (664, 372),
            (640, 260),
            (570, 204),
        ],
        hair,
    )
    pen.shape(
        [
            (500, 172),
            (392, 196),
            (318, 280),
            (296, 420),
            (300, 660),
            (352, 690),
            (356, 560),
            (346, 430),
            (362, 330),
            (430, 250),
        ],
        hair,
    )
    pen.shape(
        [
            (506, 172),
            (600, 190),
            (690, 290),
            (706, 420),
            (700, 660),
            (648, 690),
            (646, 560),
            (656, 430),
            (636, 320),
            (580, 240),
        ],
        hair,
    )
    pen.line([(330, 330), (316, 440), (322, 560)], sheen, width=10)
    _scarf(pen)
    return pen


def _scarf(pen: Pen) -> None:
    cloth, print_, edge = "#F1E3C6", "#C8553D", "#2C6E63"
    wrap: list[Point] = [
        (372, 742),
        (430, 774),
        (500, 786),
        (570, 774),
        (628, 742),
        (668, 800),
        (640, 856),
        (560, 884),
        (500, 890),
        (440, 884),
        (360, 856),
        (332, 800),
    ]
    tail: list[Point] = [
        (470, 868),
        (560, 862),
        (650, 980),
        (700, 1130),
        (640, 1176),
        (560, 1160),
        (490, 1190),
        (424, 1150),
        (448, 990),
    ]
    pen.shape(tail, cloth)
    for x, y, radius in ((520, 950, 30), (600, 1030, 38), (490, 1060, 34), (632, 1116, 26)):
        pen.disc((x, y), radius, print_)
        pen.disc((x, y), radius * 0.5, cloth)
        pen.disc((x, y), radius * 0.22, edge)
    pen.line([(692, 1136), (640, 1172), (560, 1156), (490, 1186), (430, 1150)], edge, width=14)
    pen.shape(wrap, cloth)
    pen.line([(352, 800), (430, 838), (500, 846), (570, 838), (648, 800)], edge, width=10)
    pen.line([(372, 764), (440, 796), (500, 804), (560, 796), (628, 764)], print_, width=10)
    pen.shape([(470, 846), (540, 840), (556, 888), (530, 916), (478, 912), (458, 884)], print_)


def watchmaking() -> Pen:
    """Grey hair, a short beard, and the loupe pushed up on the brow."""
    pen, tones = Pen("#2E4A4F"), Tones("#EBC4A3", "#CE9C78", "#A85F50", "#8C8780", eye="#2B2523")
    face.ground(pen, "#C9B58A", sun=(430, 500), radius=390)
    hair, light = "#B9B4AA", "#D8D4CB"
    face.neck(pen, tones)
    face.bust(pen, "#E9E4D8", "#C9C2B2")
    pen.shape([(440, 770), (500, 800), (560, 770), (540, 900), (500, 1010), (460, 900)], "#24333A")
    for side in (1, -1):
        pen.shape(
            [
                (500 - side * 96, 756),
                (500 - side * 44, 786),
                (500 - side * 6, 830),
                (500 - side * 50, 900),
                (500 - side * 130, 826),
            ],
            "#F6F2E9" if side > 0 else "#DED8CA",
        )
    face.head(pen, tones)
    _beard(pen, hair, "#98938A")
    face.features(pen, tones)
    pen.shape(
        [
            (346, 420),
            (338, 330),
            (372, 240),
            (450, 190),
            (540, 184),
            (620, 220),
            (662, 310),
            (656, 420),
            (640, 340),
            (596, 286),
            (520, 276),
            (430, 290),
            (366, 344),
        ],
        hair,
    )
    pen.line([(384, 270), (450, 222), (530, 212)], light, width=12)
    pen.line([(352, 372), (430, 330), (540, 322), (650, 360)], "#2A2622", width=9)
    pen.disc((566, 326), 50, "#2A2622")
    pen.disc((566, 326), 36, "#6F7F7A")
    pen.disc((556, 316), 14, "#CBD8D2")
    for x in (430, 570):
        pen.ring((x, 462), 50, "#3A2E25", width=6)
    pen.line([(480, 456), (500, 448), (520, 456)], "#3A2E25", width=6)
    return pen


def _beard(pen: Pen, colour: str, shade: str) -> None:
    outline: list[Point] = [
        (352, 500), (372, 560), (420, 560), (456, 556), (500, 560), (544, 556), (580, 560), (628, 560),
        (648, 500), (640, 590), (604, 670), (550, 724), (500, 736), (450, 724), (396, 670), (360, 590),
    ]  # fmt: skip
    pen.shape(outline, colour)
    pen.shape([(508, 540), (520, 640), (508, 760), (660, 720), (680, 500)], shade, within=outline)


def tea() -> Pen:
    """Hair tied up with a pin, a plain collar, and a bowl held in both hands."""
    pen, tones = Pen("#8FA37E"), Tones("#F3D6BC", "#DDB08F", "#B4554C", "#2B2220")
    face.ground(pen, "#EFE6CF", sun=(500, 480), radius=380)
    hair, sheen = "#231C1F", "#4A3D42"
    pen.disc((548, 166), 84, hair)
    pen.line([(450, 208), (668, 118)], "#8E2F24", width=12, curved=False)
    pen.disc((672, 116), 17, "#D9B45B")
    face.neck(pen, tones)
    face.bust(pen, "#35506B", "#2A4259")
    pen.shape([(404, 752), (500, 900), (596, 752), (632, 776), (500, 990), (368, 776)], "#F2ECDD")
    pen.shape([(430, 786), (500, 892), (570, 786), (500, 812)], tones.skin)
    face.head(pen, tones)
    face.features(pen, tones, lids="low")
    pen.shape(
        [
            (338, 440),
            (330, 340),
            (362, 244),
            (440, 194),
            (530, 184),
            (616, 214),
            (664, 300),
            (664, 440),
            (646, 380),
            (610, 306),
            (556, 268),
            (500, 300),
            (430, 318),
            (372, 366),
            (352, 420),
        ],
        hair,
    )
    pen.line([(372, 296), (430, 236), (520, 212)], sheen, width=10)
    _bowl(pen, tones)
    return pen


def _bowl(pen: Pen, tones: Tones) -> None:
    bowl: list[Point] = [
        (356, 1010),
        (366, 1090),
        (410, 1160),
        (460, 1186),
        (540, 1186),
        (590, 1160),
        (634, 1090),
        (644, 1010),
    ]
    pen.shape(bowl, "#3B4A3F")
    pen.shape([(500, 1000), (520, 1100), (500, 1190), (600, 1180), (650, 1010)], "#2D3A31", within=bowl)
    pen.disc((500, 1010), 145, "#55684F", flat=0.2)
    pen.disc((500, 1014), 128, "#A9BC63", flat=0.16)
    pen.line([(392, 1080), (430, 1110), (470, 1096), (520, 1120)], "#C9BE9A", width=7)
    for side in (1, -1):
        skin = tones.skin if side > 0 else tones.shade
        for step in range(4):
            y = 1064 + step * 33
            pen.line(
                [(500 - side * (176 - step * 8), y + 16), (500 - side * (130 - step * 12), y)], skin, width=32
            )
        pen.shape(
            [
                (500 - side * 160, 1060),
                (500 - side * 250, 1130),
                (500 - side * 300, 1300),
                (500 - side * 130, 1300),
                (500 - side * 132, 1180),
            ],
            skin,
        )


def perfumery() -> Pen:
    """A wrapped head, long earrings, and a flacon against the cloth."""
    pen, tones = Pen("#D9A441"), Tones("#7C4A32", "#5B3322", "#7E2A30", "#20130F", eye="#170D0A")
    face.ground(pen, "#F0D9A0", sun=(470, 450), radius=400)
    face.neck(pen, tones)
    face.bust(pen, "#5A2348", "#471A39")
    pen.shape([(396, 752), (500, 812), (604, 752), (640, 800), (500, 880), (360, 800)], tones.skin)
    pen.shape([(512, 806), (604, 752), (640, 800), (520, 872)], tones.shade)
    face.head(pen, tones)
    face.features(pen, tones)
    wrap, fold = "#2F6F68", "#24564F"
    pen.shape(
        [
            (340, 400),
            (322, 300),
            (350, 180),
            (440, 96),
            (560, 70),
            (680, 110),
            (734, 210),
            (700, 320),
            (660, 400),
            (620, 320),
            (540, 284),
            (450, 288),
            (380, 328),
        ],
        wrap,
    )
    for points in (
        [(344, 350), (440, 250), (590, 210), (720, 240)],
        [(340, 290), (430, 190), (560, 140), (700, 160)],
    ):
        pen.line(points, fold, width=11)
    pen.line([(350, 384), (440, 306), (560, 296), (654, 380)], "#E9C25A", width=14)
    pen.shape([(628, 126), (700, 40), (790, 50), (800, 130), (730, 190)], wrap)
    pen.line([(660, 150), (730, 96), (788, 84)], fold, width=9)
    for x in (344, 656):
        pen.line([(x, 526), (x, 606)], "#E9C25A", width=6)
        pen.disc((x, 632), 27, "#E9C25A")
        pen.disc((x, 632), 12, "#9C3B2E")
    pen.shape(
        [(604, 1010), (780, 1010), (800, 1040), (800, 1230), (584, 1230), (584, 1040)],
        "#F3E3C8",
        curved=False,
    )
    pen.shape([(606, 1090), (778, 1090), (778, 1210), (606, 1210)], "#DE8F4C", curved=False)
    pen.shape([(656, 960), (728, 960), (728, 1012), (656, 1012)], "#C7A463", curved=False)
    pen.shape([(644, 880), (740, 880), (740, 964), (644, 964)], "#2B2320", curved=False)
    return pen


def leather() -> Pen:
    """Hair brushed back, round ears, and a saddler's apron with its stitching."""
    pen, tones = Pen("#35586B"), Tones("#EDC5A0", "#D09C75", "#A85D4E", "#1E1716")
    face.ground(pen, "#9DB6BB", sun=(560, 470), radius=390)
    hair, sheen = "#1E1718", "#473B3D"
    face.neck(pen, tones)
    face.bust(pen, "#E6DFD0", "#C7BEAB")
    pen.shape([(420, 770), (500, 830), (580, 770), (560, 800), (500, 862), (440, 800)], "#D6CDB9")
    face.head(pen, tones)
    face.features(pen, tones)
    swept: list[Point] = [
        (344, 430), (334, 350), (350, 256), (396, 196), (470, 158), (560, 150), (634, 182), (670, 250),
        (666, 350), (656, 430), (640, 340), (604, 292), (540, 286), (470, 300), (408, 306), (366, 346),
    ]  # fmt: skip
    pen.shape(swept, hair)
    pen.line([(396, 262), (460, 206), (560, 186)], sheen, width=9)
    _apron(pen)
    return pen


def _apron(pen: Pen) -> None:
    hide, dark, thread = "#9A5A2C", "#7C4520", "#F0D9A8"
    pen.shape([(322, 970), (678, 970), (700, 1300), (300, 1300)], hide, curved=False)
    pen.shape([(560, 970), (678, 970), (700, 1300), (580, 1300)], dark, curved=False)
    for side in (1, -1):
        pen.line(
            [(500 - side * 160, 980), (500 - side * 190, 880), (500 - side * 150, 800)],
            dark if side < 0 else hide,
            width=34,
        )
    for step in range(17):
        pen.line([(338 + step * 20, 992), (348 + step * 20, 992)], thread, width=4, curved=False)
    for step in range(10):
        pen.line(
            [(336 - step * 2, 1010 + step * 26), (335 - step * 2, 1022 + step * 26)],
            thread,
            width=4,
            curved=False,
        )
    pen.shape([(420, 1080), (580, 1080), (574, 1210), (500, 1236), (426, 1210)], dark, curved=False)
    pen.line([(470, 1090), (470, 1010)], "#D8D2C4", width=9, curved=False)
    pen.line([(470, 1020), (470, 960)], "#2B1C14", width=24, curved=False)
    pen.line([(536, 1090), (536, 1040)], "#D8D2C4", width=7, curved=False)
    pen.line([(536, 1040), (536, 986)], "#C23D2A", width=20, curved=False)


def colour() -> Pen:
    """A long braid over the shoulder, and three brushes with the season's pigments."""
    pen, tones = Pen("#6A3550"), Tones("#C58A63", "#9F6544", "#A32642", "#1B1112")
    face.ground(pen, "#E7B7A6", sun=(450, 490), radius=390)
    hair, sheen = "#1A1214", "#3F2E33"
    pen.shape(
        mirrored([(500, 170), (404, 182), (334, 250), (306, 370), (310, 520), (352, 640), (430, 700)]), hair
    )
    face.neck(pen, tones)
    face.bust(pen, "#D8743C", "#B85C2B")
    pen.shape([(396, 752), (500, 812), (604, 752), (650, 806), (500, 930), (350, 806)], tones.skin)
    pen.shape([(512, 806), (604, 752), (650, 806), (520, 914)], tones.shade)
    face.head(pen, tones)
    face.features(pen, tones)
    pen.disc((500, 384), 8, "#A32642")
    pen.shape(
        [(500, 196), (420, 212), (354, 290), (336, 440), (352, 470), (366, 390), (420, 312), (500, 262)], hair
    )
    pen.shape(
        [(500, 196), (580, 212), (646, 290), (664, 440), (648, 470), (634, 390), (580, 312), (500, 262)], hair
    )
    pen.line([(500, 200), (500, 262)], "#C58A63", width=4)
    pen.line([(372, 330), (410, 268), (462, 228)], sheen, width=9)
    for x in (346, 654):
        pen.disc((x, 546), 22, "#E4BE55")
        pen.disc((x, 584), 13, "#E4BE55")
    _braid(pen, hair, sheen)
    _brushes(pen)
    return pen


def _braid(pen: Pen, hair: str, sheen: str) -> None:
    for step in range(8):
        x, y = 336 - step * 6, 690 + step * 68
        pen.shape(
            [(x - 44, y), (x, y - 30), (x + 48, y + 10), (x + 40, y + 62), (x, y + 88), (x - 46, y + 56)],
            hair,
        )
        pen.line([(x - 22, y + 12), (x + 2, y + 40), (x + 30, y + 22)], sheen, width=6)


def _brushes(pen: Pen) -> None:
    for x, lean, ferrule, tip in (
        (650, -26, "#D9C08A", "#B3203F"),
        (724, 6, "#C9CCCE", "#E58A5A"),
        (796, 36, "#D9C08A", "#7A2E6B"),
    ):
        pen.line([(x, 1260), (x + lean, 1060)], "#2A1B1F", width=20, curved=False)
        pen.line([(x + lean, 1060), (x + lean * 1.3, 1010)], ferrule, width=28, curved=False)
        top = (x + lean * 1.3, 1000)
        pen.shape(
            [
                (top[0] - 20, top[1]),
                (top[0] - 30, top[1] - 56),
                (top[0], top[1] - 112),
                (top[0] + 30, top[1] - 56),
                (top[0] + 20, top[1]),
            ],
            tip,
        )


PORTRAITS: dict[str, Callable[[], Pen]] = {
    "silk": silk,
    "watchmaking": watchmaking,
    "tea": tea,
    "perfumery": perfumery,
    "leather": leather,
    "colour": colour,
}


def portrait(name: str) -> bytes:
    """The portrait as PNG, 1000 × 1250. KeyError for a name that is none of PORTRAITS."""
    return PORTRAITS[name]().png()
