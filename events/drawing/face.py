"""The bust every portrait shares: one light from the left, half the face in shade, as on old show posters."""

from dataclasses import dataclass

from events.drawing.pen import Pen, Point, mirrored, path

HEAD_LEFT = path("500,232 432,240 376,282 350,360 350,450 362,530 394,606 446,668 500,690")
HEAD = mirrored(HEAD_LEFT)
NECK = path("428,560 426,700 404,860 596,860 574,700 572,560")
# From the brow down the bridge of the nose, round its tip, over the lips to the chin: the edge of the shade.
SHADE = path("""
    512,200 506,300 500,372 504,410 514,450 530,492 538,518 526,536 506,540 502,552
    506,572 512,588 502,604 508,626 512,650 506,712 640,720 720,460 660,220
""")
BUST = path("""
    396,752 330,796 226,838 142,904 92,1020 62,1160 44,1330 500,1400 956,1330 938,1160
    908,1020 858,904 774,838 670,796 604,752 560,806 500,836 440,806
""")


@dataclass(frozen=True, slots=True)
class Tones:
    """The colours of a face."""

    skin: str
    shade: str
    lips: str
    brow: str
    eye: str = "#241915"


def ground(pen: Pen, colour: str, *, sun: Point, radius: float) -> None:
    """One large disc behind the head."""
    pen.disc(sun, radius, colour)


def neck(pen: Pen, tones: Tones) -> None:
    pen.shape(NECK, tones.skin)
    # The shade the chin throws.
    pen.shape(
        path("424,640 460,700 520,716 600,660 610,880 500,880 486,742 430,706"),
        tones.shade,
        within=NECK,
    )


def bust(pen: Pen, cloth: str, shade: str) -> None:
    """Shoulders in one cloth, the right side turned from the light."""
    pen.shape(BUST, cloth)
    pen.shape(
        path("604,752 640,900 610,1080 640,1300 700,1420 1040,1400 1000,1100 900,880 740,790"),
        shade,
        within=BUST,
    )


def head(pen: Pen, tones: Tones, *, ears: bool = True) -> None:
    if ears:
        pen.disc((348, 482), 26, tones.skin, flat=1.6)
        pen.disc((652, 482), 26, tones.shade, flat=1.6)
    pen.shape(HEAD, tones.skin)
    pen.shape(SHADE, tones.shade, within=HEAD)


def features(pen: Pen, tones: Tones, *, lids: str = "open") -> None:
    """Brows, eyes and mouth; `lids` "low" looks down at what the hands show."""
    for side in (1, -1):
        _eye(pen, tones, side, lids)
    _mouth(pen, tones)


def _x(side: int, x: float) -> float:
    return 500 - side * (500 - x)


def _eye(pen: Pen, tones: Tones, side: int, lids: str) -> None:
    brow = [(_x(side, 386), 418), (_x(side, 410), 405), (_x(side, 444), 404), (_x(side, 472), 411)]
    pen.line(brow, tones.brow, width=10)
    if lids == "low":
        pen.line(
            [(_x(side, 392), 462), (_x(side, 416), 474), (_x(side, 446), 474), (_x(side, 466), 464)],
            tones.eye,
            width=8,
        )
        return
    almond = [
        (_x(side, 392), 464),
        (_x(side, 412), 450),
        (_x(side, 438), 447),
        (_x(side, 466), 464),
        (_x(side, 440), 475),
        (_x(side, 412), 474),
    ]
    pen.shape(almond, "#F6EFE6")
    pen.disc((_x(side, 430), 461), 14, tones.eye)
    pen.line(
        [(_x(side, 388), 466), (_x(side, 410), 449), (_x(side, 438), 445), (_x(side, 468), 462)],
        tones.eye,
        width=7,
    )


def _mouth(pen: Pen, tones: Tones) -> None:
    pen.shape(
        path("452,590 480,577 500,583 520,577 548,590 524,612 500,617 476,612"),
        tones.lips,
    )
    pen.line(path("456,591 482,594 500,597 518,594 544,591"), tones.eye, width=3)
