"""What the studio needs to know of a piece besides its meshes: where to look from."""

from dataclasses import dataclass

from catalog.modelling.mesh import Point


@dataclass(frozen=True)
class Piece:
    """turn: degrees the piece is turned on the table for its still (to the viewer's right when positive).

    rise: degrees the camera looks down. margin: how much wider the still is than the piece.
    close_at, close_width: the point in the middle of the close picture and the centimetres it shows across;
    close_turn, close_rise: the same as turn and rise, for the close picture.
    """

    turn: float = 22.0
    rise: float = 14.0
    margin: float = 1.28
    close_at: Point = (0.0, 0.0, 0.0)
    close_width: float = 10.0
    close_turn: float = 15.0
    close_rise: float = 18.0
