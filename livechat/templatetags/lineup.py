"""The run of show in templates: `{% load lineup %}`."""

from dataclasses import dataclass
from datetime import datetime, timedelta
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


@register.simple_tag
def pieces(room: dict[str, Any], starts_at: datetime) -> list[Piece]:
    """`{% pieces room event.starts_at as lineup %}`: the line-up with times, prices and what is left."""
    return [
        _piece(
            number, starts_at + timedelta(seconds=entry["planned_second"]), room["products"][entry["product"]]
        )
        for number, entry in enumerate(room["lineup"], start=1)
    ]


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
