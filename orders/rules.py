"""Who may do what with an order."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from accounts.domain.viewers import Viewer
from accounts.enums import Role
from accounts.models import User
from catalog.models import Brand
from catalog.rules import brands_of, has_role
from events.models import Event, Host
from events.rules import can_care, can_host, can_manage
from orders.models import Order

Person = User | AnonymousUser | None
# Who reads a brand's orders; who gives its money back.
READERS = (Role.PRODUCER, Role.AGENT, Role.MERCHANDISER)
# No host has this key.
NOBODY = 0
REFUNDERS = (Role.PRODUCER, Role.AGENT)


def is_buyers(viewer: Viewer | None, order: Order) -> bool:
    """Whether the viewer placed the order, with the account or in the browser session that did."""
    if viewer is None:
        return False
    return order.holder == viewer.key or (viewer.user is not None and order.user_id == viewer.user.pk)


def read_brands(user: Person) -> QuerySet[Brand]:
    """The brands whose orders `user` may read."""
    return brands_of(user, *READERS)


def can_read_orders(user: Person, brand: Brand) -> bool:
    return has_role(user, brand, *READERS)


def can_refund(user: Person, order: Order) -> bool:
    return has_role(user, order.brand, *REFUNDERS)


def can_read_sales(user: Person, event: Event) -> bool:
    """The event's hosts and producers, its care agents, and whoever reads the brand's orders."""
    return can_host(user, event) or can_care(user, event) or can_read_orders(user, event.brand)


def own_part(user: Person, event: Event) -> int | None:
    """The host to whose credit `user` is limited, None for those who see all of the event's sales."""
    if can_read_orders(user, event.brand) or can_manage(user, event) or can_care(user, event):
        return None
    hosts = Host.objects.filter(user=user.pk if user else None, event_hosts__event=event)
    return hosts.values_list("pk", flat=True).first() or NOBODY
