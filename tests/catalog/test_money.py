"""Money: whole minor units, exact in every currency."""

import ast
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.money import CurrencyMismatch, Money, exponent, split, total

# ISO 4217 list one, by number of decimals.
ISO_4217 = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    2: "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY"
    " COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF"
    " IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR"
    " MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG"
    " SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST"
    " XCD YER ZAR ZMW",
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}
CODES = [(code, decimals) for decimals, codes in ISO_4217.items() for code in codes.split()]
MONEY_MODULES = ["catalog/money.py", "catalog/domain/pricing.py", "catalog/domain/stock.py"]


@pytest.mark.parametrize(("code", "decimals"), CODES)
def test_every_currency_has_its_iso_decimals_and_survives_the_round_trip(code: str, decimals: int) -> None:
    amount = Money(123_456_789, code).decimal
    assert exponent(code) == decimals
    assert amount == Decimal(123_456_789) / 10**decimals
    assert int(amount.scaleb(decimals)) == 123_456_789


@pytest.mark.parametrize("code", ["EUX", "eur", "", "XAU", "XXX", "€"])
def test_what_is_not_a_currency_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="ISO 4217"):
        Money(1, code)


@pytest.mark.parametrize("amount", [12.5, Decimal("1"), "12", True, None])
def test_only_whole_minor_units_are_money(amount: Any) -> None:
    with pytest.raises(TypeError):
        Money(amount, "EUR")


def test_money_adds_subtracts_negates_and_multiplies() -> None:
    ten = Money(1_000, "EUR")
    assert ten + Money(250, "EUR") == Money(1_250, "EUR")
    assert ten - Money(250, "EUR") == Money(750, "EUR")
    assert (-ten, ten * 3) == (Money(-1_000, "EUR"), Money(3_000, "EUR"))
    assert total([ten, ten], "EUR") == Money(2_000, "EUR")
    assert total([], "JPY") == Money(0, "JPY")


def test_two_currencies_never_add_up() -> None:
    with pytest.raises(CurrencyMismatch):
        Money(1, "EUR") + Money(1, "USD")
    with pytest.raises(CurrencyMismatch):
        total([Money(1, "EUR")], "USD")


@pytest.mark.parametrize(
    ("money", "language", "written"),
    [
        (Money(123_450, "EUR"), "en", "€1,234.50"),
        (Money(123_450, "EUR"), "fr", "1\u202f234,50\xa0€"),
        (Money(128_000, "JPY"), "en", "¥128,000"),
        (Money(29_800, "CNY"), "zh-hans", "¥298.00"),
        (Money(12_500, "KWD"), "en", "KWD12.500"),
        (Money(1_234, "IQD"), "en", "IQD1.234"),
        (Money(129_900, "VND"), "en", "₫129,900"),
        (Money(5, "EUR"), "tlh", "€0.05"),
    ],
)
def test_money_is_written_as_people_of_the_language_write_it(
    money: Money, language: str, written: str
) -> None:
    assert money.format(language) == written


def test_money_is_written_in_the_active_language_unless_told() -> None:
    with override("zh-hans"):
        assert str(Money(29_800, "CNY")) == "¥298.00"


@pytest.mark.long_walk
@settings(max_examples=3000, deadline=None)
@given(amount=st.integers(-(10**9), 10**9), weights=st.lists(st.integers(0, 10**6), min_size=1, max_size=12))
def test_a_split_loses_nothing_and_is_off_by_less_than_one_unit(amount: int, weights: list[int]) -> None:
    whole = sum(weights)
    if whole == 0:
        with pytest.raises(ValueError, match="more than nothing"):
            split(amount, weights)
        return
    parts = split(amount, weights)
    assert sum(parts) == amount
    assert all(
        abs(part * whole - amount * weight) < whole for part, weight in zip(parts, weights, strict=True)
    )


def test_a_split_gives_the_odd_units_to_the_largest_remainders() -> None:
    assert split(100, [1, 1, 1]) == [34, 33, 33]
    assert split(100, [1, 2, 4]) == [14, 29, 57]
    assert split(10_000, [3_333, 3_333, 3_334]) == [3_333, 3_333, 3_334]


@pytest.mark.parametrize("path", MONEY_MODULES)
def test_no_float_enters_the_money_modules(path: str) -> None:
    tree = ast.parse(Path(path).read_text(encoding="utf-8"))
    floats = [
        ast.unparse(node)
        for node in ast.walk(tree)
        if (isinstance(node, ast.Constant) and isinstance(node.value, float))
        or (isinstance(node, ast.Name) and node.id == "float")
        or (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div))
    ]
    assert floats == []
