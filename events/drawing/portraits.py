"""Hosts, each with what they know in view: drawn flat, in the colours of their trade."""

from collections.abc import Callable

from events.drawing import face, props
from events.drawing.face import Tones
from events.drawing.further_portraits import paper, pearls, porcelain, wool
from events.drawing.pen import Pen, mirrored, path


def silk() -> Pen:
    """A bob as smooth as the cloth, and a printed square at the neck."""
    pen, tones = Pen("#B9473A"), Tones("#F0CFB4", "#D9A98A", "#B23A36", "#2A1D1C")
    face.ground(pen, "#E8A06B", sun=(560, 470), radius=400)
    hair, sheen = "#3B1F1A", "#6B3D31"
    pen.shape(
        mirrored(path("500,168 400,178 316,250 282,380 274,540 286,668 330,700 420,690")),
        hair,
    )
    face.neck(pen, tones)
    face.bust(pen, "#1F3A4A", "#16303E")
    face.head(pen, tones, ears=False)
    face.features(pen, tones)
    pen.shape(
        path("""
    500,196 430,204 362,262 338,372 352,392 420,378 520,330 600,296 648,372 664,372
    640,260 570,204
"""),
        hair,
    )
    pen.shape(
        path("500,172 392,196 318,280 296,420 300,660 352,690 356,560 346,430 362,330 430,250"),
        hair,
    )
    pen.shape(
        path("506,172 600,190 690,290 706,420 700,660 648,690 646,560 656,430 636,320 580,240"),
        hair,
    )
    pen.line([(330, 330), (316, 440), (322, 560)], sheen, width=10)
    props.scarf(pen)
    return pen


def watchmaking() -> Pen:
    """Grey hair, a short beard, and the loupe pushed up on the brow."""
    pen, tones = Pen("#2E4A4F"), Tones("#EBC4A3", "#CE9C78", "#A85F50", "#8C8780", eye="#2B2523")
    face.ground(pen, "#C9B58A", sun=(430, 500), radius=390)
    hair, light = "#B9B4AA", "#D8D4CB"
    face.neck(pen, tones)
    face.bust(pen, "#E9E4D8", "#C9C2B2")
    pen.shape(path("440,770 500,800 560,770 540,900 500,1010 460,900"), "#24333A")
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
    props.beard(pen, hair, "#98938A")
    face.features(pen, tones)
    pen.shape(
        path("""
    346,420 338,330 372,240 450,190 540,184 620,220 662,310 656,420 640,340 596,286
    520,276 430,290 366,344
"""),
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
    pen.shape(path("404,752 500,900 596,752 632,776 500,990 368,776"), "#F2ECDD")
    pen.shape([(430, 786), (500, 892), (570, 786), (500, 812)], tones.skin)
    face.head(pen, tones)
    face.features(pen, tones, lids="low")
    pen.shape(
        path("""
    338,440 330,340 362,244 440,194 530,184 616,214 664,300 664,440 646,380 610,306
    556,268 500,300 430,318 372,366 352,420
"""),
        hair,
    )
    pen.line([(372, 296), (430, 236), (520, 212)], sheen, width=10)
    props.bowl(pen, tones)
    return pen


def perfumery() -> Pen:
    """A wrapped head, long earrings, and a flacon against the cloth."""
    pen, tones = Pen("#D9A441"), Tones("#7C4A32", "#5B3322", "#7E2A30", "#20130F", eye="#170D0A")
    face.ground(pen, "#F0D9A0", sun=(470, 450), radius=400)
    face.neck(pen, tones)
    face.bust(pen, "#5A2348", "#471A39")
    pen.shape(path("396,752 500,812 604,752 640,800 500,880 360,800"), tones.skin)
    pen.shape([(512, 806), (604, 752), (640, 800), (520, 872)], tones.shade)
    face.head(pen, tones)
    face.features(pen, tones)
    wrap, fold = "#2F6F68", "#24564F"
    pen.shape(
        path("""
    340,400 322,300 350,180 440,96 560,70 680,110 734,210 700,320 660,400 620,320
    540,284 450,288 380,328
"""),
        wrap,
    )
    for points in (
        [(344, 350), (440, 250), (590, 210), (720, 240)],
        [(340, 290), (430, 190), (560, 140), (700, 160)],
    ):
        pen.line(points, fold, width=11)
    pen.line([(350, 384), (440, 306), (560, 296), (654, 380)], "#E9C25A", width=14)
    pen.shape(path("628,126 700,40 790,50 800,130 730,190"), wrap)
    pen.line([(660, 150), (730, 96), (788, 84)], fold, width=9)
    for x in (344, 656):
        pen.line([(x, 526), (x, 606)], "#E9C25A", width=6)
        pen.disc((x, 632), 27, "#E9C25A")
        pen.disc((x, 632), 12, "#9C3B2E")
    pen.shape(
        path("604,1010 780,1010 800,1040 800,1230 584,1230 584,1040"),
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
    pen.shape(path("420,770 500,830 580,770 560,800 500,862 440,800"), "#D6CDB9")
    face.head(pen, tones)
    face.features(pen, tones)
    swept = path("""
    344,430 334,350 350,256 396,196 470,158 560,150 634,182 670,250 666,350 656,430
    640,340 604,292 540,286 470,300 408,306 366,346
""")
    pen.shape(swept, hair)
    pen.line([(396, 262), (460, 206), (560, 186)], sheen, width=9)
    props.apron(pen)
    return pen


def colour() -> Pen:
    """A long braid over the shoulder, and three brushes with the season's pigments."""
    pen, tones = Pen("#6A3550"), Tones("#C58A63", "#9F6544", "#A32642", "#1B1112")
    face.ground(pen, "#E7B7A6", sun=(450, 490), radius=390)
    hair, sheen = "#1A1214", "#3F2E33"
    pen.shape(mirrored(path("500,170 404,182 334,250 306,370 310,520 352,640 430,700")), hair)
    face.neck(pen, tones)
    face.bust(pen, "#D8743C", "#B85C2B")
    pen.shape(path("396,752 500,812 604,752 650,806 500,930 350,806"), tones.skin)
    pen.shape([(512, 806), (604, 752), (650, 806), (520, 914)], tones.shade)
    face.head(pen, tones)
    face.features(pen, tones)
    pen.disc((500, 384), 8, "#A32642")
    pen.shape(path("500,196 420,212 354,290 336,440 352,470 366,390 420,312 500,262"), hair)
    pen.shape(path("500,196 580,212 646,290 664,440 648,470 634,390 580,312 500,262"), hair)
    pen.line([(500, 200), (500, 262)], "#C58A63", width=4)
    pen.line([(372, 330), (410, 268), (462, 228)], sheen, width=9)
    for x in (346, 654):
        pen.disc((x, 546), 22, "#E4BE55")
        pen.disc((x, 584), 13, "#E4BE55")
    props.braid(pen, hair, sheen)
    props.brushes(pen)
    return pen


PORTRAITS: dict[str, Callable[[], Pen]] = {
    "silk": silk,
    "watchmaking": watchmaking,
    "tea": tea,
    "perfumery": perfumery,
    "leather": leather,
    "colour": colour,
    "pearls": pearls,
    "porcelain": porcelain,
    "wool": wool,
    "paper": paper,
}


def portrait(name: str) -> bytes:
    """The portrait as PNG, 1000 × 1250. KeyError for a name that is none of PORTRAITS."""
    return PORTRAITS[name]().png()
