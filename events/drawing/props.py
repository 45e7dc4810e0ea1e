"""What the hosts wear and hold: the tools of their trades."""

from events.drawing.face import Tones
from events.drawing.pen import Pen, path


def scarf(pen: Pen) -> None:
    cloth, print_, edge = "#F1E3C6", "#C8553D", "#2C6E63"
    wrap = path("""
    372,742 430,774 500,786 570,774 628,742 668,800 640,856 560,884 500,890 440,884
    360,856 332,800
""")
    tail = path("470,868 560,862 650,980 700,1130 640,1176 560,1160 490,1190 424,1150 448,990")
    pen.shape(tail, cloth)
    for x, y, radius in ((520, 950, 30), (600, 1030, 38), (490, 1060, 34), (632, 1116, 26)):
        pen.disc((x, y), radius, print_)
        pen.disc((x, y), radius * 0.5, cloth)
        pen.disc((x, y), radius * 0.22, edge)
    pen.line(path("692,1136 640,1172 560,1156 490,1186 430,1150"), edge, width=14)
    pen.shape(wrap, cloth)
    pen.line(path("352,800 430,838 500,846 570,838 648,800"), edge, width=10)
    pen.line(path("372,764 440,796 500,804 560,796 628,764"), print_, width=10)
    pen.shape(path("470,846 540,840 556,888 530,916 478,912 458,884"), print_)


def beard(pen: Pen, colour: str, shade: str) -> None:
    outline = path("""
    352,500 372,560 420,560 456,556 500,560 544,556 580,560 628,560 648,500 640,590
    604,670 550,724 500,736 450,724 396,670 360,590
""")
    pen.shape(outline, colour)
    pen.shape(path("508,540 520,640 508,760 660,720 680,500"), shade, within=outline)


def bowl(pen: Pen, tones: Tones) -> None:
    bowl = path("356,1010 366,1090 410,1160 460,1186 540,1186 590,1160 634,1090 644,1010")
    pen.shape(bowl, "#3B4A3F")
    pen.shape(path("500,1000 520,1100 500,1190 600,1180 650,1010"), "#2D3A31", within=bowl)
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


def apron(pen: Pen) -> None:
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
    pen.shape(path("420,1080 580,1080 574,1210 500,1236 426,1210"), dark, curved=False)
    pen.line([(470, 1090), (470, 1010)], "#D8D2C4", width=9, curved=False)
    pen.line([(470, 1020), (470, 960)], "#2B1C14", width=24, curved=False)
    pen.line([(536, 1090), (536, 1040)], "#D8D2C4", width=7, curved=False)
    pen.line([(536, 1040), (536, 986)], "#C23D2A", width=20, curved=False)


def braid(pen: Pen, hair: str, sheen: str) -> None:
    for step in range(8):
        x, y = 336 - step * 6, 690 + step * 68
        pen.shape(
            [(x - 44, y), (x, y - 30), (x + 48, y + 10), (x + 40, y + 62), (x, y + 88), (x - 46, y + 56)],
            hair,
        )
        pen.line([(x - 22, y + 12), (x + 2, y + 40), (x + 30, y + 22)], sheen, width=6)


def brushes(pen: Pen) -> None:
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
