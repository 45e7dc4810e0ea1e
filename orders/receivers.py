"""What this app hears from the apps below it; connected in apps.ready()."""

from datetime import datetime

from accounts.models import User
from accounts.signals import guest_signed_in
from catalog.models import Brand, Product
from catalog.signals import edition_resized
from events.enums import EventState
from events.models import Event
from events.signals import event_state_changed
from livechat.signals import buyer_asked
from orders.domain.editions import check_resize
from orders.domain.joining import join
from orders.domain.shelf import count_at_end
from orders.enums import OrderState
from orders.models import Order


def take_the_guest_along(
    sender: object, *, guest_key: str, user: User, now: datetime, **kwargs: object
) -> None:
    """A guest became a person: bag, kept pieces and orders come along."""
    join(guest=guest_key, user=user, now=now)


def has_bought(sender: object, *, brand: Brand, viewer_key: str, **kwargs: object) -> bool:
    """Whether this viewer has a paid order of the brand. What the rehearsal crowd bought is no purchase."""
    orders = Order.objects.filter(brand=brand, holder=viewer_key, state=OrderState.PAID, rehearsal=False)
    return orders.exists()


def keep_the_size(sender: object, *, product: Product, size: int | None, **kwargs: object) -> None:
    """An edition whose numbers are with buyers keeps its size."""
    check_resize(product, size=size)


def count_the_shelf(sender: object, *, event: Event, after: str, now: datetime, **kwargs: object) -> None:
    """A show ended: what is left of its pieces is written down."""
    if after == EventState.ENDED:
        count_at_end(event, now=now)


def connect() -> None:
    event_state_changed.connect(count_the_shelf, dispatch_uid="orders.count_the_shelf")
    edition_resized.connect(keep_the_size, dispatch_uid="orders.keep_the_size")
    buyer_asked.connect(has_bought, dispatch_uid="orders.has_bought")
    guest_signed_in.connect(take_the_guest_along, dispatch_uid="orders.take_the_guest_along")
