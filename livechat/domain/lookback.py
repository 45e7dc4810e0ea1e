"""Looking back on a show: when each piece came on stage."""

from datetime import timedelta

from livechat.models import Room

MINUTE = timedelta(minutes=1)


def stage_minutes(room: Room) -> dict[str, int]:
    """Whole minutes of the show that had passed when a piece first lay there, by the product's public id.

    What was rehearsed does not count; a piece that was never laid there is left out.
    """
    began = room.event.went_live_at
    if began is None:
        return {}
    pins = room.pins.filter(pinned_at__gte=began).order_by("-pinned_at", "-pk")
    moments = dict(pins.values_list("product__public_id", "pinned_at"))
    return {product: (at - began) // MINUTE for product, at in moments.items()}
