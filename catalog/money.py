"""Money: integer minor units and an ISO 4217 code. No float ever enters."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from babel.core import UnknownLocaleError
from babel.numbers import format_currency, is_currency
from django.utils.translation import get_language, to_locale

# Decimals by ISO 4217 where they are not two. CLDR's differ: it says how people write an amount (no fils in
# Baghdad), not what a minor unit is, and a till that mixed the two would charge a thousandth.
_DECIMALS = {
    code: decimals
    for decimals, codes in (
        (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
        (3, "BHD IQD JOD KWD LYD OMR TND"),
        (4, "CLF UYW"),
    )
    for code in codes.split()
}
# Metals, baskets and test codes: ISO gives them no minor unit, so nothing can cost them.
_NOT_MONEY = frozenset(
    ("XAG", "XAU", "XBA", "XBB", "XBC", "XBD", "XDR", "XPD", "XPT", "XSU", "XTS", "XUA", "XXX")
)


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
        if not is_currency(self.currency) or self.currency in _NOT_MONEY:
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
            return _written(self.decimal, self.currency, locale)
        except UnknownLocaleError:
            return _written(self.decimal, self.currency, "en")


def _written(amount: Decimal, currency: str, locale: str) -> str:
    # Without quantization no minor unit is ever rounded away.
    return format_currency(amount, currency, locale=locale, decimal_quantization=False)


def exponent(currency: str) -> int:
    """Decimals of the currency by ISO 4217: JPY 0, EUR 2, KWD 3."""
    return _DECIMALS.get(currency, 2)


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
