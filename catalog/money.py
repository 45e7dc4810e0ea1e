"""Money: integer minor units and an ISO 4217 code. No float ever enters."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from babel.core import UnknownLocaleError
from babel.numbers import format_currency, get_currency_precision, is_currency
from django.utils.translation import get_language, to_locale


class CurrencyMismatch(ValueError):
    """Two currencies met in one sum."""


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """An exact amount, e.g. `Money(129_900, "VND")` or `Money(1_250, "EUR")` for 12.50 euros."""

    amount: int
    currency: str

    def __post_init__(self) -> None:
        if type(self.amount) is not int:
            raise TypeError(f"Money takes an int of minor units, not {self.amount!r}")
        if not is_currency(self.currency):
            raise ValueError(f"{self.currency!r} is not an ISO 4217 code")

    def __add__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.amount + other.amount, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.amount - other.amount, self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.amount, self.currency)

    def __mul__(self, quantity: int) -> "Money":
        return Money(self.amount * quantity, self.currency)

    def __str__(self) -> str:
        return self.format()

    def _same(self, other: "Money") -> None:
        if other.currency != self.currency:
            raise CurrencyMismatch(f"{self.currency} and {other.currency} do not add up")

    @property
    def decimal(self) -> Decimal:
        """The amount in major units, exact."""
        return Decimal(self.amount).scaleb(-exponent(self.currency))

    def format(self, language: str | None = None) -> str:
        """The amount as people of `language` (default: the active one) write it."""
        locale = to_locale(language or get_language() or "en")
        try:
            return format_currency(self.decimal, self.currency, locale=locale)
        except UnknownLocaleError:
            return format_currency(self.decimal, self.currency, locale="en")


def exponent(currency: str) -> int:
    """Decimals of the currency by CLDR/ISO 4217: JPY 0, EUR 2, KWD 3."""
    return get_currency_precision(currency)


def total(amounts: Iterable[Money], currency: str) -> Money:
    """Sum `amounts`, all of which must be in `currency`."""
    return sum(amounts, Money(0, currency))


def split(amount: int, weights: list[int]) -> list[int]:
    """Share minor units by weight so that the parts add up exactly (largest remainder)."""
    whole = sum(weights)
    if whole <= 0:
        raise ValueError("the weights must add up to more than nothing")
    parts = [amount * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(amount * weights[i] % whole), i))
    for i in by_remainder[: amount - sum(parts)]:
        parts[i] += 1
    return parts
