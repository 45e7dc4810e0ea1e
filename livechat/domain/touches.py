"""Touches: a viewer met a piece in a room. The signed token is what credit may later rest on."""

from datetime import datetime, timedelta

from django.core.signing import BadSignature, Signer
from django.db import transaction

from catalog.models import Product
from livechat.errors import NotInLineup
from livechat.models import Pin, Room, Touch

# The claim carries its own time, so the signature needs none: one touch is one token at any second.
SIGNER = Signer(salt="livechat.touch")
# Taps within this time are one touch: a nervous thumb writes no rows.
SAME_TAP = timedelta(seconds=10)


@transaction.atomic
def record_touch(room: Room, *, product: Product, viewer_key: str, now: datetime) -> str:
    """Write the touch, with the pin that lies on the stage if there is one, and return its signed token.

    The token (at most 400 characters) names event, host, pin, product, viewer and time; it is worth nothing
    in other hands because the viewer is in it. Raises NotInLineup for a product the show does not have.
    """
    if not room.event.lineup.shown(now).filter(product=product).exists():
        raise NotInLineup
    pin = room.pins.showing_at(now).filter(product=product).select_related("host").first()
    touch = _same_tap(room, product=product, pin=pin, viewer_key=viewer_key, now=now)
    if touch is None:
        host = pin.host if pin else None
        touch = Touch.objects.create(
            room=room, product=product, pin=pin, host=host, viewer_key=viewer_key, at=now
        )
    return _sign(touch)


def read_touch(token: str) -> Touch | None:
    """The touch behind a token; None when it was forged, altered or never written."""
    try:
        claim = SIGNER.unsign_object(token)
    except BadSignature:
        return None
    touch = (
        Touch.objects.select_related("room__event", "product", "pin", "host")
        .filter(public_id=claim.get("t"))
        .first()
    )
    # The row is checked against the signed words: a row altered later carries no credit.
    return touch if touch and _claim(touch) == claim else None


def _same_tap(
    room: Room, *, product: Product, pin: Pin | None, viewer_key: str, now: datetime
) -> Touch | None:
    just_now = Touch.objects.filter(
        viewer_key=viewer_key, product=product, at__gt=now - SAME_TAP, at__lte=now
    )
    return just_now.filter(room=room, pin=pin).last()


def _sign(touch: Touch) -> str:
    return SIGNER.sign_object(_claim(touch))


def _claim(touch: Touch) -> dict[str, str | int]:
    return {
        "t": touch.public_id,
        "e": touch.room.event_id,
        "h": touch.host_id or 0,
        "p": touch.pin_id or 0,
        "g": touch.product_id,
        "v": touch.viewer_key,
        "a": round(touch.at.timestamp() * 1000),
    }
