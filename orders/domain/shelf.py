"""What stood on the shelf when a show ended: later restocking and later sales do not change it any more."""

from datetime import datetime

from django.db.models import F, Sum
from django.db.models.functions import Coalesce

from catalog.models import Stock
from events.models import Event
from orders.models import ShelfCount


def count_at_end(event: Event, *, now: datetime) -> int:
    """Write down how many pieces of each product of the line-up are free; how many products. Once per show.

    Held pieces are as good as sold here: whoever holds one began to pay before the end.
    """
    free = dict(
        Stock.objects.filter(variant__product__in=event.lineup.values("product"))
        .order_by()
        .values("variant__product")
        .annotate(pieces=Coalesce(Sum(F("on_hand") - F("held") - F("sold")), 0))
        .values_list("variant__product", "pieces")
    )
    rows = [
        ShelfCount(event=event, product_id=product, left=free.get(product, 0), at=now)
        for product in event.lineup.values_list("product", flat=True)
    ]
    return len(ShelfCount.objects.bulk_create(rows, ignore_conflicts=True))
