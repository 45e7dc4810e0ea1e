"""The run of show in templates: `{% load lineup %}`."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from django import template

from catalog.money import Money
from catalog.templatetags.shelf import window_text

register = template.Library()


@dataclass(frozen=True, slots=True)
class Piece:
    """One line of the run of show; `price` is the lowest, None without a price in the show's currency.

    `minute` is when it first lay on the stage, told of a show that may be looked back on.
    """

    number: int
    at: datetime
    card: dict[str, Any]
    price: Money | None
    several_prices: bool
    free: int
    minute: int | None = None

    @property
    def choices(self) -> list[dict[str, Any]]:
        """The variants that are left, each with its price."""
        left = (variant for variant in self.card["variants"] if variant["free"])
        return [variant | {"price": Money(variant["amount"], variant["currency"])} for variant in left]


@register.simple_tag
def pinned(room: dict[str, Any]) -> list[Piece]:
    """`{% pinned room as pieces %}`: what lies on the stage now, a piece that left the line-up left out."""
    return [
        _piece(pin["slot"], datetime.fromtimestamp(pin["at"] / 1000, UTC), room["products"][pin["product"]])
        for pin in room["pins"]
        if pin["product"] in room["products"]
    ]


@register.simple_tag
def pieces(room: dict[str, Any], starts_at: datetime) -> list[Piece]:
    """`{% pieces room event.starts_at as lineup %}`: the line-up with times, prices and what is left."""
    return [
        _piece(
            number, starts_at + timedelta(seconds=entry["planned_second"]), room["products"][entry["product"]]
        )
        for number, entry in enumerate(room["lineup"], start=1)
    ]


@register.simple_tag
def looked_back(room: dict[str, Any], starts_at: datetime, minutes: dict[str, int]) -> list[Piece]:
    """`{% looked_back room event.starts_at minutes as lineup %}`: the line-up with minutes."""
    return [replace(piece, minute=minutes.get(piece.card["id"])) for piece in pieces(room, starts_at)]


@register.simple_tag
def on_list(room: dict[str, Any], starts_at: datetime, wished: list[str]) -> list[Piece]:
    """`{% on_list room event.starts_at wished as mine %}`: the line-up's pieces a viewer wished for."""
    return [piece for piece in pieces(room, starts_at) if piece.card["id"] in wished]


@register.filter
def said(lineup: list[Piece]) -> list[tuple[Piece, str]]:
    """`{% cache 3600 "..." lineup|said %}`: all that lines of a line-up say, for the key of what is kept of
    them: the pieces, and what the clock says of each."""
    return [(piece, window_text(piece.card)) for piece in lineup]


@register.filter
def any_left(lineup: list[Piece]) -> bool:
    """`{{ lineup|any_left }}`: whether any piece can still be had."""
    return any(piece.free for piece in lineup)


def _piece(number: int, at: datetime, card: dict[str, Any]) -> Piece:
    prices = {variant["amount"]: variant["currency"] for variant in card["variants"]}
    lowest = min(prices, default=None)
    return Piece(
        number=number,
        at=at,
        card=card,
        price=None if lowest is None else Money(lowest, prices[lowest]),
        several_prices=len(prices) > 1,
        free=sum(variant["free"] for variant in card["variants"]),
    )
