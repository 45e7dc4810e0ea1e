"""Numbers of numbered editions: which piece of N a buyer has.

A number is given when the payment is captured, in the capture's own transaction: the lowest that nobody has.
So the numbers run from 1 without a gap, but for those of pieces that came back; such a number goes with its
piece to the next buyer. Of a line that returns some of its pieces, the highest numbers come back. What the
rehearsal crowd buys is never sent and carries no number.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Prefetch
from django.utils.translation import gettext as _

from catalog.errors import EditionFull
from catalog.models import Product
from orders.errors import NotFulfillable
from orders.models import EditionNumber, Order, OrderLine

# Captures of other variants of the same product may be first; each of our losses is one of their successes.
GIVE_ATTEMPTS = 50


@dataclass(frozen=True, slots=True)
class Numbered:
    """Piece `number` of `size`."""

    number: int
    size: int

    def __str__(self) -> str:
        return _("No. %(number)s of %(size)s") % {"number": self.number, "size": self.size}


def give_numbers(order: Order, *, now: datetime) -> None:
    """Give every numbered piece of a paid order its number; call it when all its pieces are sold.

    NotFulfillable when an edition has no number left. Numbers are taken in the order of the products, after
    all stock, so that two captures never wait for each other in a circle.
    """
    if order.rehearsal:
        return
    numbered = order.lines.filter(variant__product__edition_size__isnull=False)
    for line in numbered.select_related("variant__product").order_by("variant__product", "pk"):
        _give(line, now=now)


def _give(line: OrderLine, *, now: datetime) -> None:
    product = line.variant.product
    for _attempt in range(GIVE_ATTEMPTS):
        try:
            with transaction.atomic():
                _write(line, lowest_free(product, line.quantity), now=now)
        except IntegrityError:
            continue
        return
    raise NotFulfillable


def lowest_free(product: Product, count: int) -> list[int]:
    """The `count` lowest numbers of the edition that nobody has. NotFulfillable when there are fewer."""
    held = EditionNumber.objects.filter(product=product, given_back_at=None)
    taken = set(held.values_list("number", flat=True))
    free = [number for number in range(1, (product.edition_size or 0) + 1) if number not in taken][:count]
    if len(free) < count:
        raise NotFulfillable
    return free


def _write(line: OrderLine, numbers: Iterable[int], *, now: datetime) -> None:
    EditionNumber.objects.bulk_create(
        EditionNumber(product_id=line.variant.product_id, number=number, line=line, at=now)
        for number in numbers
    )


def take_back(line: OrderLine, *, quantity: int, now: datetime) -> list[int]:
    """Free the highest `quantity` numbers of a line whose pieces went back on the shelf; which they were."""
    held = EditionNumber.objects.filter(line=line, given_back_at=None).order_by("-number")[:quantity]
    numbers = dict(held.values_list("pk", "number"))
    EditionNumber.objects.filter(pk__in=numbers, given_back_at=None).update(given_back_at=now)
    return sorted(numbers.values())


def check_resize(product: Product, *, size: int | None) -> None:
    """EditionFull once a number is with a buyer: what was sold as one of fifty stays one of fifty."""
    if EditionNumber.objects.filter(product=product, given_back_at=None).exists():
        raise EditionFull(
            _("Pieces of this edition are with their buyers as one of %(size)s. The size stays.")
            % {"size": product.edition_size}
        )


def numbers_of_lines() -> Prefetch:
    """For `prefetch_related` on lines: the numbers their buyers have, and what `numbered` needs beside."""
    rows = EditionNumber.objects.filter(given_back_at=None).select_related("product").order_by("number")
    return Prefetch("edition_numbers", queryset=rows)


def numbered(line: OrderLine) -> list[Numbered]:
    """The numbers of a line's pieces, lowest first; prefetch with `numbers_of_lines`."""
    return [
        Numbered(row.number, row.product.edition_size or row.number) for row in line.edition_numbers.all()
    ]
