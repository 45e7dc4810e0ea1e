"""The run of show in templates: `{% load lineup %}`."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django import template

from catalog.money import Money

register = template.Library()


@dataclass(frozen=True, slots=True)
class Piece:
    """One line of the run of show; `price` is the lowest, None without a price in the show's currency."""

    number: int
    at: datetime
    card: dict[str, Any]
    price: Money | None
    several_prices: bool
    free: int

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
def on_list(room: dict[str, Any], starts_at: datetime, wished: list[str]) -> list[Piece]:
    """`{% on_list room event.starts_at wished as mine %}`: the line-up's pieces a viewer wished for."""
    return [piece for piece in pieces(room, starts_at) if piece.card["id"] in wished]


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
