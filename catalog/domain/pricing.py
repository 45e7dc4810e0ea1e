"""Prices: one per variant and currency, tax included, in minor units."""

from datetime import datetime

from django.db import transaction

from catalog.errors import BadPrice, NoPrice
from catalog.models import Price, Variant
from catalog.money import Money
from catalog.signals import price_changed

# What card schemes carry at most; more is a slip of the keyboard.
MOST_MINOR_UNITS = 99_999_999


def price_of(variant: Variant, currency: str) -> Money:
    """The price of one piece as the database has it now. NoPrice when none was set in `currency`."""
    price = Price.objects.filter(variant=variant, currency=currency).first()
    if price is None:
        raise NoPrice
    return price.money


@transaction.atomic
def set_price(variant: Variant, *, amount: int, currency: str, now: datetime) -> Price:
    """Set what one piece costs, in minor units of `currency`. BadPrice for what cannot be charged."""
    money = _chargeable(amount, currency)
    price, _created = Price.objects.update_or_create(
        variant=variant, currency=money.currency, defaults={"amount": money.amount}
    )
    price_changed.send(
        sender=Price,
        variant_id=variant.pk,
        product_id=variant.product_id,
        currency=money.currency,
        amount=money.amount,
        now=now,
    )
    return price


def _chargeable(amount: int, currency: str) -> Money:
    try:
        money = Money(amount, currency)
    except (TypeError, ValueError) as wrong:
        raise BadPrice from wrong
    if not 0 <= money.amount <= MOST_MINOR_UNITS:
        raise BadPrice
    return money
