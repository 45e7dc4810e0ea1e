"""What delivery costs: one table, per method and currency, in minor units, tax included."""

from catalog.money import Money
from orders.enums import Delivery
from orders.errors import NoDelivery

AMOUNTS: dict[str, dict[str, int]] = {
    Delivery.STANDARD: {"EUR": 900, "USD": 1_000, "GBP": 800, "CNY": 6_000, "JPY": 1_200},
    Delivery.EXPRESS: {"EUR": 2_400, "USD": 2_600, "GBP": 2_200, "CNY": 18_000, "JPY": 3_500},
}


def delivery_amount(method: str, currency: str) -> Money:
    """What `method` costs in `currency`; NoDelivery when it is not offered."""
    try:
        return Money(AMOUNTS[method][currency], currency)
    except KeyError:
        raise NoDelivery from None


def delivery_options(currency: str) -> list[tuple[Delivery, Money]]:
    """What can be chosen in `currency`, cheapest first."""
    offered = [m for m in Delivery if currency in AMOUNTS[m]]
    return [(method, delivery_amount(method, currency)) for method in offered]
