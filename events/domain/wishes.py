"""The list for the night: pieces a viewer wants to hold when the show is on. A wish holds nothing."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.domain.viewers import user_key
from accounts.models import User
from catalog.models import Product
from events.enums import OVER
from events.errors import NotEditable, WishNotShown
from events.models import Event, Wish

MOST = 50


def wish(event: Event, product: Product, *, viewer_key: str, now: datetime) -> Wish:
    """Put a piece on the list; doing it twice is doing it once.

    Raises WishNotShown for a piece the show does not have or keeps back, NotEditable when the show is over
    or the list is full.
    """
    if event.state in OVER:
        raise NotEditable(_("The show is over."))
    if not event.lineup.shown(now).filter(product=product).exists():
        raise WishNotShown(_("This piece is not in the show."))
    mine = Wish.objects.filter(event=event, viewer_key=viewer_key)
    if mine.count() >= MOST and not mine.filter(product=product).exists():
        raise NotEditable(_("Your list is full. Take a piece off first."))
    row, _made = Wish.objects.get_or_create(
        event=event, product=product, viewer_key=viewer_key, defaults={"at": now}
    )
    return row


def unwish(event: Event, product: Product, *, viewer_key: str) -> None:
    """Take a piece off the list; nothing when it was not on it."""
    Wish.objects.filter(event=event, product=product, viewer_key=viewer_key).delete()


def wished(event: Event, viewer_key: str | None) -> list[str]:
    """The public ids of the pieces on this viewer's list, in the order they were put there."""
    if viewer_key is None:
        return []
    rows = Wish.objects.filter(event=event, viewer_key=viewer_key).order_by("pk")
    return list(rows.values_list("product__public_id", flat=True))


@transaction.atomic
def take_along(*, guest: str, user: User) -> None:
    """The list of a guest who signed in is the account's; what both had is there once."""
    key = user_key(user)
    theirs = Wish.objects.filter(viewer_key=guest)
    known = set(Wish.objects.filter(viewer_key=key).values_list("event", "product"))
    for row in theirs:
        if (row.event_id, row.product_id) in known:
            row.delete()
    Wish.objects.filter(viewer_key=guest).update(viewer_key=key)
