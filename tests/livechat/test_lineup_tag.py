"""The run of show as templates read it."""

from datetime import UTC, datetime

from catalog.money import Money
from livechat.templatetags.lineup import pieces, said

STARTS = datetime(2026, 12, 16, 19, 0, tzinfo=UTC)


def room(*variants):
    """A snapshot with one piece in its line-up."""
    return {
        "lineup": [{"item": "i1", "product": "p1", "position": 1, "planned_second": 300}],
        "products": {"p1": {"id": "p1", "name": "Carré", "variants": list(variants)}},
    }


def variant(amount, free):
    return {"id": f"v{amount}", "amount": amount, "currency": "EUR", "free": free}


def test_a_piece_has_its_number_its_time_and_its_price():
    (piece,) = pieces(room(variant(39_000, 4)), STARTS)

    assert (piece.number, piece.at) == (1, datetime(2026, 12, 16, 19, 5, tzinfo=UTC))
    assert (piece.price, piece.several_prices, piece.free) == (Money(39_000, "EUR"), False, 4)


def test_of_several_prices_the_lowest_is_told_and_what_is_left_is_summed():
    (piece,) = pieces(room(variant(45_000, 1), variant(39_000, 2)), STARTS)

    assert (piece.price, piece.several_prices, piece.free) == (Money(39_000, "EUR"), True, 3)


def test_a_piece_without_a_price_in_the_shows_currency_has_none():
    (piece,) = pieces(room(), STARTS)

    assert (piece.price, piece.several_prices, piece.free) == (None, False, 0)


def test_what_the_clock_says_of_a_piece_is_in_what_its_line_says():
    shown = room(variant(39_000, 4))
    card = shown["products"]["p1"]

    def words(closes_at):
        card["closes_at"] = closes_at
        return [clock for _piece, clock in said(pieces(shown, STARTS))]

    assert (words("2020-01-01T00:00:00Z"), words(None)) == (["Closed"], [""])
